"""Papers that were issued, their signed scans, and what the public may check."""

from decimal import Decimal

from django.db import models
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from activities.models import ActivityReport
from boards.models import Board, LetterNumber, StoredFile, User


class IssuedReportQuerySet(models.QuerySet):
    """Papers by subject and state."""

    def about(self, subject: models.Model):
        """Every edition of every paper about one record."""
        return self.filter(
            subject_label=subject._meta.label_lower, subject_pk=str(subject.pk)
        )

    def in_force(self):
        """Neither cancelled nor replaced by a later edition."""
        return self.filter(state=IssuedReport.State.ISSUED)


class IssuedReport(models.Model):
    """A paper that went out: one file, one number, one link in the chain.

    Frozen but for what becomes of it: cancelled, or replaced by a successor.
    """

    class State(models.TextChoices):
        ISSUED = "issued", "Berlaku"
        SUPERSEDED = "superseded", "Diganti edisi baru"
        CANCELLED = "cancelled", "Dibatalkan"

    board = models.ForeignKey(Board, models.PROTECT, null=True, related_name="+")
    region_code = models.CharField(max_length=13, db_index=True)
    kind = models.CharField("jenis", max_length=30)
    # The record it is about, by label and key: papers outlive their rows.
    subject_label = models.CharField(max_length=60, blank=True)
    subject_pk = models.CharField(max_length=40, blank=True)
    title = models.CharField("judul", max_length=200)
    dated_on = models.DateField("tanggal surat")
    number_text = models.CharField("nomor", max_length=80, blank=True)
    number = models.ForeignKey(
        LetterNumber, models.PROTECT, null=True, blank=True, related_name="+"
    )
    edition = models.PositiveSmallIntegerField("edisi", default=1)
    token = models.CharField(max_length=26, unique=True)
    # SHA-256 of the facts that were printed, of the paper's record (printed in the
    # footer), of the link that froze its subject, and of the file.
    input_sha256 = models.CharField(max_length=64)
    record_hash = models.CharField(max_length=64)
    source_hash = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField("halaman")
    paper_size = models.CharField("kertas", max_length=2, choices=Board.PaperSize)
    issued_at = models.DateTimeField("diterbitkan")
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    issued_name = models.CharField("penerbit", max_length=160)

    state = models.CharField(
        "keadaan", max_length=10, choices=State, default=State.ISSUED
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancel_reason = models.CharField("alasan batal", max_length=300, blank=True)
    # The edition or the cancelled paper that this one takes the place of.
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor"
    )

    objects = IssuedReportQuerySet.as_manager()

    class Meta:
        verbose_name = "surat terbit"
        verbose_name_plural = "surat terbit"
        ordering = ["-dated_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_label", "subject_pk"],
                condition=Q(state="issued") & ~Q(subject_pk=""),
                name="issued_report_once_in_force",
                violation_error_message="Surat ini sudah terbit.",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                & Q(cancelled_by__isnull=False)
                & ~Q(cancel_reason="")
                | ~Q(state="cancelled")
                & Q(cancelled_at=None, cancelled_by=None, cancel_reason=""),
                name="issued_report_cancelled_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["board", "-dated_on", "-id"]),
            models.Index(fields=["region_code", "-dated_on", "-id"]),
            models.Index(fields=["subject_label", "subject_pk", "kind"]),
        ]

    def __str__(self):
        return f"{self.title} {self.number_text}".strip()

    @property
    def is_in_force(self) -> bool:
        """Neither cancelled nor replaced."""
        return self.state == self.State.ISSUED

    @property
    def replaced_by(self) -> "IssuedReport | None":
        """The paper that took the place of this one."""
        return getattr(self, "successor", None)

    @property
    def short_code(self) -> str:
        """The code people type at the verify page: ABCD-EFGH-IJKL."""
        return "-".join(self.token[start : start + 4] for start in (0, 4, 8))

    @property
    def verify_path(self) -> str:
        """Where anybody checks it; the page itself lies a floor above."""
        return f"/v/{self.token}/1"


class SignedScanQuerySet(models.QuerySet):
    """Scans that stand."""

    def standing(self):
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)


class SignedScan(models.Model):
    """The paper as it came back with ink on it. Only added, or withdrawn."""

    report = models.ForeignKey(IssuedReport, models.PROTECT, related_name="scans")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    scanned_on = models.DateField("tanggal pindai")
    signatures = models.PositiveSmallIntegerField("jumlah tanda tangan")
    note = models.CharField("catatan", max_length=200, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    by_role = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField("alasan ditarik", max_length=300, blank=True)

    objects = SignedScanQuerySet.as_manager()

    class Meta:
        verbose_name = "pindaian bertanda tangan"
        verbose_name_plural = "pindaian bertanda tangan"
        ordering = ["-scanned_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signatures__gte=1),
                name="signed_scan_is_signed",
                violation_error_message="Isi jumlah tanda tangan, paling sedikit 1.",
            ),
            models.UniqueConstraint(
                fields=["report", "file"],
                condition=Q(withdrawn_at=None),
                name="signed_scan_once",
                violation_error_message="Pindaian ini sudah dilampirkan.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_reason=""),
                name="signed_scan_withdrawn_whole",
            ),
        ]

    def __str__(self):
        return f"Pindaian {self.report}"


