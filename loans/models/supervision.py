"""What the Pengawas look at: a sample of loans, the cash box, what they found.

Source: revolving-loans sheet §1.4 (R4, R6).
"""

from textwrap import shorten

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from boards.models import BoardOwned, User
from common.fields import LineField, ProseField, RupiahField
from ledger.models import Book
from loans.models.loans import Loan


class LoanSample(BoardOwned):
    """Running loans drawn by lot; whoever knows the seed can draw them again."""

    drawn_on = models.DateField("diundi")
    seed = models.PositiveIntegerField("angka undian")
    size = models.PositiveSmallIntegerField(
        "banyaknya", validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    population = models.PositiveIntegerField("dari pinjaman berjalan")
    drawn_at = models.DateTimeField(auto_now_add=True)
    drawn_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    drawn_name = models.CharField(max_length=120)

    class Meta:
        verbose_name = "undian pemeriksaan"
        verbose_name_plural = "undian pemeriksaan"
        ordering = ["-drawn_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gte=1, population__gte=F("size")),
                name="loan_sample_within_population",
            )
        ]

    def __str__(self):
        return f"Undian {self.drawn_on:%d/%m/%Y}"


class SampledLoan(BoardOwned):
    """One drawn loan: what the book says, what the group's own card says."""

    sample = models.ForeignKey(LoanSample, models.PROTECT, related_name="rows")
    loan = models.ForeignKey(Loan, models.PROTECT, related_name="samplings")
    position = models.PositiveSmallIntegerField("nomor")
    booked = RupiahField("saldo di kartu UPK")
    visited_on = models.DateField("dikunjungi", null=True, blank=True)
    seen = RupiahField("saldo di kartu KSM", null=True, blank=True)
    note = ProseField("catatan kunjungan", max_length=2000, blank=True)
    noted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    noted_name = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = "pinjaman terundi"
        verbose_name_plural = "pinjaman terundi"
        ordering = ["sample", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["sample", "loan"], name="sampled_loan_once"
            ),
            models.CheckConstraint(
                condition=Q(visited_on=None, seen=None, note="")
                | Q(visited_on__isnull=False, seen__isnull=False)
                & Q(noted_by__isnull=False),
                name="sampled_loan_visit_whole",
                violation_error_message="Isi tanggal kunjungan dan saldo kartu KSM.",
            ),
        ]

    def __str__(self):
        return f"{self.sample}, {self.loan}"

    @property
    def gap(self) -> int | None:
        """What the group's card says less what the UPK's says; None before a visit."""
        return None if self.seen is None else self.seen - self.booked


class CashCount(BoardOwned):
    """The cash box counted by the Pengawas, unannounced."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="cash_counts")
    counted_on = models.DateField("tanggal")
    counted = RupiahField("jumlah uang")
    booked = models.BigIntegerField("saldo kas di buku")
    cashier_name = LineField("kasir yang hadir", max_length=120)
    explanation = LineField("penjelasan selisih", max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_name = models.CharField(max_length=120)

    class Meta:
        verbose_name = "pemeriksaan kas"
        verbose_name_plural = "pemeriksaan kas"
        ordering = ["-counted_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(counted=F("booked")) | ~Q(explanation=""),
                name="cash_count_difference_explained",
                violation_error_message="Tulis penjelasan selisih.",
            )
        ]

    def __str__(self):
        return f"Pemeriksaan kas {self.counted_on:%d/%m/%Y}"

    @property
    def gap(self) -> int:
        """Counted less booked, rupiah."""
        return self.counted - self.booked


class CashPieces(models.Model):
    """How many notes or coins of one value lay in the box."""

    count = models.ForeignKey(CashCount, models.PROTECT, related_name="pieces")
    value = models.PositiveIntegerField("pecahan")
    pieces = models.PositiveIntegerField("banyaknya")

    class Meta:
        verbose_name = "pecahan uang"
        verbose_name_plural = "pecahan uang"
        ordering = ["count", "-value"]
        constraints = [
            models.UniqueConstraint(
                fields=["count", "value"], name="cash_pieces_once_a_value"
            )
        ]

    def __str__(self):
        return f"{self.pieces} x {self.value}"

    @property
    def amount(self) -> int:
        """Rupiah of these pieces."""
        return self.value * self.pieces


class FindingQuerySet(models.QuerySet):
    """Findings by what they wait for."""

    def waiting_for_answer(self):
        """The UPK has not answered yet."""
        return self.filter(answered_on=None, closed_on=None)

    def open(self):
        """Not closed by the Pengawas."""
        return self.filter(closed_on=None)


class Finding(BoardOwned):
    """What the Pengawas found, what the UPK answered, until it is closed."""

    found_on = models.DateField("ditemukan")
    text = ProseField("temuan", max_length=2000)
    asks = ProseField("yang diminta", max_length=1000)
    due_on = models.DateField("jawab paling lambat")
    loan = models.ForeignKey(
        Loan, models.PROTECT, null=True, blank=True, related_name="findings"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_name = models.CharField(max_length=120)
    answer = ProseField("jawaban UPK", max_length=2000, blank=True)
    answered_on = models.DateField(null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_name = models.CharField(max_length=120, blank=True)
    closed_on = models.DateField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    close_note = LineField("penilaian Pengawas", max_length=300, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "temuan Pengawas"
        verbose_name_plural = "temuan Pengawas"
        ordering = ["-found_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("found_on")),
                name="finding_due_after_found",
                violation_error_message="Batas jawab tidak sebelum tanggal temuan.",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="", answered_by=None)
                | Q(answered_on__isnull=False, answered_by__isnull=False)
                & ~Q(answer=""),
                name="finding_answer_whole",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_by=None)
                | Q(
                    closed_on__isnull=False,
                    closed_by__isnull=False,
                    answered_on__isnull=False,
                ),
                name="finding_closed_after_answer",
            ),
        ]
        indexes = [models.Index(fields=["board", "-found_on", "-id"])]

    def __str__(self):
        return shorten(self.text, 60, placeholder="…")
