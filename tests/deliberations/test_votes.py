"""Who has a vote: the members of the day, all of them, and nobody by the back door."""

import datetime

import pytest
from django.urls import reverse

from deliberations.models import Attendance, Meeting
from deliberations.services.attendance import add_guest, remove_guest
from deliberations.services.meetings import edit_meeting
from tests.deliberations.refusals import refused
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(board):
    return meet.members(board, 5)


@pytest.fixture
def meeting(board, secretary, people):
    return meet.draft(board, by=secretary, people=people)


def entitled(meeting) -> int:
    return meeting.attendances.filter(is_entitled=True).count()


def url(name, meeting, **kwargs):
    kwargs |= {"board_slug": meeting.board.slug, "pk": meeting.pk}
    return reverse(f"deliberations:{name}", kwargs=kwargs)


def test_a_guest_goes_from_the_list_again(meeting, secretary):
    guest = add_guest(meeting, name="Lurah", sex="L", by=secretary)

    remove_guest(guest, by=secretary)

    assert not meeting.attendances.filter(name="Lurah").exists()


def test_a_member_stays_on_the_list(meeting, secretary):
    row = meeting.attendances.last()

    refused("guest.is_member", remove_guest, row, by=secretary)

    assert entitled(meeting) == 5


def test_a_crafted_removal_of_a_member_says_why(meeting, secretary):
    row = meeting.attendances.last()
    path = url("guest_remove", meeting, attendance_pk=row.pk)

    answer = make.signed_in(secretary).post(path, make.once())

    assert "Tandai Tidak hadir bila tidak datang" in answer.content.decode()
    assert entitled(meeting) == 5


def test_a_guest_has_no_vote_where_the_members_decide(meeting, secretary):
    guest = {"name": "Tamu", "sex": "L", "is_entitled": True}

    refused("guest.no_vote", add_guest, meeting, **guest, by=secretary)

    assert not meeting.attendances.filter(name="Tamu").exists()


def test_the_page_of_a_members_meeting_asks_for_no_vote(meeting, secretary):
    client = make.signed_in(secretary)
    body = make.once(name="Tamu", sex="L", is_entitled="on")

    page = client.get(url("guest_add", meeting)).content.decode()
    client.post(url("guest_add", meeting), body)

    assert "Berhak suara" not in page
    assert not meeting.attendances.get(name="Tamu").is_entitled


def test_a_delegate_votes_where_the_residents_decide(board, secretary, people):
    meeting = meet.draft(board, by=secretary, people=people, kind=Meeting.Kind.RWT)
    body = make.once(name="Utusan RW 003", sex="P", is_entitled="on")

    make.signed_in(secretary).post(url("guest_add", meeting), body)

    assert meeting.attendances.get(name="Utusan RW 003").is_entitled


def test_a_meeting_with_delegates_does_not_become_one_of_members(
    board, secretary, people
):
    meeting = meet.draft(board, by=secretary, people=people, kind=Meeting.Kind.RWT)
    add_guest(meeting, name="Utusan", sex="P", is_entitled=True, by=secretary)
    how = {"kind": Meeting.Kind.RUTIN, "seen_revision": 0, "by": secretary}

    refused("guest.no_vote", edit_meeting, meeting, **how)

    assert Meeting.objects.get().kind == Meeting.Kind.RWT


def test_an_officer_listed_before_the_term_votes_on_a_day_within_it(
    board, secretary, people
):
    before = datetime.date(2024, 3, 1)
    meeting = meet.draft(board, by=secretary, people=people, held_on=before)
    assert entitled(meeting) == 0

    edit_meeting(meeting, held_on=meet.HELD_ON, seen_revision=0, by=secretary)

    assert entitled(meeting) == meeting.attendances.count() == 5
    assert meeting.attendances.first().office == "Koordinator"


def test_who_came_and_is_no_member_of_the_new_day_stays_without_a_vote(
    meeting, secretary, people
):
    last = people[4].mandates.get()
    last.ended_on, last.end_reason = datetime.date(2026, 4, 1), "RESIGNED"
    last.save()
    meet.come(meeting, 5, by=secretary)

    later = datetime.date(2026, 5, 9)
    edit_meeting(meeting, held_on=later, seen_revision=0, by=secretary)

    row = meeting.attendances.get(person=people[4])
    assert (row.status, row.is_entitled) == (Attendance.Status.PRESENT, False)
    assert entitled(meeting) == 4
