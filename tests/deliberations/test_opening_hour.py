"""Minutes wait for the hour of their meeting, on the clock of its board."""

import datetime
from unittest import mock

import pytest
from django.urls import reverse

from boards.models import Board
from deliberations.models import Meeting
from deliberations.services.attendance import mark_attendance
from deliberations.services.meetings import edit_meeting
from deliberations.services.ratification import (
    ratify_meeting,
    return_meeting,
    send_meeting,
)
from tests.deliberations.refusals import refused
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db


def on_the_day(hour: int, minute: int) -> datetime.datetime:
    """A moment of the day of the meeting, 14 March 2026, said in UTC."""
    return datetime.datetime(2026, 3, 14, hour, minute, tzinfo=datetime.UTC)


# 19.30 in Jakarta is 12.30 in UTC; in Jayapura it is 10.30.
BEFORE, AT = on_the_day(12, 29), on_the_day(12, 30)


def test_minutes_are_not_sent_before_the_hour_of_their_meeting(board, secretary):
    meeting = meet.finished(board, by=secretary)

    refused("meeting.in_future", send_meeting, meeting, by=secretary, at=BEFORE)

    meeting.refresh_from_db()
    assert (meeting.state, meeting.round) == (Meeting.State.DRAFT, 0)
    assert send_meeting(meeting, by=secretary, at=AT).round == 1


def test_the_hour_is_the_one_of_the_board(secretary):
    eastern = make.board(code="LKM-TM", time_zone=Board.TimeZone.WIT)
    meeting = meet.finished(eastern, by=secretary)
    early = on_the_day(10, 29)
    refused("meeting.in_future", send_meeting, meeting, by=secretary, at=early)

    sent = send_meeting(meeting, by=secretary, at=on_the_day(10, 30))

    assert sent.state == Meeting.State.SENT


def test_minutes_are_not_ratified_before_the_hour(board, secretary, coordinator):
    meeting = send_meeting(meet.finished(board, by=secretary), by=secretary, at=AT)

    refused("meeting.in_future", ratify_meeting, meeting, by=coordinator, at=BEFORE)

    meeting.refresh_from_db()
    assert (meeting.state, meeting.number) == (Meeting.State.SENT, None)


def test_a_meeting_opened_earlier_counts_from_its_own_hour(
    board, secretary, coordinator
):
    meeting = meet.finished(board, by=secretary)
    late = meeting.attendances.all()[8]
    mark_attendance(
        late, status="present", arrives_at=datetime.time(19, 45), by=secretary
    )

    meeting = edit_meeting(
        meeting,
        starts_at=datetime.time(18, 45),
        seen_revision=meeting.revision,
        by=secretary,
    )

    came = meeting.attendances.filter(status="present").values_list("arrives_at")
    hours = [hour for (hour,) in came]
    assert hours == [datetime.time(18, 45)] * 8 + [datetime.time(19, 45)]
    meeting = send_meeting(meeting, by=secretary, at=on_the_day(11, 45))
    meeting = return_meeting(meeting, note="Periksa lagi.", by=coordinator)
    meeting = edit_meeting(
        meeting,
        starts_at=datetime.time(20, 0),
        seen_revision=meeting.revision,
        by=secretary,
    )
    # Opened later, nobody came later for it: who waited was there already.
    came = meeting.attendances.filter(status="present").values_list("arrives_at")
    assert [hour for (hour,) in came] == hours


def test_the_page_says_when_and_what_to_do(client, board, secretary):
    meeting = meet.finished(board, by=secretary)
    client.force_login(secretary)
    page = reverse("deliberations:meeting_check", args=[board.slug, meeting.pk])
    says = (
        "Rapat baru mulai hari ini pukul 19.30\N{NO-BREAK SPACE}WIB. Notulen dapat"
        " diajukan sesudah rapat. Bila rapat dibuka lebih awal, ubah jam mulainya."
    )

    with mock.patch("django.utils.timezone.now", return_value=BEFORE):
        early = client.get(page).content.decode()
    with mock.patch("django.utils.timezone.now", return_value=AT):
        in_time = client.get(page).content.decode()

    edit = reverse("deliberations:meeting_edit", args=[board.slug, meeting.pk])
    assert f'<a href="{edit}">{says}</a>' in early
    assert says not in in_time
