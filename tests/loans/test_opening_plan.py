"""What is left of an old loan: E1 by hand, before and after its last day."""

from datetime import date
from decimal import Decimal

import pytest

from common.figures import BadFigure
from loans.arrears import arrears_of
from loans.opening_plan import remaining_plan
from loans.payments import open_lines
from loans.schedule import LoanTerms, loan_schedule

OPENING = date(2025, 1, 1)


def plan(disbursed_on: date):
    """E1: ten rows of 100.000 and 15.000."""
    terms = LoanTerms(instalments=10, rate=Decimal("1.5"))
    return loan_schedule(1_000_000, terms, anchor_on=disbursed_on)


def left(disbursed_on, balance, late=0, charge=0):
    lines = plan(disbursed_on)
    return remaining_plan(
        lines,
        balance=balance,
        principal_arrears=late,
        charge_arrears=charge,
        on=OPENING,
    )


def figures(rows):
    return [(row.no, row.principal, row.service_charge) for row in rows]


def test_a_loan_behind_keeps_its_last_due_rows_open():
    """Four rows due since August; two and a half of principal, two of charge open."""
    rows = left(date(2024, 8, 10), 850_000, late=250_000, charge=30_000)

    assert figures(rows)[:4] == [
        (2, 50_000, 0),
        (3, 100_000, 15_000),
        (4, 100_000, 15_000),
        (5, 100_000, 15_000),
    ]
    assert len(rows) == 9
    behind = arrears_of(open_lines(rows), as_of=OPENING)
    assert (behind.principal, behind.service_charge, behind.k) == (250_000, 30_000, 3)
    assert behind.since == date(2024, 10, 10)
    assert rows[-1].balance == 0


def test_a_loan_past_its_last_day_counts_the_months_since():
    """Ended on 10 November 2024: four rows and one whole month are five."""
    rows = left(date(2024, 1, 10), 400_000, late=400_000, charge=45_000)

    behind = arrears_of(open_lines(rows), as_of=OPENING)
    assert (behind.principal, behind.service_charge, behind.k) == (400_000, 45_000, 5)
    assert figures(rows)[0] == (7, 100_000, 0)


def test_what_was_paid_ahead_shortens_the_rows_to_come():
    rows = left(date(2024, 8, 10), 250_000)

    assert figures(rows) == [
        (8, 50_000, 15_000),
        (9, 100_000, 15_000),
        (10, 100_000, 15_000),
    ]
    assert arrears_of(open_lines(rows), as_of=OPENING).total == 0


def test_more_charge_than_the_rows_ask_stands_in_the_oldest_open_one():
    rows = left(date(2024, 8, 10), 600_000, charge=75_000)

    assert figures(rows)[:4] == [
        (1, 0, 30_000),
        (2, 0, 15_000),
        (3, 0, 15_000),
        (4, 0, 15_000),
    ]
    assert arrears_of(open_lines(rows), as_of=OPENING).service_charge == 75_000


@pytest.mark.parametrize(
    ("disbursed_on", "balance", "late", "charge", "field"),
    [
        (date(2024, 12, 10), 1_000_000, 100_000, 0, "principal_arrears"),
        (date(2024, 12, 10), 1_000_000, 0, 15_000, "charge_arrears"),
        (date(2024, 8, 10), 850_000, 450_000, 0, "principal_arrears"),
        (date(2024, 8, 10), 100_000, 100_001, 0, "principal_arrears"),
        (date(2024, 1, 10), 400_000, 300_000, 0, "balance"),
        (date(2024, 8, 10), 700_000, 0, 0, "balance"),
    ],
)
def test_figures_that_cannot_be_are_refused(disbursed_on, balance, late, charge, field):
    with pytest.raises(BadFigure) as told:
        left(disbursed_on, balance, late, charge)

    assert told.value.field == field
