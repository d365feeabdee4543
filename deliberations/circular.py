"""Decisions taken without a meeting: which still wait for the next one, and its word.

Source: governance sheet, section 4.3; a board's own AD/ART allows them or not.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from boards.models import Board
from boards.parameters import setting_of
from common.words import format_date
from deliberations.models import Decision, Meeting
from deliberations.models.decision import taken_up


@dataclass(frozen=True)
class CircularStanding:
    """Where a circular decision stands: tag, word, and the meeting that spoke."""

    kind: str
    word: str
    says: str
    meeting: Meeting | None = None


def circular_allowed(board: Board, *, on: datetime.date) -> bool:
    """Whether the board's rule lets members decide without a meeting on that day."""
    return bool(setting_of(board, "circular_allowed", on=on).value)


def not_allowed(board: Board, *, on: datetime.date) -> str:
    """The sentence where the rule does not allow it."""
    return (
        f"Aturan {board.name} pada {format_date(on)} tidak membolehkan keputusan"
        " sirkuler. Tetapkan dulu aturannya beserta pasalnya."
    )


def waiting_circulars(board: Board) -> QuerySet[Decision]:
    """Carried circular decisions that no ratified meeting dealt with, oldest first."""
    rows = Decision.objects.ratified().carried()
    rows = rows.filter(board=board, meeting__kind=Meeting.Kind.SIRKULER)
    return rows.filter(~Exists(taken_up(OuterRef("pk")))).order_by("held_on", "pk")


def standing_of(decision: Decision) -> CircularStanding | None:
    """What became of a ratified circular decision; None for any other decision."""
    if decision.meeting.kind != Meeting.Kind.SIRKULER or not decision.ratified_at:
        return None
    item = taken_up(decision).select_related("meeting").first()
    if item is None:
        says = "Berlaku sementara, sampai dikukuhkan rapat anggota berikutnya."
        return CircularStanding("wait", "Menunggu pengukuhan", says)
    day = format_date(item.meeting.held_on)
    if item.decisions.carried().exists():
        return CircularStanding(
            "ok", "Dikukuhkan", f"Dikukuhkan rapat {day}.", meeting=item.meeting
        )
    return CircularStanding(
        "bad",
        "Gugur",
        f"Rapat {day} tidak mengukuhkannya; tidak berlaku lagi.",
        meeting=item.meeting,
    )
