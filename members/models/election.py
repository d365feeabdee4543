"""An election: its committee, the places where people vote, and objections."""

import datetime
from collections.abc import Collection
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from boards.models import BoardOwned, User
from boards.roles import Permission
from boards.rule_kinds import TIE_WORDS, TieRule
from boards.rulebook import PARAMETERS
from common.fields import LineField, ProseField, three_digits
from common.shares import percent_of
from members.models.people import Person
from members.tally import Limits, Threshold

LARGEST_COUNT = 50_000
_SEATS = [
    MinValueValidator(1, "Isi paling sedikit 1."),
    MaxValueValidator(50, "Isi paling banyak 50."),
]
_VOTERS = [MaxValueValidator(LARGEST_COUNT, f"Isi paling banyak {LARGEST_COUNT}.")]


def voters(label: str) -> models.PositiveIntegerField:
    """A number of people who may vote, or did."""
    return models.PositiveIntegerField(label, default=0, validators=_VOTERS)


# Plain values: a migration copies them, and knows no enumeration.
TIE_CHOICES = [(rule.value, TIE_WORDS[rule]) for rule in TieRule]


class Election(BoardOwned):
    """One election of the board, from the committee to the result.

    The rules are copies of the board's settings on the day it was opened.
    """

    title = LineField("nama pemilihan", max_length=120)
    starts_on = models.DateField("masa bakti mulai")
    ends_on = models.DateField("masa bakti berakhir")
    seats = models.PositiveSmallIntegerField("jumlah anggota", validators=_SEATS)
    reserves = models.PositiveSmallIntegerField("jumlah cadangan", validators=_SEATS)
    tie_rule = models.CharField(
        "bila suara sama",
        max_length=14,
        choices=TIE_CHOICES,
        default=TieRule.SECOND_BALLOT.value,
    )
    # Where the rule stands: an article, or that it is only assumed.
    tie_source = models.CharField(max_length=160, blank=True, editable=False)
    women_target = models.PositiveSmallIntegerField(
        default=PARAMETERS["women_target"].default, editable=False
    )
    opened_on = models.DateField("dibuka", editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    finished_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = "pemilihan"
        verbose_name_plural = "pemilihan"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="election_ends_after_start",
                violation_error_message="Tanggal berakhir harus sesudah tanggal mulai.",
            ),
            models.UniqueConstraint(
                fields=["board", "title"],
                name="election_title_once_in_board",
                violation_error_message="Pemilihan dengan nama ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, finished_by=None)
                | Q(finished_at__isnull=False, finished_by__isnull=False),
                name="election_finished_at_and_by_together",
            ),
        ]
        indexes = [models.Index(fields=["board", "-starts_on", "-id"])]

    def __str__(self):
        return self.title

    @property
    def state_tag(self) -> tuple[str, str]:
        """Kind and word of the tag of its state."""
        return ("ok", "Selesai") if self.finished_at else ("wait", "Berjalan")


class CommitteeMember(BoardOwned):
    """Somebody who runs an election, or watches it."""

    class Post(models.TextChoices):
        # The letters also sort: the chair stands first.
        CHAIR = "1_CHAIR", "Ketua"
        SECRETARY = "2_SECRETARY", "Sekretaris"
        TREASURER = "3_TREASURER", "Bendahara"
        MEMBER = "4_MEMBER", "Anggota"
        WITNESS = "5_WITNESS", "Saksi atau pemantau"

    election = models.ForeignKey(
        Election, models.PROTECT, related_name="committee", verbose_name="pemilihan"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="warga"
    )
    post = models.CharField("tugas", max_length=12, choices=Post, default=Post.MEMBER)

    class Meta:
        verbose_name = "panitia pemilihan"
        verbose_name_plural = "panitia pemilihan"
        ordering = ["post", "person__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "person"],
                name="committee_person_once",
                violation_error_message="Warga ini sudah menjadi panitia.",
            ),
            models.UniqueConstraint(
                fields=["election", "post"],
                condition=Q(post="1_CHAIR"),
                name="committee_one_chair",
                violation_error_message="Ketua panitia sudah ada.",
            ),
        ]

    def __str__(self):
        return f"{self.person.full_name}, {self.get_post_display().lower()}"


class ElectionAreaQuerySet(models.QuerySet):
    """Places of voting as pages ask for them."""

    def readable_with(self, rights: Collection[Permission]):
        """Every vote for those who see the members, for others the fixed ones."""
        inside = Permission.VIEW_MEMBERS in rights
        return self if inside else self.filter(closed_at__isnull=False)

    def of_stage(self, stage: int):
        """Stage 1 (basis) or 2 (kelurahan), in the order of RW and RT."""
        return self.filter(stage=stage).order_by("rw", "rt", "name", "pk")


