"""Trainings that people of the board took part in."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from boards.models import BoardOwned, StoredFile, User
from common.fields import LineField, ProseField
from members.models.people import Person


class Training(BoardOwned):
    """One training, for the kaderisasi log of the board."""

    title = LineField("nama pelatihan", max_length=150)
    held_on = models.DateField("tanggal mulai")
    days = models.PositiveSmallIntegerField(
        "lama (hari)",
        default=1,
        validators=[
            MinValueValidator(1, "Paling sedikit 1 hari."),
            MaxValueValidator(60, "Paling banyak 60 hari."),
        ],
    )
    organiser = LineField("penyelenggara", max_length=120)
    topic = LineField("bahasan", max_length=200, blank=True)
    note = ProseField("catatan", max_length=1000, blank=True)
    people = models.ManyToManyField(
        Person, through="TrainingParticipant", related_name="trainings"
    )

    class Meta:
        verbose_name = "pelatihan"
        verbose_name_plural = "pelatihan"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__range=(1, 60)),
                name="training_days_from_1_to_60",
                violation_error_message="Isi lama pelatihan 1 sampai 60 hari.",
            )
        ]
        indexes = [models.Index(fields=["board", "-held_on", "-id"])]

    def __str__(self):
        return self.title


class TrainingParticipant(BoardOwned):
    """Somebody who took part in a training."""

    training = models.ForeignKey(Training, models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "peserta pelatihan"
        verbose_name_plural = "peserta pelatihan"
        constraints = [
            models.UniqueConstraint(
                fields=["training", "person"],
                name="training_participant_once",
                violation_error_message="Warga ini sudah tercatat sebagai peserta.",
            )
        ]

    def __str__(self):
        return f"{self.person.full_name}, {self.training}"


class TrainingFile(BoardOwned):
    """A paper or photo of a training: who came, what was given out."""

    class Kind(models.TextChoices):
        # The letters also sort: who came stands first.
        ATTENDANCE = "1_ATTENDANCE", "Daftar hadir"
        CERTIFICATE = "2_CERTIFICATE", "Sertifikat"
        PHOTO = "3_PHOTO", "Foto kegiatan"
        OTHER = "4_OTHER", "Lainnya"

    training = models.ForeignKey(Training, models.PROTECT, related_name="files")
    kind = models.CharField("jenis", max_length=13, choices=Kind)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "berkas pelatihan"
        verbose_name_plural = "berkas pelatihan"
        ordering = ["kind", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.training}"
