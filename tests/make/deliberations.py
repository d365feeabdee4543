"""Meetings with people, items and decisions for tests, ratified as plain rows."""

import datetime
import itertools

from django.utils import timezone

from boards.chain import add_link
from boards.models import Board, User
from boards.numbers import give_number
from boards.roles import Post, Role
from deliberations.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Decision,
    Dissent,
    Meeting,
    MinutePoint,
)
from deliberations.records import meeting_record
from members.models import Mandate, Person, Term
from tests.make import boards as make
from tests.make import members

_count = itertools.count(1)
MEETING_DAY = datetime.date(2026, 11, 21)
START, END = datetime.time(19, 30), datetime.time(22, 15)


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


def ratify(
    meeting: Meeting,
    *,
    by: User | None = None,
    at: datetime.datetime | None = None,
    name: str = "Drs. H. Suprapto",
) -> Meeting:
    """Number, count, freeze and link a meeting, as ratification leaves its rows."""
    board, at = meeting.board, at or timezone.now()
    by = by or make.user(Role.MEMBER, board=board, post=Post.COORDINATOR)
    on = board.local(at).date()
    for row in meeting.decisions.all():
        row.number = give_number(board, "KEP", on=on, subject_name=row.title)
        row.number_text, row.ratified_at = row.number.text, at
        row.save()
    meeting.number = give_number(board, "BA", on=on, subject_name=str(meeting))
    meeting.number_text = meeting.number.text
    meeting.minutes_number = give_number(board, "NOT", on=on, subject_name=str(meeting))
    meeting.minutes_number_text = meeting.minutes_number.text
    meeting.ends_at = meeting.ends_at or END
    meeting.state, meeting.ratified_at, meeting.ratified_by = "ratified", at, by
    meeting.ratified_name, meeting.ratified_post = name, "Koordinator"
    meeting.decision_count = meeting.decisions.count()
    meeting.save()
    record = meeting_record(meeting.pk)
    add_link("deliberations.meeting", meeting, record, board=board)
    return meeting