class ElectionArea(BoardOwned):
    """One vote: of the residents of a basis (stage 1) or of the delegates (stage 2).

    Numbers of people and ballots alone; who voted stands on the signed paper list.
    Closed, it is frozen with all that was counted.
    """

    class Stage(models.IntegerChoices):
        BASIS = 1, "Tahap 1, pemilihan utusan"
        BOARD = 2, "Tahap 2, pemilihan anggota"

    election = models.ForeignKey(
        Election, models.PROTECT, related_name="areas", verbose_name="pemilihan"
    )
    stage = models.PositiveSmallIntegerField("tahap", choices=Stage)
    name = LineField("wilayah", max_length=80)
    rt = models.CharField("RT", max_length=3, blank=True, validators=[three_digits])
    rw = models.CharField("RW", max_length=3, blank=True, validators=[three_digits])
    held_on = models.DateField("tanggal pemilihan", null=True, blank=True)
    place = LineField("tempat", max_length=160, blank=True)
    eligible_men = voters("pemilih laki-laki")
    eligible_women = voters("pemilih perempuan")
    voters_men = voters("yang memilih, laki-laki")
    voters_women = voters("yang memilih, perempuan")
    winners = models.PositiveSmallIntegerField("jumlah terpilih", validators=_SEATS)
    # Copies of the rules, with where they stand.
    reserves = models.PositiveSmallIntegerField(default=0, editable=False)
    names_min = models.PositiveSmallIntegerField(editable=False)
    names_max = models.PositiveSmallIntegerField(editable=False)
    names_source = models.CharField(max_length=160, blank=True, editable=False)
    threshold_numerator = models.PositiveSmallIntegerField(editable=False)
    threshold_denominator = models.PositiveSmallIntegerField(editable=False)
    threshold_more_than = models.BooleanField(default=False, editable=False)
    threshold_source = models.CharField(max_length=160, blank=True, editable=False)
    # Since when the committee collects votes from door to door.
    door_to_door_on = models.DateField(null=True, editable=False)
    note = LineField("catatan", max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    closed_name = models.CharField(max_length=160, blank=True, editable=False)

    objects = ElectionAreaQuerySet.as_manager()

    class Meta:
        verbose_name = "wilayah pemilihan"
        verbose_name_plural = "wilayah pemilihan"
        ordering = ["stage", "rw", "rt", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "stage", "name"],
                name="election_area_once",
                violation_error_message="Wilayah ini sudah ada di pemilihan ini.",
            ),
            models.UniqueConstraint(
                fields=["election", "stage"],
                condition=Q(stage=2),
                name="election_one_second_stage",
                violation_error_message="Tahap 2 sudah dibuka.",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[1, 2]),
                name="election_area_stage_known",
            ),
            models.CheckConstraint(
                condition=Q(voters_men__lte=F("eligible_men"))
                & Q(voters_women__lte=F("eligible_women")),
                name="election_area_voters_are_eligible",
                violation_error_message=(
                    "Yang memilih tidak boleh lebih banyak dari pemilih."
                ),
            ),
            models.CheckConstraint(
                condition=Q(names_min__gte=1, names_max__gte=F("names_min")),
                name="election_area_names_in_order",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, closed_name="")
                | Q(
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                    held_on__isnull=False,
                ),
                name="election_area_closed_whole",
            ),
        ]
        indexes = [models.Index(fields=["election", "stage"])]

    def __str__(self):
        return f"{self.name}, {self.election.title}"

    @property
    def eligible(self) -> int:
        """All who may vote."""
        return self.eligible_men + self.eligible_women

    @property
    def came(self) -> int:
        """All who voted."""
        return self.voters_men + self.voters_women

    @property
    def limits(self) -> Limits:
        """How many names make a ballot valid."""
        return Limits(self.names_min, self.names_max)

    @property
    def threshold(self) -> Threshold:
        """The share of voters that must come."""
        return Threshold(
            self.threshold_numerator,
            self.threshold_denominator,
            more_than=self.threshold_more_than,
        )

    @property
    def least(self) -> int:
        """How many voters are enough."""
        return self.threshold.least(self.eligible)

    @property
    def reached(self) -> bool:
        """Did enough come? Nobody of nobody is not enough."""
        return bool(self.eligible) and self.came >= self.least

    @property
    def turnout_percent(self):
        """Share of those who voted, two decimals."""
        return percent_of(self.came, self.eligible) or Decimal(0)

    @property
    def result_word(self) -> str:
        """What the winners are called."""
        return "utusan" if self.stage == self.Stage.BASIS else "anggota"

    @property
    def state_tag(self) -> tuple[str, str]:
        """Kind and word of the tag of its state."""
        if self.closed_at:
            return "ok", "Ditetapkan"
        if self.door_to_door_on and not self.reached:
            return "warn", "Dari rumah ke rumah"
        return ("wait", "Dihitung") if self.came else ("draft", "Belum memilih")

    @property
    def title(self) -> str:
        """What its papers are about, on the screen."""
        return f"pemilihan {self.name}"

    @property
    def number_text(self) -> str:
        """An area brings no number of its own; its papers get one when issued."""
        return ""

    @property
    def ratified_at(self) -> datetime.datetime | None:
        """When it was frozen, by the name that papers ask for."""
        return self.closed_at


class Objection(BoardOwned):
    """Somebody who did not agree with how a vote went, and the committee's answer."""

    election = models.ForeignKey(
        Election, models.PROTECT, related_name="objections", verbose_name="pemilihan"
    )
    area = models.ForeignKey(
        ElectionArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="objections",
        verbose_name="wilayah",
    )
    raised_on = models.DateField("tanggal keberatan")
    name = LineField("yang berkeberatan", max_length=160)
    text = ProseField("isi keberatan", max_length=1000)
    answer = ProseField("jawaban panitia", max_length=1000, blank=True)
    answered_on = models.DateField("dijawab", null=True, blank=True)

    class Meta:
        verbose_name = "keberatan pemilihan"
        verbose_name_plural = "keberatan pemilihan"
        ordering = ["raised_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="")
                | Q(answered_on__gte=F("raised_on")) & ~Q(answer=""),
                name="objection_answered_whole",
                violation_error_message=(
                    "Isi jawaban dan tanggalnya, tidak sebelum keberatan diajukan."
                ),
            )
        ]

    def __str__(self):
        return f"Keberatan {self.name}"
