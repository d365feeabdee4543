"""The work that a decision started: where, how much, from which money, until when."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from activities.works import unit_choices, works_choices
from boards.models import BoardOwned, User
from common.fields import RupiahField
from deliberations.models import Decision
from planning.models import PlanItem


class ActivityQuerySet(models.QuerySet):
    """Activities by state, plan and time."""

    def counted(self):
        """All that still bind money of their decision: everything but cancelled."""
        return self.exclude(state=Activity.State.CANCELLED)

    def not_aligned(self):
        """Activities that no plan row carries: "belum selaras"."""
        return self.filter(plan_item=None)


class Activity(BoardOwned):
    """Maintenance or cash for work. Its plan is frozen once the work has begun."""

    class Kind(models.TextChoices):
        MAINTENANCE = "MAINTENANCE", "Pemeliharaan (O&P)"
        CASH_FOR_WORK = "CASH_FOR_WORK", "Padat karya tunai (CFW)"

    class State(models.TextChoices):
        PLANNED = "planned", "Direncanakan"
        RUNNING = "running", "Berjalan"
        FINISHED = "finished", "Selesai"
        CANCELLED = "cancelled", "Dibatalkan"

    # An inner code, not the number of a letter: it is given when the row is made,
    # from a sequence of its own a year, and stays when the activity is cancelled.
    code = models.CharField("kode", max_length=20, editable=False)
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        related_name="activities",
        verbose_name="dasar keputusan",
    )
    plan_item = models.ForeignKey(
        PlanItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="butir rencana",
    )
    kind = models.CharField("jenis", max_length=15, choices=Kind)
    works_type = models.CharField(
        "jenis pekerjaan", max_length=12, choices=works_choices
    )
    title = models.CharField("nama kegiatan", max_length=150)
    latitude = models.DecimalField(
        "lintang", max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        "bujur", max_digits=9, decimal_places=6, null=True, blank=True
    )
    volume = models.DecimalField("volume", max_digits=12, decimal_places=2)
    unit = models.CharField("satuan", max_length=6, choices=unit_choices)
    # The sum of the fundings and of the lines; the database compares all three when
    # the work begins.
    budget_total = RupiahField("anggaran", default=0, editable=False)
    person_days_women = models.DecimalField(
        "HOK perempuan", max_digits=8, decimal_places=1, default=0
    )
    person_days_men = models.DecimalField(
        "HOK laki-laki", max_digits=8, decimal_places=1, default=0
    )
    workers_women = models.PositiveSmallIntegerField("pekerja perempuan", default=0)
    workers_men = models.PositiveSmallIntegerField("pekerja laki-laki", default=0)
    daily_wage = RupiahField("upah per HOK", default=0)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("selesai")

    state = models.CharField(
        "keadaan", max_length=10, choices=State, default=State.PLANNED, editable=False
    )
    cancel_reason = models.CharField("alasan batal", max_length=300, blank=True)
    started_on = models.DateField(null=True, editable=False)
    closed_on = models.DateField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Caches over the approved reports, for lists; `count_again` rebuilds them.
    progress = models.DecimalField(
        "kemajuan fisik", max_digits=5, decimal_places=2, default=0, editable=False
    )
    spent = RupiahField("realisasi", default=0, editable=False)
    reported_until = models.DateField(null=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "kegiatan"
        verbose_name_plural = "kegiatan"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "code"],
                name="activity_code_once_in_board",
                violation_error_message="Kode kegiatan ini sudah dipakai.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="activity_ends_after_start",
                violation_error_message=(
                    "Tanggal selesai lebih awal dari tanggal mulai."
                ),
            ),
            models.CheckConstraint(
                condition=Q(volume__gt=0),
                name="activity_volume_positive",
                violation_error_message="Volume harus lebih dari 0.",
            ),
            models.CheckConstraint(
                condition=Q(
                    budget_total__gte=0,
                    daily_wage__gte=0,
                    spent__gte=0,
                    person_days_women__gte=0,
                    person_days_men__gte=0,
                ),
                name="activity_amounts_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(progress__gte=0, progress__lte=100),
                name="activity_progress_is_percent",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
                name="activity_point_is_whole",
                violation_error_message=(
                    "Isi lintang dan bujur bersama-sama, atau kosongkan keduanya."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state="planned", started_on=None, closed_on=None)
                | Q(state="running", started_on__isnull=False, closed_on=None)
                | Q(state="finished", started_on__isnull=False, closed_on__isnull=False)
                | (
                    Q(state="cancelled", closed_on__isnull=False) & ~Q(cancel_reason="")
                ),
                name="activity_days_go_with_state",
            ),
        ]
        indexes = [
            models.Index(fields=["board", "-starts_on", "-id"]),
            models.Index(fields=["board", "state", "-starts_on", "-id"]),
            models.Index(fields=["region_code", "-starts_on", "-id"]),
        ]

    def __str__(self):
        return f"{self.code}: {self.title}"

    @property
    def person_days(self):
        """Planned work days of women and men together (HOK)."""
        return self.person_days_women + self.person_days_men

    @property
    def workers(self) -> int:
        """Planned number of workers."""
        return self.workers_women + self.workers_men

    @property
    def is_open(self) -> bool:
        """The plan may still be changed."""
        return self.state == self.State.PLANNED

    @property
    def point(self) -> tuple | None:
        """Latitude and longitude, or None."""
        return None if self.latitude is None else (self.latitude, self.longitude)


class ActivityLocation(models.Model):
    """One RT in which the work stands; RT and RW have three digits, as on the KTP."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="locations")
    rt = models.CharField("RT", max_length=3)
    rw = models.CharField("RW", max_length=3)

    class Meta:
        verbose_name = "lokasi"
        verbose_name_plural = "lokasi"
        ordering = ["rw", "rt"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "rt", "rw"],
                name="activity_location_once",
                violation_error_message="RT ini sudah tercatat.",
            ),
            models.CheckConstraint(
                condition=Q(Exact(Length("rt"), 3)) & Q(Exact(Length("rw"), 3)),
                name="activity_location_three_digits",
                violation_error_message="Tulis RT dan RW dengan tiga angka, 003/005.",
            ),
        ]
        indexes = [models.Index(fields=["rt", "rw"])]

    def __str__(self):
        return f"RT {self.rt}/RW {self.rw}"


