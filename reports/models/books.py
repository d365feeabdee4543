"""Books of a board that are issued as papers, a row a year or a month."""

from django.db import models

from boards.models import BoardOwned
from common.periods import Period
from ledger.models import Account, Book


class DecisionBook(BoardOwned):
    """The register of decisions of one year: what its editions are about."""

    year = models.PositiveSmallIntegerField("tahun")

    class Meta:
        verbose_name = "buku keputusan"
        verbose_name_plural = "buku keputusan"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "year"],
                name="decision_book_once_a_year",
                violation_error_message="Buku keputusan tahun ini sudah ada.",
            )
        ]

    def __str__(self):
        return f"Buku keputusan tahun {self.year}"


class MinutesBook(BoardOwned):
    """The ratified minutes of one year, bound: what its editions are about."""

    year = models.PositiveSmallIntegerField("tahun")

    class Meta:
        verbose_name = "buku notulen"
        verbose_name_plural = "buku notulen"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "year"],
                name="minutes_book_once_a_year",
                violation_error_message="Buku notulen tahun ini sudah ada.",
            )
        ]

    def __str__(self):
        return f"Buku notulen tahun {self.year}"


class FundStatement(BoardOwned):
    """A month of a book, or of one account in it: what its statements are about.

    Which statement a paper is, its kind says; all of one month share a number.
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    # Buku besar and buku bank tell of one account.
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )
    first_day = models.DateField("bulan")
    last_day = models.DateField()

    class Meta:
        verbose_name = "laporan dana"
        verbose_name_plural = "laporan dana"
        ordering = ["-first_day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["book", "first_day"],
                condition=models.Q(account=None),
                name="fund_statement_once",
                violation_error_message="Laporan bulan ini sudah dibuka.",
            ),
            models.UniqueConstraint(
                fields=["book", "account", "first_day"],
                condition=models.Q(account__isnull=False),
                name="fund_statement_once_an_account",
                violation_error_message="Laporan bulan ini sudah dibuka.",
            ),
            models.CheckConstraint(
                condition=models.Q(last_day__gt=models.F("first_day")),
                name="fund_statement_in_order",
            ),
        ]

    def __str__(self):
        of = f", {self.account}" if self.account_id else ""
        return f"{self.book}, {self.month.label}{of}"

    @property
    def month(self) -> Period:
        """The month it tells of."""
        return Period(self.first_day, self.last_day)
