"""Minutes printed anew tell what they told the first time, whatever happened since."""

import datetime

import pytest

from boards.roles import Role
from deliberations.models import ActionItem
from deliberations.services.actions import Evidence, move_action
from reports.builders import minutes
from tests.make import boards as make
from tests.make import deliberations as rows
from tests.make import sample_meetings as samples

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER = datetime.date(2026, 10, 17), datetime.date(2026, 11, 21)
DONE, OPEN = ActionItem.Status.DONE, ActionItem.Status.OPEN
CANCELLED = ActionItem.Status.CANCELLED


@pytest.fixture(scope="module")
def kept(module_rows):
    """Four promises of October, and the ratified minutes of November."""
    board = samples.board()
    first = samples.tiny_meeting(board)
    first.held_on = OCTOBER
    first.save()
    item = first.items.get()
    for number, text in enumerate(("Survei", "Izin", "Pompa", "Papan"), start=10):
        due = datetime.date(2026, 11, number)
        rows.action(item, text, "UPL", due_on=due)
    rows.ratify(first)
    by = make.user(Role.SECRETARY, board=board)
    move("Survei", DONE, 13, by=by)
    move("Pompa", CANCELLED, 14, by=by)
    second = rows.meeting(board, chair=first.chair, note_taker=first.note_taker)
    rows.attendee(second, first.chair, is_entitled=True)
    rows.decision(rows.item(second))
    return rows.ratify(second), by


def move(text, status, day, *, by, month=11):
    """One step of a promise, with a word about it."""
    action = ActionItem.objects.get(text=text)
    move_action(
        action,
        status=status,
        evidence=Evidence(note="Dilihat bersama."),
        seen_revision=action.revision,
        on=datetime.date(2026, month, day),
        by=by,
    )


def printed(meeting):
    """The facts of the paper, all of them."""
    meeting = type(meeting).objects.get(pk=meeting.pk)
    return minutes.build(meeting, number="001/NOT", on=NOVEMBER)


def told(paper):
    """Each earlier promise and its state."""
    return [(promise.text, promise.state) for promise in paper.earlier]


AT_FIRST = [
    ("Survei", "Selesai 13/11/2026"),
    ("Izin", "Belum selesai, lewat tenggat"),
    ("Papan", "Belum selesai, lewat tenggat"),
]


@pytest.mark.parametrize(
    ("text", "status"),
    [("Survei", OPEN), ("Survei", DONE), ("Izin", DONE), ("Pompa", OPEN)],
)
def test_what_happens_later_does_not_change_the_minutes(kept, text, status):
    meeting, by = kept
    before = printed(meeting)
    assert told(before) == AT_FIRST

    move(text, status, 1, month=12, by=by)

    assert printed(meeting) == before


def test_a_promise_done_opened_and_done_again_stands_as_on_that_day(kept):
    meeting, by = kept
    move("Izin", DONE, 18, by=by)
    move("Izin", OPEN, 20, by=by)
    assert told(printed(meeting)) == AT_FIRST

    move("Izin", DONE, 21, by=by)

    assert told(printed(meeting))[1] == ("Izin", "Selesai 21/11/2026")


def test_minutes_ratified_afterwards_add_no_promise(kept):
    meeting, _by = kept
    before = printed(meeting)
    forgotten = rows.meeting(meeting.board, held_on=datetime.date(2026, 11, 7))
    rows.action(rows.item(forgotten), "Terlambat dicatat", "UPL")
    rows.ratify(forgotten, at=datetime.datetime(2026, 12, 2, tzinfo=datetime.UTC))

    assert printed(meeting) == before
