"""What search knows of minutes, decisions and follow-ups."""

from collections.abc import Iterable

from django.db.models import QuerySet

from boards.indexing import Entry, Source, board_token, put_entries
from boards.models import Board, SearchEntry
from common.asking import all_of
from common.money import format_rupiah
from common.stems import Term
from common.words import format_date
from deliberations.models import ActionItem, Decision, Meeting

MEETING, DECISION, ACTION = "meeting", "decision", "action"


def meeting_entry(meeting: Meeting) -> Entry:
    """Minutes with all that was said; of a draft only what the invitation says."""
    told = meeting.is_ratified
    return Entry(
        kind=MEETING,
        pk=meeting.pk,
        board=meeting.board,
        day=meeting.held_on,
        title=meeting.title,
        note=meeting.number_text,
        text="\n".join(_said(meeting)) if told else "",
        more=" ".join(
            (meeting.get_kind_display(), meeting.place, meeting.minutes_number_text)
        ),
        is_draft=not told,
    )


def _said(meeting: Meeting) -> Iterable[str]:
    for item in meeting.items.all():
        yield item.title
        for point in item.points.all():
            yield f"{point.speaker}: {point.text}" if point.speaker else point.text


def decision_entry(decision: Decision) -> Entry:
    """A numbered decision: its text, and by what else people look for it."""
    amount = "" if decision.amount is None else format_rupiah(decision.amount)
    return Entry(
        kind=DECISION,
        pk=decision.pk,
        board=decision.board,
        day=decision.held_on,
        title=decision.title,
        note=decision.number_text,
        text=decision.text,
        more=" ".join(
            (
                decision.get_kind_display(),
                amount,
                decision.in_charge_name,
                *(words for _label, words in decision.facts),
            )
        ),
    )


def action_entry(action: ActionItem) -> Entry:
    """A follow-up of ratified minutes."""
    due = f", paling lambat {format_date(action.due_on)}" if action.due_on else ""
    return Entry(
        kind=ACTION,
        pk=action.pk,
        board=action.board,
        day=action.meeting.held_on,
        title=action.text,
        note=f"{action.owner_name}{due}",
        text=action.evidence,
    )


def decisions_with(terms: tuple[Term, ...], *, board: Board) -> QuerySet:
    """Keys of the ratified decisions of a board that hold every term."""
    asked = all_of(terms, scope=board_token(board.pk))
    rows = SearchEntry.objects.filter(board=board, kind=DECISION, words__matches=asked)
    return rows.values("object_pk")


def index_meeting(meeting: Meeting) -> None:
    """Let a meeting be found; once it is ratified all that hangs from it too."""
    put_entries([meeting_entry(meeting)])
    if meeting.is_ratified:
        decisions = Decision.objects.filter(meeting=meeting).select_related("board")
        put_entries(map(decision_entry, decisions))
        put_entries(map(action_entry, _told_actions().filter(meeting=meeting)))


def _meetings():
    return Meeting.objects.select_related("board").prefetch_related("items__points")


def _decisions():
    return Decision.objects.ratified().select_related("board")


def _told_actions():
    rows = ActionItem.objects.filter(meeting__state=Meeting.State.RATIFIED)
    return rows.select_related("board", "meeting")


MEETINGS = Source(MEETING, _meetings, meeting_entry)
DECISIONS = Source(DECISION, _decisions, decision_entry)
ACTIONS = Source(ACTION, _told_actions, action_entry)
