"""Meetings with people, items and decisions for tests; plain rows until ratified."""

import datetime
import itertools

from boards.models import Board, User
from boards.roles import Post, Role
from deliberations.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Decision,
    Dissent,
    IncomingLetter,
    Meeting,
    MinutePoint,
)
from deliberations.services.letters import record_letter
from deliberations.services.ratification import ratify_meeting, send_meeting
from members.models import Mandate, Person, Term
from tests.make import boards as make
from tests.make import members

_count = itertools.count(1)
MEETING_DAY = datetime.date(2026, 11, 21)
START, END = datetime.time(19, 30), datetime.time(22, 15)
NOON = datetime.time(5)  # at a board in WIB, said in UTC


def person(board: Board, name: str = "", sex: str = "L", **fields) -> Person:
    """One resident; a name is made when none is given."""
    return members.person(board, name, sex=sex, **fields)


def term(board: Board, **fields) -> Term:
    """The term of the board around the meeting day."""
    found = Term.objects.filter(board=board).first()
    return found or members.term(board, **fields)


def mandate(board: Board, who: Person, *, coordinator: bool = False) -> Mandate:
    """`who` is a member of the board from the beginning of its term."""
    position = Mandate.Position.COORDINATOR if coordinator else Mandate.Position.MEMBER
    return members.mandate(term(board), who, position=position)


def meeting(board: Board, *, by: User | None = None, **fields) -> Meeting:
    """A draft meeting without people or items."""
    values = {
        "kind": Meeting.Kind.RUTIN,
        "title": "Rapat anggota",
        "held_on": MEETING_DAY,
        "starts_at": START,
        "place": "Balai Kelurahan",
        "created_by": by or make.user(Role.SECRETARY, board=board),
    }
    return Meeting.objects.create(board=board, **{**values, **fields})


def attendee(
    meeting: Meeting, who: Person | None = None, *, present: bool = True, **fields
) -> Attendance:
    """Somebody on the list, there from the beginning unless said otherwise."""
    values = {
        "position": next(_count) % 30_000,
        "name": who.full_name if who else f"Tamu {next(_count)}",
        "sex": who.sex if who else "L",
        "rt": who.rt if who else "",
        "rw": who.rw if who else "",
        "status": Attendance.Status.PRESENT if present else Attendance.Status.ABSENT,
        "arrives_at": meeting.starts_at if present else None,
    }
    return Attendance.objects.create(
        meeting=meeting, person=who, **{**values, **fields}
    )


def item(meeting: Meeting, title: str = "", **fields) -> AgendaItem:
    """The next item of the agenda, discussed."""
    values = {
        "position": meeting.items.count() + 1,
        "title": title or f"Pokok bahasan {next(_count)}",
        "state": AgendaItem.State.DISCUSSED,
    }
    return AgendaItem.objects.create(meeting=meeting, **{**values, **fields})


def point(item: AgendaItem, text: str, *, speaker: str = "") -> MinutePoint:
    """What was said about an item."""
    position = item.points.count() + 1
    return MinutePoint.objects.create(
        item=item, position=position, speaker=speaker, text=text
    )


def decision(item: AgendaItem, text: str = "", **fields) -> Decision:
    """A decision of an item, by consensus unless said otherwise."""
    values = {
        "board": item.meeting.board,
        "position": item.decisions.count() + 1,
        "title": item.title,
        "text": text or f"Menyetujui {item.title}.",
        "held_on": item.meeting.held_on,
    }
    return Decision.objects.create(
        meeting=item.meeting, item=item, **{**values, **fields}
    )


def dissent(decision: Decision, name: str, reason: str) -> Dissent:
    """Somebody who did not agree."""
    return Dissent.objects.create(decision=decision, name=name, reason=reason)


def action(item: AgendaItem, text: str, owner: str, **fields) -> ActionItem:
    """What somebody promised."""
    return ActionItem.objects.create(
        board=item.meeting.board,
        meeting=item.meeting,
        item=item,
        text=text,
        owner_name=owner,
        **fields,
    )


def letter(board: Board, *, by: User, **facts) -> IncomingLetter:
    """A letter that came on the day before the meeting day."""
    values = {
        "received_on": MEETING_DAY - datetime.timedelta(days=1),
        "sender": "Kelurahan Selosari",
        "subject": "Undangan musrenbang",
    }
    on = datetime.date(2026, 12, 31)
    return record_letter(board, facts={**values, **facts}, scan=None, on=on, by=by)


PROMISE_DUE = datetime.date(2026, 11, 24)


def promising_board() -> tuple[Board, User, Decision]:
    """Ratified minutes with three promises; board, secretary and a decision.

    Two of Wagiyem, one due on PROMISE_DUE and one without a day; one of Sukiman, due
    three days later.
    """
    board = make.board(code="LKM-SR")
    by = make.user(Role.SECRETARY, board=board)
    held = meeting(board, by=by)
    drain = item(held, "Drainase")
    taken = decision(drain, "Membersihkan saluran.")
    later = PROMISE_DUE + datetime.timedelta(days=3)
    action(drain, "Menagih iuran", "Wagiyem", due_on=PROMISE_DUE)
    action(drain, "Membeli sapu", "Wagiyem")
    action(drain, "Mengukur saluran", "Sukiman", due_on=later)
    ratify(held)
    taken.refresh_from_db()
    return board, by, taken


def ratify(
    meeting: Meeting,
    *,
    at: datetime.datetime | None = None,
    name: str = "Drs. H. Suprapto",
) -> Meeting:
    """Send and ratify a meeting, on the day after it; what it still lacks comes first.

    `name` is a new koordinator of the board.
    """
    at = at or datetime.datetime.combine(
        meeting.held_on + datetime.timedelta(days=1), NOON, datetime.UTC
    )
    by = make.user(Role.MEMBER, board=meeting.board, post=Post.COORDINATOR, name=name)
    _complete(meeting)
    send_meeting(meeting, by=meeting.created_by, at=at)
    ratify_meeting(meeting, by=by, at=at)
    meeting.refresh_from_db()
    return meeting


def _complete(meeting: Meeting) -> None:
    """An end, a chair, a note-taker, an item and a quorum, where there are none."""
    meeting.ends_at = meeting.ends_at or END
    meeting.chair = meeting.chair or person(meeting.board)
    meeting.note_taker = meeting.note_taker or person(meeting.board)
    meeting.save()
    listed = set(meeting.attendances.values_list("person_id", flat=True))
    votes = not meeting.attendances.filter(is_entitled=True).exists()
    for who in (meeting.chair, meeting.note_taker):
        if who.pk not in listed:
            attendee(meeting, who, is_entitled=votes)
    if not meeting.items.exists():
        item(meeting)
