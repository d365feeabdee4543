"""What payments pay: E6 and E7 of the sheet, money over, shares of members."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.figures import BadFigure
from loans.payments import (
    Order,
    Part,
    Payment,
    Payoff,
    Settlement,
    add_lines,
    allocate,
    check_payment,
    early_payoff,
    open_lines,
    pay,
    settle,
    share_out,
    split_by_hand,
    split_payment,
)
from loans.schedule import group_schedule
from tests.loans.plans import JANUARY, e1, terms

ROW, CHARGES = Order.ROW_CHARGE_FIRST, Order.ALL_CHARGE_FIRST
APRIL = date(2024, 4, 10)
MISSED_AND_PARTIAL = [Payment(date(2024, 2, 10), 115_000), Payment(APRIL, 120_000)]


def paid(lines):
    """Principal and charge paid on the rows that something was paid on."""
    return {
        line.no: (line.principal_paid, line.service_charge_paid)
        for line in lines
        if line.principal_paid or line.service_charge_paid
    }


def test_e6_oldest_row_first():
    position = settle(e1(), MISSED_AND_PARTIAL, order=ROW, as_of=APRIL)

    assert paid(position.lines) == {
        1: (100_000, 15_000),
        2: (100_000, 15_000),
        3: (0, 5_000),
    }
    assert (position.balance, position.refund) == (800_000, 0)


def test_e6_all_charges_first():
    position = settle(e1(), MISSED_AND_PARTIAL, order=CHARGES, as_of=APRIL)

    assert paid(position.lines) == {
        1: (100_000, 15_000),
        2: (90_000, 15_000),
        3: (0, 15_000),
    }
    assert (position.balance, position.refund) == (810_000, 0)


def test_all_charges_first_leaves_the_charges_of_rows_to_come():
    """230,000 are due on 10 April; 20,000 are over: charge of row 4, then principal."""
    payments = [MISSED_AND_PARTIAL[0], Payment(APRIL, 250_000)]

    position = settle(e1(), payments, order=CHARGES, as_of=APRIL)

    assert paid(position.lines)[4] == (5_000, 15_000)
    assert 5 not in paid(position.lines)


def test_money_before_its_day_pays_the_next_rows_in_order():
    early = [Payment(date(2024, 1, 20), 200_000)]

    position = settle(e1(), early, order=ROW, as_of=date(2024, 1, 31))

    assert paid(position.lines) == {1: (100_000, 15_000), 2: (70_000, 15_000)}
    assert position.balance == 830_000


@pytest.mark.parametrize("order", Order)
def test_money_above_the_whole_debt_is_given_back(order):
    payments = [Payment(JANUARY, 1_150_000), Payment(JANUARY, 1), Payment(APRIL, 5_000)]

    position = settle(e1(), payments, order=order, as_of=APRIL)

    assert (position.balance, position.refund) == (0, 5_001)


def test_payments_after_the_day_do_not_count():
    before = settle(e1(), MISSED_AND_PARTIAL, order=ROW, as_of=date(2024, 4, 9))

    assert paid(before.lines) == {1: (100_000, 15_000)}


def test_days_put_payments_in_order_however_they_are_handed_in():
    """215,000 in February reach row 2; 20,000 in April pay row 3's charge first."""
    handed_in = [Payment(APRIL, 20_000), Payment(date(2024, 2, 10), 215_000)]

    position = settle(e1(), handed_in, order=CHARGES, as_of=APRIL)

    assert paid(position.lines) == {
        1: (100_000, 15_000),
        2: (90_000, 15_000),
        3: (0, 15_000),
    }


@pytest.mark.parametrize(
    ("payment", "field"),
    [
        (Payment(APRIL, 0), "amount"),
        (Payment(APRIL, -5), "amount"),
        (Payment(APRIL, 10**15), "amount"),
        (Payment(date(2024, 1, 9), 5), "on"),
    ],
)
def test_no_money_and_money_before_the_loan_are_refused(payment, field):
    with pytest.raises(BadFigure) as refused:
        check_payment(payment, disbursed_on=JANUARY)

    assert refused.value.field == field
    check_payment(Payment(JANUARY, 1), disbursed_on=JANUARY)


def test_e7_early_settlement_on_the_day_of_row_5():
    months = [Payment(date(2024, month, 10), 115_000) for month in (2, 3, 4, 5)]
    lines = settle(e1(), months, order=ROW, as_of=date(2024, 6, 10)).lines

    full = early_payoff(lines, on=date(2024, 6, 10), rule=Settlement.FULL_CHARGE)
    current = early_payoff(lines, on=date(2024, 6, 10), rule=Settlement.CURRENT_ROW)

    assert full == Payoff(600_000, 90_000, 0)
    assert current == Payoff(600_000, 15_000, 75_000)
    assert (full.total, current.total) == (690_000, 615_000)


