"""Days of a series and the calendar file, worked out by hand."""

import datetime
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deliberations.ics import Event, calendar_file
from deliberations.turns import day_of_month, turns_after

# A loaded machine is slow, which says nothing about the days.
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 12, 31))


@pytest.mark.parametrize(
    ("week", "weekday", "day"),
    [
        (1, 1, 1),  # 1 December 2026 is a Tuesday
        (1, 0, 7),
        (2, 1, 8),
        (4, 6, 27),
        (5, 1, 29),
        (5, 4, 25),
        (5, 3, 31),
    ],
)
def test_a_weekday_of_a_week_of_december_2026(week, weekday, day):
    found = day_of_month(2026, 12, week=week, weekday=weekday)
    assert found == datetime.date(2026, 12, day)


def test_turns_go_on_over_the_year_and_leave_out_today():
    found = turns_after(datetime.date(2026, 12, 1), week=1, weekday=1)
    days = [(day.year, day.month, day.day) for day in islice(found, 3)]
    assert days == [(2027, 1, 5), (2027, 2, 2), (2027, 3, 2)]


def test_every_week_is_seven_days_apart():
    found = turns_after(datetime.date(2026, 11, 27), week=0, weekday=4)
    assert [day.day for day in islice(found, 2)] == [4, 11]


@SLOW
@given(DAYS, st.integers(0, 5), st.integers(0, 6))
def test_every_turn_is_that_weekday_in_that_week(day, week, weekday):
    for turn in islice(turns_after(day, week=week, weekday=weekday), 4):
        assert turn > day
        assert turn.weekday() == weekday
        if week == 5:
            assert (turn + datetime.timedelta(days=7)).month != turn.month
        elif week:
            assert (turn.day - 1) // 7 == week - 1
        day = turn


EVENT = Event(
    uid="rapat-7@portal.example.go.id",
    sequence=3,
    title="Rapat rutin; anggota, LKM Guyub",
    day=datetime.date(2026, 11, 21),
    starts_at=datetime.time(19, 30),
    ends_at=None,
    zone="Asia/Makassar",
    zone_word="WITA",
    place="Balai RW 005\\belakang",
    text="1. Tata tertib\n2. Lain-lain",
    url="https://portal.example.go.id/lkm/guyub/musyawarah/7/",
)
MADE = datetime.datetime(2026, 11, 20, 3, 4, 5, tzinfo=datetime.UTC)


def unfolded(data: bytes) -> list[str]:
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    return data.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_the_calendar_file_says_when_and_where_and_names_nobody():
    assert unfolded(calendar_file(EVENT, made_at=MADE)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Portal LKM//ID",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Makassar",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
        "TZNAME:WITA",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "UID:rapat-7@portal.example.go.id",
        "SEQUENCE:3",
        "DTSTAMP:20261120T030405Z",
        "DTSTART;TZID=Asia/Makassar:20261121T193000",
        r"SUMMARY:Rapat rutin\; anggota\, LKM Guyub",
        r"LOCATION:Balai RW 005\\belakang",
        r"DESCRIPTION:1. Tata tertib\n2. Lain-lain",
        "URL:https://portal.example.go.id/lkm/guyub/musyawarah/7/",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_an_end_that_is_known_and_a_meeting_put_off_are_said():
    changes = {"ends_at": datetime.time(22, 15), "cancelled": True}
    lines = unfolded(calendar_file(Event(**vars(EVENT) | changes), made_at=MADE))

    assert "DTEND;TZID=Asia/Makassar:20261121T221500" in lines
    assert "STATUS:CANCELLED" in lines


@SLOW
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=300))
def test_long_lines_are_folded_and_no_letter_is_cut(title):
    event = Event(**vars(EVENT) | {"title": title})
    data = calendar_file(event, made_at=MADE)

    assert max(map(len, data.split(b"\r\n"))) <= 75
    said = title.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert f"SUMMARY:{said}" in unfolded(data)
