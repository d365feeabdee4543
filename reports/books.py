"""The books of the secretary, one line each: what they hold and who reads them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from boards.models import Board
from boards.roles import Permission
from common.periods import Period
from reports.builders import attendance_book, letter_books
from reports.builders.register import Table


@dataclass(frozen=True)
class Book:
    """One book: its name, its page, and how a period of it is read."""

    code: str
    title: str
    what: str
    page: str
    permission: Permission
    # Left out: the book is issued as a paper, from its own page.
    build: Callable[[Board, Period], Table] | None = None

    # A page cannot ask for `build` itself: a template calls whatever can be called.
    @property
    def is_periodic(self) -> bool:
        """Printed for any period; the others are issued by the year."""
        return self.build is not None


BOOKS = {
    book.code: book
    for book in (
        Book(
            "surat-masuk",
            "Buku agenda surat masuk",
            "Setiap surat yang datang, dengan nomor agenda dan disposisinya.",
            "deliberations:letter_list",
            Permission.VIEW_LETTERS,
            letter_books.build_incoming,
        ),
        Book(
            "surat-keluar",
            "Buku agenda surat keluar",
            "Setiap nomor yang diberikan, juga yang dibatalkan.",
            "reports:outgoing_list",
            Permission.VIEW_PAPERS,
            letter_books.build_outgoing,
        ),
        Book(
            "notulen",
            "Buku notulen",
            "Semua notulen setahun yang sudah disahkan, dijilid menjadi satu.",
            "reports:minutes_book_list",
            Permission.VIEW_MEETINGS,
        ),
        Book(
            "keputusan",
            "Buku keputusan",
            "Semua keputusan setahun menurut nomornya, dengan jumlah uangnya.",
            "reports:decision_book_list",
            Permission.VIEW_MEETINGS,
        ),
        Book(
            "kehadiran",
            "Rekap kehadiran anggota",
            "Hadir, izin, dan absen tiap anggota, dengan tanda bila berturut-turut.",
            "reports:attendance_recap",
            Permission.VIEW_MEMBERS,
            attendance_book.build,
        ),
    )
}


def books_for(rights: Collection[Permission]) -> list[Book]:
    """The books that these rights read."""
    return [book for book in BOOKS.values() if book.permission in rights]