def test_early_settlement_asks_for_the_charges_behind_and_after_the_last_day_for_all():
    lines = open_lines(e1())

    between = early_payoff(lines, on=date(2024, 3, 20), rule=Settlement.CURRENT_ROW)
    after = early_payoff(lines, on=date(2025, 1, 1), rule=Settlement.CURRENT_ROW)

    assert between == Payoff(1_000_000, 45_000, 105_000)
    assert after == Payoff(1_000_000, 150_000, 0)


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (10, [3, 3, 4], [3, 3, 4]),
        (11, [3, 3, 4], [3, 3, 5]),
        (7, [0, 5, 0], [0, 7, 0]),
        (0, [0, 0], [0, 0]),
        (2, [5, 3, 2], [1, 1, 0]),
    ],
)
def test_shares_are_whole_and_the_largest_remainder_comes_first(total, weights, shares):
    assert share_out(total, weights) == shares


@pytest.mark.parametrize(
    ("total", "weights"), [(1, [0, 0]), (1, []), (-1, [1]), (1, [2, -1])]
)
def test_nothing_is_shared_out_among_nobody(total, weights):
    with pytest.raises(ValueError, match="share_out"):
        share_out(total, weights)


def three_members():
    """One of 1,000,000 and two of 500,000; a row is 200,000 + 30,000 for the group."""
    principals = [1_000_000, 500_000, 500_000]
    group = group_schedule(principals, terms(), anchor_on=JANUARY)
    return [open_lines(lines) for lines in group.members]


def test_a_payment_of_the_group_is_split_by_the_plan():
    """30,000 charge and 70,001 principal: 35,000.5 + 17,500.25 + 17,500.25."""
    split = split_payment(three_members(), 100_001, on=APRIL, order=ROW)

    assert split.group.parts == (Part(1, 70_001, 30_000),)
    assert split.members == (
        (Part(1, 35_001, 15_000),),
        (Part(1, 17_500, 7_500),),
        (Part(1, 17_500, 7_500),),
    )
    assert split.amounts == [50_001, 25_000, 25_000]


def test_who_is_behind_is_paid_for_first():
    """Member 3 missed row 1 (57,500); 100,000 pay that and 42,500 of row 2."""
    members = three_members()
    for at in (0, 1):
        own = sum(line.principal + line.service_charge for line in members[at][:1])
        members[at] = pay(
            members[at], allocate(members[at], own, on=APRIL, order=ROW).parts
        )

    split = split_payment(members, 100_000, on=APRIL, order=ROW)

    assert split.members[2][0] == Part(1, 50_000, 7_500)
    assert [part.no for part in split.members[0]] == [2]
    assert split.members[0] == (Part(2, 6_250, 15_000),)
    assert split.members[2][1] == Part(2, 3_125, 7_500)


def test_more_than_the_group_owes_belongs_to_no_member():
    split = split_payment(three_members(), 2_300_007, on=APRIL, order=CHARGES)

    assert split.group.refund == 7
    assert split.amounts == [1_150_000, 575_000, 575_000]


def test_a_split_by_hand_pays_the_rows_of_each_member():
    """Member 1 gives nothing, 2 one row, 3 one row and the charge of the next."""
    members = three_members()

    split = split_by_hand(members, [0, 57_500, 65_000], on=APRIL, order=ROW)

    assert split.members == (
        (),
        (Part(1, 50_000, 7_500),),
        (Part(1, 50_000, 7_500), Part(2, 0, 7_500)),
    )
    assert split.group.parts == (Part(1, 100_000, 15_000), Part(2, 0, 7_500))
    assert split.amounts == [0, 57_500, 65_000]


@pytest.mark.parametrize("amounts", [[0, 575_001, 0], [0, -1, 0]])
def test_no_member_pays_more_than_is_owed_or_less_than_nothing(amounts):
    with pytest.raises(BadFigure) as refused:
        split_by_hand(three_members(), amounts, on=APRIL, order=ROW)

    assert refused.value.field == "members.1.amount"


AMOUNTS = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 900_000)), max_size=7)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(50_000, 900_000), min_size=1, max_size=5),
    AMOUNTS,
    st.sampled_from(Order),
    st.integers(1, 12),
)
def test_no_rupiah_is_lost_or_made(principals, amounts, order, instalments):
    group = group_schedule(principals, terms(instalments), anchor_on=JANUARY)
    members = [open_lines(lines) for lines in group.members]
    payments = [
        Payment(date.fromordinal(JANUARY.toordinal() + days), amount)
        for days, amount in sorted(amounts)
    ]

    refund = 0
    for payment in payments:
        split = split_payment(members, payment.amount, on=payment.on, order=order)
        assert sum(split.amounts) + split.group.refund == payment.amount
        members = [
            pay(lines, parts)
            for lines, parts in zip(members, split.members, strict=True)
        ]
        refund += split.group.refund
    day = date(2030, 1, 1)
    position = settle(group.lines, payments, order=order, as_of=day)

    assert add_lines(members) == position.lines
    assert position.refund == refund
    for lines in (*members, position.lines):
        for line in lines:
            assert 0 <= line.principal_paid <= line.principal
            assert 0 <= line.service_charge_paid <= line.service_charge
    got = sum(payment.amount for payment in payments)
    spent = sum(
        line.principal_paid + line.service_charge_paid for line in position.lines
    )
    still = sum(
        line.principal_open + line.service_charge_open for line in position.lines
    )
    assert got == spent + refund
    assert spent + still == sum(line.total for line in group.lines)
    assert not (refund and still)
