"""Statements against sums worked out by hand from the journals of sheet §6.3."""

from datetime import date

import pytest

from boards.roles import Role
from common.periods import Period
from ledger.services import approve_voucher, close_year, reverse_voucher
from ledger.statements import (
    account_book,
    balance_sheet,
    day_journal,
    equity_change,
    income,
)
from tests.make import boards as make
from tests.make import ledger

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = Period.month(2025, 11), Period.month(2025, 12)
NOV_30, DEC_31 = NOVEMBER.end, DECEMBER.end
YEAR = Period.year(2025)
# Day, kind, lines: the grant and one loan in November, two instalments, the month's
# cost, reserve and savings used in December.
JOURNALS = (
    (date(2025, 11, 3), "BKM", ("11021", 100_000_000), ("31020", -100_000_000)),
    (date(2025, 11, 4), "BKM", ("11010", 5_000_000), ("11021", -5_000_000)),
    (date(2025, 11, 5), "BKK", ("11030", 5_000_000), ("11010", -5_000_000)),
    (date(2025, 11, 5), "BKM", ("11010", 250_000), ("21020", -250_000)),
    (date(2025, 11, 6), "BKK", ("11022", 250_000), ("11010", -250_000)),
    (
        date(2025, 12, 15),
        "BKM",
        ("11010", 575_000),
        ("11030", -500_000),
        ("41010", -75_000),
    ),
    (
        date(2025, 12, 15),
        "BKM",
        ("11010", 3_450_000),
        ("11030", -3_000_000),
        ("41010", -450_000),
    ),
    (
        date(2025, 12, 31),
        "BKK",
        ("51010", 150_000),
        ("51030", 26_000),
        ("11010", -176_000),
    ),
    (date(2025, 12, 31), "BPB", ("51080", 125_000), ("12010", -125_000)),
    (
        date(2025, 12, 31),
        "BPB",
        ("21020", 115_000),
        ("11030", -100_000),
        ("41010", -15_000),
    ),
)


@pytest.fixture(scope="module")
def kept_house(module_rows):
    """The journals of the sheet in a book that was opened with nothing."""
    board = make.board()
    by, other = (make.user(Role.LOAN_UNIT, board=board) for _ in "ab")
    book = ledger.book(board, by, opened_on=date(2025, 11, 1))
    for dated, kind, *lines in JOURNALS:
        ledger.voucher(book, by, *lines, dated=dated, kind=kind)
    return {"book": book, "by": by, "other": other}


@pytest.fixture
def house(kept_house, settings):
    """The rows, in a portal that keeps no cards of loans and savings."""
    settings.LEDGER_CHECKS = []
    return kept_house


def named(lines) -> dict[str, int]:
    return {line.label: line.amount for line in lines if line.amount}


def close_both_months(house):
    book, by = house["book"], house["by"]
    banks = {"bank": 95_000_000, "savings_bank": 250_000}
    ledger.close_month(book, "2025-11", by, cash=0, **banks)
    ledger.close_month(book, "2025-12", by, cash=3_849_000, **banks)


def test_the_balance_sheet_of_the_sheet(house):
    sheet = balance_sheet(house["book"], DEC_31)

    assert named(sheet.assets.lines) == {
        "Kas": 3_849_000,
        "Bank UPK": 95_000_000,
        "Bank TR": 250_000,
        "Pinjaman KSM": 1_400_000,
        "Cadangan Risiko Pinjaman": -125_000,
    }
    assert named(sheet.liabilities.lines) == {
        "Tabungan KSM / Tanggung Renteng": 135_000
    }
    assert named(sheet.equity.lines) == {
        "Modal PNPM": 100_000_000,
        "Laba Tahun Berjalan": 239_000,
    }
    assert (sheet.assets.total, sheet.claims, sheet.gap) == (
        100_374_000,
        100_374_000,
        0,
    )


def test_a_past_day_is_told_as_it_was(house):
    before = balance_sheet(house["book"], NOV_30)
    year_end = balance_sheet(house["book"], DEC_31)

    assert named(before.assets.lines) == {
        "Bank UPK": 95_000_000,
        "Bank TR": 250_000,
        "Pinjaman KSM": 5_000_000,
    }
    assert before.gap == 0

    close_both_months(house)
    close_year(house["book"], year=2025, by=house["by"])

    assert balance_sheet(house["book"], NOV_30) == before
    assert balance_sheet(house["book"], DEC_31) == year_end
    next_day = balance_sheet(house["book"], date(2026, 1, 1))
    assert named(next_day.equity.lines) == {
        "Modal PNPM": 100_000_000,
        "Laba Tahun Lalu": 239_000,
    }
    assert next_day.gap == 0


def test_a_year_that_nobody_closed_stands_by_its_name(house):
    sheet = balance_sheet(house["book"], date(2026, 2, 1))

    assert named(sheet.equity.lines) == {
        "Modal PNPM": 100_000_000,
        "Laba Tahun Lalu, belum ditutup": 239_000,
    }
    assert sheet.gap == 0


def test_income_of_the_month_and_of_the_year(house):
    by, lines = house["by"], (("51040", 9_000), ("11021", -9_000))
    ledger.voucher(house["book"], by, *lines, dated=NOV_30)

    facts = income(house["book"], DECEMBER)

    assert [(line.label, line.month, line.year) for line in facts.income] == [
        ("Jasa Pinjaman", 540_000, 540_000)
    ]
    assert [(line.label, line.month, line.year) for line in facts.cost] == [
        ("Insentif UPK", 150_000, 150_000),
        ("ATK", 26_000, 26_000),
        ("Transport", 0, 9_000),
        ("Biaya Cadangan Risiko Pinjaman", 125_000, 125_000),
    ]
    assert facts.profit == (239_000, 230_000)


