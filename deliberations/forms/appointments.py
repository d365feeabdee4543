"""Form that ties an appointment to its decision."""

from typing import Any

from django import forms

from deliberations.models import AppointmentDecision, Decision
from members.models import Appointment

Act = AppointmentDecision.Act


class DecisionChoice(forms.ModelChoiceField):
    """Decisions by number, day and title."""

    def label_from_instance(self, obj: Decision) -> str:
        """ "012/KEP/…, 21/11/2026: Pengangkatan pengelola UPK"."""
        return f"{obj.number_text}, {obj.held_on:%d/%m/%Y}: {obj.title}"


class AppointmentLinkForm(forms.Form):
    """The decision behind an appointment, or behind its end."""

    act = forms.ChoiceField(label="Isi keputusan", widget=forms.RadioSelect)
    decision = DecisionChoice(
        Decision.objects.none(),
        label="Keputusan",
        empty_label="Pilih keputusan",
        help_text="Keputusan berjenis Keanggotaan dan pengurus yang sudah disahkan.",
    )

    def __init__(self, *args, appointment: Appointment, decisions, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].queryset = decisions
        acts = Act.choices if appointment.ended_on else [(Act.APPOINTS, "Mengangkat")]
        self.fields["act"].choices = acts
        self.initial.setdefault("act", Act.APPOINTS)

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        return dict(self.cleaned_data)
