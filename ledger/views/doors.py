"""Stands under the door of the board: which book, and who keeps it."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404

from boards.models import Board
from ledger.models import Book
from ledger.rights import book_right


def book_of(board: Board, kind: str) -> Book | None:
    """The board's book of a kind, if it was opened."""
    book = Book.objects.filter(board=board, kind=kind).first()
    if book:
        book.board = board
    return book


def reads_book(view: Callable) -> Callable:
    """Give `view(request, book, …)` the book of the address; 404 before it is open."""

    @wraps(view)
    def inside(request, board, kind, **kwargs):
        book = book_of(board, kind)
        if book is None:
            raise Http404("book")
        request.keeps = book_right(kind) in request.permissions
        return view(request, book, **kwargs)

    return inside


def keeps_book(view: Callable) -> Callable:
    """As `reads_book`, for those alone who write in this book (403)."""

    @wraps(view)
    def inside(request, board, kind, **kwargs):
        right = book_right(kind)
        if right not in request.permissions:
            raise PermissionDenied(right)
        return reads_book(view)(request, board, kind, **kwargs)

    # The test of the doors reads it.
    inside.keeps_book = True
    return inside
