"""What waits at the books of a board for one who keeps them."""

from collections.abc import Iterator

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse

from common.words import join_unit
from ledger.models import Book, PeriodClose
from ledger.rights import book_right
from ledger.services import month_after
from reports.desk import Desk, Task


def book_tasks(desk: Desk) -> Iterator[Task]:
    """Vouchers of colleagues to approve, and months to close; one query."""
    kept = [kind for kind in Book.Kind if book_right(kind) in desk.rights]
    if not kept:
        return
    waits = Q(vouchers__posted_at=None, vouchers__dropped_at=None)
    foreign = waits & Q(vouchers__isnull=False) & ~Q(vouchers__made_by=desk.user)
    closes = PeriodClose.objects.filter(book=OuterRef("pk")).standing()
    books = Book.objects.filter(board=desk.board, kind__in=kept).annotate(
        waiting=Count("vouchers", filter=foreign),
        locked=Subquery(closes.order_by("-first_day").values("last_day")[:1]),
    )
    for book in books.order_by("kind"):
        yield from _of_book(desk, book)


def _of_book(desk: Desk, book: Book) -> Iterator[Task]:
    at = [desk.board.slug, book.kind]
    if book.waiting:
        yield Task(
            f"Setujui {join_unit(book.waiting, 'bukti')} di {book}",
            f"{reverse('ledger:voucher_list', args=at)}?keadaan=tunggu",
            "Petugas lain yang menulis; cocokkan dengan nota dan uangnya.",
            "wait",
            "Menunggu Anda",
        )
    month = month_after(book, book.locked)
    if month.end < desk.today:
        yield Task(
            f"Tutup {month.label}, {book}",
            reverse("ledger:close_list", args=at),
            "Hitung uang kas dan cocokkan saldo bank.",
            "wait",
            "Belum ditutup",
        )
