"""What is asked beside an instalment: a fine for each late one, and savings. Pure.

Both are rules of the product, none by default. Source: revolving-loans sheet, 3.2
(denda: none found), 3.1 (8) for days without office, and 8.2 (TR savings: when and how
much is the board's).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from common.money import round_rupiah
from loans.payments import OpenLine


@dataclass(frozen=True, slots=True)
class Addition:
    """Rupiah each time, or percent of what it is reckoned from."""

    amount: int = 0
    percent: Decimal = Decimal(0)

    def __bool__(self) -> bool:
        """Is anything asked at all?"""
        return bool(self.amount or self.percent)

    def of(self, base: int) -> int:
        """Rupiah asked on a base of so many rupiah."""
        return self.amount + round_rupiah(base * Decimal(self.percent) / Decimal(100))


class OffDays(StrEnum):
    """Days without office: who pays on the next day with one is not late."""

    NONE = "none"
    SUNDAY = "sunday"
    WEEKEND = "weekend"


# As `date.weekday` counts: Saturday is 5.
_OFF = {OffDays.NONE: (), OffDays.SUNDAY: (6,), OffDays.WEEKEND: (5, 6)}


def on_time_until(due_on: date, off: OffDays) -> date:
    """The last day on which a payment is in time; the due day itself stays."""
    day = due_on
    while day.weekday() in _OFF[off]:
        day += timedelta(days=1)
    return day


def late_rows(
    lines: Sequence[OpenLine], *, on: date, after: int, off: OffDays = OffDays.NONE
) -> list[OpenLine]:
    """Rows past their day with something open; no row up to number `after`.

    Those were judged before: a row is fined once.
    """
    return [
        line
        for line in lines
        if on_time_until(line.due_on, off) < on and line.no > after and line.total_open
    ]


def penalty_of(
    lines: Sequence[OpenLine],
    rule: Addition,
    *,
    on: date,
    after: int,
    off: OffDays = OffDays.NONE,
) -> int:
    """The fine for all late rows; a percentage is of what is still open in each."""
    late = late_rows(lines, on=on, after=after, off=off)
    return sum(rule.of(line.total_open) for line in late) if rule else 0


def savings_by_row(
    members: Sequence[Sequence[OpenLine]], rule: Addition
) -> dict[int, int]:
    """Row number to rupiah that the group saves with it.

    The amount is of each member who pays something in the row, a percentage is of each
    member's principal in it.
    """
    return {
        row[0].no: sum(
            rule.of(line.principal)
            for line in row
            if rule and (line.principal or line.service_charge)
        )
        for row in zip(*members, strict=True)
    }


def savings_asked(
    lines: Sequence[OpenLine],
    members: Sequence[Sequence[OpenLine]],
    rule: Addition,
    *,
    until: date,
) -> int:
    """Savings with the rows due up to a day on which nothing was paid yet."""
    saved = savings_by_row(members, rule)
    untouched = (
        line
        for line in lines
        if line.due_on <= until
        and line.total_open
        and not (line.principal_paid or line.service_charge_paid)
    )
    return sum(saved[line.no] for line in untouched)
