"""A series is changed: what was not called yet follows, what was called stays."""

import datetime

import pytest
from django.urls import reverse

from boards.forms import EditConflict
from boards.models import AuditEvent
from boards.roles import Role
from deliberations.models import Meeting, MeetingSeries
from deliberations.services.meetings import edit_meeting
from deliberations.services.series import edit_series, prepare_turns, stop_series
from deliberations.turns import turn_beside
from tests.deliberations.refusals import refused
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 27)
# The first Tuesdays, then the second Saturdays of the same months.
TUESDAYS = [datetime.date(2026, 12, 1), datetime.date(2027, 1, 5)]
SATURDAYS = [datetime.date(2026, 12, 12), datetime.date(2027, 1, 9)]
SATURDAY = {"week": 2, "weekday": 5}


@pytest.fixture
def series(board, secretary):
    return meet.series(board, by=secretary)


@pytest.fixture
def two(series, secretary):
    """Drafts of December and January."""
    return prepare_turns(series, count=2, on=TODAY, by=secretary)


def change(series, by, *, seen=0, on=TODAY, **changes):
    return edit_series(series, seen_revision=seen, on=on, by=by, **changes)


def days(series):
    rows = series.meetings.order_by("series_day")
    return list(rows.values_list("held_on", "series_day"))


@pytest.mark.parametrize(
    ("week", "weekday", "turn"),
    [(0, 5, (2026, 12, 5)), (2, 5, (2026, 12, 12)), (5, 0, (2026, 12, 28))],
)
def test_the_turn_beside_a_day(week, weekday, turn):
    found = turn_beside(TUESDAYS[0], week=week, weekday=weekday)
    assert found == datetime.date(*turn)


def test_drafts_follow_day_hour_and_place(series, two, secretary):
    hour = datetime.time(20, 0)

    done = change(series, secretary, starts_at=hour, place="Balai RW 001", **SATURDAY)

    assert done == (2, 0)
    assert days(series) == [(day, day) for day in SATURDAYS]
    facts = series.meetings.values_list("starts_at", "place")
    assert set(facts) == {(hour, "Balai RW 001")}
    following = prepare_turns(series, count=1, on=TODAY, by=secretary)
    assert following[0].held_on == datetime.date(2027, 2, 13)
    says = AuditEvent.objects.get(action="deliberations.series_changed").says
    assert says == (
        "mengubah rapat berkala Rapat rutin anggota, Sabtu minggu kedua, pukul 20.00"
    )


def test_what_was_changed_by_hand_stays(series, two, secretary):
    by_hand, moved = two[0], datetime.date(2026, 12, 3)
    edit_meeting(
        by_hand, held_on=moved, place="Rumah Bu Sri", seen_revision=0, by=secretary
    )

    change(series, secretary, place="Balai RW 001", **SATURDAY)

    # It is the turn of December still: that month is not prepared twice.
    assert days(series) == [(moved, SATURDAYS[0]), (SATURDAYS[1], SATURDAYS[1])]
    assert Meeting.objects.get(pk=by_hand.pk).place == "Rumah Bu Sri"


def test_a_meeting_that_was_called_stays_as_it_was_called(
    series, two, secretary, monkeypatch
):
    called = two[0].pk
    monkeypatch.setattr(
        "deliberations.services.series.reason_to_keep",
        lambda row: "Undangan sudah terbit." if row.pk == called else "",
    )

    done = change(series, secretary, starts_at=datetime.time(20, 0), **SATURDAY)

    assert done == (1, 1)
    assert days(series) == [(TUESDAYS[0], SATURDAYS[0]), (SATURDAYS[1], SATURDAYS[1])]
    assert Meeting.objects.get(pk=called).starts_at == meet.STARTS


def test_a_turn_that_is_past_is_not_moved_to(series, two, secretary):
    # Seen from 15 December, the second Saturday is over and the first Tuesday too.
    done = change(series, secretary, on=datetime.date(2026, 12, 15), **SATURDAY)

    assert done == (1, 0)
    assert days(series) == [
        (TUESDAYS[0], TUESDAYS[0]),
        (SATURDAYS[1], SATURDAYS[1]),
    ]


def test_weekly_drafts_that_become_monthly_keep_their_day_where_one_is_enough(
    board, secretary
):
    weekly = meet.series(board, by=secretary, week=0)
    prepare_turns(weekly, count=3, on=TODAY, by=secretary)

    done = change(weekly, secretary, week=1)

    # 1, 8 and 15 December: the first is the turn of the month, two stay.
    assert done == (1, 2)
    assert [held.day for held, _turn in days(weekly)] == [1, 8, 15]


def test_two_editors_and_a_stopped_series(series, two, secretary):
    change(series, secretary, place="Balai RW 001")
    with pytest.raises(EditConflict):
        change(series, secretary, place="Balai RW 002")
    stop_series(series, on=TODAY, by=secretary)

    refused("series.stopped", change, series, secretary, seen=2, place="Lain")

    assert MeetingSeries.objects.get().place == "Balai RW 001"


BODY = {
    "title": "Rapat anggota",
    "week": "2",
    "weekday": "5",
    "starts_at": "20.00",
    "place": "Balai RW 001",
}


def url(board, series):
    return reverse("deliberations:series_edit", args=[board.slug, series.pk])


def test_the_page_changes_a_series_and_says_what_followed(board, series, secretary):
    prepare_turns(series, count=2, on=board.today(), by=secretary)
    client = make.signed_in(secretary)
    listed = client.get(reverse("deliberations:series_list", args=[board.slug])).text
    assert url(board, series) in listed
    assert 'value="Balai RW 005"' in client.get(url(board, series)).text

    body = make.once(revision="0", **BODY)
    answer = client.post(url(board, series), body, follow=True)

    assert "Rapat berkala tersimpan. 2 draf ikut berubah." in answer.text
    assert "Sabtu minggu kedua, pukul 20.00" in answer.text


def test_the_page_keeps_what_was_typed(board, series, secretary):
    client = make.signed_in(secretary)
    empty = client.post(
        url(board, series), make.once(**{**BODY, "place": "", "revision": "0"})
    )
    assert (empty.status_code, 'value="20.00"' in empty.text) == (200, True)
    change(series, secretary, place="Balai RW 009")

    clash = client.post(url(board, series), make.once(revision="0", **BODY))

    assert clash.status_code == 409
    assert "Balai RW 009" in clash.text
    assert 'value="Balai RW 001"' in clash.text
    assert MeetingSeries.objects.get().place == "Balai RW 009"


def test_who_may_change_a_series(board, series, secretary):
    member = make.user(Role.MEMBER, board=board)
    stranger = meet.secretary(make.board())
    body = make.once(revision="0", **BODY)

    assert make.signed_in(member).post(url(board, series), body).status_code == 403
    assert make.signed_in(stranger).post(url(board, series), body).status_code == 404
    assert make.signed_in(secretary).put(url(board, series)).status_code == 405
    assert MeetingSeries.objects.get().place == "Balai RW 005"
