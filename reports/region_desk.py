"""What the desk of an office reads once: its LKM, the months, who reported."""

import datetime
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from activities.models import ActivityReport
from activities.states import clock_of, review_limits
from boards.models import Board, Region, User
from boards.roles import Permission
from common.periods import Period
from reports.duties import Cell, Duties, DutyState, last_months

MONTHS = 6
# Without a filter the matrix shows one kecamatan when there are more LKM than this.
MATRIX_ROWS = 50
# Words of the address -> standings of the last month that they show.
REPORTED = {
    "sudah": (DutyState.SENT, DutyState.APPROVED),
    "belum": (DutyState.MISSING, DutyState.DRAFT, DutyState.RETURNED),
}
# Words of the address -> whether only reports past the limit of the kelurahan count.
RESTING = {"diperiksa": False, "lewat": True}


@dataclass(frozen=True)
class Row:
    """One LKM and its last months, the oldest first."""

    board: Board
    cells: list[Cell]

    @property
    def last(self) -> Cell:
        """The month that ended last."""
        return self.cells[-1]

    @property
    def owes_twice(self) -> bool:
        """Nothing was sent for two months in a row."""
        return all(cell.standing.is_open for cell in self.cells[-2:])


@dataclass(frozen=True)
class Desk:
    """The LKM at home in a region and how they report; filters from the address."""

    region: Region
    user: User
    rights: frozenset[Permission]
    today: datetime.date
    months: list[Period]
    rows: list[Row]
    waiting: list[ActivityReport]
    closed: int
    district: str
    reported: str

    @property
    def boards(self) -> list[Board]:
        """The LKM of the region that are not closed."""
        return [row.board for row in self.rows]

    @property
    def districts(self) -> list[tuple[str, str]]:
        """Code and name of every kecamatan with an LKM."""
        found = {row.board.region_code[:8]: row.board.district for row in self.rows}
        return sorted(found.items(), key=lambda pair: pair[1])

    @property
    def last_month(self) -> Period:
        """The month that ended last."""
        return self.months[-1]

    def standing_in(self, standings: tuple[DutyState, ...]) -> list[Row]:
        """Rows whose last month stands so."""
        return [row for row in self.rows if row.last.standing in standings]

    def resting(self, asked: str) -> list[ActivityReport]:
        """Reports that wait for the kelurahan: all, or only those past its limit."""
        return [row for row in self.waiting if row.clock.is_late or not RESTING[asked]]

    def resting_boards(self, asked: str) -> set[int]:
        """The LKM that those reports are of."""
        return {report.board_id for report in self.resting(asked)}

    def shown(self) -> list[Row]:
        """Rows of the matrix, as the address asks."""
        rows = self.rows
        if self.reported in REPORTED:
            rows = self.standing_in(REPORTED[self.reported])
        elif self.reported:
            known = self.resting_boards(self.reported)
            rows = [row for row in rows if row.board.pk in known]
        return [row for row in rows if row.board.region_code.startswith(self.district)]

    def shown_reports(self) -> list[ActivityReport]:
        """The waiting reports behind those rows, when the address asks for them."""
        if self.reported not in RESTING:
            return []
        return [
            report
            for report in self.resting(self.reported)
            if report.board.region_code.startswith(self.district)
        ]


def desk_of(request: HttpRequest, region: Region) -> Desk:
    """Read the desk; the same few queries for 4 LKM and for 400."""
    today = timezone.localdate()
    months = last_months(MONTHS, today=today)
    every = list(
        Board.objects.in_region(region.code).order_by("region_code", "name", "pk")
    )
    boards = [board for board in every if board.is_active(on=today)]
    sees = Permission.VIEW_ACTIVITIES in request.permissions
    district, reported = _asked(request, boards)
    return Desk(
        region=region,
        user=request.user,
        rights=request.permissions,
        today=today,
        months=months,
        rows=_rows(boards, months, sees=sees),
        waiting=_waiting(boards, today) if sees else [],
        closed=len(every) - len(boards),
        district=district,
        reported=reported,
    )


def _asked(request: HttpRequest, boards: list[Board]) -> tuple[str, str]:
    """Kecamatan and standing that the address asks for; "" is all."""
    reported = request.GET.get("lapor", "")
    reported = reported if reported in REPORTED or reported in RESTING else ""
    asked = request.GET.get("kecamatan")
    known = {board.region_code[:8] for board in boards}
    district = asked if asked in known else ""
    if asked is None and not reported and len(boards) > MATRIX_ROWS:
        district = min(known)
    return district, reported


def _rows(boards: list[Board], months: list[Period], *, sees: bool) -> list[Row]:
    if not sees:
        return [Row(board, [Cell()] * MONTHS) for board in boards]
    duties = Duties(boards, months)
    return [Row(board, duties.row(board)) for board in boards]


def _waiting(boards: list[Board], today: datetime.date) -> list[ActivityReport]:
    """Reports that wait for the kelurahan, the oldest first, with their clock."""
    known = {board.pk: board for board in boards}
    reports = list(
        ActivityReport.objects.filter(board__in=known)
        .waiting()
        .select_related("activity")
        .order_by("state_since", "pk")
    )
    limits = review_limits([row.board_id for row in reports], on=today)
    for report in reports:
        report.board = known[report.board_id]
        limit = limits[report.board_id]
        report.clock = clock_of(report, report.board, on=today, limit=limit)
    return reports
