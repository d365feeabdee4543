"""The profit of a closed year, shared out after the RWT."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from boards.models import BoardOwned, User
from common.fields import RupiahField
from deliberations.models import Decision
from ledger.models import Account, Voucher, YearClose


class ProfitAllocation(BoardOwned):
    """How the RWT shared the profit of one year; once a year.

    Source: revolving-loans sheet §1.5.
    """

    close = models.OneToOneField(
        YearClose, models.PROTECT, related_name="profit_allocation"
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="profit_allocations"
    )
    on = models.DateField("tanggal")
    # Profit of the year less losses of earlier years: the most that may be shared.
    available = RupiahField("laba yang dapat dibagi")
    amount = RupiahField("laba dibagi", validators=[MinValueValidator(1)])
    step = RupiahField("pembulatan")
    voucher = models.OneToOneField(
        Voucher, models.PROTECT, related_name="profit_allocation"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "pembagian laba"
        verbose_name_plural = "pembagian laba"
        ordering = ["-close__year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lte=F("available")),
                name="profit_within_what_there_is",
                violation_error_message="Laba yang dibagi melebihi yang ada.",
            )
        ]

    def __str__(self):
        return f"Pembagian laba {self.close.year}"


class ProfitShare(models.Model):
    """One purse that gets a part; the capital takes what rounding leaves."""

    allocation = models.ForeignKey(
        ProfitAllocation, models.PROTECT, related_name="shares"
    )
    position = models.PositiveSmallIntegerField()
    name = models.CharField("bagian", max_length=80)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    percent = models.DecimalField("persen", max_digits=5, decimal_places=2)
    amount = RupiahField("jumlah")

    class Meta:
        verbose_name = "bagian laba"
        verbose_name_plural = "bagian laba"
        ordering = ["allocation", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["allocation", "position"], name="profit_share_position_once"
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100, amount__gte=0),
                name="profit_share_plausible",
            ),
        ]

    def __str__(self):
        return self.name
