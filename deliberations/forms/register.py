"""Forms of the register: which decisions, and where a follow-up stands."""

from typing import Any

from django import forms

from boards.models import Board, LetterNumber
from common.fields import LineFormField
from deliberations.models import ActionItem


class ActionForm(forms.Form):
    """Where a follow-up stands, and what shows it."""

    status = forms.ChoiceField(
        label="Keadaan", choices=ActionItem.Status, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label="Berkas bukti",
        help_text="Foto atau PDF, paling besar 10 MB.",
        required=False,
        allow_empty_file=True,
    )
    number = LineFormField(
        label="Nomor surat atau keputusan",
        max_length=80,
        required=False,
        help_text="Keputusan, notulen, laporan kegiatan, atau surat yang sudah"
        " bernomor, misalnya 019/KEP/LKM-SR/XI/2026.",
        widget=forms.TextInput(attrs={"list": "nomor-terakhir"}),
    )
    evidence = LineFormField(
        label="Keterangan",
        max_length=300,
        required=False,
        help_text="Selesai tanpa berkas dan tanpa nomor: tulis mengapa. Dibatalkan:"
        " tulis alasannya.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, board: Board, **kwargs):
        super().__init__(*args, **kwargs)
        self.board = board

    @staticmethod
    def shown(action: ActionItem) -> dict[str, Any]:
        """The follow-up as the form shows it; words and evidence are new each time."""
        return {"status": action.status, "revision": action.revision}

    def clean_number(self) -> LetterNumber | None:
        """The number as the board's register has it; a cancelled one shows nothing."""
        text = self.cleaned_data["number"]
        if not text:
            return None
        given = LetterNumber.objects.filter(board=self.board, text__iexact=text)
        number = given.first()
        if number is None:
            raise forms.ValidationError(
                f"Nomor “{text}” tidak ada di buku surat LKM ini. Salin nomornya dari"
                " daftar Keputusan atau Surat."
            )
        if number.cancelled_on:
            raise forms.ValidationError(
                f"Nomor {number} sudah dibatalkan. Pakai nomor surat yang berlaku."
            )
        return number
