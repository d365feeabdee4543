"""The book of letters that came in: one numbered row each."""

from django.db import models
from django.db.models import F, Q

from boards.models import BoardOwned, LetterNumber, StoredFile, User
from common.periods import Period
from deliberations.models.decision import Decision
from deliberations.models.meeting import Meeting


class IncomingLetterQuerySet(models.QuerySet):
    """Letters by the day they came."""

    def received_in(self, period: Period):
        """Letters that came within a period, both ends included."""
        return self.filter(received_on__range=(period.start, period.end))


class IncomingLetter(BoardOwned):
    """A letter that came in. It keeps its agenda number, cancelled or not."""

    number = models.OneToOneField(
        LetterNumber, models.PROTECT, editable=False, related_name="+"
    )
    number_text = models.CharField("nomor agenda", max_length=80)
    received_on = models.DateField("tanggal terima")
    letter_on = models.DateField("tanggal surat", null=True, blank=True)
    sender = models.CharField("pengirim", max_length=160)
    sender_number = models.CharField("nomor surat", max_length=80, blank=True)
    subject = models.CharField("perihal", max_length=200)
    disposition = models.TextField("disposisi", max_length=1000, blank=True)
    file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="pindaian",
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name="dibahas di",
    )
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name="dijawab dengan keputusan",
    )
    cancel_reason = models.CharField("alasan batal", max_length=300, blank=True)
    cancelled_on = models.DateField("dibatalkan", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = IncomingLetterQuerySet.as_manager()

    class Meta:
        verbose_name = "surat masuk"
        verbose_name_plural = "surat masuk"
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(letter_on=None) | Q(letter_on__lte=F("received_on")),
                name="letter_written_before_received",
                violation_error_message=(
                    "Tanggal surat tidak boleh sesudah tanggal terima."
                ),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on=None, cancel_reason="")
                | (Q(cancelled_on__isnull=False) & ~Q(cancel_reason="")),
                name="letter_cancelled_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["board", "-received_on", "-id"])]

    def __str__(self):
        return f"{self.number_text} {self.subject}"

    @property
    def state_tag(self) -> tuple[str, str]:
        """Kind and word of the tag that shows what became of it."""
        if self.cancelled_on:
            return "", "Dibatalkan"
        if self.decision_id:
            return "ok", "Diputuskan"
        if self.meeting_id or self.disposition:
            return "wait", "Diteruskan"
        return "draft", "Baru"