def test_a_closed_year_can_still_be_read(house):
    close_both_months(house)
    close_year(house["book"], year=2025, by=house["by"])

    assert income(house["book"], DECEMBER).profit == (239_000, 239_000)
    assert income(house["book"], Period.month(2026, 1)).profit == (0, 0)


def test_the_cash_book_runs_by_day(house):
    cash = ledger.account(house["book"], "11010")

    facts = account_book(cash, DECEMBER)

    assert (facts.opening, facts.debit, facts.credit, facts.closing) == (
        0,
        4_025_000,
        176_000,
        3_849_000,
    )
    assert [row.balance for row in facts.rows] == [575_000, 4_025_000, 3_849_000]
    assert facts.rows[0].against == ("Pinjaman KSM", "Jasa Pinjaman")
    assert account_book(cash, NOVEMBER).closing == 0


def test_an_account_that_grows_by_credit(house):
    facts = account_book(ledger.account(house["book"], "21020"), DECEMBER)

    assert (facts.opening, facts.debit, facts.closing) == (250_000, 115_000, 135_000)


def test_money_that_came_in_by_column(house):
    """Column totals of the real day, 15 December 2018 (sheet §6.3)."""
    facts = day_journal(house["book"], "BKM", DECEMBER)

    assert [account.code for account in facts.columns] == ["11010", "11030", "41010"]
    assert facts.totals == ((4_025_000, 0), (0, 3_500_000), (0, 525_000))
    assert facts.total == 4_025_000
    assert [row.amounts[0][0] for row in facts.rows] == [575_000, 3_450_000]


def test_money_that_went_out_by_column(house):
    facts = day_journal(house["book"], "BKK", DECEMBER)

    assert [account.name for account in facts.columns] == [
        "Kas",
        "Insentif UPK",
        "ATK",
    ]
    assert facts.totals == ((0, 176_000), (150_000, 0), (26_000, 0))


def test_what_took_money_back_stands_in_the_same_journal(house):
    book = house["book"]
    wrong = book.vouchers.get(amount=575_000)
    back = reverse_voucher(
        wrong, dated=date(2025, 12, 20), reason="KSM lain", by=house["by"]
    )
    approve_voucher(back, by=house["other"])

    facts = day_journal(book, "BKM", DECEMBER)

    assert len(facts.rows) == 3
    assert facts.totals == (
        (4_025_000, 575_000),
        (500_000, 3_500_000),
        (75_000, 525_000),
    )
    assert len(day_journal(book, "BKK", DECEMBER).rows) == 1


def test_the_capital_of_a_year(house):
    lines = [
        (line.label, line.opening, line.added, line.taken, line.closing)
        for line in equity_change(house["book"], YEAR).lines
    ]

    assert lines == [
        ("Modal PNPM", 0, 100_000_000, 0, 100_000_000),
        ("Laba Tahun Berjalan", 0, 239_000, 0, 239_000),
    ]


def test_the_capital_after_a_year_was_carried_over(house):
    close_both_months(house)
    close_year(house["book"], year=2025, by=house["by"])

    old = equity_change(house["book"], YEAR)
    new = equity_change(house["book"], Period.year(2026))

    assert old.total.closing == 100_239_000
    assert [
        (line.label, line.opening, line.added, line.taken) for line in new.lines
    ] == [
        ("Modal PNPM", 100_000_000, 0, 0),
        ("Laba Tahun Lalu", 0, 239_000, 0),
        ("Laba Tahun Berjalan", 239_000, 0, 239_000),
    ]
    assert new.total.closing == 100_239_000


def test_opening_balances_were_there_before(module_rows):
    board = make.board()
    by = make.user(Role.LOAN_UNIT, board=board)
    book = ledger.book(board, by, opened_on=date(2025, 3, 1))
    lines = (("11010", 900), ("31010", -800), ("41020", -100))
    facts = {"dated": date(2025, 3, 1), "form": "opening"}
    ledger.voucher(book, by, *lines, **facts)
    ledger.voucher(book, by, ("51030", 30), ("11010", -30), dated=date(2025, 3, 2))

    change = equity_change(book, YEAR)

    assert [(line.opening, line.added, line.taken) for line in change.lines] == [
        (800, 0, 0),
        (100, 0, 30),
    ]
    assert change.total.closing == balance_sheet(book, DEC_31).equity.total == 870


def test_waiting_vouchers_count_nowhere(house):
    book = house["book"]
    before = balance_sheet(book, DEC_31)
    lines = (("51030", 77), ("11010", -77))
    ledger.voucher(book, house["by"], *lines, dated=DEC_31, kind="BKK", second=True)

    assert balance_sheet(book, DEC_31) == before
    assert day_journal(book, "BKK", DECEMBER).total == 176_000


@pytest.mark.parametrize("vouchers", [0, 45])
def test_statements_cost_the_same_however_long_the_month(
    house, vouchers, django_assert_max_num_queries
):
    book, by = house["book"], house["by"]
    for number in range(vouchers):
        lines = (("11010", number + 1), ("41020", -number - 1))
        ledger.voucher(book, by, *lines, dated=DEC_31, kind="BKM")

    cash = ledger.account(book, "11010")
    for most, read in (
        (3, lambda: account_book(cash, DECEMBER)),
        (1, lambda: day_journal(book, "BKM", DECEMBER)),
        (4, lambda: balance_sheet(book, DEC_31)),
        (4, lambda: income(book, DECEMBER)),
        (2, lambda: equity_change(book, YEAR)),
    ):
        with django_assert_max_num_queries(most):
            read()
