"""Cells of an imported sheet: the widgets of import-export that speak Indonesian."""

from datetime import date
from decimal import Decimal

from import_export.widgets import Widget
from tablib import Dataset

from common.money import format_thousands, parse_rupiah
from common.reading import read_date, read_decimal
from common.sheets import Cell, SheetTable
from common.text import find_control_character
from common.words import format_date_short, format_decimal

HOW_TO_FORMAT = (
    "Pilih kolomnya di Excel, Format Sel, jenis Teks, lalu ketik lagi nomornya."
)


def to_dataset(table: SheetTable) -> Dataset:
    """Header and cells as import-export wants them; row numbers stay in `table`."""
    return Dataset(*(row.cells for row in table.rows), headers=table.header)


class RupiahWidget(Widget):
    """Whole rupiah: a whole number cell, or text as in `parse_rupiah`."""

    def clean(self, value: Cell, row=None, **kwargs) -> int | None:
        """Whole rupiah, or None for a blank cell; ValueError says how to write it."""
        match value:
            case None:
                return None
            case int() if value >= 0:
                return parse_rupiah(str(value))
            case str():
                return parse_rupiah(value) if value.strip() else None
            case int() | Decimal():
                raise ValueError(
                    f"Tulis {format_decimal(value)} sebagai rupiah bulat tanpa sen "
                    "dan tanpa minus, contoh 1.234.567."
                )
        raise ValueError("Tulis jumlah rupiah dengan angka, contoh 1.234.567.")

    def render(self, value: int | None, obj=None, **kwargs) -> str:
        return "" if value is None else format_thousands(value)


class DateWidget(Widget):
    """A civil date: a date cell, or text as in `read_date`."""

    def clean(self, value: Cell, row=None, **kwargs) -> date | None:
        """The day, or None for a blank cell; ValueError says how to write it."""
        match value:
            case None:
                return None
            case date():
                return value
            case str():
                return read_date(value) if value.strip() else None
        raise ValueError(
            f"“{value}” bukan tanggal. Tulis seperti 22/11/2026, atau Format Sel, "
            "jenis Tanggal."
        )

    def render(self, value: date | None, obj=None, **kwargs) -> str:
        return "" if value is None else format_date_short(value)


class DecimalCommaWidget(Widget):
    """A number with at most so many decimals: a number cell, or text "64,5"."""

    def __init__(self, places: int = 2) -> None:
        super().__init__()
        self.places = places

    def clean(self, value: Cell, row=None, **kwargs) -> Decimal | None:
        """The number, or None for a blank cell; ValueError says how to write it."""
        match value:
            case None:
                return None
            case int() | Decimal():
                exact = f"{Decimal(value):f}".replace(".", ",")
                return read_decimal(exact, places=self.places)
            case str():
                return (
                    read_decimal(value, places=self.places) if value.strip() else None
                )
        raise ValueError("Tulis angka, contoh 64,5.")

    def render(self, value: Decimal | None, obj=None, **kwargs) -> str:
        # Without dots: "1.234" could be read two ways when it comes back.
        return "" if value is None else format_decimal(value).replace(".", "")


class TextCellWidget(Widget):
    """Text that must stay text: NIK, phone, account number.

    A sheet that took such a column for numbers has lost leading zeros and every digit
    after the fifteenth, so number cells are refused. With `accept_numbers=True` (RT,
    RW, house number) a whole number of at most fifteen digits is taken as its digits.
    """

    def __init__(self, *, accept_numbers: bool = False) -> None:
        super().__init__()
        self.accept_numbers = accept_numbers

    def clean(self, value: Cell, row=None, **kwargs) -> str:
        """The text without blanks at its ends; ValueError says how to format it."""
        match value:
            case None:
                return ""
            case int() if self.accept_numbers and 0 <= value < 10**15:
                return str(value)
            case str():
                return self._clean_text(value.strip())
            case date():
                raise ValueError(
                    f"{format_date_short(value)} terbaca sebagai tanggal. "
                    f"{HOW_TO_FORMAT}"
                )
        raise ValueError(
            f"{value} terbaca sebagai bilangan, sehingga angka nol di depan atau angka "
            f"terakhirnya dapat hilang. {HOW_TO_FORMAT}"
        )

    def _clean_text(self, text: str) -> str:
        if _has_exponent(text):
            raise ValueError(
                f"“{text}” sudah dipendekkan oleh Excel, angka aslinya hilang. "
                f"{HOW_TO_FORMAT}"
            )
        if find_control_character(text):
            raise ValueError("Ada huruf yang tidak tampak di sel ini. Ketik ulang.")
        return text

    def render(self, value: str | None, obj=None, **kwargs) -> str:
        return value or ""


def _has_exponent(text: str) -> bool:
    mantissa, mark, exponent = text.upper().partition("E+")
    digits = mantissa.replace(",", "").replace(".", "")
    return bool(mark) and digits.isdecimal() and exponent.isdecimal()
