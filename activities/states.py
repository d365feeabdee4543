"""The same state in the words of each reader, with the next step: one place."""

import datetime
from dataclasses import dataclass

from activities.models import Activity, ActivityReport
from boards.models import Board, BoardSetting
from boards.rulebook import PARAMETERS
from common.periods import add_working_days, working_days_between
from common.words import format_date

_DRAFT, _SENT = ActivityReport.State.DRAFT, ActivityReport.State.SENT
_RETURNED = ActivityReport.State.RETURNED
_APPROVED, _CLOSED = ActivityReport.State.APPROVED, ActivityReport.State.CLOSED

# State -> tag, words and next step of the LKM, then those of the kelurahan.
_WORDS = {
    _DRAFT: (
        ("draft", "Draf", "Lengkapi, periksa, lalu kirim ke kelurahan."),
        ("draft", "Sedang ditulis LKM", "Anda membacanya sesudah dikirim."),
    ),
    _SENT: (
        ("wait", "Menunggu pemeriksaan kelurahan", "Kelurahan memeriksa laporan ini."),
        ("warn", "Perlu Anda periksa", "Setujui, atau kembalikan isian yang kurang."),
    ),
    _RETURNED: (
        ("bad", "Perlu diperbaiki", "Perbaiki isian yang ditanggapi, lalu kirim lagi."),
        ("bad", "Dikembalikan", "LKM memperbaiki isian yang Anda tanggapi."),
    ),
    _APPROVED: (
        ("ok", "Disetujui", "Laporan terkunci dan masuk ringkasan Dinas."),
        ("ok", "Disetujui", "Laporan terkunci dan masuk ringkasan Dinas."),
    ),
    _CLOSED: (
        ("", "Ditutup", "Kegiatannya sudah berakhir, laporan ini tidak dilanjutkan."),
        ("", "Ditutup", "Kegiatannya sudah berakhir, laporan ini tidak dilanjutkan."),
    ),
}
ACTIVITY_TAGS = {
    Activity.State.PLANNED: "draft",
    Activity.State.RUNNING: "wait",
    Activity.State.FINISHED: "ok",
    Activity.State.CANCELLED: "bad",
}


@dataclass(frozen=True)
class StateWords:
    """A tag and what comes next, as one reader sees it."""

    kind: str
    word: str
    next_step: str


@dataclass(frozen=True)
class Clock:
    """How long a report waits: which working day of how many, and until when."""

    day: int
    limit: int
    due_on: datetime.date

    @property
    def is_late(self) -> bool:
        """The limit has passed."""
        return self.day > self.limit

    @property
    def words(self) -> str:
        """ "Hari ke-3 dari 5 hari kerja", or how far it is past the limit."""
        if self.is_late:
            return f"{self.day - self.limit} hari kerja lewat batas"
        if not self.day:
            return f"Masuk hari ini, batas {self.limit} hari kerja"
        return f"Hari ke-{self.day} dari {self.limit} hari kerja"

    @property
    def due_words(self) -> str:
        """The last day in words."""
        return format_date(self.due_on)


def words_for(report: ActivityReport, *, reviewer: bool) -> StateWords:
    """Tag and next step of a report for the LKM or for the one who checks it."""
    return StateWords(*_WORDS[ActivityReport.State(report.state)][int(reviewer)])


def review_limits(boards: list[int], *, on: datetime.date) -> dict[int, int]:
    """Days of review by board as they hold on a day; one query for all boards."""
    limits = dict.fromkeys(boards, PARAMETERS["review_days"].default)
    rows = BoardSetting.objects.filter(
        board__in=boards, name="review_days", starts_on__lte=on
    ).order_by("starts_on")
    limits.update((row.board_id, row.value) for row in rows)
    return limits


def clock_of(report: ActivityReport, board: Board, *, on: datetime.date, limit: int):
    """How long a sent report has been waiting in working days; None otherwise."""
    if report.state != _SENT:
        return None
    since = board.local(report.state_since).date()
    return Clock(working_days_between(since, on), limit, add_working_days(since, limit))
