"""Residents as the board knows them."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from boards.models import BoardOwned, User
from common.fields import LineField, three_digits
from common.words import neighbourhood

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
        return neighbourhood(self.rt, self.rw)
