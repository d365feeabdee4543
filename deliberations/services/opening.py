"""Opening a meeting: its facts, and what is still open at the head of its agenda."""

from django.db import transaction

from boards.models import Board, User
from deliberations.models import Meeting
from deliberations.services.copying import copy_meeting
from deliberations.services.meetings import create_meeting
from deliberations.services.sources import open_actions, take_action

# More than an evening holds; the others are offered beside the agenda.
MOST_TAKEN = 10


@transaction.atomic
def open_meeting(
    board: Board, *, by: User, source: Meeting | None, takes_open: bool, **facts
) -> Meeting:
    """Open a draft, like `source` if there is one; `facts` are those of its creation.

    With `takes_open` the promises still open come first, the most urgent at the top.
    Raises ValidationError. Source: governance sheet, section 4.6.
    """
    if source:
        meeting = copy_meeting(source, by=by, **facts)
    else:
        meeting = create_meeting(board, by=by, **facts)
    if takes_open:
        for action in list(open_actions(meeting)[:MOST_TAKEN]):
            take_action(meeting, action, by=by)
    return meeting
