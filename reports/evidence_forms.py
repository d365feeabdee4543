"""Form that picks one record as evidence."""

from django import forms

from activities.models import Activity
from boards.models import Board
from deliberations.models import Decision
from reports.models import IssuedReport

ONE = "Pilih satu saja: keputusan, surat, atau kegiatan."


class EvidenceForm(forms.Form):
    """A decision, a paper in force or a work of the board: exactly one."""

    decision = forms.ModelChoiceField(
        Decision.objects.none(), label="Keputusan", required=False, empty_label="–"
    )
    paper = forms.ModelChoiceField(
        IssuedReport.objects.none(),
        label="Surat terbit",
        required=False,
        empty_label="–",
    )
    activity = forms.ModelChoiceField(
        Activity.objects.none(), label="Kegiatan", required=False, empty_label="–"
    )

    def __init__(self, *args, board: Board, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        decisions = Decision.objects.filter(board=board).ratified()
        self.fields["decision"].queryset = decisions.order_by("-held_on", "-pk")
        papers = IssuedReport.objects.filter(board=board).in_force()
        self.fields["paper"].queryset = papers.order_by("-dated_on", "-pk")
        works = Activity.objects.filter(board=board)
        self.fields["activity"].queryset = works.order_by("-pk")

    def clean(self):
        """One and only one."""
        cleaned = super().clean()
        chosen = [value for value in cleaned.values() if value]
        if not self.errors and len(chosen) != 1:
            raise forms.ValidationError(ONE)
        self.chosen = chosen[0] if chosen else None
        return cleaned
