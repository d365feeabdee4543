"""Vouchers and their entries: written once, posted, never changed, only reversed."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Sum

from boards.models import BoardOwned, User
from common.fields import LineField, RupiahField
from ledger.models.books import Account, Book
from ledger.plain import BY_CODE, OTHER_FORMS


class VoucherQuerySet(models.QuerySet):
    """Vouchers as books and pages ask for them."""

    def posted(self):
        """What counts in the books."""
        return self.exclude(posted_at=None)

    def waiting(self):
        """Written, and not yet let through by a second person."""
        return self.filter(posted_at=None, dropped_at=None)

    def with_state(self):
        """With `is_reversed`, which the state of a voucher asks for."""
        taken_back = Voucher.objects.filter(reverses=OuterRef("pk")).posted()
        return self.annotate(is_reversed=Exists(taken_back.order_by()))


class Voucher(BoardOwned):
    """One piece of evidence (Bukti Kas Masuk, Kas Keluar, Pemindahbukuan).

    It gets its number when it is posted; until then a second person may let it through
    or drop it. `form` says by which of the plain forms, or by which act, it was made.
    """

    class Kind(models.TextChoices):
        RECEIPT = "BKM", "Bukti Kas Masuk"
        PAYMENT = "BKK", "Bukti Kas Keluar"
        TRANSFER = "BPB", "Bukti Pemindahbukuan"

    book = models.ForeignKey(Book, models.PROTECT, related_name="vouchers")
    kind = models.CharField("jenis bukti", max_length=3, choices=Kind)
    form = models.CharField(max_length=24, editable=False)
    dated = models.DateField("tanggal")
    year = models.PositiveSmallIntegerField(editable=False)
    seq = models.PositiveIntegerField(
        "nomor urut", null=True, blank=True, editable=False
    )
    number_text = models.CharField("nomor bukti", max_length=40, blank=True)
    description = LineField("uraian", max_length=200)
    # From whom money came, or to whom it went.
    party = LineField("dari/kepada", max_length=120, blank=True)
    amount = RupiahField("jumlah", validators=[MinValueValidator(1)])
    reverses = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reversals"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Names by value: what was signed does not change when people do.
    made_name = models.CharField(max_length=120)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_name = models.CharField(max_length=120, blank=True)
    # Let through by the maker alone, because the board had nobody else.
    alone = models.BooleanField(default=False, editable=False)
    posted_at = models.DateTimeField(null=True, blank=True, editable=False)
    dropped_at = models.DateTimeField(null=True, blank=True, editable=False)
    drop_reason = LineField(max_length=200, blank=True)

    objects = VoucherQuerySet.as_manager()

    class Meta:
        verbose_name = "bukti"
        verbose_name_plural = "bukti"
        ordering = ["-dated", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["book", "kind", "year", "seq"], name="voucher_number_once"
            ),
            models.UniqueConstraint(
                fields=["book", "year"],
                condition=Q(form="year_close"),
                name="voucher_year_close_once",
                violation_error_message="Tahun itu sudah ditutup.",
            ),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(dropped_at=None),
                name="voucher_reversed_once",
                violation_error_message="Bukti ini sudah dibatalkan.",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="voucher_amount"),
            models.CheckConstraint(
                condition=Q(posted_at=None, seq=None)
                | Q(
                    posted_at__isnull=False,
                    seq__isnull=False,
                    seq__gte=1,
                    dropped_at=None,
                ),
                name="voucher_number_when_posted",
            ),
        ]
        indexes = [models.Index(fields=["book", "dated", "id"])]

    def __str__(self):
        return self.number_text or f"{self.get_kind_display()} (belum bernomor)"

    @property
    def form_label(self) -> str:
        """What the form or act is called by which it was made."""
        if self.form in BY_CODE:
            return BY_CODE[self.form].label
        return OTHER_FORMS.get(self.form, self.get_kind_display())

    @property
    def state_tag(self) -> tuple[str, str]:
        """Kind and word of the tag; needs `with_state()`."""
        if self.dropped_at:
            return "bad", "Dibatalkan"
        if not self.posted_at:
            return "wait", "Menunggu persetujuan"
        if self.is_reversed:
            return "warn", "Dibatalkan bukti lain"
        return "ok", "Dibukukan"


class EntryQuerySet(models.QuerySet):
    """Lines that count."""

    def posted(self):
        """Of vouchers that were posted."""
        return self.exclude(voucher__posted_at=None)

    def sums_by_account(self) -> dict[int, tuple[int, int]]:
        """Account id to (debit, credit) in rupiah, in one query."""
        rows = self.values_list("account").annotate(Sum("debit"), Sum("credit"))
        return {account: (debit, credit) for account, debit, credit in rows.order_by()}


class Entry(models.Model):
    """One side of a voucher on one account."""

    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, models.PROTECT, related_name="entries")
    position = models.PositiveSmallIntegerField()
    debit = RupiahField("debet", default=0)
    credit = RupiahField("kredit", default=0)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "baris bukti"
        verbose_name_plural = "baris bukti"
        ordering = ["voucher", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["voucher", "position"], name="entry_position_once"
            ),
            models.CheckConstraint(
                condition=Q(debit__gt=0, credit=0) | Q(debit=0, credit__gt=0),
                name="entry_one_side",
            ),
        ]

    def __str__(self):
        return f"{self.account}: {self.debit or -self.credit}"

    @property
    def amount(self) -> int:
        """Rupiah on the side that is filled."""
        return self.debit or self.credit

    @property
    def grows(self) -> bool:
        """Does the account hold more afterwards?"""
        return bool(self.debit) == (self.account.side > 0)
