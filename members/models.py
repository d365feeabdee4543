"""Residents as the board knows them, terms of office, and who held which post when."""

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from boards.models import BoardOwned, User
from common.fields import LineField, three_digits

EARLIEST_BIRTH, LATEST_BIRTH = 1900, 2100


class Sex(models.TextChoices):
    """As on the paper forms."""

    MALE = "L", "Laki-laki"
    FEMALE = "P", "Perempuan"


class PersonQuerySet(models.QuerySet):
    """Residents as lists ask for them."""

    def named(self, text: str):
        """Persons whose name or nickname holds `text`."""
        return self.filter(Q(name__icontains=text) | Q(nickname__icontains=text))


class Person(BoardOwned):
    """A resident. The name is one field: many people have one word only."""

    name = LineField("nama", max_length=120)
    nickname = LineField("nama panggilan", max_length=60, blank=True)
    title_before = LineField(
        "gelar depan", max_length=40, blank=True, help_text="Misalnya: Drs. atau Hj."
    )
    title_after = LineField(
        "gelar belakang", max_length=40, blank=True, help_text="Misalnya: S.Pd."
    )
    sex = models.CharField("L/P", max_length=1, choices=Sex)
    birth_year = models.PositiveSmallIntegerField(
        "tahun lahir",
        null=True,
        blank=True,
        validators=[
            MinValueValidator(EARLIEST_BIRTH, "Tahun lahir paling awal 1900."),
            MaxValueValidator(LATEST_BIRTH, "Tahun lahir ini belum terjadi."),
        ],
    )
    rt = models.CharField("RT", max_length=3, blank=True, validators=[three_digits])
    rw = models.CharField("RW", max_length=3, blank=True, validators=[three_digits])
    address = LineField("alamat", max_length=200, blank=True)
    phone = LineField("nomor telepon", max_length=20, blank=True)
    # The NIK in three shapes (members/nik.py): sealed, searchable, and fit to show.
    nik_sealed = models.TextField(blank=True, editable=False)
    nik_hmac = models.CharField(max_length=64, blank=True, editable=False)
    nik_masked = models.CharField("NIK", max_length=16, blank=True, editable=False)
    user = models.OneToOneField(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name="akun",
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = "warga"
        verbose_name_plural = "warga"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "nik_hmac"],
                condition=~Q(nik_hmac=""),
                name="person_nik_once_in_board",
                violation_error_message="NIK ini sudah tercatat pada warga lain.",
            ),
            models.CheckConstraint(
                condition=Q(nik_sealed="", nik_hmac="", nik_masked="")
                | (~Q(nik_sealed="") & ~Q(nik_hmac="") & ~Q(nik_masked="")),
                name="person_nik_sealed_whole",
            ),
            models.CheckConstraint(
                condition=Q(sex__in=["L", "P"]),
                name="person_sex_known",
                violation_error_message="Pilih L atau P.",
            ),
            models.CheckConstraint(
                condition=Q(birth_year=None)
                | Q(birth_year__range=(EARLIEST_BIRTH, LATEST_BIRTH)),
                name="person_birth_year_plausible",
                violation_error_message="Periksa tahun lahir.",
            ),
        ]
        indexes = [models.Index(fields=["board", "name", "id"])]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        """Name with its titles: "Drs. H. Suprapto", "Siti Aminah, S.Pd."."""
        front = f"{self.title_before} {self.name}".strip()
        return f"{front}, {self.title_after}" if self.title_after else front

    @property
    def neighbourhood(self) -> str:
        """RT and RW as written on every form: "RT 003/RW 005" without empty halves."""
        parts = (("RT", self.rt), ("RW", self.rw))
        return "/".join(f"{word} {number}" for word, number in parts if number)


class Term(BoardOwned):
    """A masa bakti of the whole board; both days are inside it. Terms never overlap."""

    starts_on = models.DateField("mulai")
    ends_on = models.DateField("berakhir")
    decree = LineField(
        "nomor SK atau berita acara", max_length=120, blank=True, help_text="Jika ada."
    )

    class Meta:
        verbose_name = "masa bakti"
        verbose_name_plural = "masa bakti"
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="term_ends_after_start",
                violation_error_message="Tanggal berakhir harus sesudah tanggal mulai.",
            ),
            models.UniqueConstraint(
                fields=["board", "starts_on"],
                name="term_start_once_in_board",
                violation_error_message="Masa bakti yang mulai hari itu sudah ada.",
            ),
        ]

    def __str__(self):
        return f"Masa bakti {self.starts_on.year}\N{EN DASH}{self.ends_on.year}"


class MandateQuerySet(models.QuerySet):
    """Mandates as meetings and lists ask for them."""

    def held_on(self, day: datetime.date):
        """Mandates in force on `day` (first and last day included), with persons.

        The coordinator first, then by name.
        """
        in_term = Q(started_on__lte=day, term__ends_on__gte=day)
        not_ended = Q(ended_on=None) | Q(ended_on__gte=day)
        return self.filter(in_term & not_ended).in_order()

    def in_order(self):
        """With person and term; the coordinator first, then by name."""
        return self.select_related("person", "term").order_by(
            "position", "person__name", "pk"
        )


class Mandate(BoardOwned):
    """A person is a member of the board from a day to a day, inside one term."""

    class Position(models.TextChoices):
        # The letters also sort: the coordinator stands first.
        COORDINATOR = "COORDINATOR", "Koordinator"
        MEMBER = "MEMBER", "Anggota"

    class EndReason(models.TextChoices):
        RESIGNED = "RESIGNED", "Mengundurkan diri"
        DECEASED = "DECEASED", "Meninggal dunia"
        MOVED = "MOVED", "Pindah tempat tinggal"
        DISMISSED = "DISMISSED", "Diberhentikan"
        ABSENT = "ABSENT", "Tidak hadir berturut-turut"
        NEW_POSITION = "NEW_POSITION", "Berganti kedudukan"

    term = models.ForeignKey(
        Term, models.PROTECT, related_name="mandates", verbose_name="masa bakti"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="mandates", verbose_name="warga"
    )
    position = models.CharField(
        "kedudukan", max_length=12, choices=Position, default=Position.MEMBER
    )
    started_on = models.DateField("mulai")
    # The last day in office; empty: until the term is over.
    ended_on = models.DateField("hari terakhir", null=True, blank=True)
    end_reason = models.CharField(
        "sebab berakhir", max_length=12, choices=EndReason, blank=True
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = "anggota pimpinan kolektif"
        verbose_name_plural = "anggota pimpinan kolektif"
        ordering = ["position", "person__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="")
                | (Q(ended_on__gte=F("started_on")) & ~Q(end_reason="")),
                name="mandate_end_has_reason",
                violation_error_message="Isi hari terakhir dan sebab berakhir.",
            ),
            models.UniqueConstraint(
                fields=["person", "started_on"],
                name="mandate_start_once_a_person",
                violation_error_message="Warga ini sudah anggota mulai hari itu.",
            ),
        ]
        indexes = [models.Index(fields=["board", "started_on", "ended_on"])]

    def __str__(self):
        return f"{self.person.full_name}, {self.get_position_display().lower()}"

    @property
    def last_day(self) -> datetime.date:
        """The last day in office: its own end, else the end of the term."""
        return self.ended_on or self.term.ends_on

    def includes(self, day: datetime.date) -> bool:
        """Whether the person holds the position on `day`."""
        return self.started_on <= day <= self.last_day
