"""The month or the day a statement is asked for, out of its address."""

import datetime

from common.periods import Period
from common.reading import read_date
from ledger.models import Book


def months_of(book: Book) -> list[Period]:
    """The months since the book was opened, the newest first."""
    today = book.board.today()
    return Period(book.opened_on, max(today, book.opened_on)).months()[::-1]


def month_asked(book: Book, typed: str) -> Period:
    """The month of an address, 2026-11; the newest when it means nothing."""
    months = months_of(book)
    return next((month for month in months if month.code == typed), months[0])


def day_asked(book: Book, typed: str) -> tuple[datetime.date, str]:
    """The day of an address, and a sentence when it could not be read.

    A day before the book was opened, or still to come, is brought to its nearest.
    """
    today = book.board.today()
    if not typed:
        return today, ""
    try:
        day = read_date(typed)
    except ValueError as unread:
        return today, str(unread)
    return min(max(day, book.opened_on), today), ""
