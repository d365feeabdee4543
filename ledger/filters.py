"""Filters of the list of vouchers."""

from functools import cached_property

from django.db.models import QuerySet
from django_filters import ChoiceFilter, TypedChoiceFilter

from common.filters import ListFilter, WordsFilter
from common.words import month_name
from ledger.models import Book, Voucher

MONTHS = [(number, month_name(number)) for number in range(1, 13)]


class VoucherFilter(ListFilter):
    """Vouchers by words, year, month, kind and state."""

    STATES = (
        ("tunggu", "Menunggu persetujuan"),
        ("buku", "Dibukukan"),
        ("batal", "Dibatalkan"),
    )

    q = WordsFilter("number_text", "description", "party")
    tahun = TypedChoiceFilter("year", coerce=int)
    bulan = TypedChoiceFilter("dated", "month", coerce=int, choices=MONTHS)
    jenis = ChoiceFilter("kind", choices=Voucher.Kind.choices)
    keadaan = ChoiceFilter(choices=STATES, method="in_state")

    def __init__(self, data, *, book: Book):
        super().__init__(data, Voucher.objects.filter(book=book))
        self.years = range(book.board.today().year, book.opened_on.year - 1, -1)

    @cached_property
    def form(self):
        """The form, with the years of this book."""
        form = super().form
        if "tahun" in form.fields:
            form.fields["tahun"].choices = [(year, year) for year in self.years]
        return form

    def in_state(
        self, rows: QuerySet[Voucher], _name: str, state: str
    ) -> QuerySet[Voucher]:
        """Waiting, posted, or dropped and taken back."""
        if state == "tunggu":
            return rows.filter(posted_at=None, dropped_at=None)
        if state == "buku":
            return rows.exclude(posted_at=None)
        return rows.with_state().exclude(dropped_at=None, is_reversed=False)
