"""Whole rupiah: rounding, reading what people type, printing, splitting."""

import re
from decimal import ROUND_HALF_UP, Decimal

MINUS = "\N{MINUS SIGN}"
LARGEST_RUPIAH = 999_999_999_999_999  # fifteen digits: exact in every sheet program

_PREFIX = re.compile(r"^rp\.?[\s\u00a0]*", re.IGNORECASE)
_CENTS = re.compile(r",(?P<cents>[0-9]{1,2}|[-\u2013\u2014]{1,2})\Z")
_DIGITS = re.compile(r"[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+")


def round_rupiah(amount: Decimal) -> int:
    """Round an amount in rupiah to whole rupiah, half away from zero.

    The only place where money is rounded. Raises TypeError on a float and
    ValueError on NaN or infinity.
    """
    if not isinstance(amount, Decimal | int):
        raise TypeError("round_rupiah takes a Decimal or an int")
    exact = Decimal(amount)
    if not exact.is_finite():
        raise ValueError("round_rupiah takes a finite amount")
    return int(exact.to_integral_value(rounding=ROUND_HALF_UP))


def parse_rupiah(text: str) -> int:
    """Read an amount as people write it; whole rupiah, zero or more.

    Takes "Rp 1.234.567", "1234567", "1.234.567,00" and "Rp1.234.567,-". Raises
    ValueError with an Indonesian sentence for everything else: other cents than 00,
    a minus, comma thousands ("1,234,567.00" is read two ways), letters.
    """
    bare = _PREFIX.sub("", text.strip())
    if not bare:
        raise ValueError("Isi jumlah rupiah, contoh 1.234.567.")
    if bare[0] in f"-({MINUS}":
        raise ValueError("Jumlah rupiah ditulis tanpa tanda minus, contoh 1.234.567.")
    cents = _CENTS.search(bare)
    if cents and cents["cents"].strip("0-\u2013\u2014"):
        raise ValueError(
            f"Tulis rupiah bulat tanpa sen: bagian “,{cents['cents']}” dihapus."
        )
    whole = bare[: cents.start()] if cents else bare
    if not _DIGITS.fullmatch(whole):
        raise ValueError(_remedy(whole))
    amount = int(whole.replace(".", "")) if len(whole) < 30 else LARGEST_RUPIAH + 1
    if amount > LARGEST_RUPIAH:
        raise ValueError(
            f"Jumlah paling besar {format_rupiah(LARGEST_RUPIAH)}. "
            "Periksa banyaknya angka nol."
        )
    return amount


def format_rupiah(amount: int) -> str:
    """Print whole rupiah: Rp1.234.567, and −Rp5.000 below zero."""
    sign = MINUS if amount < 0 else ""
    return f"{sign}Rp{format_thousands(abs(amount))}"


def format_thousands(number: int) -> str:
    """Print a whole number with dots between the thousands: 1.234.567."""
    return f"{number:,}".replace(",", ".").replace("-", MINUS)


def split_rupiah(total: int, parts: int) -> list[int]:
    """Split whole rupiah into equal parts; the last takes the remainder.

    The parts always add up to `total`. Raises ValueError on fewer than one part or
    a negative total.
    """
    if parts < 1:
        raise ValueError("split_rupiah needs at least one part")
    if total < 0:
        raise ValueError("split_rupiah takes zero rupiah or more")
    each = total // parts
    return [each] * (parts - 1) + [total - each * (parts - 1)]


def _remedy(text: str) -> str:
    if re.search(r"[^\W\d]", text):
        return "Tulis jumlah rupiah dengan angka saja, contoh 1.234.567."
    if "," in text:
        return (
            "Pisahkan ribuan dengan titik, bukan koma, supaya tidak salah baca: "
            "1.234.567."
        )
    if "." in text:
        return (
            "Titik memisahkan ribuan, tiga angka di antaranya, contoh 1.234.567. "
            "Tulis rupiah bulat tanpa sen."
        )
    return "Jumlah rupiah tidak terbaca. Tulis seperti 1.234.567."
