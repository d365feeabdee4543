"""Opening the minutes of a year, so that they can be bound and issued."""

from django.db import transaction

from boards.models import Board
from common.errors import RuleViolation
from common.periods import Period
from deliberations.models import Meeting
from reports.models import MinutesBook


@transaction.atomic
def open_minutes_book(board: Board, year: int) -> MinutesBook:
    """The book of a year, made when it is first asked for.

    Only a handle for its editions, so nothing is noted in the log. Raises RuleViolation
    `book.empty` when no minutes of that year are ratified.
    """
    held = Meeting.objects.filter(board=board).ratified()
    if not 1900 <= year < 3000 or not held.held_in(Period.year(year)).exists():
        raise RuleViolation(
            f"Belum ada notulen tahun {year} yang disahkan.", code="book.empty"
        )
    book, _ = MinutesBook.objects.get_or_create(board=board, year=year)
    return book
