"""Months closed after counting, opened by another; years carried over."""

from datetime import date

import pytest
from django.db import Error, connection, transaction

from boards.roles import Role
from common.errors import RuleViolation
from common.periods import Period
from ledger import services
from ledger.balances import balances, closed_through
from ledger.models import MoneyCheck, PeriodClose, Voucher, YearClose
from tests.make import boards as make
from tests.make import ledger

pytestmark = pytest.mark.django_db
DECEMBER = date(2025, 12, 31)


@pytest.fixture(scope="module")
def house(module_rows):
    """A fund book open since November 2025 with some money in cash and bank."""
    board = make.board()
    cashier, manager = (make.user(Role.LOAN_UNIT, board=board) for _ in range(2))
    book = ledger.book(board, cashier, opened_on=date(2025, 11, 10))
    for lines in (
        (("11010", 900_000), ("31010", -900_000)),
        (("11021", 500_000), ("31020", -500_000)),
        (("11010", 540_000), ("41010", -540_000)),
        (("51010", 301_000), ("11010", -301_000)),
    ):
        ledger.voucher(book, cashier, *lines, dated=date(2025, 11, 20))
    return {"book": book, "cashier": cashier, "manager": manager}


def close(house, month="2025-11", *, cash=1_139_000, why="", by="cashier"):
    book = house["book"]
    counts = {
        ledger.account(book, code).pk: (amount, words)
        for code, amount, words in (
            ("11010", cash, why),
            ("11021", 500_000, ""),
            ("11022", 0, ""),
        )
    }
    month = Period.parse(month)
    return services.close_month(book, month=month, counts=counts, by=house[by])


def refused(code: str, act, *args, **facts) -> str:
    """The act raises this code and changes no row."""
    before = (Voucher.objects.count(), PeriodClose.objects.count())
    with pytest.raises(RuleViolation) as told:
        act(*args, **facts)
    assert told.value.code == code
    assert (Voucher.objects.count(), PeriodClose.objects.count()) == before
    return str(told.value)


def test_a_month_is_closed_after_its_money_was_counted(house):
    made = close(house)

    assert closed_through(house["book"]) == date(2025, 11, 30)
    assert list(made.checks.values_list("account__code", "counted", "booked")) == [
        ("11010", 1_139_000, 1_139_000),
        ("11021", 500_000, 500_000),
        ("11022", 0, 0),
    ]
    says = refused(
        "ledger.month_closed",
        ledger.voucher,
        house["book"],
        house["cashier"],
        ("11010", 5),
        ("41020", -5),
        dated=date(2025, 11, 30),
    )
    assert says == (
        "November 2025 sudah ditutup. Pakai tanggal sesudah 30 November 2025."
    )


def test_a_difference_needs_an_explanation(house):
    says = refused("ledger.unexplained", close, house, cash=1_138_500)

    assert says == ("Kas selisih Rp500 dari buku (Rp1.139.000). Tulis penjelasannya.")
    close(house, cash=1_138_500, why="kurang kembalian")
    check = MoneyCheck.objects.get(account__code="11010")
    assert (check.counted, check.explanation) == (1_138_500, "kurang kembalian")


def test_months_are_closed_in_order_and_only_when_over(house):
    assert refused("ledger.not_next", close, house, "2025-12") == (
        "Tutup dulu November 2025."
    )
    this_month = house["book"].board.today()
    while services.next_month(house["book"]).end < this_month:
        close(house, services.next_month(house["book"]).code)
    refused(
        "ledger.month_running", close, house, services.next_month(house["book"]).code
    )


def test_waiting_vouchers_hold_a_month_open(house):
    ledger.voucher(
        house["book"],
        house["cashier"],
        ("51010", 5),
        ("11010", -5),
        dated=date(2025, 11, 30),
        second=True,
    )

    refused("ledger.vouchers_wait", close, house)


