"""Opening a month of a book, so that its statements can be issued."""

import datetime

from django.db import transaction

from common.errors import RuleViolation
from common.words import format_date
from ledger.models import Book
from reports.models import FundStatement


@transaction.atomic
def open_statement(asked: FundStatement, *, today: datetime.date) -> FundStatement:
    """The row of `asked`, made when a statement of it is first issued.

    Only a handle for its papers, so nothing is noted in the log. Raises RuleViolation
    `paper.month_running` and `paper.before_opening`.
    """
    book: Book = asked.book
    if asked.last_day > today:
        day = format_date(asked.last_day)
        raise RuleViolation(
            f"Bulan itu belum selesai. Terbitkan mulai {day}; sekarang baru ada"
            " drafnya.",
            code="paper.month_running",
        )
    if asked.last_day < book.opened_on:
        raise RuleViolation(
            "Buku belum dibuka pada bulan itu.", code="paper.before_opening"
        )
    found, _ = FundStatement.objects.get_or_create(
        book=book,
        account=asked.account,
        first_day=asked.first_day,
        defaults={"board": asked.board, "last_day": asked.last_day},
    )
    found.book, found.board = book, asked.board
    return found
