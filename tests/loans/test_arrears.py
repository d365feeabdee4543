"""Arrears, their count, class and reserve: E6 and section 4 of the sheet, by hand."""

from datetime import date
from decimal import Decimal

import pytest

from loans.arrears import (
    Arrears,
    arrears_of,
    class_of,
    collectibility,
    reserve_entry,
    reserve_lines,
    whole_months,
)
from loans.payments import OpenLine, Order, Payment, open_lines, settle
from tests.loans.plans import e1, plan, terms

APRIL = date(2024, 4, 10)
PAYMENTS = [Payment(date(2024, 2, 10), 115_000), Payment(APRIL, 120_000)]


@pytest.mark.parametrize(
    ("order", "expected", "number"),
    [
        (Order.ROW_CHARGE_FIRST, Arrears(100_000, 10_000, 1, APRIL), 2),
        (Order.ALL_CHARGE_FIRST, Arrears(110_000, 0, 2, date(2024, 3, 10)), 2),
    ],
)
def test_e6_the_order_of_paying_changes_the_count(order, expected, number):
    position = settle(e1(), PAYMENTS, order=order, as_of=APRIL)

    behind = arrears_of(position.lines, as_of=APRIL)

    assert behind == expected
    assert behind.total == 110_000
    assert collectibility(behind) == number


def test_a_row_is_due_on_its_day_and_not_before():
    lines = open_lines(e1())

    before = arrears_of(lines, as_of=date(2024, 2, 9))
    on_the_day = arrears_of(lines, as_of=date(2024, 2, 10))

    assert before == Arrears(0, 0, 0, None)
    assert collectibility(before) == 1
    assert on_the_day == Arrears(100_000, 15_000, 1, date(2024, 2, 10))


def test_paying_ahead_does_not_make_up_for_rows_that_are_due():
    """All of row 1 and 2 paid early: nothing is behind in March, row 3 is in April."""
    early = [Payment(date(2024, 1, 15), 230_000)]
    lines = settle(e1(), early, order=Order.ROW_CHARGE_FIRST, as_of=APRIL).lines

    assert arrears_of(lines, as_of=date(2024, 3, 31)).k == 0
    assert arrears_of(lines, as_of=APRIL) == Arrears(100_000, 15_000, 1, APRIL)


def one_row_left():
    """Ten rows of 500,000 from 10 January 2024, nine of them paid."""
    return [
        OpenLine(
            line.no,
            line.due_on,
            line.principal,
            line.service_charge,
            line.principal if line.no < 10 else 0,
            line.service_charge,
        )
        for line in plan(5_000_000, terms())
    ]


@pytest.mark.parametrize(
    ("as_of", "k"),
    [
        (date(2024, 11, 9), 0),
        (date(2024, 11, 10), 1),
        (date(2024, 12, 9), 1),
        (date(2024, 12, 10), 2),
        (date(2025, 1, 10), 3),
        (date(2026, 1, 9), 14),
    ],
)
def test_months_after_the_last_day_are_added(as_of, k):
    """12 months after disbursement one of ten rows is open: 1 + (12 − 10) = 3."""
    assert arrears_of(one_row_left(), as_of=as_of).k == k


def test_parts_and_months_are_rounded_up_once():
    """0.2 of the last row and two months: 2.2 is 3."""
    lines = one_row_left()
    lines[-1] = OpenLine(10, lines[-1].due_on, 500_000, 75_000, 400_000, 75_000)

    assert arrears_of(lines, as_of=date(2025, 1, 20)).k == 3


def test_parts_of_several_rows_are_added_before_rounding():
    """0.3 + 0.3 + 0.3 is 0.9: one instalment, not three."""
    lines = [
        OpenLine(no, date(2024, no, 10), 100_000, 0, 70_000) for no in (1, 2, 3)
    ] + [OpenLine(4, date(2024, 4, 10), 100_000, 0)]

    assert arrears_of(lines, as_of=date(2024, 3, 10)).k == 1


def test_a_charge_alone_ends_class_1_and_counts_no_instalment():
    """Rows of grace: 18,000 charge and no principal in each (E10)."""
    lines = open_lines(plan(1_200_000, terms(12, grace_principal=2)))

    behind = arrears_of(lines, as_of=date(2024, 3, 31))

    assert behind == Arrears(0, 36_000, 0, date(2024, 2, 10))
    assert collectibility(behind) == 2


def test_a_charge_left_after_the_last_day_grows_no_months():
    lines = one_row_left()
    lines[-1] = OpenLine(10, lines[-1].due_on, 500_000, 75_000, 500_000, 70_000)

    behind = arrears_of(lines, as_of=date(2026, 1, 1))

    assert behind == Arrears(0, 5_000, 0, date(2024, 11, 10))
    assert collectibility(behind) == 2


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2024, 1, 31), date(2024, 2, 28), 0),
        (date(2024, 1, 31), date(2024, 2, 29), 1),
        (date(2024, 1, 31), date(2024, 3, 30), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2024, 1, 15), date(2024, 1, 15), 0),
        (date(2024, 5, 15), date(2024, 1, 15), 0),
    ],
)
def test_whole_months(start, end, months):
    assert whole_months(start, end) == months


@pytest.mark.parametrize(
    ("k", "number"),
    [(0, 1), (1, 2), (3, 2), (4, 3), (6, 3), (7, 4), (9, 4), (10, 5), (99, 5)],
)
def test_classes_of_the_start_values(k, number):
    assert class_of(k, charge_open=False) == number


def test_classes_follow_the_bands_that_are_given():
    rural = (0, 2, 4, 6)
    three_classes = (3, 9)

    assert [class_of(k, charge_open=False, limits=rural) for k in (2, 3, 6, 7)] == [
        2,
        3,
        4,
        5,
    ]
    assert class_of(0, charge_open=True, limits=rural) == 2
    assert class_of(5, charge_open=True, limits=rural) == 4
    assert class_of(0, charge_open=True, limits=three_classes) == 1
    assert class_of(10, charge_open=False, limits=three_classes) == 3


def test_the_reserve_of_the_sheet():
    """12, 5, 2, 0.6 and 0.4 million at 1, 10, 25, 50 and 100 percent: 1,820,000."""
    balances = {1: 12_000_000, 2: 5_000_000, 3: 2_000_000, 4: 600_000, 5: 400_000}
    rural = [Decimal(rate) for rate in (1, 10, 25, 50, 100)]

    lines = reserve_lines(balances, rural)

    assert [line.reserve for line in lines] == [
        120_000,
        500_000,
        500_000,
        300_000,
        400_000,
    ]
    assert reserve_entry(lines, present=1_695_000) == 125_000
    assert reserve_entry(lines, present=2_000_000) == -180_000


def test_a_class_without_loans_has_its_line_and_half_a_rupiah_goes_up():
    lines = reserve_lines({1: 50}, [Decimal("1"), Decimal("0.5")])

    assert [(line.collectibility, line.reserve) for line in lines] == [(1, 1), (2, 0)]


def test_a_class_without_percentage_is_refused():
    with pytest.raises(ValueError, match=r"\[6\]"):
        reserve_lines({6: 1})
