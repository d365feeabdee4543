"""What may befall a loan, for `bench_loans.py`: a life for each kind of borrower.

Worked out by the arithmetic of the portal, without a row of a database.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from loans.models import Loan
from loans.payments import OpenLine, Order, Part, allocate, open_lines, pay
from loans.schedule import LoanTerms, Method, loan_schedule

INSTALMENTS = 10
STARTS, EVERY_DAYS = 96, 9
DAY = datetime.timedelta(days=1)
METHODS = (Method.FLAT, Method.DECLINING, Method.ANNUITY)


@dataclass(frozen=True)
class Paid:
    """One receipt of a life and the rows that it paid."""

    on: datetime.date
    parts: tuple[Part, ...]
    reversed_on: datetime.date | None = None


@dataclass(frozen=True)
class Life:
    """What befell one kind of loan up to today."""

    disbursed_on: datetime.date
    principal: int
    lines: list[OpenLine]
    receipts: list[Paid]
    state: str = Loan.State.ACTIVE
    closed_on: datetime.date | None = None
    floor: int = 1


def _due(plan: list[OpenLine], first: int, last: int) -> int:
    rows = plan[max(first, 0) : last + 1]
    return sum(line.principal + line.service_charge for line in rows)


# What each kind of borrower pays for a row, in rupiah; 7 never pays.
_HABITS: dict[int, Callable[[list[OpenLine], int], int]] = {
    4: lambda plan, at: _due(plan, at, at) * 6 // 10,
    5: lambda plan, at: _due(plan, at, at) * (at < 3),
    6: lambda plan, at: _due(plan, at, at) // (1 if at < 6 else 3) * (at < 7),
    7: lambda plan, at: 0,
    8: lambda plan, at: _due(plan, at - 1, at) * (at % 2),
    9: lambda plan, at: _due(plan, at, at + 2) * (at % 3 == 0),
    10: lambda plan, at: plan[at].service_charge // 2 or 1,
    13: lambda plan, at: _due(plan, at, at) * (at < 2),
}
_DAYS_LATE = {3: 20, 6: -3}


def _payments(kind: int, plan: list[OpenLine]) -> Iterator[tuple[datetime.date, int]]:
    """Day and rupiah of each payment of a kind of borrower, were time endless."""
    habit = _HABITS.get(kind, lambda plan, at: _due(plan, at, at))
    for at, line in enumerate(plan):
        if amount := habit(plan, at):
            yield line.due_on + _DAYS_LATE.get(kind, 0) * DAY, amount


def lives(today: datetime.date) -> list[Life]:
    """Every kind of borrower at every start; two in a row belong together."""
    found = []
    for start in range(STARTS):
        lent_on = today - (12 + EVERY_DAYS * start) * DAY
        for kind in range(14):
            if kind in (12, 13) and start % 4:
                kind -= 12
            found.append(_life(kind, start, lent_on, today))
    return found


def _life(kind: int, start: int, lent_on: datetime.date, today: datetime.date) -> Life:
    moved_on = lent_on + (today - lent_on) // 2
    if kind == 13:
        lent_on = moved_on
    principal = 500_000 * (1 + (start * 5 + kind) % 9)
    terms = LoanTerms(INSTALMENTS, Decimal("1.5"), method=METHODS[start % 3])
    plan = open_lines(loan_schedule(principal, terms, anchor_on=lent_on))
    life = Life(lent_on, principal, plan, [])
    for on, amount in _payments(kind, plan):
        on = max(on, lent_on)
        if on <= (moved_on if kind == 12 else today):
            life = _after(life, on, amount)
    if kind == 11 and life.receipts:
        life = _taken_back(life, today)
    if kind == 12:
        return replace(life, state=Loan.State.RESCHEDULED, closed_on=moved_on)
    if kind == 13:
        return replace(life, floor=3)
    if not any(line.principal_open + line.service_charge_open for line in life.lines):
        paid_on = max(receipt.on for receipt in life.receipts)
        return replace(life, state=Loan.State.PAID, closed_on=paid_on)
    return life


def _after(life: Life, on: datetime.date, amount: int) -> Life:
    order = Order.ROW_CHARGE_FIRST
    parts = allocate(life.lines, amount, on=on, order=order).parts
    if not parts:
        return life
    receipts = [*life.receipts, Paid(on, parts)]
    return replace(life, lines=pay(life.lines, parts), receipts=receipts)


def _taken_back(life: Life, today: datetime.date) -> Life:
    """The last receipt was a mistake."""
    last = life.receipts[-1]
    lines = pay(
        life.lines,
        [Part(part.no, -part.principal, -part.service_charge) for part in last.parts],
    )
    wrong = replace(last, reversed_on=min(last.on + 40 * DAY, today))
    return replace(life, lines=lines, receipts=[*life.receipts[:-1], wrong])
