"""Arithmetic of terms of office: days that meet, the usual end, the share of women."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from common.shares import percent_of

USUAL_YEARS = 3
WOMAN = "P"  # as the paper forms write it


@dataclass(frozen=True)
class Span:
    """Days from `start` to `end`, both inside."""

    start: date
    end: date

    def meets(self, other: "Span") -> bool:
        """Do the two share at least one day?"""
        return self.start <= other.end and other.start <= self.end

    def holds(self, other: "Span") -> bool:
        """Does `other` lie wholly inside?"""
        return self.start <= other.start and other.end <= self.end


def fullest_day(spans: Iterable[Span], inside: Span) -> tuple[int, date]:
    """How many of `spans` meet on one day inside `inside` at most, and the first such.

    Only where one begins can there be more than before.
    """
    known = [span for span in spans if span.meets(inside)]
    days = sorted({inside.start, *(max(s.start, inside.start) for s in known)})
    counted = [(sum(s.start <= day <= s.end for s in known), day) for day in days]
    return max(counted, key=lambda pair: pair[0])


def usual_end(start: date, *, years: int = USUAL_YEARS) -> date:
    """Last day of a term that begins on `start`: three years less a day.

    Source: masa bakti 2016–2019 of the boards in the domain sheet (three years).
    """
    year = start.year + years
    if (start.month, start.day) == (2, 29):
        return date(year, 2, 28)
    return start.replace(year=year) - timedelta(days=1)


@dataclass(frozen=True)
class Makeup:
    """How a board is made up: whole persons, share of women in percent.

    `target` is the percentage of women that the board aims at, where one asks for it.
    """

    men: int
    women: int
    target: Decimal = Decimal(0)

    @property
    def total(self) -> int:
        """All members."""
        return self.men + self.women

    @property
    def women_percent(self) -> Decimal:
        """Share of women, two decimals; zero in an empty board."""
        return percent_of(self.women, self.total) or Decimal(0)

    @property
    def below_target(self) -> bool:
        """Fewer women than the percentage that is aimed at (a hint, never a bar)."""
        return bool(self.total) and self.women_percent < self.target

    @property
    def even(self) -> bool:
        """An even number of members can end a vote in a tie."""
        return self.total > 0 and self.total % 2 == 0


def makeup_of_sexes(sexes: Iterable[str], *, target: Decimal = Decimal(0)) -> Makeup:
    """Men and women among these letters, L or P."""
    letters = list(sexes)
    women = letters.count(WOMAN)
    return Makeup(men=len(letters) - women, women=women, target=target)
