"""Closed months and years: what was counted, by whom, and since when it is locked."""

from django.db import models
from django.db.models import F, Q

from boards.models import BoardOwned, User
from common.fields import LineField, ProseField, RupiahField
from common.periods import Period
from ledger.models.books import Account, Book
from ledger.models.vouchers import Voucher


class PeriodCloseQuerySet(models.QuerySet):
    """Closes that still hold."""

    def standing(self):
        """Not opened again."""
        return self.filter(reopened_at=None)


class PeriodClose(BoardOwned):
    """One month of one book, locked; opened again only by a second person."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="closes")
    first_day = models.DateField("bulan")
    last_day = models.DateField()
    closed_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_name = models.CharField(max_length=120)
    reopened_at = models.DateTimeField(null=True, blank=True, editable=False)
    reopened_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reopen_reason = LineField("alasan", max_length=200, blank=True)

    objects = PeriodCloseQuerySet.as_manager()

    class Meta:
        verbose_name = "tutup bulan"
        verbose_name_plural = "tutup bulan"
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["book", "first_day"],
                condition=Q(reopened_at=None),
                name="period_closed_once",
                violation_error_message="Bulan itu sudah ditutup.",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gt=F("first_day")), name="period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(reopened_at=None, reopened_by=None)
                | Q(reopened_at__isnull=False)
                & Q(reopened_by__isnull=False)
                & ~Q(reopen_reason="")
                & ~Q(reopened_by=F("closed_by")),
                name="period_reopened_by_another",
            ),
        ]

    def __str__(self):
        return f"{self.book} {self.first_day:%m/%Y}"

    @property
    def month(self) -> Period:
        """The month that was closed."""
        return Period(self.first_day, self.last_day)


class MoneyCheck(models.Model):
    """Counted cash or the bank's own balance against the book, at the close."""

    close = models.ForeignKey(PeriodClose, models.PROTECT, related_name="checks")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    counted = RupiahField("jumlah nyata")
    booked = models.BigIntegerField("jumlah di buku")
    explanation = LineField("penjelasan selisih", max_length=200, blank=True)

    class Meta:
        verbose_name = "pencocokan kas dan bank"
        verbose_name_plural = "pencocokan kas dan bank"
        ordering = ["close", "account__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["close", "account"], name="money_check_once_an_account"
            ),
            models.CheckConstraint(
                condition=Q(counted=F("booked")) | ~Q(explanation=""),
                name="money_check_difference_explained",
                violation_error_message="Jelaskan selisihnya.",
            ),
        ]

    def __str__(self):
        return f"{self.account}: {self.counted}"

    @property
    def gap(self) -> int:
        """Rupiah counted beyond the book; below zero when some is missing."""
        return self.counted - self.booked

    @property
    def why(self) -> str:
        """The explanation, by the name that pages use before the close too."""
        return self.explanation


class YearClose(BoardOwned):
    """A year whose result was carried over; `profit` is below zero for a loss."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="year_closes")
    year = models.PositiveSmallIntegerField("tahun buku")
    last_day = models.DateField()
    profit = models.BigIntegerField("laba bersih")
    # Income and cost to the running result, and that to the past years' result; none
    # in a year without income and cost.
    closing = models.OneToOneField(
        Voucher, models.PROTECT, null=True, blank=True, related_name="closes_year"
    )
    carrying = models.OneToOneField(
        Voucher, models.PROTECT, null=True, blank=True, related_name="carries_year"
    )
    closed_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_name = models.CharField(max_length=120)

    class Meta:
        verbose_name = "tutup tahun"
        verbose_name_plural = "tutup tahun"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["book", "year"],
                name="year_closed_once",
                violation_error_message="Tahun itu sudah ditutup.",
            )
        ]

    def __str__(self):
        return f"{self.book} {self.year}"


class YearNote(BoardOwned):
    """What the keeper of a book adds to the notes of a year; fixed once closed."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="notes")
    year = models.PositiveSmallIntegerField("tahun buku")
    text = ProseField("catatan", max_length=4000, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_name = models.CharField(max_length=120)

    class Meta:
        verbose_name = "catatan atas laporan keuangan"
        verbose_name_plural = "catatan atas laporan keuangan"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["book", "year"],
                name="year_note_once",
                violation_error_message="Catatan tahun itu sudah ada.",
            )
        ]

    def __str__(self):
        return f"Catatan {self.book} {self.year}"
