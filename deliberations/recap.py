"""Attendance of every member over a period, read from ratified minutes."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from boards.models import Board
from boards.parameters import setting_of
from common.periods import Period
from deliberations.agendas import MEMBER_KINDS
from deliberations.models import Attendance, Meeting
from deliberations.turnout import Mark, Seat, Turnout, count_turnout

# A run of absences that began earlier than this is long enough for any rule.
LOOK_BACK = datetime.timedelta(days=731)
IN_A_ROW, EXCUSED_TOO = "absences_in_a_row", "excuse_is_absence"


@dataclass(frozen=True)
class MemberRow:
    """One member of the recap, under the name and office of the last list."""

    person: int
    name: str
    office: str
    turnout: Turnout
    is_over: bool


@dataclass(frozen=True)
class Recap:
    """Everybody who was on the list of a members' meeting of the period.

    `limit` is the rule of the board, with its article or "" while it is assumed.
    """

    meetings: int
    limit: int
    article: str
    excused_too: bool
    rows: tuple[MemberRow, ...]

    @property
    def over(self) -> list[MemberRow]:
        """Those who reached the limit."""
        return [row for row in self.rows if row.is_over]


def recap_of(board: Board, period: Period) -> Recap:
    """Count presence at the members' meetings of a period; three queries.

    Source: governance sheet, sections 3.6 and 4.4.
    """
    limit = setting_of(board, IN_A_ROW, on=period.end)
    excused = setting_of(board, EXCUSED_TOO, on=period.end)
    lists, held = _lists(board, period)
    rows = []
    for person, seats in lists.items():
        if not any(seat.counts for seat, _name, _office in seats):
            continue
        counted = count_turnout([seat for seat, *_ in seats], excused_too=excused.value)
        _seat, name, office = seats[-1]
        over = counted.in_a_row >= limit.value
        rows.append(MemberRow(person, name, office, counted, over))
    rows.sort(key=lambda row: row.name.casefold())
    return Recap(held, limit.value, limit.article, excused.value, tuple(rows))


def _lists(board: Board, period: Period) -> tuple[dict[int, list], int]:
    """Seats by person in the order of the meetings, and how many meetings counted."""
    rows = Attendance.objects.filter(
        meeting__board=board,
        meeting__state=Meeting.State.RATIFIED,
        meeting__kind__in=MEMBER_KINDS,
        meeting__held_on__range=(period.start - LOOK_BACK, period.end),
        is_entitled=True,
        person__isnull=False,
    ).select_related("meeting")
    found, held = defaultdict(list), set()
    for row in rows.order_by("meeting__held_on", "meeting_id", "position", "pk"):
        counts = row.meeting.held_on in period
        if counts:
            held.add(row.meeting_id)
        found[row.person_id].append((_seat(row, counts=counts), row.name, row.office))
    return found, len(held)


def _seat(row: Attendance, *, counts: bool) -> Seat:
    meeting = row.meeting
    ends = meeting.ends_at
    return Seat(
        mark=Mark(row.status),
        late=row.arrives_at is not None and row.arrives_at > meeting.starts_at,
        left_early=None not in (row.leaves_at, ends) and row.leaves_at < ends,
        counts=counts,
    )
