"""Who was invited to a musyawarah, who came and when, and who steps out of an item."""

from django.db import models
from django.db.models import F, Q

from common.fields import LineField
from deliberations.agendas import MEMBERS
from deliberations.models.meeting import AgendaItem, Meeting
from members.models import Person, Sex


class Attendance(models.Model):
    """Who was invited to a meeting, whether they came, and from when to when."""

    class Status(models.TextChoices):
        INVITED = "invited", "Belum hadir"
        PRESENT = "present", "Hadir"
        EXCUSED = "excused", "Izin"
        ABSENT = "absent", "Tidak hadir"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # By value: what was signed does not change when a person is renamed.
    name = models.CharField("nama", max_length=160)
    sex = models.CharField("L/P", max_length=1, choices=Sex, blank=True)
    # Whom they stand for ("PKK", "RT"), by which the list is counted; and their post.
    element = LineField("unsur", max_length=40, blank=True)
    office = models.CharField("jabatan", max_length=80, blank=True)
    rt = models.CharField("RT", max_length=3, blank=True)
    rw = models.CharField("RW", max_length=3, blank=True)
    # Counts for the quorum: members of the board, or delegates of the residents.
    is_entitled = models.BooleanField("berhak suara", default=False)
    status = models.CharField(
        "kehadiran", max_length=10, choices=Status, default=Status.INVITED
    )
    arrives_at = models.TimeField("datang", null=True, blank=True)
    leaves_at = models.TimeField("pulang", null=True, blank=True)
    note = models.CharField("keterangan", max_length=150, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "kehadiran"
        verbose_name_plural = "kehadiran"
        ordering = ["-is_entitled", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
                name="attendance_person_once",
                violation_error_message="Orang ini sudah ada di daftar hadir.",
            ),
            models.CheckConstraint(
                condition=Q(status="present", arrives_at__isnull=False)
                | (~Q(status="present") & Q(arrives_at=None, leaves_at=None)),
                name="attendance_times_go_with_presence",
                violation_error_message="Jam datang hanya untuk yang hadir.",
            ),
            models.CheckConstraint(
                condition=Q(leaves_at=None) | Q(leaves_at__gte=F("arrives_at")),
                name="attendance_leaves_after_arriving",
                violation_error_message="Jam pulang lebih awal dari jam datang.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def counted_as(self) -> str:
        """The element by which the list is counted; lists of before have only posts."""
        if self.element:
            return self.element
        return MEMBERS if self.person_id and self.is_entitled else self.office or "Lain"

    @property
    def role(self) -> str:
        """Whom they stand for and their post: "PKK, Ketua"; of a member the post."""
        element = "" if self.element == MEMBERS and self.office else self.element
        return ", ".join(part for part in (element, self.office) if part)


class Recusal(models.Model):
    """A member with an interest in an item: present, but not counted there."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="recusals")
    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="recusals")
    reason = models.CharField("alasan", max_length=200, blank=True)

    class Meta:
        verbose_name = "berkepentingan"
        verbose_name_plural = "berkepentingan"
        constraints = [
            models.UniqueConstraint(
                fields=["item", "attendance"],
                name="recusal_once",
                violation_error_message="Orang ini sudah dicatat berkepentingan.",
            )
        ]

    def __str__(self):
        return f"{self.attendance} pada butir {self.item.position}"
