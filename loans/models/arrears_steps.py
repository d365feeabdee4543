"""What was done about a loan: reminders, visits, calls, letters; never changed."""

from collections.abc import Iterable, Sequence

from django.db import models
from django.db.models import F, Q

from boards.loan_rules import ARREARS_STEPS
from boards.models import BoardOwned, User
from common.fields import ProseField
from loans.models.loans import Loan

_LABELS = dict(ARREARS_STEPS)


class ArrearsStepQuerySet(models.QuerySet):
    """Steps as the card and the lists ask for them."""

    def by_day(self):
        """In the order in which they happened."""
        return self.order_by("on", "pk")


class ArrearsStep(BoardOwned):
    """One step, on its day; the next one is planned, not yet done.

    Kinds in the order of the sheet, §4.4; a board may set its own (`arrears_ladder`).
    """

    class Kind(models.TextChoices):
        AFTER_PAYOUT = "payout", "Kunjungan sesudah pencairan"
        REMINDER = "reminder", _LABELS["reminder"]
        VISIT = "visit", _LABELS["visit"]
        CALL = "call", _LABELS["call"]
        LETTER_1 = "letter1", _LABELS["letter1"]
        LETTER_2 = "letter2", _LABELS["letter2"]
        LETTER_3 = "letter3", _LABELS["letter3"]
        LURAH = "lurah", _LABELS["lurah"]
        SAVINGS = "savings", _LABELS["savings"]
        MEETING = "meeting", _LABELS["meeting"]

    # All but the first as something still to do.
    TO_DO = {
        Kind.REMINDER: "Kirim pengingat",
        Kind.VISIT: "Kunjungi KSM",
        Kind.CALL: "Panggil ke LKM",
        Kind.LETTER_1: "Kirim surat peringatan 1",
        Kind.LETTER_2: "Kirim surat peringatan 2",
        Kind.LETTER_3: "Kirim surat peringatan 3",
        Kind.LURAH: "Minta surat lurah",
        Kind.SAVINGS: "Pakai tabungan",
        Kind.MEETING: "Bahas di rapat",
    }
    VISITS = (Kind.AFTER_PAYOUT, Kind.VISIT)

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="steps")
    kind = models.CharField("langkah", max_length=10, choices=Kind)
    on = models.DateField("tanggal")
    note = ProseField("hasil", max_length=1000, blank=True)
    next_on = models.DateField("lihat lagi pada", null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_name = models.CharField(max_length=120)

    objects = ArrearsStepQuerySet.as_manager()

    class Meta:
        verbose_name = "langkah penanganan"
        verbose_name_plural = "langkah penanganan"
        ordering = ["loan", "-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gte=F("on")),
                name="arrears_step_next_later",
                violation_error_message="Tanggal berikutnya tidak sebelum langkah ini.",
            )
        ]
        indexes = [models.Index(fields=["loan", "-on", "-id"])]

    def __str__(self):
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"

    @classmethod
    def after(cls, kinds: Iterable[str], ladder: Sequence[str]) -> "ArrearsStep.Kind":
        """The step that comes next when these kinds were done; the last one stays.

        A visit after the payout is no sign of arrears: it is no step of a ladder.
        """
        done = [ladder.index(kind) for kind in kinds if kind in ladder]
        following = max(done, default=-1) + 1
        return cls.Kind(ladder[min(following, len(ladder) - 1)])
