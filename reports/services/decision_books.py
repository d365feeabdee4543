"""Opening the register of a year, so that it can be issued."""

from django.db import transaction

from boards.models import Board
from common.errors import RuleViolation
from deliberations.models import Decision
from reports.models import DecisionBook


@transaction.atomic
def open_decision_book(board: Board, year: int) -> DecisionBook:
    """The book of a year, made when it is first asked for.

    Only a handle for its editions, so nothing is noted in the log. Raises RuleViolation
    `book.empty` when no decision of that year is ratified.
    """
    rows = Decision.objects.filter(board=board, held_on__year=year).ratified()
    if not rows.exists():
        raise RuleViolation(
            f"Belum ada keputusan tahun {year} yang disahkan.", code="book.empty"
        )
    book, _ = DecisionBook.objects.get_or_create(board=board, year=year)
    return book
