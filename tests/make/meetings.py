"""Meetings for tests made through the services, from draft to ratified minutes."""

import datetime

from boards.models import Board, User
from boards.roles import Post, Role
from deliberations.models import AgendaItem, Attendance, Meeting, MeetingSeries
from deliberations.services.attendance import mark_all_present, mark_attendance
from deliberations.services.meetings import create_meeting, edit_meeting
from deliberations.services.minutes import ItemMinutes, Point, Verdict, record_item
from deliberations.services.ratification import ratify_meeting, send_meeting
from deliberations.services.series import create_series
from members.models import Mandate, Person
from tests.make import boards as make
from tests.make import members as rows

HELD_ON = datetime.date(2026, 3, 14)
STARTS, ENDS = datetime.time(19, 30), datetime.time(22, 15)
NOON = datetime.datetime(2026, 3, 15, 5, 0, tzinfo=datetime.UTC)


def members(board: Board, count: int = 11) -> list[Person]:
    """A term 2025 to 2027 with `count` members; the first is the koordinator."""
    term = rows.term(board)
    people = [
        rows.person(
            board, f"Warga {number:02d}", sex="PL"[number % 2], rt="001", rw="002"
        )
        for number in range(1, count + 1)
    ]
    rows.mandate(term, people[0], position=Mandate.Position.COORDINATOR)
    for person in people[1:]:
        rows.mandate(term, person)
    return people


def secretary(board: Board) -> User:
    """The secretary of the board."""
    return make.user(Role.SECRETARY, board=board)


def coordinator(board: Board) -> User:
    """The koordinator of the board."""
    return make.user(Role.MEMBER, board=board, post=Post.COORDINATOR)


def draft(board: Board, *, by: User, people: list[Person], **facts) -> Meeting:
    """A draft members' meeting with the usual two items, everybody invited."""
    values = {
        "kind": Meeting.Kind.RUTIN,
        "title": "Rapat rutin anggota",
        "held_on": HELD_ON,
        "starts_at": STARTS,
        "place": "Balai RW 005",
        "chair": people[0],
        "note_taker": people[1],
    }
    return create_meeting(board, by=by, **{**values, **facts})


def series(board: Board, *, by: User, **facts) -> MeetingSeries:
    """Members' meetings on the first Tuesday of the month, 19.30."""
    values = {
        "kind": Meeting.Kind.RUTIN,
        "title": "Rapat rutin anggota",
        "week": MeetingSeries.Week.FIRST,
        "weekday": MeetingSeries.Weekday.TUESDAY,
        "starts_at": STARTS,
        "place": "Balai RW 005",
    }
    return create_series(board, by=by, **{**values, **facts})


def come(meeting: Meeting, count: int, *, by: User) -> list[Attendance]:
    """The first `count` on the list come at the beginning, the others not."""
    mark_all_present(meeting, by=by)
    rows = list(meeting.attendances.all())
    for row in rows[count:]:
        mark_attendance(row, status=Attendance.Status.ABSENT, by=by)
    return rows[:count]


def discussed(item: AgendaItem, *verdicts: Verdict, by: User) -> AgendaItem:
    """An item with one point said and these decisions."""
    minutes = ItemMinutes(
        state=AgendaItem.State.DISCUSSED,
        points=[Point("Saluran tersumbat.", "Warga 03")],
        verdicts=verdicts,
    )
    return record_item(item, seen_revision=item.revision, minutes=minutes, by=by)


def verdict(title: str = "Perbaikan drainase RT 006", **fields) -> Verdict:
    """A decision by consensus; a vote says why there was none."""
    text = f"Melaksanakan {title}."
    if fields.get("method") == "voting":
        fields.setdefault("failed_consensus", "Dua pendapat tidak bertemu.")
    if fields.get("kind") == "membership":
        fields.setdefault("subject_name", "Warga 03, anggota")
    return Verdict(**{"title": title, "text": text, **fields})


def finished(
    board: Board,
    *,
    by: User,
    verdicts: tuple[Verdict, ...] | None = None,
    came: int = 9,
    people: list[Person] | None = None,
    **facts,
) -> Meeting:
    """A draft with everything filled in: ready to be sent."""
    people = people or members(board)
    meeting = draft(board, by=by, people=people, **facts)
    come(meeting, came, by=by)
    first, *others = meeting.items.all()
    discussed(first, *((verdict(),) if verdicts is None else verdicts), by=by)
    for item in others:
        discussed(item, by=by)
    edit_meeting(meeting, ends_at=ENDS, seen_revision=meeting.revision, by=by)
    return Meeting.objects.get(pk=meeting.pk)


def sent(board: Board, *, by: User, **how) -> Meeting:
    """Minutes that wait for ratification."""
    return send_meeting(finished(board, by=by, **how), by=by, at=NOON)


def ratified(
    board: Board,
    *,
    by: User | None = None,
    ratifier: User | None = None,
    **how,
) -> Meeting:
    """Frozen minutes with their decisions."""
    meeting = sent(board, by=by or secretary(board), **how)
    return ratify_meeting(meeting, by=ratifier or coordinator(board), at=NOON)
