"""The funds of the LKM in a region as rows with their sum, for an office."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Max, OuterRef, Subquery

from boards.models import Board, Region
from boards.parameters import held_value, own_settings
from common.periods import add_months
from common.words import join_unit
from ledger.models import Book, PeriodClose
from reports.builders.fund_table import Line
from reports.fund_progress import Progress, progress_of, total_of
from reports.models import IssuedReport

PAPER = "perkembangan-upk"
_IDLE = "book_idle_months"


@dataclass(frozen=True)
class Funds:
    """Rows of a region on a day, and their sum; `districts` are all of its kecamatan.

    `by_regency`: a row stands for a kabupaten/kota, not for an LKM.
    """

    region: Region
    on: datetime.date
    lines: list[Line]
    total: Line
    districts: list[tuple[str, str]]
    district: str
    by_regency: bool
    open_books: int

    @property
    def all_lines(self) -> list[Line]:
        """The rows with their sum below."""
        return [*self.lines, self.total] if self.lines else []


def day_of(region: Region, today: datetime.date) -> datetime.date:
    """The end of the last month that all books still kept have closed; else today.

    A book that closed no month for so long as its board's rule of today says does not
    hold up the day of the others. One query.
    """
    closes = PeriodClose.objects.standing().filter(
        book__kind=Book.Kind.FUND,
        board__region_code__startswith=region.code,
        board__closed_on=None,
    )
    own = own_settings(OuterRef("board"), _IDLE, on=today).values("value")[:1]
    last = (
        closes.order_by()
        .values("book")
        .annotate(last=Max("last_day"), months=Subquery(own))
    )
    kept = [
        row["last"]
        for row in last
        if row["last"] >= add_months(today, -(row["months"] or held_value(_IDLE).value))
    ]
    return min(kept, default=today)


def funds_of(
    region: Region, on: datetime.date, *, today: datetime.date, district: str = ""
) -> Funds:
    """Every LKM that was active on a day, or every kabupaten/kota above a Dinas.

    A province reads numbers by kabupaten/kota and no LKM's own; only a Dinas picks a
    kecamatan (`district`, its code), as a part of more could be one LKM. Raises
    nothing: an LKM without a book or a loan has a row that says so.
    """
    boards = list(Board.objects.in_region(region.code).active(on=on).order_by("name"))
    of_dinas = {(each.region_code[:8], each.district) for each in boards}
    districts = sorted(of_dinas) if len(region.code) == 5 else []
    district = district if district in dict(districts) else ""
    if district:
        boards = [each for each in boards if each.region_code.startswith(district)]
    found = progress_of(boards, on, today=today)
    by_regency = len(region.code) < 5
    if by_regency:
        lines = _regencies(boards, found, on)
    else:
        papers = _papers(boards)
        lines = [_line(each, found[each.pk], papers) for each in boards]
    total = total_of(found.values(), on)
    return Funds(
        region=region,
        on=on,
        lines=lines,
        total=Line(
            "Jumlah",
            join_unit(total.boards, "LKM/BKM"),
            total,
            is_many=True,
            is_total=True,
        ),
        districts=districts,
        district=district,
        by_regency=by_regency,
        open_books=sum(_open(each, on) for each in found.values()),
    )


def _open(one: Progress, on: datetime.date) -> bool:
    """A book that may still change what the table says of that day."""
    return bool(one.books) and (one.closed_through is None or one.closed_through < on)


def _line(board: Board, one: Progress, papers: dict[int, int]) -> Line:
    return Line(
        str(board),
        f"{board.village}, {board.district}",
        one,
        state=one.state,
        slug=board.slug,
        paper=papers.get(board.pk, 0),
    )


def _papers(boards: list[Board]) -> dict[int, int]:
    """Board id to its last issued report upward. One query."""
    rows = IssuedReport.objects.in_force().filter(board__in=boards, kind=PAPER)
    return dict(rows.order_by("dated_on", "pk").values_list("board", "pk"))


def _regencies(
    boards: list[Board], found: dict[int, Progress], on: datetime.date
) -> list[Line]:
    """A row a kabupaten/kota, by name."""
    parts: dict[str, list[Board]] = defaultdict(list)
    for board in boards:
        parts[board.region_code[:5]].append(board)
    lines = []
    for inside in parts.values():
        one = total_of((found[each.pk] for each in inside), on)
        note = join_unit(one.boards, "LKM/BKM")
        lines.append(Line(inside[0].regency, note, one, one.state, is_many=True))
    return sorted(lines, key=lambda line: line.name)


def numbered(lines: list[Line]) -> list[tuple[str, Line]]:
    """Rows with the number before them; the sum has none."""
    return [
        ("" if line.is_total else str(at), line) for at, line in enumerate(lines, 1)
    ]
