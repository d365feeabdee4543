"""Loans that go wrong: reserve, new plan, write-off, and what still comes in."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from boards.models import BoardOwned, User
from common.fields import LineField, RupiahField
from deliberations.models import Decision
from ledger.models import Book, Voucher
from loans.models.loans import Loan


class StandingQuerySet(models.QuerySet):
    """Rows that count."""

    def standing(self):
        """Not taken back."""
        return self.filter(reversed_on=None)


class ReserveEntry(BoardOwned):
    """The reserve of one month: what the classes ask for against what is there.

    `amount` is signed: above zero it was set aside, below zero it was let go.
    Source: revolving-loans sheet §4.3.
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="reserves")
    first_day = models.DateField("bulan")
    last_day = models.DateField("per tanggal")
    target = RupiahField("cadangan yang diperlukan")
    present = models.BigIntegerField("cadangan di buku")
    amount = models.BigIntegerField("dibukukan")
    # The rule that the percentages came from, by value.
    rule = LineField("dasar persen", max_length=200)
    # None in a month in which nothing had to change.
    voucher = models.OneToOneField(
        Voucher, models.PROTECT, null=True, blank=True, related_name="reserve"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reversed_on = models.DateField(null=True, blank=True, editable=False)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = "cadangan bulanan"
        verbose_name_plural = "cadangan bulanan"
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["book", "first_day"],
                condition=Q(reversed_on=None),
                name="reserve_once_a_month",
                violation_error_message="Cadangan bulan itu sudah dibukukan.",
            ),
            models.CheckConstraint(
                condition=Q(amount=F("target") - F("present"))
                & (Q(amount=0, voucher=None) | ~Q(amount=0) & Q(voucher__isnull=False)),
                name="reserve_adds_up",
            ),
        ]

    def __str__(self):
        return f"Cadangan {self.first_day:%m/%Y}"


class ReserveClass(models.Model):
    """One class of collectibility in the reserve of a month."""

    entry = models.ForeignKey(ReserveEntry, models.PROTECT, related_name="classes")
    collectibility = models.PositiveSmallIntegerField("kolektibilitas")
    balance = RupiahField("saldo pokok")
    percent = models.DecimalField("persen", max_digits=5, decimal_places=2)
    reserve = RupiahField("cadangan")

    class Meta:
        verbose_name = "cadangan satu kolektibilitas"
        verbose_name_plural = "cadangan tiap kolektibilitas"
        ordering = ["entry", "collectibility"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "collectibility"], name="reserve_class_once"
            )
        ]

    def __str__(self):
        return f"{self.entry}, Kol {self.collectibility}"


class Reschedule(BoardOwned):
    """One new plan for what is left of a loan; the two loans stay in a chain.

    The overdue charge is kept apart as a claim and never becomes principal.
    Source: revolving-loans sheet §4.4 (2).
    """

    old = models.OneToOneField(Loan, models.PROTECT, related_name="rescheduled_by")
    loan = models.OneToOneField(Loan, models.PROTECT, related_name="reschedule")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="reschedules")
    on = models.DateField("tanggal")
    principal = RupiahField("sisa pokok", validators=[MinValueValidator(1)])
    charge_claim = RupiahField("jasa tertunggak")
    # Charge of rows that were not due yet; the new plan has its own.
    charge_dropped = RupiahField("jasa yang belum jatuh tempo")
    # The new loan stands no better than this until some instalments were paid.
    floor = models.PositiveSmallIntegerField("kolektibilitas sebelumnya")
    reason = LineField("alasan", max_length=300)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "penjadwalan ulang"
        verbose_name_plural = "penjadwalan ulang"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(principal__gt=0, charge_claim__gte=0, floor__range=(1, 5))
                & ~Q(old=F("loan")),
                name="reschedule_plausible",
            )
        ]

    def __str__(self):
        return f"{self.old} menjadi {self.loan.account_number}"


class WriteOff(BoardOwned):
    """A loan taken out of the book by decision; the claim stays.

    Paid from the group's savings, then the reserve, then cost. Source:
    revolving-loans sheet §4.4 (3) and §6.3.
    """

    loan = models.OneToOneField(Loan, models.PROTECT, related_name="write_off")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="write_offs")
    on = models.DateField("tanggal")
    principal = RupiahField("pokok dihapus", validators=[MinValueValidator(1)])
    # Charge that was due and not paid: still claimed, never booked.
    charge = RupiahField("jasa tertunggak")
    from_savings = RupiahField("dari tabungan TR", default=0)
    from_reserve = RupiahField("dari cadangan", default=0)
    from_cost = RupiahField("menjadi biaya", default=0)
    reason = LineField("alasan", max_length=300)
    voucher = models.OneToOneField(Voucher, models.PROTECT, related_name="write_off")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "hapus buku"
        verbose_name_plural = "hapus buku"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    principal__gt=0,
                    principal=F("from_savings") + F("from_reserve") + F("from_cost"),
                    charge__gte=0,
                    from_savings__gte=0,
                    from_reserve__gte=0,
                    from_cost__gte=0,
                ),
                name="write_off_adds_up",
            )
        ]

    def __str__(self):
        return f"Hapus buku {self.loan}"

    @property
    def claim(self) -> int:
        """Rupiah that may still be collected, before what came in since.

        What the group's savings paid is no longer owed.
        """
        return self.principal - self.from_savings + self.charge


class ClaimWaiver(BoardOwned):
    """A claim outside the book that is given up for good, by a decision of its own.

    Nothing is booked: the loan left the book before. Source: revolving-loans sheet
    §4.4 (3), hapus tagih.
    """

    loan = models.OneToOneField(Loan, models.PROTECT, related_name="waiver")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="waivers")
    on = models.DateField("tanggal")
    amount = RupiahField("sisa tagihan", validators=[MinValueValidator(1)])
    reason = LineField("alasan", max_length=300)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "hapus tagih"
        verbose_name_plural = "hapus tagih"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="claim_waiver_amount"
            )
        ]

    def __str__(self):
        return f"Hapus tagih {self.loan}"


class Recovery(BoardOwned):
    """Money on a claim outside the book: a loan written off, or an old charge."""

    class Source(models.TextChoices):
        CASH = "cash", "Tunai"
        BANK = "bank", "Bank UPK"

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="recoveries")
    voucher = models.OneToOneField(Voucher, models.PROTECT, related_name="recovery")
    on = models.DateField("tanggal")
    source = models.CharField("cara bayar", max_length=8, choices=Source)
    payer = LineField("disetor oleh", max_length=120)
    amount = RupiahField("jumlah", validators=[MinValueValidator(1)])
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reversed_on = models.DateField(null=True, blank=True, editable=False)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = "penerimaan tagihan di luar buku"
        verbose_name_plural = "penerimaan tagihan di luar buku"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="recovery_amount")
        ]

    def __str__(self):
        return f"{self.loan}, {self.voucher}"
