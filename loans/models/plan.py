"""The plan of a loan: what is due when, for the group and for each member."""

from django.db import models
from django.db.models import Q

from common.fields import RupiahField
from loans.models.loans import Loan, LoanShare


class Installment(models.Model):
    """One row of the group's plan: the sum of the members' rows."""

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="plan")
    no = models.PositiveSmallIntegerField("ke")
    due_on = models.DateField("jatuh tempo")
    principal = RupiahField("pokok")
    service_charge = RupiahField("jasa")

    class Meta:
        verbose_name = "angsuran"
        verbose_name_plural = "angsuran"
        ordering = ["loan", "no"]
        # All that is asked of a plan over many boards, without its rows.
        indexes = [
            models.Index(
                fields=["loan", "due_on", "principal", "service_charge"],
                name="installment_scan",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["loan", "no"], name="installment_no_once"),
            models.CheckConstraint(
                condition=Q(principal__gte=0, service_charge__gte=0),
                name="installment_not_negative",
            ),
        ]

    def __str__(self):
        return f"{self.loan}, angsuran {self.no}"


class ShareInstallment(models.Model):
    """One member's part of a row of the plan."""

    share = models.ForeignKey(LoanShare, models.PROTECT, related_name="plan")
    installment = models.ForeignKey(Installment, models.PROTECT, related_name="shares")
    principal = RupiahField("pokok")
    service_charge = RupiahField("jasa")

    class Meta:
        verbose_name = "angsuran anggota"
        verbose_name_plural = "angsuran anggota"
        ordering = ["installment", "share__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["installment", "share"], name="share_installment_once"
            ),
            models.CheckConstraint(
                condition=Q(principal__gte=0, service_charge__gte=0),
                name="share_installment_not_negative",
            ),
        ]

    def __str__(self):
        return f"{self.share}, angsuran {self.installment.no}"
