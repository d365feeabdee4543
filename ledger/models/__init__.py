"""Rows of the books."""

from ledger.models.books import Account, Book
from ledger.models.closing import MoneyCheck, PeriodClose, YearClose, YearNote
from ledger.models.vouchers import Entry, Voucher

__all__ = [
    "Account",
    "Book",
    "Entry",
    "MoneyCheck",
    "PeriodClose",
    "Voucher",
    "YearClose",
    "YearNote",
]
