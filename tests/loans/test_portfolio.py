"""The books of a region: each board by its own rules, on a past day and today."""

from datetime import date

import pytest

from boards.models import Board, BoardSetting
from loans import services
from loans.models import Loan
from loans.performance import Portfolio
from loans.portfolio import (
    NO_LOANS,
    Sums,
    portfolios_now,
    portfolios_on,
    positions_on,
    summed,
)
from loans.rules import book_rules
from tests.make import boards as make
from tests.make import loans as lend
from tests.make import problems

pytestmark = pytest.mark.django_db
JAN_31, APR_1, MAY_15 = date(2026, 1, 31), date(2026, 4, 1), date(2026, 5, 15)
JUNE_30, JULY_15 = date(2026, 6, 30), date(2026, 7, 15)


def rule(fund, name: str, value, starts_on=date(2026, 1, 1)) -> None:
    BoardSetting.objects.create(
        board=fund.board,
        name=name,
        value=value,
        starts_on=starts_on,
        article="AD pasal 9",
        created_by=fund.manager,
    )


@pytest.fixture(scope="module")
def region(module_rows):
    """Two boards that judge otherwise, and one that never lent; no charge.

    Here: A, a million in ten rows since January, two of them paid; B, two million in
    ten rows since April, none paid; C, paid off in May; E, half a million in five rows,
    two behind (class 2) when it was spread over five anew on 1 April, then paid in time
    for three rows. There: D, 600.000 in six rows since March, one paid.
    """
    here, there = (
        lend.fund(rate="0", ceilings={1: 9_000_000}, opened_on=date(2026, 1, 1))
        for _ in range(2)
    )
    a = lend.lent(here, on=JAN_31, amounts=(1_000_000,))
    lend.paid(here, a, 200_000, on=date(2026, 3, 31))
    lend.lent(here, on=date(2026, 4, 30), amounts=(2_000_000,))
    c = lend.lent(here, on=JAN_31, amounts=(400_000,), instalments=4)
    # Noted out of turn: C ended with the money of 30 May.
    lend.paid(here, c, 100_000, on=date(2026, 5, 30))
    lend.paid(here, c, 300_000, on=date(2026, 4, 30))
    d = lend.lent(there, on=date(2026, 3, 31), amounts=(600_000,), instalments=6)
    lend.paid(there, d, 100_000, on=date(2026, 4, 30))
    late = lend.lent(here, on=JAN_31, amounts=(500_000,), instalments=5)
    (decision,) = problems.decisions(
        here.board, {"title": "Menjadwal ulang pinjaman", "kind": "general"}
    )
    e = services.reschedule_loan(
        late,
        on=APR_1,
        terms=late.terms,
        instalments=5,
        decision=decision,
        reason="Panen gagal",
        by=here.manager,
    )
    for month in (5, 6, 7):
        lend.paid(here, e, 100_000, on=date(2026, month, 1))
    rule(there, "loan_class_limits", [0, 1, 2, 3])
    rule(there, "loan_risk_instalments", 2)
    rule(there, "loan_risk_instalments", 9, starts_on=date(2026, 7, 1))
    return here.board, there.board, make.board(), c


def boards(region):
    return Board.objects.filter(pk__in=[board.pk for board in region[:3]])


def test_a_past_day_of_a_region_by_the_rules_of_each_board(region):
    here, there, idle, _ = region

    found = portfolios_on(boards(region), JUNE_30)

    # Behind: A three rows (300.000), B two (400.000), D two (200.000).
    assert found[here.pk].portfolio == Portfolio(3, 3_100_000, 1, 800_000, 300_000)
    assert found[here.pk].classes == {2: Sums(3, 3_100_000, 0, 700_000, 0)}
    assert found[there.pk].portfolio == Portfolio(1, 500_000, 1, 500_000, 200_000)
    assert found[there.pk].classes == {3: Sums(1, 500_000, 0, 200_000, 0)}
    assert found[idle.pk] == NO_LOANS
    whole = summed(found.values())
    assert whole.portfolio == Portfolio(4, 3_600_000, 2, 1_300_000, 500_000)
    assert whole.all == Sums(4, 3_600_000, 0, 900_000, 0)


def test_a_new_plan_earns_its_class_and_a_rule_holds_from_its_day(region):
    here, there, _, _ = region

    found = portfolios_on(boards(region), JULY_15)

    # E has paid three rows; D is at risk from nine rows on now.
    assert found[here.pk].classes == {
        1: Sums(1, 200_000, 0, 0, 0),
        2: Sums(2, 2_800_000, 0, 700_000, 0),
    }
    assert found[there.pk].portfolio == Portfolio(1, 500_000, 0, 0, 0)


def test_a_loan_ends_with_the_last_of_its_money_whenever_that_was_noted(region):
    here, *_, c = region

    assert Loan.objects.get(pk=c.pk).closed_on == date(2026, 5, 30)
    found = portfolios_on(boards(region), MAY_15)[here.pk]
    # A 800.000, B 2.000.000, C 100.000, E 400.000.
    assert found.portfolio.balance == 3_300_000
    assert found.portfolio.loans == 4


def test_today_from_the_rows_of_the_loans_is_the_full_scan(region):
    here, there, _, _ = region

    services.sweep_standings()
    now = portfolios_now(boards(region))

    assert now == portfolios_on(boards(region), here.today())
    # Nobody paid since: all of A, B and D is due or nearly, E is two rows behind.
    assert now[here.pk].all.balance == 3_000_000
    assert now[there.pk].all.principal_arrears == 500_000


def test_the_sums_are_those_of_each_loan(region):
    here, there, _, _ = region

    for board in (here, there):
        for day in (JAN_31, APR_1, MAY_15, date(2026, 5, 31), JUNE_30, JULY_15):
            rules = book_rules({board.pk: day})[board.pk]
            classes: dict[int, Sums] = {}
            for one in positions_on(board, day):
                if one.balance or one.charge_left:
                    sums = Sums(
                        1,
                        one.balance,
                        one.charge_left,
                        one.principal_arrears,
                        one.charge_arrears,
                    )
                    number = one.collectibility(rules)
                    classes[number] = classes.get(number, Sums()) + sums
            assert portfolios_on(boards(region), day)[board.pk].classes == classes


def test_many_boards_cost_three_queries(region, django_assert_num_queries):
    with django_assert_num_queries(3):
        portfolios_on(boards(region), JUNE_30)
    with django_assert_num_queries(3):
        portfolios_now(boards(region))


def test_money_paid_ahead_and_taken_back_counts_on_the_days_between():
    fund = lend.fund(opened_on=date(2026, 1, 1))
    loan = lend.lent(fund, on=JAN_31, amounts=(1_000_000,))
    # Three rows of 100.000 and 15.000; the first is due on 28 February.
    receipt = lend.paid(fund, loan, 345_000, on=date(2026, 2, 28))
    lend.take_back(fund, receipt, on=date(2026, 3, 20))

    def sums(month: int, day: int) -> dict[int, Sums]:
        asked = Board.objects.filter(pk=fund.board.pk)
        return portfolios_on(asked, date(2026, month, day))[fund.board.pk].classes

    assert sums(2, 27) == {1: Sums(1, 1_000_000, 150_000, 0, 0)}
    assert sums(3, 19) == {1: Sums(1, 700_000, 105_000, 0, 0)}
    assert sums(3, 20) == {2: Sums(1, 1_000_000, 150_000, 100_000, 15_000)}
    assert sums(4, 30) == {2: Sums(1, 1_000_000, 150_000, 300_000, 45_000)}
