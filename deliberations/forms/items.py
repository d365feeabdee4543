"""Forms of one agenda item: its head, and a row each of its lists."""

from django import forms

from common.fields import (
    SEGMENTS,
    ClockField,
    IndonesianDateField,
    LineFormField,
    ManyRowsField,
    ProseFormField,
)
from deliberations.forms.decisions import DecisionForm
from deliberations.models import AgendaItem, Attendance
from deliberations.presence import Room

MOST_ROWS = 60


class ItemForm(forms.Form):
    """The head of one agenda item: when, with what result, who does not count."""

    state = forms.ChoiceField(
        label="Hasil",
        choices=AgendaItem.State,
        widget=forms.RadioSelect(attrs=SEGMENTS),
    )
    starts_at = ClockField(label="Mulai dibahas", required=False)
    ends_at = ClockField(label="Selesai dibahas", required=False)
    recused = ManyRowsField(
        label="Berkepentingan pada butir ini",
        queryset=Attendance.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Hadir, tetapi suaranya tidak dihitung.",
    )

    def __init__(self, *args, room: Room, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["recused"].queryset = room.meeting.attendances.filter(
            is_entitled=True, status=Attendance.Status.PRESENT
        )


class PointForm(forms.Form):
    """One thing said."""

    speaker = LineFormField(label="Pembicara", max_length=160, required=False)
    text = ProseFormField(
        label="Isi",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self):
        """A speaker without words is a slip."""
        cleaned = super().clean()
        if cleaned.get("speaker") and not cleaned.get("text"):
            self.add_error("text", "Tulis apa yang disampaikan pembicara ini.")
        return cleaned


class PromiseForm(forms.Form):
    """One follow-up that is no decision."""

    text = LineFormField(label="Tindak lanjut", max_length=300, required=False)
    owner_name = LineFormField(label="Siapa", max_length=160, required=False)
    due_on = IndonesianDateField(label="Paling lambat", required=False)

    def clean(self):
        """What and who belong together."""
        cleaned = super().clean()
        if cleaned.get("text") and not cleaned.get("owner_name"):
            self.add_error("owner_name", "Tulis siapa yang mengerjakan.")
        if not cleaned.get("text") and cleaned.get("owner_name"):
            self.add_error("text", "Tulis apa yang akan dikerjakan.")
        return cleaned


def _formset(form: type[forms.Form], *, extra: int):
    return forms.formset_factory(
        form, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )


PointFormSet = _formset(PointForm, extra=3)
DecisionFormSet = _formset(DecisionForm, extra=1)
PromiseFormSet = _formset(PromiseForm, extra=1)
