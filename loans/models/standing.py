"""Where each running loan stands: one row a loan, kept by every act on it."""

from django.db import models
from django.db.models import Q

from boards.models import BoardOwned
from common.fields import RupiahField
from loans.models.loans import Loan


class LoanStanding(BoardOwned):
    """Balance, arrears and class of a loan as of `counted_on`.

    Written in the transaction of each receipt and each day by the sweep for loans on
    which a row fell due; compared every night with the plan and the receipts. A copy:
    the plan and the receipts are the truth.
    """

    loan = models.OneToOneField(Loan, models.PROTECT, related_name="standing")
    counted_on = models.DateField("per tanggal")
    # The next day on which it changes by itself: a row falls due, or a month after
    # maturity is over. Empty: never.
    stale_on = models.DateField(null=True, blank=True)
    balance = RupiahField("saldo pokok", default=0)
    charge_left = RupiahField("sisa jasa", default=0)
    principal_arrears = RupiahField("tunggakan pokok", default=0)
    charge_arrears = RupiahField("tunggakan jasa", default=0)
    arrears_since = models.DateField("menunggak sejak", null=True, blank=True)
    # Instalments in arrears, months after maturity added, rounded up once.
    late_count = models.PositiveSmallIntegerField("angsuran menunggak", default=0)
    collectibility = models.PositiveSmallIntegerField("kolektibilitas", default=1)
    # While a rescheduled loan may not stand better than the one it replaces.
    collectibility_floor = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = "keadaan pinjaman"
        verbose_name_plural = "keadaan pinjaman"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    balance__gte=0,
                    charge_left__gte=0,
                    principal_arrears__gte=0,
                    charge_arrears__gte=0,
                    collectibility__range=(1, 5),
                ),
                name="loan_standing_plausible",
            )
        ]
        indexes = [
            models.Index(fields=["region_code", "collectibility"]),
            models.Index(fields=["board", "collectibility"]),
            models.Index(fields=["stale_on"]),
            # The sums of a region without the rows of its loans.
            models.Index(
                fields=[
                    *("board", "late_count", "collectibility_floor"),
                    *("balance", "charge_left"),
                    *("principal_arrears", "charge_arrears"),
                ],
                name="loan_standing_sums",
            ),
        ]

    def __str__(self):
        return f"{self.loan} per {self.counted_on:%d/%m/%Y}"