def test_a_month_is_opened_again_by_another_person_only(house):
    made = close(house)
    facts = {"reason": "bukti tertinggal"}
    refused(
        "ledger.second_person",
        services.reopen_month,
        made,
        by=house["cashier"],
        **facts,
    )

    services.reopen_month(made, by=house["manager"], **facts)

    assert closed_through(house["book"]) is None
    refused(
        "ledger.not_closed", services.reopen_month, made, by=house["manager"], **facts
    )
    close(house)
    assert PeriodClose.objects.count() == 2


def test_only_the_last_month_is_opened(house):
    november = close(house)
    close(house, "2025-12")

    facts = {"reason": "lupa", "by": house["manager"]}
    refused("ledger.not_last", services.reopen_month, november, **facts)
    with pytest.raises(Error), transaction.atomic():
        PeriodClose.objects.filter(pk=november.pk).update(
            reopened_at="2026-01-01T00:00Z",
            reopened_by=house["manager"],
            reopen_reason="x",
        )


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM ledger_periodclose",
        "UPDATE ledger_periodclose SET last_day = '2025-11-12'",
        "DELETE FROM ledger_moneycheck",
        "UPDATE ledger_moneycheck SET counted = 1",
    ],
)
def test_raw_sql_cannot_touch_a_close(house, sql):
    close(house)

    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def amounts(book, until, *codes):
    rows = {row.account.code: row.amount for row in balances(book, until=until).rows}
    return [rows[code] for code in codes]


def test_a_year_is_carried_over_after_december(house):
    book, by = house["book"], house["manager"]
    close(house)
    says = refused("ledger.months_open", services.close_year, book, year=2025, by=by)
    assert says == "Tutup dulu Desember 2025. Tahun ditutup sesudah Desember."
    december = close(house, "2025-12")

    made = services.close_year(book, year=2025, by=by)

    assert made.profit == 239_000
    assert amounts(book, DECEMBER, "41010", "51010", "32020", "32010") == [
        0,
        0,
        239_000,
        0,
    ]
    assert amounts(book, date(2026, 1, 1), "32020", "32010") == [0, 239_000]
    # The year's own income and cost can still be read.
    unclosed = balances(book, until=DECEMBER, with_year_close=False)
    assert unclosed.profit == 239_000
    refused("ledger.year_closed", services.close_year, book, year=2025, by=by)
    refused("ledger.year_closed", services.reopen_month, december, reason="lupa", by=by)
    refused(
        "ledger.not_reversible",
        services.reverse_voucher,
        made.closing,
        dated=date(2026, 2, 1),
        reason="salah",
        by=by,
    )


def test_a_loss_is_carried_on_the_other_side(house):
    book, by = house["book"], house["manager"]
    ledger.voucher(
        book, by, ("51010", 339_000), ("11010", -339_000), dated=date(2025, 11, 21)
    )
    close(house, cash=800_000)
    close(house, "2025-12", cash=800_000)

    made = services.close_year(book, year=2025, by=by)

    assert made.profit == -100_000
    assert amounts(book, date(2026, 1, 1), "32020", "32010") == [0, -100_000]


def test_a_year_without_income_and_cost_closes_without_vouchers(module_rows):
    board = make.board()
    by = make.user(Role.LOAN_UNIT, board=board)
    book = ledger.book(board, by, opened_on=date(2025, 12, 1))
    counts = {account.pk: (0, "") for account in services.money_accounts(book)}
    services.close_month(book, month=Period.month(2025, 12), counts=counts, by=by)

    made = services.close_year(book, year=2025, by=by)

    assert (made.profit, made.closing, made.carrying) == (0, None, None)
    assert YearClose.objects.filter(book=book).count() == 1


def test_a_closed_month_refuses_vouchers_in_the_database_itself(house):
    waiting = ledger.voucher(
        house["book"],
        house["cashier"],
        ("51010", 5),
        ("11010", -5),
        dated=date(2025, 12, 30),
        second=True,
    )
    close(house)
    with pytest.raises(Error), transaction.atomic():
        Voucher.objects.filter(pk=waiting.pk).update(
            dated=date(2025, 11, 30), posted_at="2025-12-01T00:00Z", seq=1
        )
