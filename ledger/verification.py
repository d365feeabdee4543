"""Are the books whole? Read from the rows alone, whatever the triggers allowed."""

from collections.abc import Iterator

from django.db.models import Count, F, Max, Min, Q, Sum

from common.money import format_rupiah
from ledger.models import Book, Entry, Voucher
from ledger.services import troubles_of


def broken_books() -> Iterator[tuple[Book, str]]:
    """Every book that does not hold, with the first thing wrong in it."""
    for book in Book.objects.select_related("board").order_by("pk"):
        if found := next(breaks_of(book), ""):
            yield book, found


def breaks_of(book: Book) -> Iterator[str]:
    """What is wrong in one book, a sentence each, the gravest first."""
    yield from _unbalanced(book)
    yield from _numbers(book)
    yield from _after_close(book)
    yield from troubles_of(book, book.board.today())


def _unbalanced(book: Book) -> Iterator[str]:
    """Posted vouchers whose sides or amount differ, or that use a strange account."""
    rows = Voucher.objects.filter(book=book).posted().order_by("pk")
    rows = rows.annotate(
        debits=Sum("entries__debit", default=0),
        credits=Sum("entries__credit", default=0),
    )
    for voucher in rows.exclude(debits=F("credits"), credits=F("amount")):
        yield (
            f"{voucher}: debet {format_rupiah(voucher.debits)}, kredit"
            f" {format_rupiah(voucher.credits)}, jumlah {format_rupiah(voucher.amount)}"
        )
    strange = Entry.objects.filter(voucher__book=book).exclude(account__book=book)
    for entry in strange.select_related("voucher").order_by("voucher"):
        yield f"{entry.voucher}: akun dari buku lain"


def _numbers(book: Book) -> Iterator[str]:
    """Numbers of a kind and year that do not run from one without a gap."""
    runs = (
        Voucher.objects.filter(book=book)
        .posted()
        .order_by()
        .values("kind", "year")
        .annotate(first=Min("seq"), last=Max("seq"), count=Count("pk"))
    )
    for run in runs.order_by("kind", "year"):
        if run["first"] != 1 or run["last"] != run["count"]:
            yield (
                f"{run['kind']} {run['year']}: nomor 1 sampai {run['last']}, tetapi"
                f" ada {run['count']} bukti"
            )


def _after_close(book: Book) -> Iterator[str]:
    """Vouchers that were posted into a month after it was locked."""
    for close in book.closes.standing():
        late = Voucher.objects.filter(
            ~Q(form="year_close"),
            book=book,
            dated__range=(close.first_day, close.last_day),
            posted_at__gt=close.closed_at,
        )
        for voucher in late.order_by("pk"):
            yield f"{voucher}: dibukukan sesudah {close} ditutup"
