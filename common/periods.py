"""Reporting periods (month, triwulan, semester, year) and the civil calendar."""

import re
from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from common.words import format_date, month_name

_CODE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:T(?P<quarter>[1-4])|S(?P<semester>[12])|"
    r"(?P<month>0[1-9]|1[0-2])))?"
)
# Years that a report can be about; with the days around them they fit any database.
_YEARS = range(1900, 3000)
_ROMAN_PART = ("I", "II", "III", "IV")
_SATURDAY = 5


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of whole days, both ends included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a period ends on or after its start")

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """One calendar month, 1 to 12."""
        return cls._of_months(year, month, 1)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Self:
        """One triwulan, 1 to 4."""
        if not 1 <= quarter <= 4:
            raise ValueError("a quarter is 1 to 4")
        return cls._of_months(year, 3 * quarter - 2, 3)

    @classmethod
    def semester(cls, year: int, semester: int) -> Self:
        """One half year, 1 or 2."""
        if not 1 <= semester <= 2:
            raise ValueError("a semester is 1 or 2")
        return cls._of_months(year, 6 * semester - 5, 6)

    @classmethod
    def year(cls, year: int) -> Self:
        """One calendar year."""
        return cls._of_months(year, 1, 12)

    @classmethod
    def parse(cls, code: str) -> Self:
        """Read a code: 2026-10, 2026-T3, 2026-S1 or 2026; ValueError otherwise."""
        found = _CODE.fullmatch(code)
        if not found or int(found["year"]) not in _YEARS:
            raise ValueError(f"Periode “{code[:20]}” tidak dikenal, contoh 2026-T3.")
        year = int(found["year"])
        if found["month"]:
            return cls.month(year, int(found["month"]))
        if found["quarter"]:
            return cls.quarter(year, int(found["quarter"]))
        if found["semester"]:
            return cls.semester(year, int(found["semester"]))
        return cls.year(year)

    @classmethod
    def _of_months(cls, year: int, first: int, count: int) -> Self:
        start = date(year, first, 1)
        last = first + count - 1
        return cls(start, date(year, last, monthrange(year, last)[1]))

    @property
    def code(self) -> str:
        """Code for urls and file names: 2026-10, 2026-T3, 2026-S1, 2026.

        A period that is none of these answers with its two days.
        """
        year, months = self.start.year, self._whole_months()
        match months:
            case 1:
                return f"{year:04d}-{self.start.month:02d}"
            case 3:
                return f"{year:04d}-T{self._part(3)}"
            case 6:
                return f"{year:04d}-S{self._part(6)}"
            case 12:
                return f"{year:04d}"
        return f"{self.start.isoformat()}--{self.end.isoformat()}"

    @property
    def label(self) -> str:
        """Name for people: Oktober 2026, Triwulan III 2026, Semester I 2026 or
        Tahun 2026.
        """
        year, months = self.start.year, self._whole_months()
        match months:
            case 1:
                return f"{month_name(self.start.month)} {year}"
            case 3:
                return f"Triwulan {_ROMAN_PART[self._part(3) - 1]} {year}"
            case 6:
                return f"Semester {_ROMAN_PART[self._part(6) - 1]} {year}"
            case 12:
                return f"Tahun {year}"
        return f"{format_date(self.start)} sampai dengan {format_date(self.end)}"

    def months(self) -> list["Period"]:
        """The calendar months that the period touches, in order, each whole."""
        month, found = self.start.replace(day=1), []
        while month <= self.end:
            found.append(Period.month(month.year, month.month))
            month = add_months(month, 1)
        return found

    def days(self) -> Iterator[date]:
        """Each day of the period, in order."""
        for offset in range(len(self)):
            yield self.start + timedelta(days=offset)

    def __contains__(self, on: object) -> bool:
        return isinstance(on, date) and self.start <= on <= self.end

    def __len__(self) -> int:
        return (self.end - self.start).days + 1

    def _whole_months(self) -> int:
        """1, 3, 6 or 12 when the period is exactly that calendar part, else 0."""
        for count in (1, 3, 6, 12):
            if (self.start.month - 1) % count:
                continue
            if self == Period._of_months(self.start.year, self.start.month, count):
                return count
        return 0

    def _part(self, months: int) -> int:
        return (self.start.month - 1) // months + 1


def add_months(on: date, months: int) -> date:
    """The same day so many months later (or earlier); the month's last day if shorter.

    31 January plus one month is 28 or 29 February.
    """
    index = on.year * 12 + on.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def working_days_between(
    start: date, end: date, *, holidays: Collection[date] = frozenset()
) -> int:
    """Count working days after `start` up to and including `end`.

    Monday to Friday without `holidays`; zero when `end` is not after `start`. Sent on
    Friday and read on Monday is one working day.
    """
    return sum(
        1
        for offset in range(1, (end - start).days + 1)
        if is_working_day(start + timedelta(days=offset), holidays=holidays)
    )


def add_working_days(
    start: date, days: int, *, holidays: Collection[date] = frozenset()
) -> date:
    """The day on which `days` working days after `start` have passed."""
    if days < 0:
        raise ValueError("working days are counted forward")
    day = start
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day, holidays=holidays)
    return day


def is_working_day(day: date, *, holidays: Collection[date] = frozenset()) -> bool:
    """Monday to Friday and not a holiday."""
    return day.weekday() < _SATURDAY and day not in holidays


def year_asked(typed: str, *, years: Collection[int], this_year: int) -> int:
    """The year a list shows: the one typed into its address, four digits.

    Without one: this year if the list has it or has nothing, else its newest.
    """
    if typed.isascii() and typed.isdecimal() and len(typed) == 4:
        return int(typed)
    return this_year if this_year in years or not years else max(years)
