"""Forms round an election: itself, committee, areas, answers and objections."""

from django import forms

from boards.forms import BoardOwnedForm
from boards.models import Board
from common.fields import (
    SEGMENTS,
    IndonesianDateField,
    LineFormField,
    ProseFormField,
    ThreeDigitsField,
    portal_formfield,
)
from common.words import neighbourhood
from members.models import (
    CommitteeMember,
    Election,
    ElectionArea,
    Nominee,
    Objection,
    Person,
)

_SHORT = {"inputmode": "numeric", "autocomplete": "off", "class": "w-year"}


class _ShapeForm(BoardOwnedForm):
    """A row whose service judges it: here only the shape of what was typed."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.IntegerField) and not field.widget.is_hidden:
                field.widget = forms.TextInput(attrs=_SHORT)
                field.error_messages["invalid"] = "Isi dengan angka bulat."

    def _post_clean(self):
        """The service fills the row and says what it refuses."""

    def facts(self) -> dict:
        """What the services take."""
        return {
            name: self.cleaned_data[name]
            for name in self._meta.fields
            if name in self.cleaned_data
        }


class ElectionForm(_ShapeForm):
    """Name, term and seats of an election."""

    class Meta:
        model = Election
        fields = ("title", "starts_on", "ends_on", "seats", "reserves")
        formfield_callback = portal_formfield

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = "Contoh: Pemilihan anggota LKM 2026."
        self.fields["starts_on"].help_text = "Hari pertama masa bakti yang baru."
        self.fields["ends_on"].help_text = "Hari terakhir, biasanya tiga tahun."
        self.fields["seats"].help_text = "Lazimnya ganjil, 9 sampai 13."
        self.fields["reserves"].help_text = "Suara terbanyak berikutnya, untuk PAW."


class CommitteeForm(forms.Form):
    """One more person on the committee."""

    person = forms.ModelChoiceField(Person.objects.none(), label="Warga")
    post = forms.ChoiceField(label="Tugas", choices=CommitteeMember.Post.choices)

    def __init__(self, *args, election: Election, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        on_it = election.committee.values("person")
        people = Person.objects.filter(board=election.board_id).exclude(pk__in=on_it)
        self.fields["person"].queryset = people
        self.fields["person"].empty_label = "Pilih warga"
        self.initial.setdefault("post", CommitteeMember.Post.MEMBER)


class AreaForm(_ShapeForm):
    """A basis with its voters, before and after the vote."""

    nameless = "Isi RT dan RW, atau nama basisnya."
    rt = ThreeDigitsField(label="RT", required=False)
    rw = ThreeDigitsField(label="RW", required=False)
    name = LineFormField(
        label="Nama basis",
        max_length=80,
        required=False,
        help_text="Boleh kosong bila RT dan RW diisi.",
    )

    class Meta:
        model = ElectionArea
        fields = (
            "rt",
            "rw",
            "name",
            "held_on",
            "place",
            "eligible_men",
            "eligible_women",
            "voters_men",
            "voters_women",
            "winners",
            "note",
        )
        formfield_callback = portal_formfield

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].help_text = "Contoh 14/03/2026."
        if "winners" in self.fields:
            self.fields["winners"].label = "Jumlah utusan"
        for name in ("eligible_men", "eligible_women", "voters_men", "voters_women"):
            self.fields[name].required = False

    def clean(self):
        """A basis is called by its RT and RW when it has no other name; 0 for empty."""
        cleaned = super().clean()
        called = neighbourhood(cleaned.get("rt") or "", cleaned.get("rw") or "")
        if "name" in cleaned:
            cleaned["name"] = cleaned["name"] or called
            if not cleaned["name"]:
                self.add_error("name", self.nameless)
        for name in ("eligible_men", "eligible_women", "voters_men", "voters_women"):
            if name in cleaned:
                cleaned[name] = cleaned[name] or 0
        return cleaned


class SecondStageForm(AreaForm):
    """The vote of the delegates; its seats are those of the election."""

    nameless = "Isi wilayahnya."
    rt = rw = None

    class Meta(AreaForm.Meta):
        fields = (
            "name",
            "held_on",
            "place",
            "eligible_men",
            "eligible_women",
            "voters_men",
            "voters_women",
            "note",
        )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Wilayah"
        self.fields["name"].help_text = "Contoh: Kelurahan Selosari."


class WillingForm(forms.Form):
    """The letter by which somebody accepts or declines."""

    willing = forms.ChoiceField(
        label="Jawaban",
        choices=[
            (Nominee.Willing.WILLING, "Bersedia"),
            (Nominee.Willing.DECLINED, "Tidak bersedia"),
        ],
        widget=forms.RadioSelect(attrs=SEGMENTS),
        error_messages={"required": "Pilih salah satu."},
    )
    on = IndonesianDateField(label="Tanggal surat pernyataan")
    note = LineFormField(
        label="Keterangan",
        max_length=200,
        required=False,
        help_text="Misalnya alasan tidak bersedia.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ObjectionForm(_ShapeForm):
    """An objection as it was raised."""

    class Meta:
        model = Objection
        fields = ("raised_on", "name", "area", "text")
        formfield_callback = portal_formfield

    def __init__(self, *args, election: Election, board: Board, **kwargs) -> None:
        super().__init__(*args, board=board, **kwargs)
        field = self.fields["area"]
        field.queryset = election.areas.order_by("stage", "rw", "rt", "name")
        field.empty_label = "Seluruh pemilihan"


class AnswerForm(forms.Form):
    """What the committee answered."""

    answer = ProseFormField(
        label="Jawaban panitia",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    answered_on = IndonesianDateField(label="Tanggal jawaban")
