"""Fourteen months of the UPK's book at the first board, a small works book at another.

Loans come with their own part of the demo: here the fund earns interest and pays what
an office costs.
"""

import datetime
import random
from collections.abc import Callable

from boards.models import User
from common.periods import Period, add_months
from ledger.balances import balances
from ledger.models import Account, Book, Voucher
from ledger.plain import Pick
from ledger.services import (
    approve_voucher,
    close_month,
    close_year,
    money_accounts,
    open_book,
    write_opening,
    write_plain,
    year_to_close,
)
from loans.services import book_reserve
from reports.demo.clock import clock_at, moment
from reports.demo.life import Office

SEED = 20261127
MONTHS = 14
FUND_OPENING = {
    "11010": 640_000,
    "11021": 86_500_000,
    "12020": 7_200_000,
    "12021": 2_400_000,
    "31020": 88_000_000,
    "32010": 3_940_000,
}
WORKS_OPENING = {"11010": 350_000, "11021": 4_150_000, "31020": 4_500_000}
# Day of the month, plain form, account, what for, to whom, rupiah from and to.
FUND_MONTH = (
    (3, "bank_out", "", "Kas untuk biaya bulan ini", "", (400_000, 400_000)),
    (5, "cost", "51030", "Kertas, tinta, dan map", "Toko Sumber Rejeki", (38, 96)),
    (12, "cost", "51040", "Transport ke bank", "Tumini", (20, 45)),
    (25, "cost", "51010", "Insentif petugas UPK", "Sri Rahayu", (150, 150)),
    (27, "income", "41030", "Bunga bank", "Bank", (310, 365)),
)
WORKS_MONTH = (
    (6, "cost", "51010", "Fotokopi undangan dan map", "Toko Sinar", (25, 60)),
    (20, "income", "41010", "Sumbangan warga", "Bendahara RW 002", (60, 120)),
)


class _Keeper:
    """Writes a book as two officers do: one writes, the other lets through."""

    def __init__(self, book: Book, *, writes: User, approves: User) -> None:
        self.book, self.writes, self.approves = book, writes, approves
        self.dice = random.Random(SEED)
        self.accounts = {account.code: account for account in book.accounts.all()}

    def opening(self, amounts: dict[str, int]) -> None:
        """Opening balances, let through at once."""
        by_account = {self.accounts[code]: rupiah for code, rupiah in amounts.items()}
        self._through(write_opening(self.book, amounts=by_account, by=self.writes))

    def _through(self, voucher: Voucher) -> None:
        if not voucher.posted_at:
            approve_voucher(voucher, by=self.approves)

    def write(self, line: tuple, on: datetime.date, *, through: bool = True) -> None:
        """One line of the month."""
        _day, code, account, words, party, (low, high) = line
        step = 1 if low > 1_000 else 1_000
        voucher = write_plain(
            self.book,
            code,
            dated=on,
            amount=self.dice.randint(low, high) * step,
            description=words,
            party=party,
            picked=self._picked(code, account),
            by=self.writes,
        )
        if through:
            self._through(voucher)

    def _picked(self, code: str, account: str) -> dict[Pick, Account]:
        cash, bank = self.accounts["11010"], self.accounts["11021"]
        if code == "bank_out":
            return {Pick.BANK: bank}
        named = self.accounts[account]
        if code == "cost":
            return {Pick.COST: named, Pick.MONEY: cash}
        return {Pick.INCOME: named, Pick.MONEY: bank if account == "41030" else cash}

    def close(self, month: Period, *, by: User) -> None:
        """Set aside, count, and lock the month; a year after its December."""
        if self.book.kind == Book.Kind.FUND:
            book_reserve(self.book, month=month, by=by)
        state = balances(self.book, until=month.end)
        booked = {row.account.pk: row.amount for row in state.rows}
        counts = {row.pk: (booked[row.pk], "") for row in money_accounts(self.book)}
        close_month(self.book, month=month, counts=counts, by=by)
        if year := year_to_close(self.book):
            close_year(self.book, year=year, by=by)


def keep_fund(
    office: Office, *, today: datetime.date, also: Callable[[Period], None]
) -> None:
    """The UPK's book: fourteen months, the last two still open, one cost waiting.

    `also` writes what else belongs into a month, before it is closed.
    """
    start = add_months(today.replace(day=1), 1 - MONTHS)
    board = office.board
    manager, cashier = (User.objects.get(username=name) for name in ("upk", "upk2"))
    with clock_at(moment(start, 8)):
        book = open_book(board, kind=Book.Kind.FUND, opened_on=start, by=manager)
        keeper = _Keeper(book, writes=cashier, approves=manager)
        keeper.opening(FUND_OPENING)
    _months(keeper, FUND_MONTH, Period(start, today), closer=manager, also=also)
    with clock_at(moment(today, 9)):
        line = (0, "cost", "51060", "Konsumsi rapat UPK", "Warung Bu Sri", (85, 85))
        keeper.write(line, today, through=False)


def keep_works(office: Office, *, today: datetime.date) -> None:
    """The secretariat's book: four months of small amounts."""
    start = add_months(today.replace(day=1), -3)
    with clock_at(moment(start, 8)):
        book = open_book(
            office.board, kind=Book.Kind.WORKS, opened_on=start, by=office.secretary
        )
        keeper = _Keeper(book, writes=office.secretary, approves=office.works)
        keeper.opening(WORKS_OPENING)
    span = Period(start, today)
    _months(keeper, WORKS_MONTH, span, closer=office.works)


def _months(
    keeper: _Keeper,
    lines: tuple,
    span: Period,
    *,
    closer: User,
    also: Callable[[Period], None] | None = None,
) -> None:
    """Each month written day by day; closed early in the next, but for the last two."""
    months = span.months()
    for month in months:
        for line in lines:
            on = month.start.replace(day=line[0])
            if on <= span.end:
                with clock_at(moment(on, 10)):
                    keeper.write(line, on)
        if also:
            also(month)
        if month in months[:-2]:
            with clock_at(moment(month.end + datetime.timedelta(2), 9)):
                keeper.close(month, by=closer)
