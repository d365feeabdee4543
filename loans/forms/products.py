"""Forms about products and their terms."""

from decimal import Decimal
from typing import Any

from django import forms

from boards.forms import BoardOwnedForm
from common.fields import LineFormField, RupiahFormField, portal_formfield
from loans.models import ProductTerms

ROUNDS_OFFERED = 6
# May be left empty: nothing is asked.
OPTIONAL = ("penalty_percent", "saving_amount", "saving_percent")
DECIMALS = ("rate", "savings_percent", "penalty_percent", "saving_percent")
COUNTS = ("fewest", "most", "every", "grace_principal", "grace_charge")


class TermsForm(BoardOwnedForm):
    """Terms from a day on; with `name` they open a product of that name."""

    name = LineFormField(label="Nama produk", max_length=80)

    # The page shows them in three parts.
    CHARGE = (
        *("rate", "rate_basis", "method", "penalty", "penalty_percent", "off_days"),
        *("savings_percent", "saving_amount", "saving_percent"),
    )
    COURSE = (
        *("frequency", "every", "fewest", "most", "grace_principal", "grace_charge"),
        *("payment_order", "settlement"),
    )
    ROUNDING = ("rounding_component", "rounding_step", "rounding_mode")

    class Meta:
        model = ProductTerms
        fields = (
            *("starts_on", "article", "rate", "rate_basis", "method", "penalty"),
            *("penalty_percent", "off_days", "savings_percent", "saving_amount"),
            *("saving_percent", "frequency", "every", "fewest", "most"),
            *("grace_principal", "grace_charge", "payment_order", "settlement"),
            *("rounding_component", "rounding_step", "rounding_mode"),
        )
        formfield_callback = portal_formfield

    def __init__(self, *args, named: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not named:
            del self.fields["name"]
        # The columns' own first values are texts.
        for column in DECIMALS:
            self.initial[column] = Decimal(self.initial[column])
        self._dress()
        for round_no in range(1, ROUNDS_OFFERED + 1):
            self.fields[f"ceiling_{round_no}"] = RupiahFormField(
                label=f"Pinjaman ke-{round_no}",
                required=round_no == 1,
                min_value=1,
            )

    def _dress(self) -> None:
        self.fields["starts_on"].help_text = "Pinjaman lama tetap memakai ketentuannya."
        self.fields["article"].help_text = "Misalnya: AD pasal 12, keputusan RWT 2026."
        self.fields["rate"].help_text = "Misalnya 1,5."
        self.fields["penalty"].help_text = "Isi 0 bila tanpa denda."
        self.fields["off_days"].help_text = "Hanya untuk denda; tunggakan tidak geser."
        self.fields["savings_percent"].help_text = "Dipotong dari uang saat cair."
        self.fields["saving_amount"].help_text = "KSM boleh membawa kurang."
        for name in OPTIONAL:
            self.fields[name].required = False
        self.fields["every"].help_text = "1 berarti setiap bulan atau setiap minggu."
        for name in COUNTS:
            field = self.fields[name]
            field.widget = forms.TextInput(
                attrs={"inputmode": "numeric", "class": "w-year"}
            )
            field.error_messages["invalid"] = "Tulis bilangan bulat, contoh 10."

    @property
    def parts(self) -> list[tuple[str, str, list]]:
        """Title, what it is about, and the fields of each part."""
        rounds = [f"ceiling_{at}" for at in range(1, ROUNDS_OFFERED + 1)]
        told = (
            ("Jasa dan potongan", "Yang dibayar KSM di luar pokok.", self.CHARGE),
            ("Angsuran", "Kapan dan bagaimana pinjaman kembali.", self.COURSE),
            ("Pembulatan", "Sisa pembulatan masuk angsuran terakhir.", self.ROUNDING),
            (
                "Batas setiap anggota",
                "Kosongkan dari pinjaman ke berapa KSM diarahkan ke bank.",
                rounds,
            ),
        )
        return [
            (head, lead, [self[name] for name in names]) for head, lead, names in told
        ]

    def clean(self) -> dict[str, Any]:
        """Ceilings stand one after the other."""
        cleaned = super().clean()
        for name in OPTIONAL:
            if name not in self.errors:
                cleaned[name] = cleaned.get(name) or 0
        empty = 0
        for at in range(1, ROUNDS_OFFERED + 1):
            if f"ceiling_{at}" in self.errors:
                continue
            if not cleaned.get(f"ceiling_{at}"):
                empty = empty or at
            elif empty:
                self.add_error(f"ceiling_{empty}", "Isi batas ini lebih dulu.")
                break
        return cleaned

    def _post_clean(self):
        """Put the values into the row; the service judges it whole."""
        for name in self._meta.fields:
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])

    def ceilings(self) -> dict[int, int]:
        """Rupiah by round."""
        rounds = range(1, ROUNDS_OFFERED + 1)
        typed = {at: self.cleaned_data.get(f"ceiling_{at}") for at in rounds}
        return {at: amount for at, amount in typed.items() if amount}
