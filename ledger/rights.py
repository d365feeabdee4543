"""Who keeps which book: the one place that decides."""

from boards.access import holds_post
from boards.models import Assignment, User
from boards.roles import Permission, Post, Role
from ledger.models import Book

_KEEPERS = {
    Book.Kind.FUND: Permission.KEEP_FUND,
    Book.Kind.WORKS: Permission.KEEP_WORKS_BOOK,
}


def book_right(kind: str) -> Permission:
    """The right to write in a book of this kind. Raises ValueError for another."""
    return _KEEPERS[Book.Kind(kind)]


def may_write_journal(user: User, book: Book) -> bool:
    """Does the user write entries by account? At the UPK that is the pembuku's.

    Where nobody holds that post, whoever keeps the book may; another person lets
    each of these vouchers through all the same.
    """
    if book.kind != Book.Kind.FUND or holds_post(user, book.board, Post.BOOKKEEPER):
        return True
    held = Assignment.objects.filter(board=book.board, ended_at=None)
    return not held.filter(role=Role.LOAN_UNIT, post=Post.BOOKKEEPER).exists()
