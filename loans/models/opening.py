"""Loans and savings brought over from an old book, as its sheet knew them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from boards.models import BoardOwned
from common.fields import LineField, RupiahField
from ledger.models import Book
from loans.models.loans import Loan
from loans.schedule import MOST_INSTALMENTS
from members.models import CommunityGroup


class OpeningLoan(BoardOwned):
    """One row of the sheet; `group` and `loan` are what was made of it.

    A group that owes nothing has savings alone: no loan, and no day, span or rate.
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="opening_loans")
    group_name = LineField("KSM", max_length=80)
    chair_name = LineField("Ketua", max_length=120)
    chair_sex = models.CharField("L/P ketua", max_length=1)
    disbursed_on = models.DateField("tanggal cair", null=True, blank=True)
    principal = RupiahField("pokok awal")
    instalments = models.PositiveSmallIntegerField(
        "jangka",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_INSTALMENTS)],
    )
    rate = models.DecimalField(
        "jasa (%)",
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    balance = RupiahField("saldo pokok")
    principal_arrears = RupiahField("tunggakan pokok")
    charge_arrears = RupiahField("tunggakan jasa")
    savings = RupiahField("tabungan")
    group = models.ForeignKey(
        CommunityGroup, models.PROTECT, null=True, blank=True, related_name="openings"
    )
    loan = models.OneToOneField(
        Loan, models.PROTECT, null=True, blank=True, related_name="opening"
    )

    class Meta:
        verbose_name = "pinjaman dari buku lama"
        verbose_name_plural = "pinjaman dari buku lama"
        ordering = ["group_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["book", "group_name"], name="opening_loan_once_a_group"
            ),
            models.CheckConstraint(
                condition=Q(
                    principal__gt=0,
                    disbursed_on__isnull=False,
                    instalments__isnull=False,
                    rate__isnull=False,
                    balance__gte=F("principal_arrears"),
                    principal__gte=F("balance"),
                    charge_arrears__gte=0,
                )
                | Q(
                    principal=0,
                    balance=0,
                    principal_arrears=0,
                    charge_arrears=0,
                    savings__gt=0,
                    loan=None,
                ),
                name="opening_loan_plausible",
                violation_error_message="Tunggakan tidak lebih dari saldo, saldo tidak"
                " lebih dari pokok awal.",
            ),
        ]

    def __str__(self):
        return self.group_name

    @property
    def owes(self) -> bool:
        """Does the row speak of a loan? Else of savings alone."""
        return bool(
            self.principal
            or self.balance
            or self.principal_arrears
            or self.charge_arrears
        )
