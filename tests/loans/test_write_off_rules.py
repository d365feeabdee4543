"""Who pays for a write-off, and which meeting decides it: rules with a start date."""

from datetime import date

import pytest

from boards.models import BoardSetting
from common.errors import RuleViolation
from common.periods import Period
from ledger.models import Voucher
from loans import services
from loans.cards import differences
from loans.models import WriteOff
from tests.make import boards
from tests.make import loans as lend
from tests.make import problems as make

pytestmark = pytest.mark.django_db
JAN_10, FEB_10 = date(2025, 1, 10), date(2025, 2, 10)
APR_1, APR_2 = date(2026, 4, 1), date(2026, 4, 2)


@pytest.fixture(scope="module")
def fund(module_rows):
    return make.indebted_fund()


@pytest.fixture
def loan(fund):
    """1.000.000 lent: 25 percent of it saved, 1 percent set aside."""
    made = lend.lent(fund, on=JAN_10)
    services.book_reserve(fund.book, month=Period.month(2025, 1), by=fund.manager)
    return made


def write_off(fund, loan) -> tuple[int, int, int]:
    """What savings, reserve and cost pay of a loan written off on 1 April."""
    made = services.write_off_loan(
        loan,
        on=APR_1,
        decision=fund.extra["decisions"][0],
        reason="Anggota pindah",
        by=fund.manager,
    )
    assert differences(fund.book, fund.board.today()) == []
    return made.from_savings, made.from_reserve, made.from_cost


def test_savings_pay_first_until_a_later_day_says_otherwise(fund, loan):
    boards.rule(fund.board, "write_off_order", "no_savings", starts_on=APR_2)

    assert write_off(fund, loan) == (250_000, 10_000, 740_000)


def test_savings_may_stay_untouched(fund, loan):
    boards.rule(fund.board, "write_off_order", "no_savings", starts_on=APR_1)

    assert write_off(fund, loan) == (0, 10_000, 990_000)


def test_savings_may_come_after_the_reserve(fund, loan):
    """100.000 left: the 10.000 set aside go first, then 90.000 of the savings."""
    money = services.Money(on=FEB_10, amount=9 * 115_000, source="cash", payer="Siti")
    services.receive_payment(loan, money=money, by=fund.cashier)
    boards.rule(fund.board, "write_off_order", "reserve", starts_on=APR_1)

    assert write_off(fund, loan) == (90_000, 10_000, 0)


def test_where_only_the_rwt_writes_off_another_decision_is_refused(fund, loan):
    """By the rule of the day of the decision, 14 March, not of the booking."""
    own = boards.rule(fund.board, "write_off_meeting", "rwt", starts_on=make.HELD_ON)
    boards.rule(fund.board, "write_off_meeting", "any", starts_on=date(2026, 3, 15))
    before = WriteOff.objects.count(), Voucher.objects.count()

    with pytest.raises(RuleViolation, match="ART pasal 9") as told:
        write_off(fund, loan)

    assert told.value.code == "loan.not_rwt"
    assert (WriteOff.objects.count(), Voucher.objects.count()) == before
    BoardSetting.objects.filter(pk=own.pk).update(starts_on=date(2026, 3, 16))
    assert write_off(fund, loan) == (250_000, 10_000, 740_000)
