"""Whom the ballots named, and what the votes made of it."""

from django.db import models
from django.db.models import Q

from boards.models import BoardOwned
from common.fields import LineField
from members.models.election import ElectionArea
from members.models.people import Person


class Nominee(BoardOwned):
    """A person whose name was written, with what the votes made of it.

    Votes, rank and the copied words are filled when the area is closed; willingness
    moves on afterwards, because reserves are asked when a seat is free.
    """

    class Outcome(models.TextChoices):
        OPEN = "", "Belum ditetapkan"
        ELECTED = "elected", "Terpilih"
        RESERVE = "reserve", "Cadangan"
        NONE = "none", "Tidak terpilih"

    class Decided(models.TextChoices):
        VOTES = "votes", "Suara terbanyak"
        WOMAN_FIRST = "woman_first", "Perempuan didahulukan"
        SECOND_BALLOT = "second_ballot", "Pemungutan suara kedua"
        DRAW = "draw", "Undian"

    class Willing(models.TextChoices):
        UNASKED = "", "Belum menjawab"
        WILLING = "willing", "Bersedia"
        DECLINED = "declined", "Tidak bersedia"

    area = models.ForeignKey(
        ElectionArea, models.PROTECT, related_name="nominees", verbose_name="wilayah"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="nominations", verbose_name="warga"
    )
    second_votes = models.PositiveSmallIntegerField(null=True, blank=True)
    drawn = models.PositiveSmallIntegerField(null=True, blank=True)
    votes = models.PositiveIntegerField("suara", default=0)
    rank = models.PositiveSmallIntegerField("urutan", null=True, blank=True)
    outcome = models.CharField(
        "hasil", max_length=8, choices=Outcome, default=Outcome.OPEN, blank=True
    )
    decided = models.CharField(
        "ditentukan oleh", max_length=14, choices=Decided, blank=True
    )
    # As the result was read out, whatever the person is called later.
    name = models.CharField("nama", max_length=220, blank=True)
    sex = models.CharField("L/P", max_length=1, blank=True)
    age = models.PositiveSmallIntegerField("umur", null=True, blank=True)
    address = models.CharField("alamat", max_length=220, blank=True)
    willing = models.CharField(
        "kesediaan", max_length=8, choices=Willing, default=Willing.UNASKED, blank=True
    )
    willing_on = models.DateField("tanggal jawaban", null=True, blank=True)
    willing_note = LineField("keterangan", max_length=200, blank=True)

    class Meta:
        verbose_name = "nama yang dipilih"
        verbose_name_plural = "nama yang dipilih"
        ordering = ["rank", "person__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "person"],
                name="nominee_person_once_in_area",
                violation_error_message="Warga ini sudah ada di wilayah ini.",
            ),
            models.UniqueConstraint(
                fields=["area", "rank"],
                condition=Q(rank__isnull=False),
                name="nominee_rank_once_in_area",
            ),
            models.CheckConstraint(
                condition=Q(willing="", willing_on=None)
                | ~Q(willing="") & Q(willing_on__isnull=False),
                name="nominee_answer_has_day",
                violation_error_message="Isi jawaban dan tanggalnya.",
            ),
        ]

    def __str__(self):
        return self.name or self.person.full_name

    @property
    def willing_tag(self) -> tuple[str, str]:
        """Kind and word of the tag of the answer."""
        kinds = {
            self.Willing.WILLING: "ok",
            self.Willing.DECLINED: "bad",
            self.Willing.UNASKED: "wait",
        }
        return kinds[self.willing], self.get_willing_display()


class FinalPlace(models.Model):
    """Where somebody stood when the election was over: seated, reserve or declined.

    Written once, at the end, and frozen with the election: letters that come later
    move no seat that was settled.
    """

    class Place(models.TextChoices):
        SEATED = "seated", "Terpilih"
        RESERVE = "reserve", "Cadangan"
        DECLINED = "declined", "Tidak menjabat"

    nominee = models.OneToOneField(
        Nominee, models.PROTECT, related_name="final", verbose_name="yang dipilih"
    )
    place = models.CharField("kedudukan", max_length=8, choices=Place)

    class Meta:
        verbose_name = "kedudukan akhir"
        verbose_name_plural = "kedudukan akhir"

    def __str__(self):
        return f"{self.nominee}, {self.get_place_display().lower()}"
