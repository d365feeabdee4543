"""What all parts of a printed summary share."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from common.words import format_date, format_decimal
from reports.builders.board_facts import Told
from reports.builders.dinas_summary import SummaryFacts

OFFICE = "Dinas Perumahan dan Kawasan Permukiman"
CHUNK_ROWS = 375


@dataclass(frozen=True)
class Issue:
    """What belongs to this printing and not to the facts.

    `regency` is the title of the office's own region, `on` and `clock` the moment of
    the data at the Dinas, `portal` the host where the records are.
    """

    regency: str
    on: datetime.date
    clock: str
    by_name: str
    province: str = ""
    portal: str = ""
    by_title: str = ""
    by_civil_id: str = ""

    @property
    def town(self) -> str:
        """The bare name of the regency, as it stands before a date."""
        return self.regency.removeprefix("Kabupaten ").removeprefix("Kota ")


@dataclass(frozen=True)
class Section:
    """One part of the paper: its template, its values, about how many rows."""

    template: str
    data: dict[str, Any]
    rows: int


def percent(part: Decimal | int, whole: Decimal | int) -> str:
    """A whole percentage: "27", or – of nothing."""
    return format_decimal(Decimal(part) * 100 / whole, 0) if whole else "–"


def told_words(told: Mapping[Told, int]) -> str:
    """The parts that all LKM fall into: "1 lengkap, 2 sebagian, 0 belum"."""
    shown = [word for word in Told if word != Told.NOT_DUE or told.get(word)]
    return ", ".join(f"{told.get(word, 0)} {word}" for word in shown)


def span_line(facts: SummaryFacts, issue: Issue) -> str:
    """Period and day of the data, under the title of a table."""
    return (
        f"Masa laporan {facts.period.label} · tanggal data"
        f" {format_date(issue.on, unbroken=True)}"
    )


def slices(rows: Sequence) -> Iterator[tuple[Sequence, bool, bool]]:
    """Rows in pieces of at most 375, with whether a piece is the first or the last."""
    starts = range(0, max(1, len(rows)), CHUNK_ROWS)
    for start in starts:
        piece = rows[start : start + CHUNK_ROWS]
        yield piece, start == 0, start == starts[-1]
