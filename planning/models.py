"""Programme codes of a budget year, and the plan items that works point to."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Count, Q, Sum

from boards.models import BoardOwned
from common.fields import LineField, RupiahField
from planning import codes

FIRST_YEAR, LAST_YEAR = 2000, 2100
programme_code = RegexValidator(
    codes.PROGRAMME, "Tulis kode seperti 1.04.03.2.02.0003.", code="programme_code"
)
# RKP Desa counts otherwise (bidang 2.3.10), so a plan item takes any dotted code.
plan_code = RegexValidator(
    codes.DOTTED, "Tulis kode seperti 1.04.03.2.02.0003 atau 2.3.10.", code="plan_code"
)
_NOT_NEGATIVE = (MinValueValidator(0, "Tulis tanpa tanda minus."),)
_YEAR_LIMITS = (
    MinValueValidator(FIRST_YEAR, "Tahun paling awal 2000."),
    MaxValueValidator(LAST_YEAR, "Tahun paling akhir 2100."),
)


class ProgrammeCodeQuerySet(models.QuerySet):
    """Code rows as pages and reports ask for them."""

    def in_force(self, year: int, region_code: str):
        """Rows of `year` for a place: the national list and the regency's own rows.

        An own row takes the place of the national row with the same code.
        """
        regency = region_code[:5]
        own = self.filter(year=year, region_code=regency).values("code")
        national = (
            Q(region_code="") & ~Q(code__in=own) if regency else Q(region_code="")
        )
        held = Q(region_code=regency) | national
        return self.filter(held, year=year).order_by("code")

    def names_in(self, year: int, region_code: str) -> dict[str, str]:
        """Code to name for one year and place."""
        return dict(self.in_force(year, region_code).values_list("code", "name"))


class ProgrammeCode(models.Model):
    """One row of the code list of a budget year; codes are never derived by padding."""

    class Level(models.TextChoices):
        URUSAN = "URUSAN", "Urusan"
        PROGRAM = "PROGRAM", "Program"
        KEGIATAN = "KEGIATAN", "Kegiatan"
        SUBKEGIATAN = "SUBKEGIATAN", "Subkegiatan"

    # "" is the list that comes with the portal; "35.20" the rows of that regency.
    region_code = models.CharField("kode wilayah", max_length=5, blank=True)
    year = models.PositiveSmallIntegerField("tahun", validators=_YEAR_LIMITS)
    code = models.CharField("kode", max_length=20, validators=[programme_code])
    name = LineField("nama", max_length=300)
    level = models.CharField("tingkat", max_length=12, choices=Level)
    source = LineField("sumber", max_length=160)

    objects = ProgrammeCodeQuerySet.as_manager()

    class Meta:
        verbose_name = "kode program"
        verbose_name_plural = "kode program"
        ordering = ["-year", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["region_code", "year", "code"],
                name="programme_code_once_a_year",
                violation_error_message="Kode ini sudah ada pada tahun itu.",
            )
        ]
        indexes = [models.Index(fields=["year", "code"])]

    def __str__(self):
        return f"{self.code} {self.name}"


class PlanItemQuerySet(models.QuerySet):
    """Plan items as lists ask for them."""

    def totals_by_year(self):
        """For each year, newest first: items, ceiling and next_ceiling in rupiah."""
        return (
            self.order_by()
            .values("year")
            .annotate(
                items=Count("pk"),
                ceiling_sum=Sum("ceiling"),
                next_ceiling_sum=Sum("next_ceiling"),
            )
            .order_by("-year")
        )


class PlanItem(BoardOwned):
    """One row of a Renja or RKP Desa that the board's works answer to.

    The columns feed Table T-C.33 (Permendagri 86/2017): code, title, indicator,
    location, target, ceiling, source of funds, note, and the forecast for year n+1.
    """

    class Kind(models.TextChoices):
        RENJA_KECAMATAN = "RENJA_KECAMATAN", "Renja Kecamatan"
        RENJA_DINAS = "RENJA_DINAS", "Renja Dinas"
        RKP_DESA = "RKP_DESA", "RKP Desa"

    kind = models.CharField(
        "dokumen rencana", max_length=16, choices=Kind, default=Kind.RENJA_KECAMATAN
    )
    year = models.PositiveSmallIntegerField("tahun", validators=_YEAR_LIMITS)
    code = models.CharField("kode", max_length=20, validators=[plan_code])
    title = LineField("subkegiatan", max_length=300)
    indicator = LineField("indikator kinerja", max_length=300, blank=True)
    target = models.DecimalField(
        "target",
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=_NOT_NEGATIVE,
    )
    unit = LineField("satuan", max_length=40, blank=True)
    location = LineField("lokasi", max_length=200, blank=True)
    ceiling = RupiahField("pagu (Rp)")
    source_of_funds = LineField("sumber dana", max_length=80, blank=True)
    priority_note = LineField("catatan penting", max_length=300, blank=True)
    next_target = models.DecimalField(
        "target tahun berikutnya",
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=_NOT_NEGATIVE,
    )
    next_ceiling = RupiahField("pagu tahun berikutnya (Rp)", null=True, blank=True)

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        verbose_name = "butir rencana"
        verbose_name_plural = "butir rencana"
        ordering = ["-year", "code", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "year", "code", "title"],
                name="plan_item_once_a_year",
                violation_error_message="Butir dengan kode dan nama ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(ceiling__gte=0)
                & (Q(next_ceiling=None) | Q(next_ceiling__gte=0)),
                name="plan_item_ceiling_not_negative",
                violation_error_message="Pagu ditulis tanpa tanda minus.",
            ),
            models.CheckConstraint(
                condition=(Q(target=None) | Q(target__gte=0))
                & (Q(next_target=None) | Q(next_target__gte=0)),
                name="plan_item_target_not_negative",
                violation_error_message="Target ditulis tanpa tanda minus.",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="plan_item_year_plausible",
                violation_error_message="Periksa tahun.",
            ),
        ]
        indexes = [models.Index(fields=["region_code", "year", "code"])]

    def __str__(self):
        return f"{self.code} {self.title} ({self.year})"
