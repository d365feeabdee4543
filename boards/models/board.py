"""Regions, boards, and the settings of a board with a start date."""

import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils import timezone

from boards.roles import Role


class Region(models.Model):
    """A place in the Kemendagri list. The code is text: `PP.KK.CC.DDDD`."""

    code = models.CharField("kode", max_length=13, primary_key=True)
    name = models.CharField("nama", max_length=60)
    # "Kecamatan Magetan, Kabupaten Magetan, Jawa Timur": read on every page head.
    within = models.CharField("berada di", max_length=160, blank=True)

    class Meta:
        verbose_name = "wilayah"
        verbose_name_plural = "wilayah"
        ordering = ["code"]

    def __str__(self):
        return self.title

    @property
    def level(self) -> str:
        """The word for this kind of place."""
        if len(self.code) == 13:
            return "Desa" if self.code[9] in "23" else "Kelurahan"
        if len(self.code) == 5:
            return "" if self.name.startswith(("Kota", "Kab")) else "Kabupaten"
        return {0: "", 2: "Provinsi", 8: "Kecamatan"}[len(self.code)]

    @property
    def title(self) -> str:
        """Kind and name, as on a letterhead: "Kelurahan Selosari"."""
        return f"{self.level} {self.name}".strip()


class BoardQuerySet(models.QuerySet):
    """Boards as a user may reach them, and those that are active."""

    def active(self, *, on: datetime.date | None = None):
        """Boards that were not closed by the end of a day; without one, to this day."""
        open_ones = Q(closed_on=None)
        return self.filter(open_ones | Q(closed_on__gt=on) if on else open_ones)

    def visible_to(self, user):
        """Boards that any assignment of the user reaches, by name or by region."""
        reach = Q(pk__in=[])
        for assignment in user.reach():
            if assignment.board_id:
                reach |= Q(pk=assignment.board_id)
            elif assignment.role != Role.SYSTEM:
                code = assignment.region_code
                served = ServedRegion.objects.filter(region_code__startswith=code)
                reach |= Q(region_code__startswith=code)
                reach |= Q(pk__in=served.values("board"))
        return self.filter(reach)

    def in_region(self, code: str):
        """Boards whose home is at or below the region code; "" is the country."""
        return self.filter(region_code__startswith=code)


