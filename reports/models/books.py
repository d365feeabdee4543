"""Books of a board that are issued as papers, a row a year."""

from django.db import models

from boards.models import BoardOwned


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
