"""The monthly reserve: figures by hand, refusals, taking back, the reminder."""

from datetime import date

import pytest
from django.db import Error, transaction

from common.errors import RuleViolation
from common.periods import Period
from ledger.balances import balances
from ledger.chart import Use
from ledger.models import Entry, Voucher
from ledger.services import approve_voucher, reminders_of, reverse_voucher
from loans import services
from loans.models import (
    ReserveEntry,
)
from tests.make import loans as lend

pytestmark = pytest.mark.django_db
JAN_10, FEB_10 = date(2025, 1, 10), date(2025, 2, 10)
MAR_14, APR_1 = date(2026, 3, 14), date(2026, 4, 1)
JAN_25 = Period.month(2025, 1)


@pytest.fixture(scope="module")
def fund(module_rows):
    return lend.fund()


def pay(fund, loan, amount, on=FEB_10, source="cash", **facts):
    money = services.Money(
        on=on, amount=amount, source=source, payer="Bendahara", **facts
    )
    return services.receive_payment(loan, money=money, by=fund.cashier)


def refused(code: str, act, *args, **facts) -> str:
    def counts():
        rows = (ReserveEntry, Voucher, Entry)
        return [model.objects.count() for model in rows]

    before = counts()
    with pytest.raises(RuleViolation) as told:
        act(*args, **facts)
    assert told.value.code == code
    assert counts() == before
    return str(told.value)


def test_the_reserve_of_a_month_is_booked_by_class(fund):
    """Two loans in Kol 1 and one with one row open in Kol 2, on 28 February.

    1 % of 900.000 + 2.000.000 is 29.000; 5 % of 1.000.000 is 50.000.
    """
    first = lend.lent(fund, on=JAN_10)
    pay(fund, first, 115_000)
    lend.lent(fund, on=date(2025, 2, 1), amounts=(1_000_000, 1_000_000))
    lend.lent(fund, on=JAN_10)

    made = services.book_reserve(
        fund.book, month=Period.month(2025, 2), by=fund.manager
    )

    assert (made.target, made.present, made.amount) == (79_000, 0, 79_000)
    rows = list(made.classes.values_list("collectibility", "balance", "reserve"))
    assert rows == [
        (1, 2_900_000, 29_000),
        (2, 1_000_000, 50_000),
        (3, 0, 0),
        (4, 0, 0),
        (5, 0, 0),
    ]
    lines = made.voucher.entries.values_list("account__code", "debit", "credit")
    assert list(lines) == [("51080", 79_000, 0), ("12010", 0, 79_000)]
    assert (made.voucher.kind, made.voucher.dated) == ("BPB", date(2025, 2, 28))


def test_a_reserve_that_is_too_large_is_let_go(fund):
    loan = lend.lent(fund, on=JAN_10)
    services.book_reserve(fund.book, month=JAN_25, by=fund.manager)
    pay(fund, loan, 575_000)

    made = services.book_reserve(
        fund.book, month=Period.month(2025, 2), by=fund.manager
    )

    # 1 % of 1.000.000, then of 500.000.
    assert (made.present, made.target, made.amount) == (10_000, 5_000, -5_000)
    lines = made.voucher.entries.values_list("account__code", "debit", "credit")
    assert list(lines) == [("12010", 5_000, 0), ("51080", 0, 5_000)]
    march = services.book_reserve(
        fund.book, month=Period.month(2025, 3), by=fund.manager
    )
    assert (march.amount, march.voucher) == (0, None)


def test_a_month_is_reserved_once_in_order_and_when_it_is_over(fund):
    lend.lent(fund, on=JAN_10)
    today = fund.board.today()
    book = services.book_reserve
    running = Period.month(today.year, today.month)
    refused("loan.reserve_running", book, fund.book, month=running, by=fund.manager)
    february = Period.month(2025, 2)
    services.book_reserve(fund.book, month=february, by=fund.manager)

    says = refused(
        "loan.reserve_booked", book, fund.book, month=february, by=fund.manager
    )
    assert says == "Cadangan Februari 2025 sudah dibukukan."
    refused("loan.reserve_later", book, fund.book, month=JAN_25, by=fund.manager)
    row = ReserveEntry.objects.get()
    with pytest.raises(Error), transaction.atomic():
        ReserveEntry.objects.filter(pk=row.pk).update(target=1)


def test_a_reserve_is_taken_back_and_booked_anew(fund):
    lend.lent(fund, on=JAN_10)
    made = services.book_reserve(fund.book, month=JAN_25, by=fund.manager)
    waiting = reverse_voucher(
        made.voucher, dated=date(2025, 1, 31), reason="keliru", by=fund.cashier
    )
    approve_voucher(waiting, by=fund.manager)

    again = services.book_reserve(fund.book, month=JAN_25, by=fund.manager)

    assert (again.present, again.amount) == (0, 10_000)
    state = balances(fund.book, until=date(2025, 1, 31))
    assert state.of_use(Use.RESERVE) == 10_000


def test_close_of_month_is_reminded_of_the_reserve(fund):
    assert reminders_of(fund.book, JAN_25) == []
    lend.lent(fund, on=JAN_10)
    assert reminders_of(fund.book, JAN_25) == ["Cadangan Januari 2025 belum dibukukan."]

    services.book_reserve(fund.book, month=JAN_25, by=fund.manager)

    assert reminders_of(fund.book, JAN_25) == []


def test_the_reserve_reads_all_loans_in_few_queries(
    fund, django_assert_max_num_queries
):
    for _ in range(6):
        lend.lent(fund, on=JAN_10)
    with django_assert_max_num_queries(12):
        found = services.reserve_of(fund.book, date(2025, 1, 31))

    assert found.balance == 6_000_000