class Board(models.Model):
    """An LKM or BKM: the tenant. One home region; it may serve others."""

    class Term(models.TextChoices):
        LKM = "LKM", "LKM"
        BKM = "BKM", "BKM"

    class PaperSize(models.TextChoices):
        A4 = "a4", "A4 (210 × 297 mm)"
        F4 = "f4", "F4 (215 × 330 mm)"

    class TimeZone(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB"
        WITA = "Asia/Makassar", "WITA"
        WIT = "Asia/Jayapura", "WIT"

    slug = models.SlugField("alamat di portal", max_length=60, unique=True)
    term = models.CharField("sebutan", max_length=3, choices=Term, default=Term.LKM)
    name = models.CharField(
        "nama", max_length=80, help_text="Tanpa sebutan, misalnya: Guyub Rukun."
    )
    code = models.CharField(
        "kode surat", max_length=20, help_text="Dipakai di nomor surat: LKM-GR."
    )
    region_code = models.CharField("kode wilayah", max_length=13, db_index=True)
    # Names of the home region by value: a page head reads no second table, and a
    # region that is renamed does not change old papers.
    village = models.CharField("kelurahan/desa", max_length=70)
    district = models.CharField("kecamatan", max_length=70)
    regency = models.CharField("kabupaten/kota", max_length=70)
    province = models.CharField("provinsi", max_length=70)

    address = models.CharField("alamat", max_length=200, blank=True)
    phone = models.CharField("telepon kantor", max_length=30, blank=True)
    email = models.EmailField("surel", blank=True)
    logo = models.ForeignKey(
        "boards.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    paper_size = models.CharField(
        "ukuran kertas", max_length=2, choices=PaperSize, default=PaperSize.F4
    )
    time_zone = models.CharField(
        "zona waktu", max_length=20, choices=TimeZone, default=TimeZone.WIB
    )
    number_pattern = models.CharField(
        "pola nomor surat",
        max_length=80,
        default="{seq:03d}/{type}/{board}/{roman_month}/{year}",
    )
    greeting = models.CharField(
        "salam pembuka surat", max_length=80, default="Dengan hormat,"
    )

    founded_on = models.DateField("berdiri", null=True, blank=True)
    deed_number = models.CharField("nomor akta", max_length=60, blank=True)
    deed_on = models.DateField("tanggal akta", null=True, blank=True)
    deed_notary = models.CharField("notaris", max_length=100, blank=True)
    decree_number = models.CharField("nomor SK pengukuhan", max_length=60, blank=True)
    decree_on = models.DateField("tanggal SK pengukuhan", null=True, blank=True)
    tax_number = models.CharField("NPWP", max_length=25, blank=True)
    bank_name = models.CharField("bank", max_length=60, blank=True)
    bank_account = models.CharField("nomor rekening", max_length=40, blank=True)
    bank_holder = models.CharField("atas nama", max_length=100, blank=True)
    head_title = models.CharField(
        "jabatan kepala wilayah", max_length=40, default="Lurah"
    )
    head_name = models.CharField("nama kepala wilayah", max_length=100, blank=True)
    head_rank = models.CharField("pangkat", max_length=60, blank=True)
    head_civil_id = models.CharField("NIP", max_length=25, blank=True)

    closed_on = models.DateField("tidak aktif sejak", null=True, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = BoardQuerySet.as_manager()

    class Meta:
        verbose_name = "LKM"
        verbose_name_plural = "LKM"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region_code", "name"],
                name="board_name_unique_in_region",
                violation_error_message="Nama ini sudah dipakai di wilayah itu.",
            ),
        ]

    def __str__(self):
        return f"{self.term} {self.name}"

    def today(self) -> datetime.date:
        """The local date of the board; only views and commands ask for it."""
        return self.local(timezone.now()).date()

    def is_active(self, *, on: datetime.date) -> bool:
        """Not closed by the end of a day, as `active` says of many."""
        return self.closed_on is None or self.closed_on > on

    def local(self, moment: datetime.datetime) -> datetime.datetime:
        """`moment` on the clock of the board (WIB, WITA or WIT)."""
        return moment.astimezone(ZoneInfo(self.time_zone))

    @property
    def place(self) -> str:
        """Where the board lives, as under its name in the letterhead."""
        return f"{self.village}, {self.district}, {self.regency}"


class ServedRegion(models.Model):
    """A region beside the home region that the board works for; its officers read."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="served_regions")
    region_code = models.CharField("kode wilayah", max_length=13, db_index=True)

    class Meta:
        verbose_name = "wilayah layanan"
        verbose_name_plural = "wilayah layanan"
        constraints = [
            models.UniqueConstraint(
                fields=["board", "region_code"],
                name="served_region_once",
                violation_error_message="Wilayah ini sudah tercatat.",
            )
        ]

    def __str__(self):
        return self.region_code


class BoardOwned(models.Model):
    """A row that is listed or searched on its own belongs to exactly one board."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    # Copied from the board so that lists over many boards walk one index.
    region_code = models.CharField(max_length=13, editable=False, db_index=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        """Fill the copied scope column before any check looks at it."""
        self.copy_scope()
        super().clean_fields(exclude)

    def save(self, **kwargs):
        """Save with the scope column filled; writes no other row."""
        self.copy_scope()
        super().save(**kwargs)

    def copy_scope(self) -> None:
        """Take the region code of the board."""
        if not self.region_code and self.board_id:
            self.region_code = self.board.region_code


class BoardSetting(models.Model):
    """A value of a board's own rules that holds from a day on; never a constant."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="settings")
    name = models.CharField("aturan", max_length=40)
    value = models.JSONField("nilai")
    starts_on = models.DateField("berlaku mulai")
    article = models.CharField(
        "dasar",
        max_length=120,
        blank=True,
        help_text="Misalnya: ART pasal 14 ayat (2).",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        "boards.User", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "aturan LKM"
        verbose_name_plural = "aturan LKM"
        ordering = ["name", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "name", "starts_on"],
                name="board_setting_once_a_day",
                violation_error_message="Aturan ini sudah punya nilai mulai hari itu.",
            )
        ]

    def __str__(self):
        return f"{self.name} sejak {self.starts_on}"
