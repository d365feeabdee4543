"""What the LKM reports about a work, what the kelurahan answers, and the proof."""

from django.db import models
from django.db.models import F, Q

from activities.models.activity import Activity, CostKind, Source
from boards.models import BoardOwned, LetterNumber, StoredFile, User
from common.fields import RupiahField
from common.periods import Period


class ReportQuerySet(models.QuerySet):
    """Activity reports by state and period."""

    def approved(self):
        """Frozen by the kelurahan's approval."""
        return self.filter(state=ActivityReport.State.APPROVED)

    def waiting(self):
        """Sent, and not yet answered by the kelurahan."""
        return self.filter(state=ActivityReport.State.SENT)

    def open(self):
        """The LKM still writes them: drafts, and what came back."""
        states = ActivityReport.State
        return self.filter(state__in=(states.DRAFT, states.RETURNED))

    def seen_by_kelurahan(self):
        """Sent at least once."""
        return self.exclude(sent_at=None)

    def handed_in(self):
        """Sent or approved: no report of an earlier month comes after these."""
        states = ActivityReport.State
        return self.filter(state__in=(states.SENT, states.APPROVED))

    def about(self, period: Period):
        """Reports whose own period ends within `period`."""
        return self.filter(period_end__range=(period.start, period.end))


class ActivityReport(BoardOwned):
    """One month of one activity: money and work days of that month alone.

    `physical_progress` and `volume_done` are cumulative, as of the last day of the
    period; spending and person-days are those of the period, so that they add up.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draf"
        SENT = "sent", "Menunggu pemeriksaan kelurahan"
        RETURNED = "returned", "Perlu diperbaiki"
        APPROVED = "approved", "Disetujui"
        CLOSED = "closed", "Ditutup"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="reports")
    period_start = models.DateField("awal masa laporan")
    period_end = models.DateField("akhir masa laporan")
    is_final = models.BooleanField("laporan akhir", default=False)
    physical_progress = models.DecimalField(
        "kemajuan fisik", max_digits=5, decimal_places=2, default=0
    )
    volume_done = models.DecimalField(
        "volume terpasang", max_digits=12, decimal_places=2, default=0
    )
    person_days_women = models.DecimalField(
        "HOK perempuan", max_digits=8, decimal_places=1, default=0
    )
    person_days_men = models.DecimalField(
        "HOK laki-laki", max_digits=8, decimal_places=1, default=0
    )
    workers_women = models.PositiveSmallIntegerField("pekerja perempuan", default=0)
    workers_men = models.PositiveSmallIntegerField("pekerja laki-laki", default=0)
    problems = models.TextField("masalah", blank=True, max_length=2000)
    follow_up = models.TextField("tindak lanjut", blank=True, max_length=2000)
    # Why spending goes beyond its source, or progress falls back.
    explanation = models.TextField("penjelasan", blank=True, max_length=1000)

    state = models.CharField(
        "keadaan", max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    state_since = models.DateTimeField("sejak", editable=False)
    # How often the kelurahan sent it back.
    round = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Names and posts by value: what was signed does not change when people do.
    sent_name = models.CharField(max_length=120, blank=True)
    sent_role = models.CharField(max_length=80, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True, editable=False)
    returned_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_name = models.CharField(max_length=120, blank=True)
    approved_title = models.CharField(max_length=120, blank=True)
    approved_role = models.CharField(max_length=80, blank=True)
    number = models.OneToOneField(
        LetterNumber, models.PROTECT, null=True, blank=True, related_name="+"
    )
    number_text = models.CharField("nomor laporan", max_length=80, blank=True)
    # Sum of the spending rows, written with them; lists read it.
    spent = RupiahField("realisasi", default=0, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan kegiatan"
        verbose_name_plural = "laporan kegiatan"
        ordering = ["-period_start", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "period_start"],
                name="activity_report_once_a_period",
                violation_error_message="Laporan bulan itu sudah ada.",
            ),
            models.UniqueConstraint(
                fields=["activity"],
                condition=Q(is_final=True),
                name="activity_report_final_once",
                violation_error_message="Laporan akhir kegiatan ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="activity_report_period_in_order",
            ),
            models.CheckConstraint(
                condition=Q(physical_progress__gte=0, physical_progress__lte=100),
                name="activity_report_progress_is_percent",
                violation_error_message="Kemajuan fisik antara 0 dan 100 persen.",
            ),
            models.CheckConstraint(
                condition=Q(
                    volume_done__gte=0,
                    person_days_women__gte=0,
                    person_days_men__gte=0,
                    spent__gte=0,
                ),
                name="activity_report_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None, state__in=("draft", "closed"))
                | Q(sent_at__isnull=False, sent_by__isnull=False) & ~Q(state="draft"),
                name="activity_report_sent_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, returned_by=None)
                | Q(returned_at__isnull=False, returned_by__isnull=False),
                name="activity_report_returned_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None, number=None)
                & ~Q(state="approved")
                | Q(
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                    number__isnull=False,
                    state="approved",
                ),
                name="activity_report_approved_is_numbered",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None)
                | (~Q(approved_by=F("sent_by")) & ~Q(approved_by=F("created_by"))),
                name="activity_report_maker_does_not_approve",
                violation_error_message=(
                    "Laporan tidak boleh disetujui oleh yang menulisnya."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["board", "state", "state_since"]),
            models.Index(fields=["region_code", "state", "state_since"]),
            models.Index(fields=["region_code", "period_end", "state"]),
        ]

    def __str__(self):
        return f"Laporan {self.period_name}, {self.activity.code}"

    @property
    def period(self) -> Period:
        """The days that the report is about."""
        return Period(self.period_start, self.period_end)

    @property
    def period_name(self) -> str:
        """The month in words: "Oktober 2026"."""
        return self.period.label

    @property
    def person_days(self):
        """Work days of the period, women and men together (HOK)."""
        return self.person_days_women + self.person_days_men

    @property
    def workers(self) -> int:
        """Workers of the period, women and men together."""
        return self.workers_women + self.workers_men

    @property
    def is_editable(self) -> bool:
        """The LKM may write: a draft whole, a returned report in part."""
        return self.state in (self.State.DRAFT, self.State.RETURNED)

    @property
    def is_approved(self) -> bool:
        """Frozen."""
        return self.state == self.State.APPROVED


class ReportWriter(models.Model):
    """Somebody who wrote into a report; none of them checks it, also after a return."""

    report = models.ForeignKey(ActivityReport, models.CASCADE, related_name="writers")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "penulis laporan"
        verbose_name_plural = "penulis laporan"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "user"], name="report_writer_once"
            )
        ]

    def __str__(self):
        return str(self.user)


class Spending(models.Model):
    """Money of the period from one source for one kind of cost."""

    report = models.ForeignKey(ActivityReport, models.CASCADE, related_name="spendings")
    source = models.CharField("sumber dana", max_length=15, choices=Source)
    kind = models.CharField("jenis biaya", max_length=12, choices=CostKind)
    amount = RupiahField("jumlah")

    class Meta:
        verbose_name = "realisasi"
        verbose_name_plural = "realisasi"
        ordering = ["source", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "source", "kind"], name="spending_once"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="spending_amount_positive"
            ),
        ]

    def __str__(self):
        return f"{self.get_source_display()}, {self.get_kind_display()}"


class Photo(models.Model):
    """A photo at 0, 50 or 100 percent, with when and where it was taken."""

    class Stage(models.IntegerChoices):
        BEFORE = 0, "0 %"
        HALF = 50, "50 %"
        DONE = 100, "100 %"

    report = models.ForeignKey(ActivityReport, models.CASCADE, related_name="photos")
    stage = models.PositiveSmallIntegerField("tahap", choices=Stage)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    thumbnail = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField("diambil", null=True, blank=True)
    latitude = models.DecimalField(
        max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        max_digits=9, decimal_places=6, null=True, blank=True
    )
    note = models.CharField("keterangan", max_length=150, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "foto"
        verbose_name_plural = "foto"
        ordering = ["stage", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "file"],
                name="photo_once_in_report",
                violation_error_message="Foto ini sudah ada di laporan.",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=(0, 50, 100)), name="photo_stage_is_known"
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="photo_point_is_whole",
            ),
        ]

    def __str__(self):
        return f"Foto {self.get_stage_display()}"

    @property
    def point(self) -> tuple | None:
        """Latitude and longitude, or None."""
        return None if self.latitude is None else (self.latitude, self.longitude)


class ReceiptFile(models.Model):
    """A scanned receipt: what was bought, when, for how much."""

    report = models.ForeignKey(ActivityReport, models.CASCADE, related_name="receipts")
    label = models.CharField("untuk", max_length=120)
    receipt_on = models.DateField("tanggal nota")
    amount = RupiahField("jumlah")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "nota"
        verbose_name_plural = "nota"
        ordering = ["receipt_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="receipt_amount_positive",
                violation_error_message="Jumlah nota harus lebih dari Rp0.",
            )
        ]

    def __str__(self):
        return self.label


class ReportField(models.TextChoices):
    """What the kelurahan may comment on; a comment opens exactly these boxes."""

    PROGRESS = "progress", "Kemajuan fisik"
    VOLUME = "volume", "Volume"
    WAGES = "wages", "Upah"
    MATERIALS = "materials", "Bahan"
    TOOLS = "tools", "Alat"
    OPERATIONS = "operations", "Operasional"
    PERSON_DAYS = "person_days", "Hari kerja"
    WAGE_SHARE = "wage_share", "Bagian upah"
    WORKERS = "workers", "Pekerja perempuan"
    PROBLEMS = "problems", "Masalah dan tindak lanjut"
    PHOTOS = "photos", "Foto"
    RECEIPTS = "receipts", "Nota"


class CommentQuerySet(models.QuerySet):
    """Comments of the kelurahan."""

    def open(self):
        """Not yet answered by a report that was sent again."""
        return self.filter(resolved_at=None)


class FieldComment(models.Model):
    """What the kelurahan says about one field, and what the LKM answers.

    `round` is the return it belongs to: a comment is the officer's own until the
    report is returned in that round.
    """

    report = models.ForeignKey(ActivityReport, models.CASCADE, related_name="comments")
    field = models.CharField("isian", max_length=12, choices=ReportField)
    round = models.PositiveSmallIntegerField()
    text = models.CharField("tanggapan", max_length=600)
    at = models.DateTimeField("waktu")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    answer = models.CharField("jawaban", max_length=600, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "tanggapan"
        verbose_name_plural = "tanggapan"
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "field", "round"],
                name="comment_once_a_field_and_round",
            )
        ]

    def __str__(self):
        return f"{self.get_field_display()}: {self.text[:40]}"