class PublishedPaper(models.Model):
    """What anybody may read at the verify page; no names of people.

    Filled from an allow-list by the issuing service; the public page reads only this.
    """

    class Seal(models.TextChoices):
        UNSIGNED = "unsigned", "Belum ditandatangani"
        PEN = "pen", "Tanda tangan basah, dipindai"
        CERTIFICATE = "certificate", "Tanda tangan elektronik bersertifikat (TTE)"

    report = models.OneToOneField(
        IssuedReport, models.PROTECT, related_name="publication"
    )
    token = models.CharField(max_length=26, unique=True)
    code = models.CharField(max_length=12, unique=True)
    number = models.CharField("nomor", max_length=80, blank=True)
    kind_title = models.CharField("jenis", max_length=60)
    title = models.CharField("judul", max_length=200)
    board_name = models.CharField("penerbit", max_length=120)
    board_slug = models.CharField(max_length=60, blank=True)
    place = models.CharField("tempat", max_length=220, blank=True)
    dated_on = models.DateField("tanggal surat")
    issued_at = models.DateTimeField("diterbitkan")
    time_zone = models.CharField(max_length=20)
    edition = models.PositiveSmallIntegerField("edisi")
    pages = models.PositiveSmallIntegerField("halaman")
    paper_size = models.CharField("kertas", max_length=2)
    fingerprint = models.CharField("sidik", max_length=16)
    file_sha256 = models.CharField("sidik berkas", max_length=64)
    state = models.CharField(max_length=10, choices=IssuedReport.State)
    ended_on = models.DateField("tidak berlaku sejak", null=True, blank=True)
    successor_token = models.CharField(max_length=26, blank=True)
    successor_number = models.CharField(max_length=80, blank=True)
    # Says what was ratified; an invitation or a blank list was only issued.
    ratified = models.BooleanField(default=False)
    seal = models.CharField(max_length=12, choices=Seal, default=Seal.UNSIGNED)
    scanned_on = models.DateField(null=True, blank=True)
    signatures = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "surat yang dapat diperiksa"
        verbose_name_plural = "surat yang dapat diperiksa"
        constraints = [
            models.CheckConstraint(
                condition=~Q(seal="pen")
                | Q(scanned_on__isnull=False, signatures__isnull=False),
                name="published_paper_pen_was_scanned",
            )
        ]

    def __str__(self):
        return f"{self.kind_title} {self.number}".strip()

    @property
    def printed_hash(self) -> str:
        """The fingerprint in fours, as it stands in the footer."""
        return " ".join(self.fingerprint[at : at + 4] for at in (0, 4, 8, 12))

    @property
    def short_file_hash(self) -> str:
        """Beginning and end of the hash of the file."""
        head = " ".join(self.file_sha256[at : at + 4] for at in (0, 4, 8, 12))
        return f"{head} … {self.file_sha256[-4:]}"


class Summary(models.Model):
    """What a summary of the Dinas was about, and its second file, the workbook."""

    report = models.OneToOneField(
        IssuedReport, models.PROTECT, related_name="summary", primary_key=True
    )
    period_start = models.DateField("awal masa laporan")
    period_end = models.DateField("akhir masa laporan")
    data_at = models.DateTimeField("saat data")
    boards = models.PositiveIntegerField("jumlah LKM")
    reported = models.PositiveIntegerField("LKM yang melapor")
    # How those LKM reported, each once; empty on summaries before these were kept.
    complete = models.PositiveIntegerField("lengkap", null=True)
    partial = models.PositiveIntegerField("sebagian", null=True)
    silent = models.PositiveIntegerField("belum", null=True)
    not_due = models.PositiveIntegerField("tidak wajib", null=True)
    # A long one is joined from chunks and therefore carries no tags.
    tagged = models.BooleanField(default=True)
    sheet = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "ringkasan"
        verbose_name_plural = "ringkasan"

    def __str__(self):
        return str(self.report)

    @property
    def told(self) -> str:
        """How its LKM reported, in the words of the paper."""
        if self.complete is None:
            return f"{self.reported} dari {self.boards} melapor"
        words = f"{self.complete} lengkap, {self.partial} sebagian, {self.silent} belum"
        return f"{words}, {self.not_due} tidak wajib" if self.not_due else words

    def totals(self) -> dict[str, int | Decimal]:
        """The sums of the paper, from the approved reports that stand in it."""
        reports = ActivityReport.objects.filter(summaries__summary=self)
        found = reports.aggregate(
            activities=Count("activity", distinct=True),
            reports=Count("pk"),
            spent=Coalesce(Sum("spent"), 0),
            women=Coalesce(Sum("person_days_women"), Decimal(0)),
            men=Coalesce(Sum("person_days_men"), Decimal(0)),
        )
        return {**found, "days": found["women"] + found["men"]}


class SummarisedReport(models.Model):
    """An approved activity report whose figures stand in a summary: the red thread."""

    summary = models.ForeignKey(Summary, models.PROTECT, related_name="lines")
    activity_report = models.ForeignKey(
        ActivityReport, models.PROTECT, related_name="summaries"
    )

    class Meta:
        verbose_name = "laporan dalam ringkasan"
        verbose_name_plural = "laporan dalam ringkasan"
        constraints = [
            models.UniqueConstraint(
                fields=["summary", "activity_report"], name="summarised_report_once"
            )
        ]

    def __str__(self):
        return f"{self.activity_report} dalam {self.summary}"
