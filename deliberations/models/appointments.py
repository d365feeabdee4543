"""Which decision put a person into a unit, and which one ended it."""

from django.db import models

from boards.models import BoardOwned
from deliberations.models.decision import Decision
from members.models import Appointment


class AppointmentDecision(BoardOwned):
    """An appointment or its end rests on a ratified decision about membership.

    An appointment without such a row was recorded, not yet decided on. One decision
    may appoint several people.
    """

    class Act(models.TextChoices):
        APPOINTS = "APPOINTS", "Mengangkat"
        ENDS = "ENDS", "Memberhentikan"

    appointment = models.ForeignKey(
        Appointment, models.PROTECT, related_name="decisions"
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="appointment_links"
    )
    act = models.CharField("isi", max_length=8, choices=Act, default=Act.APPOINTS)

    class Meta:
        verbose_name = "dasar pengangkatan"
        verbose_name_plural = "dasar pengangkatan"
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "act"],
                name="appointment_decided_once",
                violation_error_message="Pengangkatan ini sudah punya keputusan.",
            )
        ]

    def __str__(self):
        return f"{self.appointment}: {self.decision.number_text}"
