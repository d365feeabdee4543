"""Arithmetic of terms of office: days that meet, the usual end, the share of women."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

USUAL_YEARS = 3
WOMEN_TARGET = Decimal(30)


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
    """How a board is made up: whole persons, share of women in percent."""

    men: int
    women: int
    target: Decimal = WOMEN_TARGET

    @property
    def total(self) -> int:
        """All members."""
        return self.men + self.women

    @property
    def women_percent(self) -> Decimal:
        """Share of women, two decimals; zero in an empty board."""
        if not self.total:
            return Decimal(0)
        share = Decimal(self.women * 100) / self.total
        return share.quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def below_target(self) -> bool:
        """Fewer women than the percentage that is aimed at (a hint, never a bar)."""
        return bool(self.total) and self.women_percent < self.target

    @property
    def even(self) -> bool:
        """An even number of members can end a vote in a tie."""
        return self.total > 0 and self.total % 2 == 0
