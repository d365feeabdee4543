"""Units of a board, and who works in them from when to when."""

import datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from boards.models import BoardOwned
from common.fields import LineField
from members import posts
from members.models.people import Person


class Unit(BoardOwned):
    """A unit that works for the board: UPK, UPL, UPS, secretariat and so on."""

    class Kind(models.TextChoices):
        SECRETARIAT = posts.SECRETARIAT, "Sekretariat"
        UPK = posts.UPK, "UPK (keuangan)"
        UPL = posts.UPL, "UPL (lingkungan)"
        UPS = posts.UPS, "UPS (sosial)"
        SUPERVISORS = posts.SUPERVISORS, "Pengawas UPK"
        ADVISERS = posts.ADVISERS, "Penasehat"

    # In the order in which a board lists them; names in full (governance sheet §1).
    USUAL_NAMES = {
        Kind.SECRETARIAT: "Sekretariat",
        Kind.UPK: "Unit Pengelola Keuangan (UPK)",
        Kind.UPL: "Unit Pengelola Lingkungan (UPL)",
        Kind.UPS: "Unit Pengelola Sosial (UPS)",
        Kind.SUPERVISORS: "Pengawas UPK",
        Kind.ADVISERS: "Penasehat",
    }

    kind = models.CharField("jenis", max_length=12, choices=Kind)
    name = LineField(
        "nama unit", max_length=80, help_text="Sebutan yang dipakai LKM sendiri."
    )
    # The last day of the unit; empty: it goes on.
    closed_on = models.DateField("hari terakhir", null=True, blank=True)

    class Meta:
        verbose_name = "unit"
        verbose_name_plural = "unit"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "name"],
                condition=Q(closed_on=None),
                name="unit_name_once_in_board",
                violation_error_message="Unit dengan nama ini sudah ada.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def place(self) -> int:
        """Where its kind stands in lists."""
        return list(self.USUAL_NAMES).index(self.Kind(self.kind))


class AppointmentQuerySet(models.QuerySet):
    """Appointments as lists ask for them."""

    def held_on(self, day: datetime.date):
        """Appointments in force on `day` (first and last day included)."""
        not_over = Q(ends_on=None) | Q(ends_on__gte=day)
        not_ended = Q(ended_on=None) | Q(ended_on__gte=day)
        return self.filter(not_over & not_ended, started_on__lte=day)

    def over_on(self, day: datetime.date):
        """Appointments whose last day lies before `day`."""
        return self.filter(Q(ends_on__lt=day) | Q(ended_on__lt=day))

    def running_out(self, start: datetime.date, end: datetime.date):
        """Those that end within these days with nobody in the post after them.

        The one that ends first stands first.
        """
        later = Appointment.objects.filter(
            unit=OuterRef("unit"),
            post=OuterRef("post"),
            started_on__gt=OuterRef("started_on"),
        )
        rows = self.filter(~Exists(later), ended_on=None, ends_on__range=(start, end))
        return rows.order_by("ends_on", "pk")


class Appointment(BoardOwned):
    """A person works in a unit, in a post, from a day on.

    It rests on a decision of the members' meeting, which is a row of `deliberations`
    (AppointmentDecision); old boards have none yet.
    """

    class Post(models.TextChoices):
        SECRETARY = "SECRETARY", "Sekretaris"
        STAFF = "STAFF", "Staf"
        MANAGER = "MANAGER", "Manajer"
        BOOKKEEPER = "BOOKKEEPER", "Pembuku"
        CASHIER = "CASHIER", "Kasir"
        HEAD = "HEAD", "Ketua"
        OFFICER = "OFFICER", "Petugas"
        MEMBER = "MEMBER", "Anggota"

    class EndReason(models.TextChoices):
        RESIGNED = "RESIGNED", "Mengundurkan diri"
        DECEASED = "DECEASED", "Meninggal dunia"
        MOVED = "MOVED", "Pindah tempat tinggal"
        DISMISSED = "DISMISSED", "Diberhentikan"
        OTHER_POST = "OTHER_POST", "Berganti tugas"
        UNIT_CLOSED = "UNIT_CLOSED", "Unit dibubarkan"

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="appointments", verbose_name="unit"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="appointments", verbose_name="warga"
    )
    post = models.CharField("tugas", max_length=12, choices=Post)
    started_on = models.DateField("mulai")
    # Until when it was given; empty: until it is ended.
    ends_on = models.DateField("berlaku sampai", null=True, blank=True)
    # The last day, when it was ended earlier.
    ended_on = models.DateField("hari terakhir", null=True, blank=True)
    end_reason = models.CharField(
        "sebab berakhir", max_length=12, choices=EndReason, blank=True
    )
    decree = LineField(
        "nomor SK lama",
        max_length=120,
        blank=True,
        help_text="Bila diangkat sebelum memakai portal ini.",
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "pengangkatan"
        verbose_name_plural = "pengangkatan"
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("started_on")),
                name="appointment_ends_after_start",
                violation_error_message="Tanggal berlaku sampai mendahului mulai.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="")
                | (Q(ended_on__gte=F("started_on")) & ~Q(end_reason="")),
                name="appointment_end_has_reason",
                violation_error_message="Isi hari terakhir dan sebab berakhir.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None)
                | Q(ends_on=None)
                | Q(ended_on__lte=F("ends_on")),
                name="appointment_ended_within_its_days",
                violation_error_message="Hari terakhir melewati masa berlakunya.",
            ),
        ]
        indexes = [
            models.Index(fields=["board", "-started_on", "-id"]),
            models.Index(fields=["board", "ends_on"]),
        ]

    def __str__(self):
        return f"{self.person.full_name}, {self.title}"

    @property
    def title(self) -> str:
        """Post and unit: "manajer Unit Pengelola Keuangan (UPK)"."""
        return f"{self.get_post_display().lower()} {self.unit.name}"

    @property
    def last_day(self) -> datetime.date | None:
        """The last day; None while nobody set one."""
        return self.ended_on or self.ends_on

    def includes(self, day: datetime.date) -> bool:
        """Whether the person works there on `day`."""
        return self.started_on <= day <= (self.last_day or posts.FOREVER)
