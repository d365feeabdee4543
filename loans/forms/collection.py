"""The sheet of one round, typed back in one form."""

from collections.abc import Sequence

from django import forms

from common.fields import (
    SEGMENTS,
    IndonesianDateField,
    LineFormField,
    RupiahFormField,
)
from common.money import format_rupiah
from loans.collection import Expected
from loans.models import Receipt
from loans.services import Collected

EXTRAS = {"penalty": "Termasuk denda", "savings": "Termasuk tabungan TR"}
_NO_LONGER = (
    "Baris ini tidak lagi meminta {what}, mungkin sudah dicatat orang lain. Kosongkan,"
    " atau catat setorannya di halaman pinjaman itu."
)


class CollectionForm(forms.Form):
    """One day, one source, an amount for each group, and the money counted."""

    on = IndonesianDateField(label="Tanggal diterima")
    source = forms.ChoiceField(
        label="Cara bayar",
        choices=[
            (Receipt.Source.CASH.value, "Tunai"),
            (Receipt.Source.BANK.value, "Bank UPK"),
        ],
        initial=Receipt.Source.CASH,
        widget=forms.RadioSelect(attrs=SEGMENTS),
        error_messages={
            "required": "Pilih cara bayarnya.",
            "invalid_choice": "Pilih dari daftar.",
        },
    )
    counted = RupiahFormField(
        label="Uang terhitung",
        help_text="Hitung uangnya dulu; jumlah semua baris harus sama.",
    )

    def __init__(
        self,
        *args,
        rows: Sequence[Expected],
        beside: Sequence[Expected] = (),
        **kwargs,
    ):
        """`beside`: lines that were typed in and are not asked any more."""
        super().__init__(*args, **kwargs)
        self.expected = [*rows, *beside]
        for row in self.expected:
            pk, group = row.loan.pk, row.loan.group
            self.fields[f"amount{pk}"] = RupiahFormField(
                label="Diterima", required=False, min_value=1
            )
            for name in self._extras(row):
                self.fields[f"{name}{pk}"] = RupiahFormField(
                    label=EXTRAS[name],
                    required=False,
                    initial=getattr(row, name) or None,
                )
            self.fields[f"payer{pk}"] = LineFormField(
                label="Disetor oleh",
                max_length=120,
                required=False,
                initial=f"Pengurus {group}"[:120],
            )

    def _extras(self, row: Expected) -> list[str]:
        """What a line asks for beside its plan, or was typed when it still asked."""
        return [
            name
            for name in EXTRAS
            if getattr(row, name)
            or self.data.get(f"{name}{row.loan.pk}", "").strip() not in ("", "0")
        ]

    def lines(self) -> list[dict]:
        """Each group with its two fields, as the page draws them."""
        return [
            {
                "row": row,
                "amount": self[f"amount{row.loan.pk}"],
                "payer": self[f"payer{row.loan.pk}"],
                "extras": [self[f"{name}{row.loan.pk}"] for name in self._extras(row)],
            }
            for row in self.expected
        ]

    def head(self) -> list:
        """The fields above the lines."""
        return [self[name] for name in ("on", "source", "counted")]

    def collected(self) -> list[Collected]:
        """The lines that have an amount."""
        cleaned = self.cleaned_data
        return [
            Collected(
                row.loan,
                cleaned[f"amount{row.loan.pk}"],
                cleaned[f"payer{row.loan.pk}"] or f"Pengurus {row.loan.group}"[:120],
                **{
                    name: cleaned[f"{name}{row.loan.pk}"] or 0
                    for name in self._extras(row)
                },
            )
            for row in self.expected
            if cleaned.get(f"amount{row.loan.pk}")
        ]

    def _refuse_unasked(self, cleaned: dict) -> None:
        """Money in a field that its line stopped asking for is never passed over."""
        for row in self.expected:
            pk = row.loan.pk
            if not cleaned.get(f"amount{pk}"):
                continue
            if not row.total:
                self.add_error(f"amount{pk}", _NO_LONGER.format(what="setoran"))
            for name, what in (("penalty", "denda"), ("savings", "tabungan")):
                if cleaned.get(f"{name}{pk}") and not getattr(row, name):
                    self.add_error(f"{name}{pk}", _NO_LONGER.format(what=what))

    def clean(self):
        """The lines and the money on the table are the same sum."""
        cleaned = super().clean()
        self._refuse_unasked(cleaned)
        if self.errors:
            return cleaned
        total = sum(row.amount for row in self.collected())
        if total != cleaned["counted"]:
            self.add_error(
                "counted",
                f"Jumlah semua baris {format_rupiah(total)}, tidak sama dengan"
                f" {format_rupiah(cleaned['counted'])}.",
            )
        return cleaned
