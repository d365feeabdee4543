"""Forms of the register: which decisions, and where a follow-up stands."""

from typing import Any

from django import forms

from common.fields import LineFormField
from deliberations.models import ActionItem


class ActionForm(forms.Form):
    """Where a follow-up stands."""

    status = forms.ChoiceField(
        label="Keadaan", choices=ActionItem.Status, widget=forms.RadioSelect
    )
    evidence = LineFormField(
        label="Bukti atau keterangan",
        max_length=300,
        required=False,
        help_text="Perlu diisi bila selesai atau dibatalkan.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def shown(action: ActionItem) -> dict[str, Any]:
        """The follow-up as the form shows it."""
        names = ("status", "evidence", "revision")
        return {name: getattr(action, name) for name in names}

    def facts(self) -> dict[str, Any]:
        """What was chosen, as the service takes it."""
        typed = self.cleaned_data
        return {
            "status": typed["status"],
            "evidence": typed["evidence"],
            "seen_revision": typed["revision"],
        }
