"""The yearly assessment of a board: the sheet as data, and what a board gave itself."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from boards.models import BoardOwned, User
from common.fields import LineField, ProseField
from members import evaluation


class EvaluationSheet(models.Model):
    """One edition of the instrument: bidang with weights, aspects, names of levels.

    Rows, not constants: what is only inferred says so (`is_assumed`).
    """

    name = LineField("nama", max_length=120)
    starts_on = models.DateField("berlaku mulai", unique=True)
    source = LineField("sumber", max_length=300)

    class Meta:
        verbose_name = "lembar penilaian"
        verbose_name_plural = "lembar penilaian"
        ordering = ["-starts_on"]

    def __str__(self):
        return self.name

    def areas_read(self) -> list[evaluation.Area]:
        """Bidang with weights and the keys of their aspects, in order; two queries."""
        areas = self.areas.prefetch_related("aspects")
        return [
            evaluation.Area(
                area.pk,
                area.name,
                area.weight,
                tuple(aspect.pk for aspect in area.aspects.all()),
            )
            for area in areas
        ]


class EvaluationLevel(models.Model):
    """The word for a level, 1 the lowest."""

    sheet = models.ForeignKey(EvaluationSheet, models.PROTECT, related_name="levels")
    value = models.PositiveSmallIntegerField("tingkat")
    name = LineField("sebutan", max_length=40)
    is_assumed = models.BooleanField("anggapan", default=False)

    class Meta:
        verbose_name = "tingkat"
        verbose_name_plural = "tingkat"
        ordering = ["value"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "value"], name="evaluation_level_once"
            ),
            models.CheckConstraint(
                condition=Q(value__range=(1, evaluation.HIGHEST)),
                name="evaluation_level_from_1_to_4",
            ),
        ]

    def __str__(self):
        return f"{self.value} {self.name}"


class EvaluationArea(models.Model):
    """A bidang of the sheet and its weight in percent."""

    sheet = models.ForeignKey(EvaluationSheet, models.PROTECT, related_name="areas")
    position = models.PositiveSmallIntegerField("urut")
    name = LineField("bidang", max_length=80)
    weight = models.PositiveSmallIntegerField("bobot (%)")
    is_assumed = models.BooleanField("anggapan", default=False)

    class Meta:
        verbose_name = "bidang penilaian"
        verbose_name_plural = "bidang penilaian"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "position"], name="evaluation_area_once"
            )
        ]

    def __str__(self):
        return self.name


class EvaluationAspect(models.Model):
    """One aspect of a bidang; `lowest` and `highest` say what levels 1 and 4 are."""

    area = models.ForeignKey(EvaluationArea, models.PROTECT, related_name="aspects")
    position = models.PositiveSmallIntegerField("urut")
    name = LineField("aspek", max_length=120)
    lowest = LineField("tingkat terendah", max_length=200, blank=True)
    highest = LineField("tingkat tertinggi", max_length=200, blank=True)
    is_assumed = models.BooleanField("anggapan", default=False)

    class Meta:
        verbose_name = "aspek penilaian"
        verbose_name_plural = "aspek penilaian"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "position"], name="evaluation_aspect_once"
            )
        ]

    def __str__(self):
        return self.name


class Evaluation(BoardOwned):
    """The assessment of one board for one year. Frozen once finished."""

    year = models.PositiveSmallIntegerField(
        "tahun",
        validators=[
            MinValueValidator(2000, "Tahun paling awal 2000."),
            MaxValueValidator(2100, "Tahun paling akhir 2100."),
        ],
    )
    edition = models.PositiveSmallIntegerField("edisi", default=1)
    sheet = models.ForeignKey(EvaluationSheet, models.PROTECT, related_name="+")
    finished_at = models.DateTimeField("selesai", null=True, blank=True)
    finished_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "penilaian tahunan"
        verbose_name_plural = "penilaian tahunan"
        ordering = ["-year", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "year", "edition"],
                name="evaluation_edition_once",
                violation_error_message="Penilaian tahun ini sudah ada.",
            ),
            models.UniqueConstraint(
                fields=["board", "year"],
                condition=Q(finished_at=None),
                name="evaluation_open_once_a_year",
                violation_error_message="Penilaian tahun ini belum selesai.",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, finished_by=None)
                | Q(finished_at__isnull=False, finished_by__isnull=False),
                name="evaluation_finished_at_and_by_together",
            ),
        ]

    def __str__(self):
        again = f", edisi {self.edition}" if self.edition > 1 else ""
        return f"Penilaian tahun {self.year}{again}"

    @property
    def is_open(self) -> bool:
        """Levels may still be given."""
        return self.finished_at is None

    def result(self) -> evaluation.Result:
        """What the levels given so far come to; three queries."""
        levels = dict(self.scores.values_list("aspect", "level"))
        return evaluation.evaluate(self.sheet.areas_read(), levels)


class EvaluationScore(models.Model):
    """The level of one aspect, and the evidence in words."""

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="scores")
    aspect = models.ForeignKey(EvaluationAspect, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField("tingkat")
    note = ProseField("bukti atau alasan", max_length=600, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "nilai aspek"
        verbose_name_plural = "nilai aspek"
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "aspect"], name="evaluation_score_once"
            ),
            models.CheckConstraint(
                condition=Q(level__range=(1, evaluation.HIGHEST)),
                name="evaluation_score_from_1_to_4",
                violation_error_message="Pilih tingkat 1 sampai 4.",
            ),
        ]

    def __str__(self):
        return f"{self.aspect}: {self.level}"
