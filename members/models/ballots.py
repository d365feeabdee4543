"""Counted ballots: batches that two people count, names as they were written.

No row knows which names stood on one ballot, and none knows a voter.
"""

from django.db import models
from django.db.models import F, Q

from boards.models import User
from common.fields import LineField
from members.models.election import ElectionArea
from members.models.nominees import Nominee
from members.tally import FAULT_WORDS, LONGEST_NAME, Count, Fault


class TallyName(models.Model):
    """A name as it stood on ballots of an area, and the person it means."""

    area = models.ForeignKey(
        ElectionArea, models.PROTECT, related_name="names", verbose_name="wilayah"
    )
    written = LineField("nama di surat suara", max_length=LONGEST_NAME)
    # members.tally.plain_name of `written`: one row for one spelling.
    plain = models.CharField(max_length=2 * LONGEST_NAME, editable=False)
    nominee = models.ForeignKey(
        Nominee, models.PROTECT, null=True, blank=True, related_name="spellings"
    )

    class Meta:
        verbose_name = "nama di surat suara"
        verbose_name_plural = "nama di surat suara"
        ordering = ["written", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "plain"],
                name="tally_name_once_in_area",
                violation_error_message="Nama ini sudah ada di wilayah ini.",
            )
        ]

    def __str__(self):
        return self.written

    @property
    def key(self) -> str:
        """By what two counts are compared: the person, else the spelling."""
        return f"#{self.nominee_id}" if self.nominee_id else self.plain


class BallotBatch(models.Model):
    """A bundle of ballots that is counted twice, by two people."""

    area = models.ForeignKey(
        ElectionArea, models.PROTECT, related_name="batches", verbose_name="wilayah"
    )
    number = models.PositiveSmallIntegerField("bundel")
    note = LineField("keterangan", max_length=120, blank=True)

    class Meta:
        verbose_name = "bundel surat suara"
        verbose_name_plural = "bundel surat suara"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "number"], name="ballot_batch_number_once"
            )
        ]

    def __str__(self):
        return f"Bundel {self.number}"


class BatchEntry(models.Model):
    """What one person counted in a batch; the third look mends what differed."""

    class Look(models.IntegerChoices):
        FIRST = 1, "Hitungan pertama"
        SECOND = 2, "Hitungan kedua"
        MENDED = 3, "Hitungan ketiga"

    batch = models.ForeignKey(BallotBatch, models.PROTECT, related_name="entries")
    look = models.PositiveSmallIntegerField("hitungan", choices=Look)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField("penghitung", max_length=160)
    at = models.DateTimeField("saat")
    reason = LineField("alasan", max_length=200, blank=True)
    valid = models.PositiveSmallIntegerField("sah", default=0)
    blank = models.PositiveSmallIntegerField(FAULT_WORDS[Fault.BLANK], default=0)
    too_few = models.PositiveSmallIntegerField(FAULT_WORDS[Fault.TOO_FEW], default=0)
    too_many = models.PositiveSmallIntegerField(FAULT_WORDS[Fault.TOO_MANY], default=0)
    repeated = models.PositiveSmallIntegerField(FAULT_WORDS[Fault.REPEATED], default=0)
    unreadable = models.PositiveSmallIntegerField(
        FAULT_WORDS[Fault.UNREADABLE], default=0
    )
    outside = models.PositiveSmallIntegerField(FAULT_WORDS[Fault.OUTSIDE], default=0)

    class Meta:
        verbose_name = "hitungan"
        verbose_name_plural = "hitungan"
        ordering = ["look"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "look"], name="batch_entry_look_once"
            ),
            # Two people, and a third for what differs.
            models.UniqueConstraint(
                fields=["batch", "by"],
                name="batch_entry_person_once",
                violation_error_message="Bundel ini sudah Anda hitung.",
            ),
            models.CheckConstraint(
                condition=Q(look__in=[1, 2], reason="") | Q(look=3) & ~Q(reason=""),
                name="batch_entry_mended_has_reason",
                violation_error_message="Tulis alasan perbaikannya.",
            ),
        ]

    def __str__(self):
        return f"{self.get_look_display()} oleh {self.by_name}"

    @property
    def faults(self) -> dict[Fault, int]:
        """Ballots that do not count, by why; zeros left out."""
        found = {fault: getattr(self, fault.value) for fault in Fault}
        return {fault: number for fault, number in found.items() if number}

    @property
    def fault_words(self) -> list[tuple[str, int]]:
        """Why and how many, as a sentence says it."""
        return [(FAULT_WORDS[fault], number) for fault, number in self.faults.items()]

    @property
    def ballots(self) -> int:
        """All ballots of this entry, those that do not count too."""
        return self.valid + sum(self.faults.values())

    def count(self) -> Count:
        """The sums of this entry, by the spelling as written."""
        votes = {row.name.written: row.votes for row in self.counts.all()}
        return Count(votes, self.valid, self.faults)


class TallyCount(models.Model):
    """Votes of one name in one entry."""

    entry = models.ForeignKey(BatchEntry, models.PROTECT, related_name="counts")
    name = models.ForeignKey(TallyName, models.PROTECT, related_name="counts")
    votes = models.PositiveSmallIntegerField("suara")

    class Meta:
        verbose_name = "suara sebuah nama"
        verbose_name_plural = "suara nama"
        ordering = ["name__written", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "name"], name="tally_count_name_once"
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.votes}"


class CountingAct(models.Model):
    """Names matched or a tie parted by one person, and who looked it over.

    As every bundle is counted twice, what one person typed into a result is seen by
    another before it stands; `alone` where the board had nobody else.
    """

    class Kind(models.TextChoices):
        NAMES = "names", "Kecocokan nama"
        TIE = "tie", "Suara sama"

    area = models.ForeignKey(ElectionArea, models.PROTECT, related_name="acts")
    kind = models.CharField("jenis", max_length=5, choices=Kind)
    said = models.CharField("isi", max_length=480)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField("oleh", max_length=160)
    at = models.DateTimeField("saat", auto_now_add=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_name = models.CharField("diperiksa", max_length=160, blank=True)
    checked_at = models.DateTimeField(null=True)
    alone = models.BooleanField(default=False)

    class Meta:
        verbose_name = "isian hasil"
        verbose_name_plural = "isian hasil"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_by=None, checked_name="", checked_at=None)
                | Q(checked_by__isnull=False, checked_at__isnull=False, alone=False),
                name="counting_act_checked_whole",
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=F("by")),
                name="counting_act_checked_by_another",
                violation_error_message="Yang memeriksa harus orang lain.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} oleh {self.by_name}"

    @property
    def is_open(self) -> bool:
        """Nobody looked it over yet."""
        return self.checked_by_id is None and not self.alone
