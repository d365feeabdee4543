"""Circular decisions are spoken of once, where the members meet, and may lapse."""

import datetime

import pytest

from boards.parameters import set_parameter
from deliberations.circular import standing_of
from deliberations.models import Decision, Meeting
from deliberations.presence import Room
from deliberations.readiness import gaps_of
from deliberations.services.appointments import appoint_by_decision
from deliberations.services.meetings import edit_meeting
from deliberations.services.ratification import ratify_meeting, send_meeting
from deliberations.services.sources import take_circular
from tests.deliberations.refusals import refused
from tests.make import boards as make
from tests.make import meetings as meet
from tests.make import members

pytestmark = pytest.mark.django_db

# Before the circular decision: no meeting of that day must speak of it.
EARLIER = {"held_on": meet.HELD_ON - datetime.timedelta(1)}
LOST = {"method": "voting", "votes_for": 2, "votes_against": 2, "votes_abstain": 1}


@pytest.fixture(scope="module")
def kept(module_rows):
    """A board of five, and a circular decision about who manages the UPK."""
    board = make.board(code="LKM-GR")
    by, head = meet.secretary(board), meet.coordinator(board)
    people = meet.members(board, 5)
    set_parameter(
        board,
        "circular_allowed",
        value=True,
        starts_on=meet.HELD_ON,
        article="ART pasal 12",
        on=meet.HELD_ON,
        by=head,
    )
    words = meet.verdict("Pengelola UPK", kind="membership", subject_name="Sri")
    kind = Meeting.Kind.SIRKULER
    made = ratified(board, by, head, people, words, kind=kind, held_on=meet.HELD_ON)
    return board, by, head, people, made.decisions.get()


def ratified(board, by, head, people, *verdicts, **facts) -> Meeting:
    how = {"people": people, "came": 5, "verdicts": verdicts} | EARLIER | facts
    return meet.ratified(board, by=by, ratifier=head, **how)


@pytest.fixture
def people(kept):
    return kept[3]


@pytest.fixture
def board(kept):
    return kept[0]


@pytest.fixture
def secretary(kept):
    return kept[1]


@pytest.fixture
def coordinator(kept):
    return kept[2]


@pytest.fixture
def circular(kept):
    return Decision.objects.get(pk=kept[4].pk)


def speaks(kept, *, days: int, also: Decision | None = None, **votes) -> Meeting:
    """Minutes that wait, `days` later, with a word on the circular decision."""
    board, by, _head, people, decision = kept
    day = meet.HELD_ON + datetime.timedelta(days)
    meeting = meet.draft(board, by=by, people=people, held_on=day)
    item = take_circular(meeting, decision, by=by)
    meet.come(meeting, 5, by=by)
    for other in meeting.items.exclude(pk=item.pk):
        meet.discussed(other, by=by)
    meet.discussed(item, meet.verdict("Pengelola UPK", **votes), by=by)
    if also:
        other = take_circular(meeting, also, by=by)
        meet.discussed(other, meet.verdict("Pagu", **votes), by=by)
    meeting.refresh_from_db()
    edit_meeting(meeting, ends_at=meet.ENDS, seen_revision=meeting.revision, by=by)
    return send_meeting(meeting, by=by, at=meet.NOON + datetime.timedelta(14))


def test_a_change_that_was_dropped_leaves_the_decision_as_it_was(
    kept, board, secretary, coordinator, people
):
    made = ratified(board, secretary, coordinator, people, meet.verdict("Pagu"))
    old = made.decisions.get()
    facts = {"kind": Meeting.Kind.SIRKULER, "held_on": meet.HELD_ON}
    changed = ratified(
        board, secretary, coordinator, people, change(old, "Pagu baru"), **facts
    ).decisions.get()
    in_force = Decision.objects.filter(board=board).in_force()
    assert old not in in_force

    meeting = speaks(kept, days=7, also=changed, **LOST)
    put_through(meeting, coordinator)

    assert old in in_force.all()
    assert changed not in in_force.all()

    # What was given back may be changed again, once.
    how = (board, secretary, coordinator, people)
    again = ratified(*how, change(old, "Pagu baru lagi")).decisions.get()
    assert old not in in_force.all()
    assert again in in_force.all()


def put_through(meeting, by) -> Meeting:
    return ratify_meeting(meeting, by=by, at=meet.NOON + datetime.timedelta(14))


def change(old, title, **votes):
    return meet.verdict(title, amends=old, amend_reason="harga naik", **votes)


def test_two_meetings_do_not_speak_of_one_circular_decision(
    kept, coordinator, circular
):
    first, second = speaks(kept, days=7), speaks(kept, days=8, **LOST)
    put_through(first, coordinator)

    refused("circular.taken_up", put_through, second, coordinator)

    assert standing_of(circular).word == "Dikukuhkan"
    assert circular in Decision.objects.filter(board=circular.board).in_force()


def test_only_a_meeting_of_the_members_speaks_of_it(kept, circular):
    meeting = speaks(kept, days=7)
    for kind, held_on in (
        (Meeting.Kind.RW, meeting.held_on),
        (Meeting.Kind.SIRKULER, meeting.held_on),
        (meeting.kind, meet.HELD_ON - datetime.timedelta(1)),
    ):
        meeting.kind, meeting.held_on = kind, held_on
        codes = {gap.code for gap in gaps_of(meeting, Room(meeting), now=meet.NOON)}
        assert "circular.not_here" in codes


def test_a_circular_that_the_rule_of_its_day_no_longer_allows_is_not_ratified(
    board, secretary, coordinator, people
):
    meeting = meet.finished(
        board,
        by=secretary,
        people=people,
        came=5,
        kind=Meeting.Kind.SIRKULER,
        held_on=meet.HELD_ON + datetime.timedelta(3),
    )
    meeting = send_meeting(meeting, by=secretary, at=meet.NOON + datetime.timedelta(14))
    set_parameter(
        board,
        "circular_allowed",
        value=False,
        starts_on=meet.HELD_ON + datetime.timedelta(2),
        article="ART pasal 13",
        on=meet.HELD_ON,
        by=coordinator,
    )
    later = meet.NOON + datetime.timedelta(14)

    refused("circular.not_allowed", ratify_meeting, meeting, by=coordinator, at=later)


def test_what_a_meeting_dropped_is_neither_changed_nor_appoints_anybody(
    kept, board, secretary, coordinator, people, circular
):
    amending = meet.sent(
        board,
        by=secretary,
        people=people,
        came=5,
        kind=Meeting.Kind.SIRKULER,
        verdicts=(change(circular, "Pengelola lain"),),
    )
    put_through(speaks(kept, days=7, **LOST), coordinator)

    refused(
        "decision.amends_dropped",
        ratify_meeting,
        amending,
        by=coordinator,
        at=meet.NOON,
    )
    refused(
        "appointments.not_decided",
        appoint_by_decision,
        circular,
        unit=members.unit(board),
        person=members.person(board, "Sri Rahayu"),
        post="MANAGER",
        started_on=meet.HELD_ON,
        by=secretary,
    )
