"""What those who were there say about minutes that wait for ratification."""

from django.db import models
from django.db.models import F, Q

from boards.models import User
from deliberations.models.attendance import Attendance
from deliberations.models.meeting import AgendaItem, Meeting


class CorrectionQuerySet(models.QuerySet):
    """Requests by whether somebody answered them."""

    def unanswered(self):
        """Nobody said yet what came of them."""
        return self.filter(answered_at=None)


class Correction(models.Model):
    """Somebody who was there asks to mend a part of the minutes; it gets an answer."""

    class Outcome(models.TextChoices):
        MENDED = "mended", "Diperbaiki"
        KEPT = "kept", "Tidak diubah"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="corrections")
    # Empty: about the minutes as a whole.
    item = models.ForeignKey(
        AgendaItem, models.CASCADE, null=True, blank=True, related_name="corrections"
    )
    round = models.PositiveSmallIntegerField(editable=False)
    text = models.CharField("yang perlu diperbaiki", max_length=1000)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_name = models.CharField(max_length=160)
    asked_at = models.DateTimeField()
    outcome = models.CharField("hasil", max_length=8, choices=Outcome, blank=True)
    answer = models.CharField("jawaban", max_length=500, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "permintaan koreksi"
        verbose_name_plural = "permintaan koreksi"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, outcome="")
                | Q(answered_at__isnull=False, answered_by__isnull=False)
                & ~Q(outcome=""),
                name="correction_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(answered_by=F("asked_by")),
                name="correction_not_answered_by_asker",
                violation_error_message="Permintaan dijawab orang lain.",
            ),
        ]

    def __str__(self):
        return self.text[:60]


class Confirmation(models.Model):
    """A member who was there agrees with the minutes as they were sent that time."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="confirmations")
    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="+")
    # Minutes that came back and were sent again are other minutes.
    round = models.PositiveSmallIntegerField(editable=False)
    # Empty: confirmed by the member's own account. Else how it was told.
    told_by = models.CharField("disampaikan lewat", max_length=80, blank=True)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        verbose_name = "persetujuan notulen"
        verbose_name_plural = "persetujuan notulen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "attendance", "round"],
                name="confirmation_once_a_round",
                violation_error_message="Persetujuannya sudah tercatat.",
            )
        ]

    def __str__(self):
        return str(self.attendance)
