"""What the desk of an office reads once: its LKM, the months, who reported."""

import datetime
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from boards.models import Board, Region, User
from boards.roles import Permission
from common.periods import Period
from reports.duties import Cell, Duties, Standing, last_months

MONTHS = 6
# Without a filter the matrix shows one kecamatan when there are more LKM than this.
MATRIX_ROWS = 50
# Words of the address -> standings of the last month that they show.
REPORTED = {
    "sudah": (Standing.SENT, Standing.APPROVED),
    "belum": (Standing.MISSING, Standing.DRAFT, Standing.RETURNED),
    "diperiksa": (Standing.SENT,),
}


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

    def standing_in(self, standings: tuple[Standing, ...]) -> list[Row]:
        """Rows whose last month stands so."""
        return [row for row in self.rows if row.last.standing in standings]

    def shown(self) -> list[Row]:
        """Rows of the matrix, as the address asks."""
        rows = self.standing_in(REPORTED[self.reported]) if self.reported else self.rows
        return [row for row in rows if row.board.region_code.startswith(self.district)]


def desk_of(request: HttpRequest, region: Region) -> Desk:
    """Read the desk; the same few queries for 4 LKM and for 400."""
    today = timezone.localdate()
    months = last_months(MONTHS, today=today)
    every = list(
        Board.objects.in_region(region.code).order_by("region_code", "name", "pk")
    )
    boards = [board for board in every if board.closed_on is None]
    rows: list[Row] = []
    if Permission.VIEW_ACTIVITIES in request.permissions:
        duties = Duties(boards, months)
        rows = [Row(board, duties.row(board)) for board in boards]
    else:
        rows = [Row(board, [Cell()] * MONTHS) for board in boards]
    reported = request.GET.get("lapor", "")
    reported = reported if reported in REPORTED else ""
    asked = request.GET.get("kecamatan")
    known = {row.board.region_code[:8] for row in rows}
    district = asked if asked in known else ""
    if asked is None and not reported and len(rows) > MATRIX_ROWS:
        district = min(known)
    return Desk(
        region=region,
        user=request.user,
        rights=request.permissions,
        today=today,
        months=months,
        rows=rows,
        closed=len(every) - len(boards),
        district=district,
        reported=reported,
    )
