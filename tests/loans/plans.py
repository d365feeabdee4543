"""Plans that the tests of this folder share."""

from datetime import date
from decimal import Decimal

from loans.schedule import Component, LoanTerms, Mode, Rounding, loan_schedule

JANUARY = date(2024, 1, 10)


def terms(instalments=10, rate="1.5", **others) -> LoanTerms:
    """Flat, monthly, 1.5 percent a month, unless told otherwise."""
    return LoanTerms(instalments, Decimal(rate), **others)


def step(size, mode=Mode.NEAREST, component=Component.PRINCIPAL) -> Rounding:
    """Rounding to a step; of the principal unless told otherwise."""
    return Rounding(component, size, mode)


def rows(lines) -> list[tuple[int, int]]:
    """Principal and charge of each row."""
    return [(line.principal, line.service_charge) for line in lines]


def plan(principal, agreed, on=JANUARY):
    """The plan of one borrower, disbursed on 10 January 2024."""
    return loan_schedule(principal, agreed, anchor_on=on)


def e1():
    """Loan E1 of the sheet, disbursed on 10 January 2024: 100,000 + 15,000 a month."""
    return plan(1_000_000, terms())
