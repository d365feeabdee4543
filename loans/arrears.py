"""How far a loan is behind: the one function of all reports; class and reserve. Pure.

Source: revolving-loans sheet, section 4 (classes, counting, reserve).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from boards.rulebook import PARAMETERS
from common.money import round_rupiah
from common.periods import add_months
from loans.payments import OpenLine

# What a board starts with until it sets its own: class 1 ends at the first number of
# instalments, class 2 at the second …; the class after the last has no end.
FIRST_CLASS_LIMITS = tuple(PARAMETERS["loan_class_limits"].default)
FIRST_RESERVE_PERCENTS = tuple(
    Decimal(rate) for rate in PARAMETERS["loan_reserve_percents"].default
)
# How a class is called, and which tag of the screen it gets.
CLASS_WORDS = {
    1: "Lancar",
    2: "Dalam perhatian khusus",
    3: "Kurang lancar",
    4: "Diragukan",
    5: "Macet",
}
CLASS_TONES = {1: "ok", 2: "warn", 3: "warn", 4: "bad", 5: "bad"}


@dataclass(frozen=True, slots=True)
class Arrears:
    """What is due and not paid on a day.

    `k` counts instalments behind, whole, with the months since the last due day;
    `since` is the oldest due day with something open, None when nothing is.
    """

    principal: int
    service_charge: int
    k: int
    since: date | None

    @property
    def total(self) -> int:
        """Rupiah behind."""
        return self.principal + self.service_charge


@dataclass(frozen=True, slots=True)
class ReserveLine:
    """One class in the reserve: its balance, the percentage, what is set aside."""

    collectibility: int
    balance: int
    percent: Decimal
    reserve: int


def arrears_of(lines: Sequence[OpenLine], *, as_of: date) -> Arrears:
    """What is behind on a day; the rows carry what was paid up to it.

    A row is due on its day. k is the open part of every due row added up, and, while
    principal is open after the last day of the plan, the whole months since; the sum
    is rounded up, once. A charge that is open alone adds nothing to k.
    """
    due = [line for line in lines if line.due_on <= as_of]
    principal = sum(line.principal_open for line in due)
    behind = sum(
        (
            Fraction(line.principal_open, line.principal)
            for line in due
            if line.principal
        ),
        start=Fraction(0),
    )
    if principal and len(due) == len(lines):
        behind += whole_months(max(line.due_on for line in lines), as_of)
    open_days = [
        line.due_on for line in due if line.principal_open or line.service_charge_open
    ]
    return Arrears(
        principal,
        sum(line.service_charge_open for line in due),
        -(-behind.numerator // behind.denominator),
        min(open_days, default=None),
    )


def whole_months(start: date, end: date) -> int:
    """Months that have passed since `start`; 31 January to 28 February is one."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(0, months - (add_months(start, months) > end))


def class_of(
    k: int, *, charge_open: bool, limits: Sequence[int] = FIRST_CLASS_LIMITS
) -> int:
    """Kolektibilitas from 1: the first class whose limit holds k instalments.

    `limits` are the highest k of each class but the last, rising. A charge in arrears
    alone weighs as one instalment: with the usual limits it ends class 1.
    """
    weighed = max(k, 1) if charge_open else k
    return 1 + sum(weighed > limit for limit in limits)


def collectibility(
    arrears: Arrears, *, limits: Sequence[int] = FIRST_CLASS_LIMITS
) -> int:
    """The class of a loan that is so far behind."""
    return class_of(arrears.k, charge_open=bool(arrears.service_charge), limits=limits)


def rows_paid(lines: Iterable[OpenLine]) -> int:
    """How many rows have nothing left to pay."""
    return sum(
        not line.principal_open and not line.service_charge_open for line in lines
    )


def held_class(found: int, *, floor: int, paid: int, needed: int) -> int:
    """The class of a rescheduled loan: no better than `floor` for a while.

    It may get better once `needed` rows of the new plan are paid in full; `paid` are.
    Source: revolving-loans sheet, 4.4 (2).
    """
    return found if paid >= needed else max(found, floor)


def class_tag(number: int) -> tuple[str, str]:
    """Colour and word of a class, as the screen shows it."""
    return CLASS_TONES[number], f"Kol {number} · {CLASS_WORDS[number]}"


def reserve_lines(
    balances: Mapping[int, int], percents: Sequence[Decimal] = FIRST_RESERVE_PERCENTS
) -> list[ReserveLine]:
    """The reserve that each class asks for; `balances` is saldo pokok by class.

    One line a class of `percents`, rounded to the rupiah in its line, so that what is
    printed adds up. Raises ValueError for a class without a percentage.
    """
    if outside := [one for one in balances if not 1 <= one <= len(percents)]:
        raise ValueError(f"no percentage for classes {outside}")
    return [
        ReserveLine(
            number,
            balances.get(number, 0),
            percent,
            round_rupiah(balances.get(number, 0) * percent / Decimal(100)),
        )
        for number, percent in enumerate(percents, start=1)
    ]


def reserve_entry(lines: Iterable[ReserveLine], *, present: int) -> int:
    """Rupiah to book this month: to the reserve, or, below zero, back from it."""
    return sum(line.reserve for line in lines) - present
