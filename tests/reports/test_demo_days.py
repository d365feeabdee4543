"""The demo can be loaded on any day of the year: it holds no meeting of tomorrow."""

from datetime import date

import pytest

from reports.demo.life import annual_meeting

DECEMBER = date(2026, 12, 12)


@pytest.mark.parametrize(
    ("held_on", "today", "day"),
    [
        (DECEMBER, date(2026, 12, 16), None),
        (DECEMBER, date(2026, 12, 22), None),
        (DECEMBER, date(2026, 12, 23), date(2026, 12, 19)),
        (date(2026, 11, 14), date(2026, 12, 23), None),
    ],
)
def test_the_annual_meeting_is_told_once_it_is_over(held_on, today, day):
    assert annual_meeting(held_on, today=today) == day
