"""Forms of one agenda item: its head, and a row each of its lists."""

from django import forms

from common.fields import (
    SEGMENTS,
    ClockField,
    IndonesianDateField,
    LineFormField,
    ProseFormField,
    RupiahFormField,
)
from deliberations.models import AgendaItem, Attendance, Decision
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
    recused = forms.ModelMultipleChoiceField(
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


class DecisionForm(forms.Form):
    """One decision; the whole row may stay empty."""

    title = LineFormField(
        label="Tentang",
        max_length=150,
        required=False,
        help_text="Judul di register. Kosongkan: diambil dari baris pertama.",
    )
    text = ProseFormField(
        label="Apa yang diputuskan?",
        max_length=6000,
        required=False,
        help_text="Satu baris untuk satu diktum: KESATU, KEDUA, dan seterusnya.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kind = forms.ChoiceField(
        label="Jenis", choices=Decision.Kind, initial=Decision.Kind.GENERAL
    )
    method = forms.ChoiceField(
        label="Cara memutuskan",
        help_text="Pemungutan suara hanya bila mufakat tidak tercapai.",
        choices=Decision.Method,
        initial=Decision.Method.CONSENSUS,
        widget=forms.RadioSelect(attrs=SEGMENTS),
    )
    votes_for = forms.IntegerField(label="Setuju", min_value=0, required=False)
    votes_against = forms.IntegerField(
        label="Tidak setuju", min_value=0, required=False
    )
    votes_abstain = forms.IntegerField(label="Abstain", min_value=0, required=False)
    amount = RupiahFormField(label="Jumlah uang", required=False)
    in_charge_name = LineFormField(
        label="Penanggung jawab", max_length=160, required=False
    )
    due_on = IndonesianDateField(label="Selesai paling lambat", required=False)
    objections = ProseFormField(
        label="Catatan keberatan",
        max_length=4000,
        required=False,
        help_text="Satu orang satu baris: nama, titik dua, alasan.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    amends = forms.ModelChoiceField(
        label="Mengubah keputusan",
        queryset=Decision.objects.none(),
        required=False,
        empty_label="Tidak mengubah keputusan lain",
    )
    amend_reason = LineFormField(
        label="Alasan perubahan", max_length=300, required=False
    )

    # What makes a row a decision; the choices alone are always filled in.
    typed = (
        "title",
        "text",
        "amount",
        "in_charge_name",
        "due_on",
        "objections",
        "amends",
        "amend_reason",
    )

    def __init__(self, *args, amendable, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["amends"].queryset = amendable

    @property
    def is_empty(self) -> bool:
        """Nothing was typed that would make a decision."""
        return not any(self.cleaned_data.get(name) for name in self.typed)

    def clean(self):
        """A decision needs words; votes go with a vote and only with it."""
        cleaned = super().clean()
        voting = cleaned.get("method") == Decision.Method.VOTE
        if not voting:
            for name in ("votes_for", "votes_against", "votes_abstain"):
                cleaned[name] = None
        if self.errors or not any(cleaned.get(name) for name in self.typed):
            return cleaned
        if not cleaned.get("text"):
            self.add_error("text", "Tulis apa yang diputuskan.")
        elif not cleaned.get("title"):
            cleaned["title"] = cleaned["text"].splitlines()[0][:150]
        if voting and None in self._votes(cleaned):
            self.add_error(
                "votes_for", "Isi ketiga suara: setuju, tidak setuju, abstain."
            )
        return cleaned

    @staticmethod
    def _votes(cleaned) -> list[int | None]:
        names = ("votes_for", "votes_against", "votes_abstain")
        return [cleaned.get(name) for name in names]

    def clean_objections(self) -> str:
        """Each line names a person and a reason."""
        text = self.cleaned_data["objections"]
        for line in text.splitlines():
            name, colon, reason = line.partition(":")
            if line.strip() and not (colon and name.strip() and reason.strip()):
                raise forms.ValidationError(
                    "Tulis tiap keberatan sebagai “Nama: alasan”, satu orang satu"
                    " baris."
                )
        return text


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
