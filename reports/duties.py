"""Who had to report which month, and how far it is: one answer for page and paper."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Q

from activities.models import Activity, ActivityReport
from boards.models import Board, BoardSetting
from boards.rulebook import PARAMETERS
from common.periods import Period, add_months

DUE_DAY = "report_due_day"


class DutyState(StrEnum):
    """How far the monthly report of one LKM is, the least advanced first."""

    MISSING = "belum"
    DRAFT = "draf"
    RETURNED = "dikembalikan"
    SENT = "terkirim"
    APPROVED = "disetujui"
    NOT_DUE = "tidak wajib"

    @property
    def css(self) -> str:
        """The class of its cell in the matrix."""
        return _CSS[self]

    @property
    def is_open(self) -> bool:
        """The LKM still has to do something."""
        return self in (DutyState.MISSING, DutyState.DRAFT, DutyState.RETURNED)


_CSS = {
    DutyState.MISSING: "st-b",
    DutyState.DRAFT: "st-d",
    DutyState.RETURNED: "st-k",
    DutyState.SENT: "st-t",
    DutyState.APPROVED: "st-s",
    DutyState.NOT_DUE: "st-w",
}
_ORDER = list(DutyState)
_OF_STATE = {
    ActivityReport.State.DRAFT: DutyState.DRAFT,
    ActivityReport.State.RETURNED: DutyState.RETURNED,
    ActivityReport.State.SENT: DutyState.SENT,
    ActivityReport.State.APPROVED: DutyState.APPROVED,
}
_HANDED_IN = (ActivityReport.State.SENT, ActivityReport.State.APPROVED)


@dataclass(frozen=True)
class OpenReport:
    """A report that is due or begun and not approved; `since` it rests there."""

    activity: str
    standing: DutyState
    since: datetime.date | None
    # A later month was handed in: this one stays missing.
    is_past: bool = False

    @property
    def may_be_begun(self) -> bool:
        """Nobody began it, and it may still be written."""
        return self.since is None and not self.is_past


@dataclass(frozen=True)
class Cell:
    """One LKM in one month."""

    standing: DutyState = DutyState.NOT_DUE
    due_on: datetime.date | None = None
    sent_on: datetime.date | None = None
    open: tuple[OpenReport, ...] = ()

    @property
    def is_late(self) -> bool:
        """Everything was sent, but after the last day."""
        return bool(self.sent_on and self.due_on and self.sent_on > self.due_on)


@dataclass(frozen=True)
class _Report:
    """What a standing needs to know of one report."""

    state: str
    sent_at: datetime.datetime | None
    state_since: datetime.datetime


@dataclass
class _Works:
    """Activities and reports of one board, as read."""

    due: list[tuple] = field(default_factory=list)
    reports: dict[tuple, _Report] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    handed_in: dict[int, datetime.date] = field(default_factory=dict)


class Duties:
    """What each of some boards had to report in each of some months."""

    def __init__(self, boards: Sequence[Board], months: Sequence[Period]) -> None:
        self.boards = {board.pk: board for board in boards}
        self.months = list(months)
        self._works: dict[int, _Works] = defaultdict(_Works)
        self._settings: dict[int, list[BoardSetting]] = defaultdict(list)
        if self.boards and self.months:
            self._read()

    def cell(self, board: Board, month: Period) -> Cell:
        """The standing of one LKM in one month."""
        works = self._works[board.pk]
        due = {
            activity
            for activity, start, last in works.due
            if start <= month.end and (last is None or month.start <= last)
        }
        there = {
            activity: report
            for (activity, start), report in works.reports.items()
            if start == month.start
        }
        standings = {
            activity: _standing(there.get(activity)) for activity in due | there.keys()
        }
        if not standings:
            return Cell()
        worst = min(standings.values(), key=_ORDER.index)
        sent = [self._local(board, report.sent_at) for report in there.values()]
        all_sent = not worst.is_open
        return Cell(
            standing=worst,
            due_on=self.due_on(board, month),
            sent_on=max(filter(None, sent), default=None) if all_sent else None,
            open=tuple(
                self._open(board, month, activity, there.get(activity), standing)
                for activity, standing in sorted(standings.items())
                if standing != DutyState.APPROVED
            ),
        )

    def row(self, board: Board) -> list[Cell]:
        """All months of one LKM, in order."""
        return [self.cell(board, month) for month in self.months]

    def due_on(self, board: Board, month: Period) -> datetime.date:
        """The last day on which a report of `month` is on time."""
        rules = [
            row.value for row in self._settings[board.pk] if row.starts_on <= month.end
        ]
        day = rules[-1] if rules else PARAMETERS[DUE_DAY].default
        return add_months(month.start, 1).replace(day=day)

    def _read(self) -> None:
        """Three queries, however many boards and months."""
        first, last = self.months[0].start, self.months[-1].end
        finals = self._read_reports(first, last)
        running = Activity.objects.filter(
            board__in=self.boards,
            state__in=(Activity.State.RUNNING, Activity.State.FINISHED),
            started_on__lte=last,
        ).order_by()
        for pk, board, start, code in running.values_list(
            "pk", "board", "started_on", "code"
        ):
            self._works[board].due.append((pk, start, finals.get(pk)))
            self._works[board].codes[pk] = code
        for row in BoardSetting.objects.filter(
            board__in=self.boards, name=DUE_DAY
        ).order_by("starts_on"):
            self._settings[row.board_id].append(row)

    def _read_reports(self, first: datetime.date, last: datetime.date) -> dict:
        """Keep the reports of the months; the first day of final ones by activity.

        Reports of later months are read too: what they leave behind stays missing.
        """
        finals = {}
        wanted = Q(is_final=True) | Q(period_start__gte=first)
        rows = ActivityReport.objects.filter(
            wanted, board__in=self.boards, state__in=_OF_STATE
        )
        for board, activity, code, start, is_final, *facts in rows.order_by(
            "pk"
        ).values_list(
            "board",
            "activity",
            "activity__code",
            "period_start",
            "is_final",
            "state",
            "sent_at",
            "state_since",
        ):
            if is_final:
                finals[activity] = start
            works = self._works[board]
            if facts[0] in _HANDED_IN:
                known = works.handed_in.get(activity, start)
                works.handed_in[activity] = max(known, start)
            if first <= start <= last:
                works.reports[activity, start] = _Report(*facts)
                works.codes[activity] = code
        return finals

    def _open(self, board, month, activity, report, standing) -> OpenReport:
        works, moment = self._works[board.pk], report.state_since if report else None
        handed_in = works.handed_in.get(activity)
        return OpenReport(
            works.codes[activity],
            standing,
            self._local(board, moment),
            is_past=handed_in is not None and month.start < handed_in,
        )

    def _local(self, board: Board, moment) -> datetime.date | None:
        own = self.boards[board.pk]
        return own.local(moment).date() if moment else None


def _standing(report: _Report | None) -> DutyState:
    return _OF_STATE[report.state] if report else DutyState.MISSING


def last_months(count: int, *, today: datetime.date) -> list[Period]:
    """The last `count` calendar months that are over, the oldest first."""
    this = today.replace(day=1)
    starts = [add_months(this, -back) for back in range(count, 0, -1)]
    return [Period.month(start.year, start.month) for start in starts]


def ended_months(period: Period, *, today: datetime.date) -> list[Period]:
    """The months of a period that were over on `today`: only they are due."""
    return [month for month in period.months() if month.end < today]


def least(cells: Iterable[Cell]) -> DutyState:
    """The least advanced standing of several months."""
    return min((cell.standing for cell in cells), key=_ORDER.index, default=_ORDER[-1])
