"""Days of a series: a weekday every week, or of one week of the month. Pure."""

import calendar
import datetime
from collections.abc import Iterator

EVERY_WEEK, LAST_WEEK = 0, 5


def day_of_month(year: int, month: int, *, week: int, weekday: int) -> datetime.date:
    """The first to fourth, or (5) the last `weekday` of a month; Monday is 0."""
    first, length = calendar.monthrange(year, month)
    day = 1 + (weekday - first) % 7 + 7 * (min(week, 4) - 1)
    if week == LAST_WEEK and day + 7 <= length:
        day += 7
    return datetime.date(year, month, day)


def turns_after(
    day: datetime.date, *, week: int, weekday: int
) -> Iterator[datetime.date]:
    """The days of a series after `day`, for ever; `week` 0 is every week."""
    if week == EVERY_WEEK:
        step = datetime.timedelta(days=(weekday - day.weekday()) % 7 or 7)
        turn = day + step
        while True:
            yield turn
            turn += datetime.timedelta(days=7)
    year, month = day.year, day.month
    while True:
        turn = day_of_month(year, month, week=week, weekday=weekday)
        if turn > day:
            yield turn
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def turn_beside(day: datetime.date, *, week: int, weekday: int) -> datetime.date:
    """The turn in the week of `day` (every week), or in its month."""
    if week == EVERY_WEEK:
        return day + datetime.timedelta(days=weekday - day.weekday())
    return day_of_month(day.year, day.month, week=week, weekday=weekday)
