"""Decisions by which loans leave the book or profit is shared, for tests."""

from datetime import date

from boards.models import Board, User
from boards.roles import Post, Role
from deliberations.models import Decision
from tests.make import boards as make
from tests.make import meetings as meet

HELD_ON = date(2026, 3, 14)


def decisions(board: Board, *verdicts, **facts) -> list[Decision]:
    """Ratified decisions of one meeting, in order."""
    secretary = make.user(Role.SECRETARY, board=board)
    ratifier = User.objects.filter(
        assignments__board=board, assignments__post=Post.COORDINATOR
    ).first()
    meeting = meet.ratified(
        board,
        by=secretary,
        ratifier=ratifier,
        verdicts=tuple(
            meet.verdict(**{"subject_name": "KSM Melati", **verdict})
            for verdict in verdicts
        ),
        **facts,
    )
    return list(meeting.decisions.order_by("position"))
