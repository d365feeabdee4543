"""Money that groups bring: what it paid in the plan, and by whom."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from boards.models import BoardOwned, User
from common.fields import LineField, RupiahField
from ledger.models import Voucher
from loans.models.loans import Loan
from loans.models.plan import Installment, ShareInstallment
from members.models import CommunityGroup


class ReceiptQuerySet(models.QuerySet):
    """Receipts that count."""

    def standing(self):
        """Not taken back."""
        return self.filter(reversed_on=None)


class Receipt(BoardOwned):
    """One payment of a group on a loan, split when it was made and never again."""

    class Source(models.TextChoices):
        CASH = "cash", "Tunai"
        BANK = "bank", "Bank UPK"
        SAVINGS = "savings", "Tabungan TR"

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="receipts")
    voucher = models.OneToOneField(Voucher, models.PROTECT, related_name="receipt")
    on = models.DateField("tanggal")
    source = models.CharField("cara bayar", max_length=8, choices=Source)
    payer = LineField("disetor oleh", max_length=120)
    amount = RupiahField("jumlah", validators=[MinValueValidator(1)])
    principal = RupiahField("pokok")
    service_charge = RupiahField("jasa")
    penalty = RupiahField("denda", default=0)
    # Why it is another than the product's rule asks; and the last row that was judged.
    penalty_reason = LineField("alasan denda", max_length=200, blank=True)
    fined_to = models.PositiveSmallIntegerField(default=0)
    # Saved with the instalment, by the product's rule or less.
    saved = RupiahField("tabungan angsuran", default=0)
    # What was more than the whole debt goes to the group's savings.
    to_savings = RupiahField("masuk tabungan", default=0)
    # Charge that is no longer asked, when the debt was paid off early.
    forgiven = RupiahField("jasa yang dibebaskan", default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reversed_on = models.DateField(null=True, blank=True, editable=False)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = "penerimaan angsuran"
        verbose_name_plural = "penerimaan angsuran"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    amount=F("principal")
                    + F("service_charge")
                    + F("penalty")
                    + F("to_savings")
                    + F("saved")
                ),
                name="receipt_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(
                    amount__gt=0,
                    principal__gte=0,
                    service_charge__gte=0,
                    penalty__gte=0,
                    to_savings__gte=0,
                    saved__gte=0,
                    forgiven__gte=0,
                ),
                name="receipt_not_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["board", "-on", "-id"]),
            models.Index(
                fields=["reversed_on"],
                condition=Q(reversed_on__isnull=False),
                name="receipt_taken_back",
            ),
        ]

    def __str__(self):
        return f"{self.loan}, {self.voucher}"


class ReceiptPart(models.Model):
    """What a receipt paid on one row of the group's plan."""

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="parts")
    installment = models.ForeignKey(
        Installment, models.PROTECT, related_name="payments"
    )
    # Copies of what never changes any more, so that a past day of many boards is read
    # from one index; the database refuses copies that differ.
    loan = models.ForeignKey(
        Loan, models.PROTECT, related_name="+", editable=False, db_index=False
    )
    paid_on = models.DateField("tanggal diterima", editable=False)
    due_on = models.DateField("jatuh tempo", editable=False)
    planned = RupiahField("pokok menurut rencana", editable=False)
    principal = RupiahField("pokok", default=0)
    service_charge = RupiahField("jasa", default=0)
    forgiven = RupiahField("jasa yang dibebaskan", default=0)

    class Meta:
        verbose_name = "bagian penerimaan"
        verbose_name_plural = "bagian penerimaan"
        ordering = ["receipt", "installment__no"]
        indexes = [
            models.Index(
                fields=[
                    *("loan", "paid_on", "due_on", "planned"),
                    *("principal", "service_charge", "forgiven", "receipt"),
                ],
                name="receipt_part_of_loan",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["receipt", "installment"], name="receipt_part_once"
            ),
            models.CheckConstraint(
                condition=Q(principal__gte=0, service_charge__gte=0, forgiven__gte=0),
                name="receipt_part_not_negative",
            ),
        ]

    def __str__(self):
        return f"{self.receipt}, angsuran {self.installment.no}"


class ReceiptShare(models.Model):
    """What a receipt paid on one row of one member's plan, as the group split it.

    In every row the members' parts add up to the part of the group.
    """

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="shares")
    row = models.ForeignKey(ShareInstallment, models.PROTECT, related_name="payments")
    principal = RupiahField("pokok", default=0)
    service_charge = RupiahField("jasa", default=0)
    forgiven = RupiahField("jasa yang dibebaskan", default=0)

    class Meta:
        verbose_name = "bagian anggota"
        verbose_name_plural = "bagian anggota"
        ordering = ["receipt", "row"]
        constraints = [
            models.UniqueConstraint(
                fields=["receipt", "row"], name="receipt_share_once"
            ),
            models.CheckConstraint(
                condition=Q(principal__gte=0, service_charge__gte=0, forgiven__gte=0),
                name="receipt_share_not_negative",
            ),
        ]

    def __str__(self):
        return f"{self.receipt}, {self.row}"


class SavingsMove(BoardOwned):
    """A line of a group's savings card (tanggung renteng); `amount` is signed."""

    class Kind(models.TextChoices):
        OPENING = "opening", "Saldo awal"
        CUT = "cut", "Dipotong saat cair"
        PAID_IN = "paid_in", "Setoran"
        SURPLUS = "surplus", "Kelebihan angsuran"
        USED = "used", "Dipakai membayar angsuran"
        RETURNED = "returned", "Dikembalikan"
        REVERSED = "reversed", "Pembatalan"

    group = models.ForeignKey(
        CommunityGroup, models.PROTECT, related_name="savings_moves"
    )
    loan = models.ForeignKey(
        Loan, models.PROTECT, null=True, blank=True, related_name="savings_moves"
    )
    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="savings_moves")
    on = models.DateField("tanggal")
    kind = models.CharField("keterangan", max_length=10, choices=Kind)
    amount = models.BigIntegerField("jumlah")

    class Meta:
        verbose_name = "mutasi tabungan"
        verbose_name_plural = "mutasi tabungan"
        ordering = ["group", "on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(amount=0), name="savings_move_not_nothing"
            )
        ]

    def __str__(self):
        return f"{self.group} {self.on:%d/%m/%Y}"
