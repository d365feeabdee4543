"""Books and vouchers for tests."""

from datetime import date

from boards.models import Board, User
from common.periods import Period
from ledger import services
from ledger.models import Account, Book, PeriodClose, Voucher
from ledger.services import Draft, Line, open_book, write_voucher

OPENED = date(2026, 1, 1)


def book(board: Board, by: User, *, kind: str = "fund", opened_on=OPENED) -> Book:
    """A book with its chart, open since New Year 2026."""
    return open_book(board, kind=kind, opened_on=opened_on, by=by)


def account(book: Book, code: str) -> Account:
    """An account by its code."""
    return book.accounts.get(code=code)


def voucher(book: Book, by: User, *lines: tuple[str, int], **facts) -> Voucher:
    """A posted voucher; each line is a code and rupiah, below zero for credit."""
    values = {
        "kind": "BPB",
        "form": "manual",
        "dated": date(2026, 1, 15),
        "description": "Uji",
    }
    made = [
        Line(account(book, code), debit=max(amount, 0), credit=max(-amount, 0))
        for code, amount in lines
    ]
    acts = {name: facts.pop(name) for name in ("second",) if name in facts}
    draft = Draft(lines=made, **{**values, **facts})
    return write_voucher(book, draft, by=by, **acts)


def close_month(book: Book, month: str, by: User, **counted: int) -> PeriodClose:
    """A month closed with what was counted: `cash`, `bank`, `savings_bank`."""
    counts = {
        account.pk: (counted.get(account.use, 0), "")
        for account in services.money_accounts(book)
    }
    return services.close_month(book, month=Period.parse(month), counts=counts, by=by)
