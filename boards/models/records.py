"""Rows that are only ever added: audit, chain, numbers; and doubts of the clock."""

from django.db import models
from django.db.models import F, Q

from boards.models.board import Board


class AuditEvent(models.Model):
    """Who did what to which object. No foreign keys: the log outlives the rows."""

    owner = models.CharField(max_length=20)
    position = models.PositiveIntegerField()
    at = models.DateTimeField("waktu")
    board_id = models.BigIntegerField(null=True)
    region_code = models.CharField(max_length=13, blank=True)
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField("oleh", max_length=120)
    role = models.CharField("sebagai", max_length=60, blank=True)
    action = models.CharField("perbuatan", max_length=60)
    subject_label = models.CharField(max_length=60)
    subject_pk = models.CharField(max_length=40)
    subject_name = models.CharField("catatan", max_length=200)
    says = models.CharField("kejadian", max_length=400)
    details = models.JSONField(default=dict)
    address = models.CharField(max_length=45, blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "jejak"
        verbose_name_plural = "jejak"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "position"], name="audit_position_once"
            )
        ]
        indexes = [
            models.Index(fields=["board_id", "-at", "-id"]),
            models.Index(fields=["subject_label", "subject_pk"]),
            models.Index(fields=["region_code", "-at"]),
        ]

    def __str__(self):
        return f"{self.user_name} {self.says}"


class AuditHead(models.Model):
    """The end of one audit chain; locked while an event is added."""

    owner = models.CharField(max_length=20, primary_key=True)
    position = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    last_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "ujung jejak"
        verbose_name_plural = "ujung jejak"

    def __str__(self):
        return self.owner


class ChainLink(models.Model):
    """One frozen record of a board or a region's office, tied to the one before."""

    board = models.ForeignKey(
        Board, models.PROTECT, null=True, related_name="chain_links"
    )
    region_code = models.CharField(max_length=13, blank=True)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    subject_pk = models.CharField(max_length=40)
    subject_name = models.CharField(max_length=200)
    content = models.TextField()
    content_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "tautan rantai"
        verbose_name_plural = "tautan rantai"
        constraints = [
            models.UniqueConstraint(
                fields=["board", "position"], name="chain_position_once_in_board"
            ),
            models.UniqueConstraint(
                fields=["region_code", "position"],
                condition=Q(board=None),
                name="chain_position_once_in_region",
            ),
        ]
        indexes = [models.Index(fields=["kind", "subject_pk"])]

    def __str__(self):
        return f"{self.position}: {self.subject_name}"


class ChainHead(models.Model):
    """The end of one chain of records; locked while a link is added.

    A chain whose last links were taken out still hangs together; its head tells.
    """

    # "b12" for a board, "r35.20" for the office of a region.
    owner = models.CharField(max_length=20, primary_key=True)
    position = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "ujung rantai"
        verbose_name_plural = "ujung rantai"

    def __str__(self):
        return self.owner


class ClockDoubt(models.Model):
    """A clock that jumped, or stood before the day of the release, until confirmed.

    A jump is written by the worker that saw it; a clock before the release needs no
    row until somebody confirms it for that release.
    """

    found_at = models.DateTimeField("terlihat")
    # How far the clock was moved; less than nothing is back.
    seconds = models.BigIntegerField(default=0)
    built_on = models.DateField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "jam yang diragukan"
        verbose_name_plural = "jam yang diragukan"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(built_on=None) & ~Q(seconds=0)
                | Q(built_on__isnull=False, seconds=0),
                name="clock_doubt_jumped_or_early",
            )
        ]

    def __str__(self):
        way = "maju" if self.seconds > 0 else "mundur"
        return f"{way} {abs(self.seconds) // 60} menit"


class NumberSequence(models.Model):
    """The last number given of one kind in one year; locked while one is given."""

    # "b12" for a board, "r35.20" for the office of a region.
    owner = models.CharField(max_length=20)
    kind = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "urutan nomor"
        verbose_name_plural = "urutan nomor"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "year"], name="number_sequence_once"
            )
        ]

    def __str__(self):
        return f"{self.owner} {self.kind} {self.year}: {self.last}"


class LetterNumber(models.Model):
    """A number given to a document. Never reused; a cancelled one stays visible."""

    owner = models.CharField(max_length=20)
    board = models.ForeignKey(Board, models.PROTECT, null=True, related_name="+")
    kind = models.CharField("jenis", max_length=10)
    year = models.PositiveSmallIntegerField("tahun")
    seq = models.PositiveIntegerField("urut")
    text = models.CharField("nomor", max_length=80)
    given_on = models.DateField("tanggal")
    subject_name = models.CharField("perihal", max_length=200, blank=True)
    cancelled_on = models.DateField("dibatalkan", null=True, blank=True)

    class Meta:
        verbose_name = "nomor surat"
        verbose_name_plural = "nomor surat"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "year", "seq"], name="letter_number_once"
            ),
            # Two letters of one board or office never bear the same number.
            models.UniqueConstraint(
                fields=["owner", "text"], name="letter_number_text_once"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on=None) | Q(cancelled_on__gte=F("given_on")),
                name="letter_number_cancelled_after_given",
            ),
        ]

    def __str__(self):
        return self.text
