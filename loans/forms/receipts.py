"""What comes in: the form of one payment, and how its members shared it."""

from django import forms

from common.fields import (
    SEGMENTS,
    IndonesianDateField,
    LineFormField,
    RupiahFormField,
)
from loans.models import ProductTerms, Receipt
from loans.services import Money


class ReceiptForm(forms.Form):
    """One payment of a group; with `members` (share id to name) also its split.

    `terms` are those of the loan.
    """

    amount = RupiahFormField(label="Jumlah diterima", min_value=1)
    on = IndonesianDateField(label="Tanggal diterima")
    payer = LineFormField(
        label="Disetor oleh",
        max_length=120,
        error_messages={"required": "Tulis siapa yang menyetor."},
    )
    source = forms.ChoiceField(
        label="Cara bayar",
        choices=Receipt.Source,
        initial=Receipt.Source.CASH,
        widget=forms.RadioSelect(attrs=SEGMENTS),
        error_messages={
            "required": "Pilih cara bayarnya.",
            "invalid_choice": "Pilih dari daftar.",
        },
    )
    penalty = RupiahFormField(
        label="Denda",
        required=False,
        help_text="Bagian dari jumlah di atas; kosongkan bila tidak ada.",
    )
    penalty_reason = LineFormField(
        label="Alasan denda lain",
        max_length=200,
        required=False,
        help_text="Isi bila dendanya bukan menurut ketentuan produk.",
    )
    savings = RupiahFormField(
        label="Tabungan TR",
        required=False,
        help_text="Bagian dari jumlah di atas; ubah bila KSM membawa kurang.",
    )
    surplus_to_savings = forms.BooleanField(
        label="Masukkan kelebihan ke tabungan KSM", required=False
    )
    settles = forms.BooleanField(
        label="Lunasi sekarang", required=False, widget=forms.HiddenInput
    )

    def __init__(
        self,
        *args,
        terms: ProductTerms,
        members: dict[int, str] | None = None,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.members = members or {}
        # Only what the product has a rule for is asked.
        if not terms.penalty_rule:
            del self.fields["penalty_reason"]
        if not terms.saving_rule:
            del self.fields["savings"]
        for share, name in self.members.items():
            self.fields[f"member{share}"] = RupiahFormField(label=name, required=False)
        self.fields["amount"].widget.attrs["class"] = "big"

    def facts(self) -> list:
        """The other fields, carried along on the page that shows the split."""
        return [field for field in self if not field.name.startswith("member")]

    def money(self) -> Money:
        """What the service asks for, without a split by hand."""
        cleaned = self.cleaned_data
        return Money(
            on=cleaned["on"],
            amount=cleaned["amount"],
            source=cleaned["source"],
            payer=cleaned["payer"],
            penalty=cleaned["penalty"] or 0,
            penalty_reason=cleaned.get("penalty_reason", ""),
            savings=cleaned.get("savings") or 0,
            surplus_to_savings=cleaned["surplus_to_savings"],
            settles=cleaned["settles"],
        )

    def typed_split(self) -> dict[int, int] | None:
        """Share id to rupiah as typed; None when the page had no fields for it."""
        if not any(f"member{share}" in self.data for share in self.members):
            return None
        return {
            share: self.cleaned_data[f"member{share}"] or 0 for share in self.members
        }
