"""Opening the book of a year, so that it can be issued."""

from typing import TypeVar

from django.db import transaction

from boards.models import Board
from common.errors import RuleViolation
from common.periods import Period
from deliberations.models import Decision, Meeting
from reports.models import DecisionBook, MinutesBook

Book = TypeVar("Book", DecisionBook, MinutesBook)


def open_decision_book(board: Board, year: int) -> DecisionBook:
    """The book of decisions. Raises RuleViolation `book.empty` without any."""
    rows = Decision.objects.filter(board=board).ratified()
    return _open(DecisionBook, board, year, filled=rows.made_in, what="keputusan")


def open_minutes_book(board: Board, year: int) -> MinutesBook:
    """The book of minutes. Raises RuleViolation `book.empty` without any."""
    rows = Meeting.objects.filter(board=board).ratified()
    return _open(MinutesBook, board, year, filled=rows.held_in, what="notulen")


@transaction.atomic
def _open(model: type[Book], board: Board, year: int, *, filled, what: str) -> Book:
    """The book of a year, made when it is first asked for.

    Only a handle for its editions, so nothing is noted in the log. `filled` gives the
    ratified rows of a period.
    """
    try:
        empty = not filled(Period.parse(f"{year:04d}")).exists()
    except ValueError:  # a year of no calendar, typed into the address
        empty = True
    if empty:
        raise RuleViolation(
            f"Belum ada {what} tahun {year} yang disahkan.", code="book.empty"
        )
    book, _ = model.objects.get_or_create(board=board, year=year)
    return book