class CostKind(models.TextChoices):
    """What money is spent on. Source: governance sheet, section 5.3 (LK 1.1)."""

    WAGES = "wages", "Upah"
    MATERIALS = "materials", "Bahan"
    TOOLS = "tools", "Alat"
    OPERATIONS = "operations", "Operasional"


class Source(models.TextChoices):
    """Where money comes from."""

    DANA_KELURAHAN = "DANA_KELURAHAN", "Dana Kelurahan"
    DANA_DESA = "DANA_DESA", "Dana Desa"
    APBD = "APBD", "APBD"
    APBN = "APBN", "APBN"
    SWADAYA = "SWADAYA", "Swadaya"
    CSR = "CSR", "CSR"
    OTHER = "OTHER", "Sumber lain"


class BudgetLine(models.Model):
    """Planned money of one kind of cost."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="budget_lines")
    kind = models.CharField("jenis biaya", max_length=12, choices=CostKind)
    amount = RupiahField("jumlah")

    class Meta:
        verbose_name = "baris anggaran"
        verbose_name_plural = "baris anggaran"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "kind"], name="budget_line_once_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="budget_line_amount_positive"
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class Funding(models.Model):
    """Planned money from one source."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="fundings")
    source = models.CharField("sumber dana", max_length=15, choices=Source)
    amount = RupiahField("jumlah")

    class Meta:
        verbose_name = "sumber dana"
        verbose_name_plural = "sumber dana"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "source"], name="funding_once_a_source"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="funding_amount_positive"
            ),
        ]
        indexes = [models.Index(fields=["source"])]

    def __str__(self):
        return self.get_source_display()
