"""Random books of two years: every statement tells the same, on any day."""

import random
from datetime import date, timedelta

import pytest

from boards.roles import Role
from common.periods import Period
from ledger.balances import balances
from ledger.services import (
    approve_voucher,
    close_year,
    drop_voucher,
    money_accounts,
    reverse_voucher,
)
from ledger.statements import (
    account_book,
    balance_sheet,
    day_journal,
    equity_change,
    income,
)
from tests.make import boards as make
from tests.make import ledger

pytestmark = [pytest.mark.django_db, pytest.mark.deep]
START = date(2024, 1, 1)
CODES = (
    "11010",
    "11021",
    "12020",
    "21010",
    "31010",
    "41020",
    "41030",
    "51010",
    "51030",
)


def write_at_random(book, people, dice: random.Random, on: date) -> None:
    """One voucher of two to four lines, sometimes dropped, sometimes taken back."""
    codes = dice.sample(CODES, dice.randint(2, 4))
    parts = [dice.randint(1, 900_000) for _ in codes[1:]]
    lines = [
        (codes[0], sum(parts)),
        *((c, -p) for c, p in zip(codes[1:], parts, strict=True)),
    ]
    facts = {"dated": on, "kind": dice.choice(("BKM", "BKK", "BPB"))}
    writes, approves = people
    made = ledger.voucher(book, writes, *lines, second=True, **facts)
    if dice.random() < 0.1:
        drop_voucher(made, reason="uji", by=approves)
        return
    posted = approve_voucher(made, by=approves)
    if dice.random() < 0.15:
        back = reverse_voucher(posted, dated=on, reason="uji", by=writes)
        approve_voucher(back, by=approves)


def close(book, month: Period, by) -> None:
    """Count what the book says; below zero is held at zero by one more voucher."""
    state = balances(book, until=month.end)
    for row in state.rows:
        if row.account.code in ("11010", "11021") and row.amount < 0:
            lines = ((row.account.code, -row.amount), ("31010", row.amount))
            ledger.voucher(book, by, *lines, dated=month.end)
    state = balances(book, until=month.end)
    money = set(money_accounts(book).values_list("pk", flat=True))
    held = {
        row.account.use: row.amount for row in state.rows if row.account.pk in money
    }
    ledger.close_month(book, month.code, by, **held)


@pytest.mark.parametrize("seed", range(4))
def test_every_statement_tells_the_same(seed):
    dice = random.Random(seed)
    board = make.board()
    people = [make.user(Role.LOAN_UNIT, board=board) for _ in "ab"]
    book = ledger.book(board, people[0], opened_on=START)
    told = {}
    for month in Period(START, date(2025, 12, 31)).months():
        for _ in range(12):
            day = month.start + timedelta(dice.randrange(len(month)))
            write_at_random(book, people, dice, day)
        close(book, month, people[0])
        told[month.end] = balance_sheet(book, month.end)
        if month.end == date(2024, 12, 31):
            close_year(book, year=2024, by=people[0])

    for day, sheet in told.items():
        month = Period.month(day.year, day.month)
        assert sheet.gap == 0
        assert balance_sheet(book, day) == sheet
        year = Period(day.replace(month=1, day=1), day)
        assert equity_change(book, year).total.closing == sheet.equity.total
        running = next(
            line.amount for line in sheet.equity.lines if "Berjalan" in line.label
        )
        assert income(book, month).profit[1] == running
        on_sheet = {line.account_id: line.amount for line in sheet.assets.lines}
        for account in book.accounts.filter(code__in=("11010", "11021", "12020")):
            assert account_book(account, month).closing == on_sheet[account.pk]
        for kind in ("BKM", "BKK"):
            totals = day_journal(book, kind, month).totals
            assert sum(debit for debit, _ in totals) == sum(k for _, k in totals)
