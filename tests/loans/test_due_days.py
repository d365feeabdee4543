"""On which days instalments fall due: the board's rule of the day of the payout."""

from datetime import date

import pytest

from tests.make import boards
from tests.make import loans as lend

pytestmark = pytest.mark.django_db
APRIL = date(2026, 4, 1)


@pytest.fixture(scope="module")
def fund(module_rows):
    """From April 2026 due on the 15th, after the 20th a month later; in June anew."""
    made = lend.fund()
    boards.rule(made.board, "loan_due_day", 15, starts_on=APRIL)
    boards.rule(made.board, "loan_due_cutoff", 20, starts_on=APRIL)
    boards.rule(made.board, "loan_due_day", 0, starts_on=date(2026, 6, 1))
    return made


@pytest.mark.parametrize(
    ("lent_on", "first", "second"),
    [
        (date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)),
        (APRIL, date(2026, 5, 15), date(2026, 6, 15)),
        (date(2026, 4, 20), date(2026, 5, 15), date(2026, 6, 15)),
        (date(2026, 4, 21), date(2026, 6, 15), date(2026, 7, 15)),
        (date(2026, 6, 21), date(2026, 7, 21), date(2026, 8, 21)),
    ],
)
def test_the_first_days_follow_the_rule_of_the_payout(fund, lent_on, first, second):
    loan = lend.lent(fund, on=lent_on)

    days = loan.plan.order_by("no").values_list("due_on", flat=True)

    assert list(days[:2]) == [first, second]


def test_weeks_are_counted_from_the_payout(module_rows):
    fund = lend.fund(frequency="weekly")
    boards.rule(fund.board, "loan_due_day", 15)

    loan = lend.lent(fund, on=APRIL)

    assert loan.plan.get(no=1).due_on == date(2026, 4, 8)
