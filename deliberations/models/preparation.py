"""How a board prepares its meetings: a layout for each kind, and series."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from boards.models import BoardOwned
from common.fields import LineField, ProseField
from deliberations.agendas import MEMBER_KINDS, PAPERS
from deliberations.models.meeting import Meeting
from members.models import Sex


def all_papers() -> list[str]:
    """Codes of every paper a meeting may have."""
    return list(PAPERS)


class MeetingTemplate(BoardOwned):
    """The board's own layout of one kind of meeting; without one the usual holds."""

    kind = models.CharField("jenis rapat", max_length=12, choices=Meeting.Kind)
    # One item, one letter's copy a line.
    agenda = ProseField("agenda", blank=True, max_length=6000)
    copies = ProseField("tembusan", blank=True, max_length=1000)
    place = LineField("tempat", blank=True, max_length=150)
    starts_at = models.TimeField("mulai pukul", null=True, blank=True)
    invites_members = models.BooleanField("anggota", default=True)
    invites_units = models.BooleanField("petugas unit pengelola", default=False)
    papers = models.JSONField("surat", default=all_papers)

    class Meta:
        verbose_name = "susunan rapat"
        verbose_name_plural = "susunan rapat"
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "kind"], name="meeting_template_once_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(invites_members=True) | ~Q(kind__in=sorted(MEMBER_KINDS)),
                name="meeting_template_members_meet",
                violation_error_message="Di rapat ini anggota selalu diundang.",
            ),
        ]

    def __str__(self):
        return f"Susunan {self.get_kind_display()}"


class TemplateGuest(models.Model):
    """Somebody who is invited to every meeting of a kind: by name, or by post."""

    template = models.ForeignKey(
        MeetingTemplate, models.CASCADE, related_name="guests_listed"
    )
    position = models.PositiveSmallIntegerField()
    name = LineField("nama", max_length=160)
    sex = models.CharField("L/P", max_length=1, choices=Sex, blank=True)
    element = LineField("unsur", max_length=40, blank=True)
    is_entitled = models.BooleanField("berhak suara", default=False)

    class Meta:
        verbose_name = "undangan tetap"
        verbose_name_plural = "undangan tetap"
        ordering = ["position"]

    def __str__(self):
        return self.name


class MeetingSeries(BoardOwned):
    """Meetings that come again: every week, or a weekday of a week of the month."""

    class Week(models.IntegerChoices):
        EVERY = 0, "Setiap minggu"
        FIRST = 1, "Minggu pertama"
        SECOND = 2, "Minggu kedua"
        THIRD = 3, "Minggu ketiga"
        FOURTH = 4, "Minggu keempat"
        LAST = 5, "Minggu terakhir"

    class Weekday(models.IntegerChoices):
        MONDAY = 0, "Senin"
        TUESDAY = 1, "Selasa"
        WEDNESDAY = 2, "Rabu"
        THURSDAY = 3, "Kamis"
        FRIDAY = 4, "Jumat"
        SATURDAY = 5, "Sabtu"
        SUNDAY = 6, "Minggu"

    kind = models.CharField("jenis rapat", max_length=12, choices=Meeting.Kind)
    title = LineField("nama rapat", max_length=150)
    week = models.PositiveSmallIntegerField(
        "minggu", choices=Week, validators=[MaxValueValidator(5)]
    )
    weekday = models.PositiveSmallIntegerField(
        "hari",
        choices=Weekday,
        validators=[MinValueValidator(0), MaxValueValidator(6)],
    )
    starts_at = models.TimeField("mulai pukul")
    place = LineField("tempat", max_length=150)
    stopped_on = models.DateField("berhenti", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "rapat berkala"
        verbose_name_plural = "rapat berkala"
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(week__lte=5) & Q(weekday__lte=6),
                name="meeting_series_in_calendar",
            )
        ]

    def __str__(self):
        return self.title

    @property
    def rhythm(self) -> str:
        """When it comes: "Selasa minggu pertama, pukul 19.30"."""
        day, week = self.get_weekday_display(), self.get_week_display().lower()
        when = f"Setiap {day}" if self.week == self.Week.EVERY else f"{day} {week}"
        return f"{when}, pukul {self.starts_at:%H.%M}"
