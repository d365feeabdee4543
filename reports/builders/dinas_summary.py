"""The summary of the Dinas over many LKM: frozen facts, and every total once."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Q

from activities.models import Source
from boards.models import Board, Region
from common.periods import Period
from planning.models import ProgrammeCode
from reports.builders import renja
from reports.builders.board_facts import (
    NOUGHT,
    BoardFacts,
    FundingFact,
    Told,
    read_board,
)
from reports.duties import Duties, ended_months


@dataclass(frozen=True)
class SourceTotal:
    """All activities paid from one source."""

    source: str
    label: str
    rows: tuple[tuple[BoardFacts, FundingFact], ...]

    @property
    def budget(self) -> int:
        """Planned rupiah."""
        return sum(row.budget for _, row in self.rows)

    @property
    def spent(self) -> int:
        """Rupiah of the approved reports of the period."""
        return sum(row.spent for _, row in self.rows)

    @property
    def boards(self) -> int:
        """How many LKM."""
        return len({board.pk for board, _ in self.rows})


@dataclass(frozen=True)
class SummaryFacts:
    """Everything a summary says. Totals are sums of the rows it prints below them."""

    code: str
    region: str
    within: str
    period: Period
    boards: tuple[BoardFacts, ...]
    renja: renja.RenjaTable

    @cached_property
    def told(self) -> Counter[Told]:
        """How many LKM reported how; adds up to all of them."""
        return Counter(board.told for board in self.boards)

    @cached_property
    def in_sums(self) -> tuple[BoardFacts, ...]:
        """LKM whose works are in the sums."""
        return tuple(board for board in self.boards if board.reports)

    @cached_property
    def owing(self) -> tuple[BoardFacts, ...]:
        """LKM that still have to do something, those that sent nothing first."""
        owing = (board for board in self.boards if board.owed)
        return tuple(sorted(owing, key=lambda board: board.told != Told.NONE))

    @cached_property
    def waiting(self) -> tuple[BoardFacts, ...]:
        """LKM with reports that wait for the kelurahan."""
        return tuple(board for board in self.boards if board.waiting)

    @cached_property
    def meetings(self) -> int:
        """Ratified meetings of the period."""
        return sum(len(board.meetings) for board in self.boards)

    @cached_property
    def decisions(self) -> int:
        """Ratified decisions of the period."""
        return sum(len(board.decisions) for board in self.boards)

    @cached_property
    def spent(self) -> int:
        """Rupiah of all approved reports of the period."""
        return sum(board.spent for board in self.boards)

    @cached_property
    def wages(self) -> int:
        """The part of it that was wages."""
        return sum(row.wages for board in self.boards for row in board.reports)

    @cached_property
    def days(self) -> Decimal:
        """HOK."""
        return sum((board.days for board in self.boards), NOUGHT)

    @cached_property
    def days_women(self) -> Decimal:
        """HOK of women."""
        return sum((board.days_women for board in self.boards), NOUGHT)

    @cached_property
    def activities(self) -> int:
        """Activities with an approved report."""
        return sum(board.activities for board in self.boards)

    @cached_property
    def reports(self) -> int:
        """Approved reports."""
        return sum(len(board.reports) for board in self.boards)

    @cached_property
    def open_reports(self) -> int:
        """Reports due and not approved: not in any sum."""
        return sum(board.open_reports for board in self.boards)

    @cached_property
    def plans(self) -> int:
        """Rows of the Renja."""
        return sum(len(board.plans) for board in self.boards)

    @cached_property
    def ceiling(self) -> int:
        """Rupiah of the Renja."""
        return sum(board.ceiling for board in self.boards)

    @cached_property
    def sources(self) -> tuple[SourceTotal, ...]:
        """Activities by source of money, in the order of the sources."""
        pairs = [(board, row) for board in self.boards for row in board.fundings]
        return tuple(
            SourceTotal(source, label, rows)
            for source, label in Source.choices
            if (rows := tuple(pair for pair in pairs if pair[1].source == source))
        )

    def spent_by_month(self) -> list[tuple[Period, int]]:
        """Rupiah of each month of the period."""
        rows = [row for board in self.boards for row in board.reports]
        return [
            (month, sum(row.spent for row in rows if row.month == month))
            for month in self.period.months()
        ]


def boards_in(code: str, period: Period) -> list[Board]:
    """The LKM whose home is in the region and that existed in the period, by place."""
    there = (
        Board.objects.in_region(code)
        .active(on=period.start)
        .filter(Q(founded_on=None) | Q(founded_on__lte=period.end))
    )
    return list(there.order_by("region_code", "name", "pk"))


def build(
    region: Region,
    period: Period,
    *,
    at: datetime.datetime,
    on: datetime.date,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> SummaryFacts:
    """Read the summary of a region as of the moment `at`, board by board.

    `on` is that day at the Dinas; months that are not over by then are not due.
    `progress(done, total)` is told after each LKM and may raise to stop.
    """
    boards = boards_in(region.code, period)
    duties = Duties(boards, ended_months(period, today=on))
    facts = []
    progress(0, len(boards))
    for done, board in enumerate(boards, start=1):
        facts.append(read_board(board, period, duties, at=at, on=on))
        progress(done, len(boards))
    return SummaryFacts(
        code=region.code,
        region=region.title,
        within=region.within,
        period=period,
        boards=tuple(facts),
        renja=_renja(region, period, facts),
    )


def _renja(region: Region, period: Period, facts: Iterable[BoardFacts]):
    year = period.end.year
    return renja.build(
        ((board.village, plan) for board in facts for plan in board.plans),
        year=year,
        names=ProgrammeCode.objects.names_in(year, region.code),
    )
