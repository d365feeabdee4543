"""Locking a book for an act that books much at once, with few queries."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from boards.audit import log_end_facts, log_end_of
from boards.clock import clock_facts
from boards.models import AuditHead, Board
from ledger.models import Account, Book, PeriodClose


@dataclass(frozen=True)
class HeldBook:
    """A book that is locked, with the accounts that acts book on, by their use."""

    book: Book
    accounts: Mapping[str, Account]
    closed_to: datetime.date | None
    # The end of the board's log when the book was locked, and a row with clock facts.
    log_end: AuditHead | None
    read: Account


def hold_book(board: Board, kind: str) -> HeldBook | None:
    """Lock a book and read what booking needs, in one query; None without the book.

    Were a month closed while this waited for the lock, the database refuses the
    voucher by itself, and the second try of `post_once` finds the words.
    """
    closes = PeriodClose.objects.filter(book=OuterRef("book")).standing()
    rows = (
        Account.objects.filter(book__board=board, book__kind=kind)
        .exclude(use="")
        .select_related("book__board")
        .annotate(
            closed_to=Subquery(closes.values("last_day")[:1]),
            **clock_facts(),
            **log_end_facts(board),
        )
        .select_for_update(of=("book",))
    )
    accounts = {account.use: account for account in rows}
    if not accounts:
        return None
    account = next(iter(accounts.values()))
    end = log_end_of(board, account)
    return HeldBook(account.book, accounts, account.closed_to, end, account)
