"""Forms of the Pengawas and of the UPK's answer."""

from django import forms

from boards.forms import BoardOwnedForm
from common.fields import (
    IndonesianDateField,
    LineFormField,
    ProseFormField,
    RupiahFormField,
)
from ledger.forms.closing import PIECES, piece_field
from loans.models import Finding, Loan


class SampleForm(forms.Form):
    """How many loans are drawn."""

    size = forms.IntegerField(
        label="Banyaknya pinjaman", min_value=1, max_value=50, initial=5
    )


class VisitForm(forms.Form):
    """What the group's own card says."""

    visited_on = IndonesianDateField(label="Tanggal kunjungan")
    seen = RupiahFormField(
        label="Saldo pokok di kartu KSM",
        help_text="Salin dari kartu yang dipegang KSM.",
    )
    note = ProseFormField(
        label="Catatan kunjungan",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CashCountForm(forms.Form):
    """Pieces in the cash box, who held it, why it differs."""

    cashier_name = LineFormField(label="Kasir yang hadir", max_length=120)
    explanation = LineFormField(
        label="Penjelasan selisih",
        required=False,
        max_length=300,
        help_text="Hanya bila uang berbeda dari buku.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for piece in PIECES:
            self.fields[f"piece{piece}"] = piece_field(piece)

    def boxes(self) -> list[forms.BoundField]:
        """The boxes of notes and coins."""
        return [self[f"piece{piece}"] for piece in PIECES]

    def pieces(self) -> dict[int, int]:
        """How many of each value."""
        return {piece: self.cleaned_data.get(f"piece{piece}") or 0 for piece in PIECES}


class FindingForm(BoardOwnedForm):
    """What was found, what is asked, until when."""

    class Meta:
        model = Finding
        fields = ("loan", "text", "asks", "due_on")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "asks": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        loans = Loan.objects.filter(board=self.instance.board).exclude(
            disbursed_on=None
        )
        self.fields["loan"].queryset = loans.select_related("group")
        self.fields["loan"].label = "Tentang pinjaman"
        self.fields["loan"].empty_label = "Umum, bukan satu pinjaman"


class AnswerForm(forms.Form):
    """What the UPK answers."""

    answer = ProseFormField(
        label="Jawaban UPK",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class CloseForm(forms.Form):
    """Why the answer is enough."""

    note = LineFormField(label="Penilaian Pengawas", max_length=300)
