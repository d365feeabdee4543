"""Reporting periods and the civil calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.periods import (
    Period,
    add_months,
    add_working_days,
    is_working_day,
    working_days_between,
    year_asked,
)

days = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("code", "label", "start", "end"),
    [
        ("2026-10", "Oktober 2026", date(2026, 10, 1), date(2026, 10, 31)),
        ("2028-02", "Februari 2028", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-T3", "Triwulan III 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-T4", "Triwulan IV 2026", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-S1", "Semester I 2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-S2", "Semester II 2026", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026", "Tahun 2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_code_names_a_period(code, label, start, end):
    period = Period.parse(code)
    assert period == Period(start, end)
    assert period.label == label
    assert period.code == code


@pytest.mark.parametrize(
    "code", ["", "26", "2026-13", "2026-00", "2026-T5", "2026-S3", "2026-1", "0000"]
)
def test_other_codes_are_refused(code):
    with pytest.raises(ValueError, match="tidak dikenal, contoh 2026-T3"):
        Period.parse(code)


def test_a_code_with_a_line_end_is_refused():
    with pytest.raises(ValueError, match="tidak dikenal"):
        Period.parse("2026-10\n")


def test_constructors_agree_with_their_codes():
    assert Period.month(2026, 10).code == "2026-10"
    assert Period.quarter(2026, 3).code == "2026-T3"
    assert Period.semester(2026, 1).code == "2026-S1"
    assert Period.year(2026).code == "2026"


@pytest.mark.parametrize(
    "make",
    [
        lambda: Period.quarter(2026, 0),
        lambda: Period.quarter(2026, 5),
        lambda: Period.semester(2026, 3),
        lambda: Period.month(2026, 13),
        lambda: Period(date(2026, 2, 1), date(2026, 1, 31)),
    ],
)
def test_impossible_periods_are_refused(make):
    with pytest.raises(ValueError, match=r"."):
        make()


def test_a_free_stretch_is_named_by_its_days():
    stretch = Period(date(2026, 1, 2), date(2026, 3, 4))
    assert stretch.label == "2 Januari 2026 sampai dengan 4 Maret 2026"
    assert stretch.code == "2026-01-02--2026-03-04"
    assert [month.code for month in stretch.months()] == [
        "2026-01",
        "2026-02",
        "2026-03",
    ]


def test_a_period_holds_both_its_ends():
    october = Period.month(2026, 10)
    assert date(2026, 10, 1) in october
    assert date(2026, 10, 31) in october
    assert date(2026, 9, 30) not in october
    assert date(2026, 11, 1) not in october
    assert len(october) == 31
    assert list(Period(date(2026, 2, 28), date(2026, 3, 1)).days()) == [
        date(2026, 2, 28),
        date(2026, 3, 1),
    ]


def test_a_year_has_twelve_months_in_order():
    months = Period.year(2026).months()
    assert [month.start.month for month in months] == list(range(1, 13))
    assert sum(len(month) for month in months) == 365


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 22), 2, date(2027, 1, 22)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_months_are_added_on_the_calendar(start, months, end):
    assert add_months(start, months) == end


@given(days, st.integers(-600, 600))
def test_adding_months_moves_exactly_so_many_months(day, months):
    moved = add_months(day, months)
    apart = (moved.year - day.year) * 12 + moved.month - day.month
    assert apart == months
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1


def test_working_days_leave_out_weekends_and_holidays():
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    assert working_days_between(friday, monday) == 1
    assert working_days_between(friday, date(2026, 11, 27)) == 5
    assert working_days_between(friday, date(2026, 11, 27), holidays={monday}) == 4
    assert working_days_between(friday, friday) == 0
    assert working_days_between(monday, friday) == 0


def test_a_deadline_falls_on_a_working_day():
    friday = date(2026, 11, 20)
    assert add_working_days(friday, 5) == date(2026, 11, 27)
    assert add_working_days(friday, 1, holidays={date(2026, 11, 23)}) == date(
        2026, 11, 24
    )
    assert add_working_days(friday, 0) == friday
    with pytest.raises(ValueError, match="forward"):
        add_working_days(friday, -1)


@given(days, st.integers(1, 40))
def test_a_deadline_is_so_many_working_days_away(day, count):
    deadline = add_working_days(day, count)
    assert is_working_day(deadline)
    assert working_days_between(day, deadline) == count


@pytest.mark.parametrize(
    ("typed", "years", "shown"),
    [
        ("2024", [2026, 2025], 2024),
        ("", [2026, 2025], 2026),
        ("", [2024, 2025], 2025),
        ("", [], 2026),
        ("26", [2025], 2025),
        ("٢٠٢٤", [2026], 2026),
    ],
)
def test_a_list_shows_the_year_asked_else_this_one_else_its_newest(typed, years, shown):
    assert year_asked(typed, years=years, this_year=2026) == shown
