"""Forms over juklak: the letter with its clauses, and the state of one clause."""

from django import forms

from boards.guide_lines import Line, read_lines
from boards.models import GuideState
from common.fields import (
    SEGMENTS,
    IndonesianDateField,
    LineFormField,
    ProseFormField,
)


class ClausesForm(forms.Form):
    """The clauses of a juklak as pasted."""

    clauses = ProseFormField(
        label="Butir juklak",
        max_length=40_000,
        help_text="Satu baris satu butir. Nomor di depan boleh ditulis: 1. atau 2.1.",
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Tulis butir juklak, satu baris satu butir."},
    )

    def clean_clauses(self) -> list[Line]:
        """Lines with their numbers."""
        try:
            return read_lines(self.cleaned_data["clauses"])
        except ValueError as unread:
            raise forms.ValidationError(str(unread)) from unread


class GuideForm(ClausesForm):
    """A juklak as the Dinas sent it."""

    title = LineFormField(label="Judul", max_length=200)
    letter_number = LineFormField(label="Nomor surat", max_length=80)
    letter_on = IndonesianDateField(label="Tanggal surat")
    in_force_on = IndonesianDateField(label="Berlaku mulai")
    file = forms.FileField(
        label="Berkas juklak (PDF)",
        help_text="Paling besar 10 MB.",
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        error_messages={"required": "Pilih berkas PDF juklak."},
    )
    field_order = "title letter_number letter_on in_force_on file clauses".split()


class ClauseStateForm(forms.Form):
    """How far the board is with one clause."""

    state = forms.ChoiceField(
        label="Keadaan",
        choices=GuideState.State,
        widget=forms.RadioSelect(attrs=SEGMENTS),
        error_messages={"required": "Pilih keadaannya."},
    )
    evidence = LineFormField(
        label="Bukti",
        max_length=200,
        required=False,
        help_text="Wajib bila sudah: nomor keputusan, surat, atau tempat arsipnya.",
    )
    note = LineFormField(
        label="Catatan",
        max_length=300,
        required=False,
        help_text="Wajib bila tidak berlaku: sebabnya.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
