"""What became of a follow-up: one row a step, with the evidence, only ever added."""

from django.db import models
from django.db.models import Q

from boards.models import LetterNumber, StoredFile, User
from deliberations.models.decision import ActionItem


class ActionMove(models.Model):
    """One step of a follow-up: where it stands since, who said so, what shows it."""

    action = models.ForeignKey(ActionItem, models.PROTECT, related_name="moves")
    status = models.CharField("keadaan", max_length=10, choices=ActionItem.Status)
    note = models.CharField("keterangan", max_length=300, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name="berkas"
    )
    # Every record that was ratified, approved or issued has one.
    number = models.ForeignKey(
        LetterNumber, models.PROTECT, null=True, related_name="+", verbose_name="nomor"
    )
    moved_on = models.DateField("tanggal")
    moved_at = models.DateTimeField(auto_now_add=True)
    moved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    moved_name = models.CharField("oleh", max_length=120)

    class Meta:
        verbose_name = "langkah tindak lanjut"
        verbose_name_plural = "langkah tindak lanjut"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="done")
                | ~Q(note="")
                | Q(file__isnull=False)
                | Q(number__isnull=False),
                name="action_done_has_evidence",
                violation_error_message=(
                    "Lampirkan berkas, tulis nomor suratnya, atau tulis mengapa tidak"
                    " ada berkas."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled")
                | ~Q(note="")
                | Q(number__isnull=False),
                name="action_cancelled_has_reason",
                violation_error_message=(
                    "Tulis alasan pembatalan, atau nomor keputusan yang membatalkannya."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_status_display()}: {self.action}"

    @property
    def state_tag(self) -> tuple[str, str]:
        """Kind and word of the tag of the state it led to."""
        return ActionItem.TAGS[self.status]

    @property
    def is_bare(self) -> bool:
        """Done on words alone: shown as "tanpa berkas"."""
        done = self.status == ActionItem.Status.DONE
        return done and not (self.file_id or self.number_id)
