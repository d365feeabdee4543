"""Numbers, dates, times and units in Indonesian, for screen and paper."""

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from num2words import num2words  # type: ignore[import-untyped]

from common.money import MINUS, format_thousands

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}

_LINE = 200
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_SCALE_THEN_ONE_THOUSAND = re.compile(r"(\w+liun|miliar|juta) satu ribu\b")

_UNITS = (
    "persen|juta|miliar|triliun|ribu|rupiah|meter|orang|unit|buah|jiwa|kali|hari|bulan|"
    "tahun|minggu|menit|jam|paket|titik|rumah|liter|detik|ton|HOK|KSM|LKM|BKM|anggota|"
    "warga|KK|SR|KB|MB|km²|km|cm|mm|m²|m³|m2|m3|ha|kg|m|%"
)
_TITLES = (
    r"Hj\.|H\.|Drs\.|Dra\.|Dr\.|dr\.|Ir\.|Prof\.|KH\.|K\.H\.|R\.|Ust\.|Sdri?\.|Bpk\.|"
    r"Ibu|Bapak"
)
_NO_BREAK = (
    re.compile(rf"(?<!\w)(?P<a>[0-9]{{1,2}}) (?P<b>{'|'.join(MONTHS)})\b"),
    re.compile(rf"\b(?P<a>{'|'.join(MONTHS)}) (?P<b>[0-9]{{4}})\b"),
    re.compile(r"\b(?P<a>RT|RW|Pasal|pasal|ayat|Pukul|pukul|No\.|Nomor) (?P<b>[0-9(])"),
    re.compile(r"(?P<a>[0-9]{1,2}\.[0-9]{2}) (?P<b>WIB|WITA|WIT)\b"),
    re.compile(rf"(?P<a>[0-9]) (?P<b>{_UNITS})(?![\w²³])"),
    re.compile(rf"(?<!\w)(?P<a>{_TITLES}) (?P<b>[A-Z])"),
)


def number_words(number: int) -> str:
    """Spell a whole number: 1_001_000 is "satu juta seribu", -5 is "minus lima"."""
    if number < 0:
        return f"minus {number_words(-number)}"
    spelled = str(num2words(number, lang="id"))
    return _SCALE_THEN_ONE_THOUSAND.sub(r"\1 seribu", spelled)


def terbilang(amount: int) -> str:
    """Spell whole rupiah for a receipt: "satu juta rupiah"."""
    return f"{number_words(amount)} rupiah"


def ordinal_words(number: int) -> str:
    """Spell a rank as in a berita acara: Pertama, Kedua, Kedua belas.

    Raises ValueError below one.
    """
    if number < 1:
        raise ValueError("ordinal_words starts at one")
    return "Pertama" if number == 1 else f"Ke{number_words(number)}"


def decree_ordinal(number: int) -> str:
    """Spell the rank of a diktum in a decree: KESATU, KEDUA, KEDUA BELAS.

    Source: UU 12/2011 lampiran II, as followed by Permendagri 80/2015.
    """
    if number < 1:
        raise ValueError("decree_ordinal starts at one")
    return f"KE{number_words(number)}".upper()


def roman_month(month: int) -> str:
    """Month as a Roman numeral, for letter numbers: 11 is XI."""
    if not 1 <= month <= 12:
        raise ValueError("a month is 1 to 12")
    return _ROMAN[month - 1]


def month_name(month: int) -> str:
    """Name of a month, 1 to 12: "November"."""
    if not 1 <= month <= 12:
        raise ValueError("a month is 1 to 12")
    return MONTHS[month - 1]


def weekday_name(on: date) -> str:
    """Name of the day of the week: "Minggu"."""
    return WEEKDAYS[on.weekday()]


def format_date(on: date, *, unbroken: bool = False) -> str:
    """Date in running text: 22 November 2026; `unbroken` joins it with U+00A0."""
    space = NO_BREAK_SPACE if unbroken else " "
    return space.join((str(on.day), month_name(on.month), f"{on.year:04d}"))


def format_date_short(on: date) -> str:
    """Date in tables and inputs: 22/11/2026."""
    return f"{on.day:02d}/{on.month:02d}/{on.year:04d}"


def zone_abbreviation(zone: str | ZoneInfo) -> str:
    """WIB, WITA or WIT for one of the three zones; ValueError for another zone."""
    try:
        return ZONES[str(zone)]
    except KeyError:
        raise ValueError(f"no Indonesian zone: {zone}") from None


def format_time(moment: datetime | time, zone: str | ZoneInfo) -> str:
    """Clock time with its zone: "19.40 WIB" (joined with U+00A0).

    An aware datetime is moved to `zone`; a plain time is taken as local already.
    Raises ValueError on a naive datetime.
    """
    return f"{format_clock(moment, zone)}{NO_BREAK_SPACE}{zone_abbreviation(zone)}"


def format_clock(moment: datetime | time, zone: str | ZoneInfo) -> str:
    """Clock time without its zone: "19.40"; the same rules as `format_time`."""
    if isinstance(moment, datetime):
        if moment.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        moment = moment.astimezone(ZoneInfo(str(zone))).time()
    return f"{moment.hour:02d}.{moment.minute:02d}"


def format_decimal(number: Decimal | int, places: int | None = None) -> str:
    """Number with comma decimals and dot thousands: 1.234,5; minus as −.

    `places` rounds half up and pads with zeros; without it no digit is added or lost
    but the zeros at the end.
    """
    exact = Decimal(number)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{abs(exact):f}".partition(".")
    if places is None:
        fraction = fraction.rstrip("0")
    sign = MINUS if exact < 0 else ""
    tail = f",{fraction}" if fraction else ""
    return f"{sign}{format_thousands(int(whole))}{tail}"


def join_unit(number: Decimal | int | str, unit: str) -> str:
    """Number and unit that stay on one line: 310 m, 64,54 %."""
    shown = number if isinstance(number, str) else format_decimal(number)
    return f"{shown}{NO_BREAK_SPACE}{unit}" if unit else shown


def neighbourhood(rt: str, rw: str) -> str:
    """RT and RW as on every form: "RT 003/RW 005" without empty halves."""
    parts = (("RT", rt), ("RW", rw))
    return "/".join(f"{word} {number}" for word, number in parts if number)


def inside_sentence(label: str) -> str:
    """A label as it stands inside a sentence: "Keputusan LKM" → "keputusan LKM".

    Words with two capitals or more are abbreviations and keep them.
    """
    return " ".join(
        word if sum(map(str.isupper, word)) > 1 else word.lower()
        for word in label.split(" ")
    )


def with_stop(sentence: str) -> str:
    """The sentence with one full stop, also behind "S.T." or a typed one."""
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def no_break(text: str) -> str:
    """Put U+00A0 where a paper may not break: dates, RT 001, Pasal 14, 310 m, Hj. Nur.

    Source: papers of the project, §5 (numbers, dates and names stay on one line).
    """
    return _no_break_line(text) if len(text) <= _LINE else _joined(text)


@lru_cache(maxsize=2048)
def _no_break_line(text: str) -> str:
    """The same for a line: lists show the same titles and places again and again."""
    return _joined(text)


def _joined(text: str) -> str:
    for pattern in _NO_BREAK:
        text = pattern.sub(rf"\g<a>{NO_BREAK_SPACE}\g<b>", text)
    return text
