"""The table of funds over a region: one set of columns for screen, Excel and paper.

Source: revolving-loans sheet, section 7 (columns assumed there).
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from common.money import format_thousands
from common.sheets import Cell, Sheet
from common.sheets import Column as SheetColumn
from common.words import format_date_short, format_decimal
from loans.performance import SHORT, Band, Indicator
from reports.fund_progress import Progress

NONE = "–"


@dataclass(frozen=True)
class Line:
    """One row: an LKM, a kabupaten/kota, or all of them together.

    `note` stands under the name, `state` says why there are no figures, `paper` is the
    key of the LKM's own last report and `slug` its address.
    """

    name: str
    note: str
    progress: Progress
    state: str = ""
    slug: str = ""
    paper: int = 0
    # Many LKM added up; the last row is the sum of all others.
    is_many: bool = False
    is_total: bool = False


@dataclass(frozen=True)
class Field:
    """One column: its head on screen, the one in Excel, and what it takes of a row."""

    title: str
    get: Callable[[Progress], Cell]
    money: bool = False
    long: str = ""
    # Width class on paper.
    width: str = "w24"

    @property
    def long_title(self) -> str:
        """The head in Excel, where nothing else explains it."""
        return self.long or self.title


def _rate(indicator: Indicator) -> Field:
    short = SHORT[indicator]
    return Field(
        short,
        lambda one: one.figures[indicator].value,
        long=f"{short} (%)",
        width="w18",
    )


def _count_bands(band: Band) -> Callable[[Progress], Cell]:
    return lambda one: one.bands.get(band, 0)


CAPITAL = (
    Field("Modal P2KP", lambda one: one.capital.p2kp, money=True),
    Field("Modal PNPM", lambda one: one.capital.pnpm, money=True),
    Field("Modal lain", lambda one: one.capital.other, money=True),
    Field(
        "Disalurkan",
        lambda one: one.lending.lent,
        money=True,
        long="Pinjaman disalurkan sampai tanggal data",
    ),
    Field("KSM dilayani", lambda one: one.lending.groups, width="w18"),
    Field("KSM aktif", lambda one: one.portfolio.loans, width="w15"),
    Field("Anggota L", lambda one: one.lending.men, width="w18"),
    Field("Anggota P", lambda one: one.lending.women, width="w18"),
)
STANDING = (
    Field("Saldo pinjaman", lambda one: one.portfolio.balance, money=True),
    Field("Tunggakan berisiko", lambda one: one.portfolio.arrears_at_risk, money=True),
    *(
        _rate(each)
        for each in (
            Indicator.LAR,
            Indicator.PAR,
            Indicator.RR,
            Indicator.CCR,
            Indicator.ROI,
        )
    ),
    Field("Kas dan bank", lambda one: one.money, money=True),
    Field("Tutup buku s.d.", lambda one: one.closed_through, width="w18"),
)
# What the screen says in a word, Excel counts.
_COUNTS = (
    Field("Kelurahan/desa dengan UPK", lambda one: len(one.villages)),
    Field("UPK", lambda one: one.books),
    Field("UPK aktif", lambda one: one.active),
)
_BANDS = tuple(
    Field(f"Ukuran {band.value}", _count_bands(band))
    for band in (Band.SATISFACTORY, Band.MINIMUM, Band.SUSPENDED)
)


def bands_of(progress: Progress) -> str:
    """How many indicators are judged how: "3 / 1 / 1"; a dash for none."""
    counts = [progress.bands.get(band, 0) for band in Band]
    return " / ".join(map(str, counts)) if any(counts) else NONE


def standing_of(line: Line) -> str:
    """Does the UPK work; over many, how many do."""
    one = line.progress
    return f"{one.active} dari {one.books}" if line.is_many else one.standing


def printed(value: Cell) -> str:
    """A cell as people read it: dots, two decimals for a share, a dash for nothing."""
    match value:
        case None | 0:
            return "0,00" if isinstance(value, Decimal) else NONE
        case Decimal():
            return format_decimal(value, 2)
        case datetime.date():
            return format_date_short(value)
        case int():
            text = format_thousands(abs(value))
            return f"({text})" if value < 0 else text
    return str(value)


def cells(line: Line, columns: tuple[Field, ...]) -> list[tuple[str, str]]:
    """Head and text of each cell of a row; dashes where there is no book."""
    if line.state and not line.progress.books:
        return [(each.title, NONE) for each in columns]
    return [(each.title, printed(each.get(line.progress))) for each in columns]


def sheet_of(lines: list[Line], *, on: datetime.date) -> Sheet:
    """The same as a workbook, every figure a number."""
    columns = (*_COUNTS, *CAPITAL, *STANDING, *_BANDS)
    heads = (
        SheetColumn("No", 6),
        SheetColumn("LKM/BKM atau wilayah", 28),
        SheetColumn("Letak", 34),
        *(SheetColumn(each.long_title, 18, money=each.money) for each in columns),
        SheetColumn("Keterangan", 22),
        SheetColumn("Tanggal data", 13),
    )
    rows = (
        (
            None if line.is_total else at,
            line.name,
            line.note,
            *(each.get(line.progress) for each in columns),
            line.state,
            on,
        )
        for at, line in enumerate(lines, start=1)
    )
    return Sheet("Dana bergulir", heads, rows)
