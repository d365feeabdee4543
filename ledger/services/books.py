"""Opening a book with its chart, and keeping the accounts."""

import datetime

from django.db import transaction

from boards.audit import record
from boards.forms import BoardOwnedForm, save_form
from boards.models import Board, User
from boards.tenants import lock_board
from common.errors import RuleViolation
from common.words import format_date
from ledger.chart import CHARTS
from ledger.models import Account, Book


@transaction.atomic
def open_book(board: Board, *, kind: str, opened_on: datetime.date, by: User) -> Book:
    """Open a book with the chart that comes with the portal.

    `opened_on` is the first day that can be booked; opening balances bear it. Audits
    `ledger.book_opened`. Raises RuleViolation `ledger.book_open` or `ledger.future`.
    """
    # Two who open the same book come one after the other.
    lock_board(board)
    if opened_on > board.today():
        raise RuleViolation("Isi hari ini atau sebelumnya.", code="ledger.future")
    if Book.objects.filter(board=board, kind=kind).exists():
        raise RuleViolation("Buku ini sudah dibuka.", code="ledger.book_open")
    book = Book.objects.create(
        board=board, kind=Book.Kind(kind), opened_on=opened_on, opened_by=by
    )
    Account.objects.bulk_create(
        Account(
            board=board,
            region_code=board.region_code,
            book=book,
            code=line.code,
            name=line.name,
            group=line.group,
            contra=line.contra,
            use=line.use,
        )
        for line in CHARTS[book.kind]
    )
    record(
        "ledger.book_opened",
        book,
        by=by,
        says=f"membuka {book} per {format_date(opened_on)}",
    )
    return book


@transaction.atomic
def open_account(account: Account, *, by: User) -> Account:
    """Add an account to a book; `account` is a row not yet saved.

    Audits `ledger.account_opened`. Raises ValidationError for a code that is taken.
    """
    account.full_clean()
    account.save(force_insert=True)
    says = f"menambah akun {account} di {account.book}"
    record("ledger.account_opened", account, by=by, says=says)
    return account


@transaction.atomic
def change_account(form: BoardOwnedForm, *, by: User) -> Account:
    """Save another name of an account, or that it is no longer used.

    Audits `ledger.account_changed`. Raises EditConflict, or RuleViolation
    `ledger.account_needed` when the portal itself books on it.
    """
    if form.instance.use and not form.cleaned_data.get("is_active", True):
        raise RuleViolation(
            "Akun ini dipakai formulir buku, jadi tidak dapat ditutup.",
            code="ledger.account_needed",
        )
    says = f"mengubah akun {form.instance}"
    return save_form(form, "ledger.account_changed", by=by, says=says)
