"""Read what people type: dates, clock times and decimals, in every usual spelling."""

import re
from datetime import date, time
from decimal import Decimal

from common.money import MINUS
from common.words import MONTHS, NO_BREAK_SPACE

_DATES = (
    re.compile(r"(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII),
    re.compile(r"(?P<day>\d{1,2})\s+(?P<name>[A-Za-z]+)\s+(?P<year>\d{4})", re.ASCII),
)
_CLOCK = re.compile(
    r"(?:(?P<hour>\d{1,2})[.:](?P<minute>\d{2})|(?P<bare>\d{4}))"
    r"(?:\s*(?:wib|wita|wit))?",
    re.ASCII | re.IGNORECASE,
)
_DECIMAL = re.compile(
    r"(?P<sign>-?)(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<comma>\d+))?"
    r"|(?P<sign2>-?)(?P<whole2>\d+)\.(?P<point>\d+)",
    re.ASCII,
)
_TWO_WAYS = re.compile(r"-?\d{1,3}\.\d{3}", re.ASCII)
_MONTH_NUMBERS = {name[:3].lower(): place for place, name in enumerate(MONTHS, 1)}
_OTHER_SPELLINGS = {"agt": 8, "ags": 8, "nop": 11, "nopember": 11, "pebruari": 2}


def read_count(text: str) -> int | None:
    """A whole number as programs send it (0 to 18 plain digits), else None."""
    plain = text.isascii() and text.isdigit() and len(text) <= 18
    return int(text) if plain else None


def read_date(text: str) -> date:
    """Read a day: 22/11/2026, 22-11-2026, 22.11.2026, 2026-11-22, 22 November 2026.

    Raises ValueError with a sentence that names the remedy.
    """
    bare = text.replace(NO_BREAK_SPACE, " ").strip()
    for pattern in _DATES:
        if found := pattern.fullmatch(bare):
            return _existing_day(found.groupdict(), bare)
    raise ValueError("Tulis tanggal seperti 22/11/2026.")


def day_asked(typed: str, *, today: date) -> tuple[date, str]:
    """The day a page shows: the one typed into its address, else today.

    And the sentence about what was typed, "" when it could be read.
    """
    try:
        return (read_date(typed) if typed else today), ""
    except ValueError as unread:
        return today, str(unread)


def _existing_day(found: dict[str, str], text: str) -> date:
    month = found.get("month") or _month_number(found["name"])
    try:
        return date(int(found["year"]), int(month), int(found["day"]))
    except ValueError:
        raise ValueError(
            f"Tanggal {text} tidak ada di kalender. Tulis hari, bulan, tahun, "
            "seperti 22/11/2026."
        ) from None


def _month_number(name: str) -> int:
    """1 to 12 for a month's name or its beginning (three letters or more), else 0."""
    spelled = name.lower()
    if spelled in _OTHER_SPELLINGS:
        return _OTHER_SPELLINGS[spelled]
    number = _MONTH_NUMBERS.get(spelled[:3], 0)
    return number if MONTHS[number - 1].lower().startswith(spelled) else 0


def read_clock(text: str) -> time:
    """Read a clock time: 19.30, 19:30, 7.05, 1930; ValueError names the remedy."""
    bare = text.replace(NO_BREAK_SPACE, " ").strip()
    found = _CLOCK.fullmatch(bare)
    if not found:
        raise ValueError("Tulis jam seperti 19.30.")
    hour = int(found["hour"] or found["bare"][:2])
    minute = int(found["minute"] or found["bare"][2:])
    if hour > 23 or minute > 59:
        raise ValueError(f"Jam {bare} tidak ada. Tulis antara 00.00 dan 23.59.")
    return time(hour, minute)


def read_decimal(text: str, *, places: int) -> Decimal:
    """Read a number: 64,5 and 64.5 are the same; 1.234,5 and 1.234.567 have thousands.

    Raises ValueError on more than `places` decimals, on "1.234" (a thousand or one and
    a bit) and on anything else, with a sentence that names the remedy.
    """
    bare = text.strip().replace(MINUS, "-")
    if _TWO_WAYS.fullmatch(bare):
        whole, part = bare.split(".")
        raise ValueError(
            f"“{bare}” dapat dibaca dua cara. Tulis {whole}{part}"
            + (f" atau {whole},{part}." if places >= len(part) else " tanpa titik.")
        )
    found = _DECIMAL.fullmatch(bare)
    if not found or len(bare) > 30:
        raise ValueError(f"Tulis angka saja, contoh {'64,5' if places else '64'}.")
    part = (found["comma"] or found["point"] or "").rstrip("0")
    if len(part) > places:
        raise ValueError(
            f"Paling banyak {places} angka di belakang koma."
            if places
            else "Tulis bilangan bulat tanpa koma, contoh 64."
        )
    whole = (found["whole"] or found["whole2"]).replace(".", "")
    sign = found["sign"] or found["sign2"] or ""
    return Decimal(f"{sign}{whole}.{part or '0'}")
