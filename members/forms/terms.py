"""Forms about terms and mandates."""

from django import forms

from boards.forms import BoardOwnedForm
from boards.models import Board
from common.fields import IndonesianDateField, portal_formfield
from members.models import Mandate, Term
from members.terms import usual_end


class TermForm(BoardOwnedForm):
    """A term of office; the service judges whether it meets another."""

    class Meta:
        model = Term
        fields = ("starts_on", "ends_on", "decree")
        formfield_callback = portal_formfield

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].help_text = "Contoh 14/03/2025."
        self.fields["ends_on"].help_text = "Hari terakhir, biasanya tiga tahun."
        if not self.instance.pk and not self.is_bound:
            last = Term.objects.filter(board=self.board).first()
            if last:
                starts_on = last.ends_on + last.ends_on.resolution
                self.initial |= {
                    "starts_on": starts_on,
                    "ends_on": usual_end(starts_on),
                }

    def _post_clean(self):
        """Shape only: the service says which term is in the way, by its days."""

    def days(self) -> dict:
        """What the services take."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class MandateForm(forms.Form):
    """Make one person a member of the board."""

    term = forms.ModelChoiceField(Term.objects.none(), label="Masa bakti")
    position = forms.ChoiceField(
        label="Kedudukan", choices=Mandate.Position.choices, widget=forms.RadioSelect
    )
    started_on = IndonesianDateField(label="Mulai", help_text="Contoh 14/03/2025.")

    def __init__(self, *args, board: Board, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = Term.objects.filter(board=board)
        self.fields["term"].empty_label = None


class MandateEndForm(forms.Form):
    """End one mandate."""

    ended_on = IndonesianDateField(
        label="Hari terakhir", help_text="Hari itu masih anggota. Contoh 21/11/2026."
    )
    reason = forms.ChoiceField(label="Sebab", choices=Mandate.EndReason.choices)
