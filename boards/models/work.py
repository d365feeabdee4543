"""Drafts, submissions, stored files and long work."""

import uuid

from django.db import models
from django.db.models import Q

from boards.models.board import Board
from boards.models.people import User


class Draft(models.Model):
    """Text that is typed but not yet saved, kept on the server for one user."""

    user = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    board = models.ForeignKey(Board, models.CASCADE, null=True, related_name="+")
    form = models.CharField(max_length=60)
    object_key = models.CharField(max_length=60)
    part = models.CharField("bagian", max_length=120, blank=True)
    content = models.JSONField(default=dict)
    base_revision = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "draf"
        verbose_name_plural = "draf"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "form", "object_key"], name="draft_once_a_user"
            )
        ]
        indexes = [models.Index(fields=["form", "object_key", "-updated_at"])]

    def __str__(self):
        return f"{self.form} {self.object_key}"


class Submission(models.Model):
    """A creating post that was carried out; the same key never does it again."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    action = models.CharField(max_length=100)
    path = models.CharField(max_length=300)
    key = models.CharField(max_length=64, unique=True)
    body_sha256 = models.CharField(max_length=64)
    result_url = models.CharField(max_length=500)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "kiriman"
        verbose_name_plural = "kiriman"

    def __str__(self):
        return f"{self.action} {self.key}"


class StoredFile(models.Model):
    """A file kept by its hash; the user's file name is only a label."""

    class Kind(models.TextChoices):
        PHOTO = "image/jpeg", "foto"
        PNG = "image/png", "gambar"
        PDF = "application/pdf", "PDF"
        SHEET = (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "Excel",
        )
        CSV = "text/csv", "CSV"

    board = models.ForeignKey(Board, models.PROTECT, null=True, related_name="+")
    region_code = models.CharField(max_length=13, blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=80, choices=Kind)
    label = models.CharField("nama berkas", max_length=150)
    # Made by the portal itself (a paper, a re-encoded photo): may be shown inline.
    own = models.BooleanField(default=False)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "berkas"
        verbose_name_plural = "berkas"
        indexes = [models.Index(fields=["board", "created_at"])]

    def __str__(self):
        return self.label

    @property
    def path(self) -> str:
        """Where the bytes lie in the storage."""
        return f"{self.sha256[:2]}/{self.sha256}"


class Job(models.Model):
    """Long work as people see it: who asked, how far it is, what came out."""

    class State(models.TextChoices):
        QUEUED = "queued", "menunggu giliran"
        RUNNING = "running", "sedang dikerjakan"
        DONE = "done", "selesai"
        FAILED = "failed", "gagal"
        CANCELLED = "cancelled", "dibatalkan"

    OPEN = (State.QUEUED, State.RUNNING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    title = models.CharField("pekerjaan", max_length=200)
    user = models.ForeignKey(User, models.PROTECT, related_name="jobs")
    board = models.ForeignKey(Board, models.PROTECT, null=True, related_name="+")
    region_code = models.CharField(max_length=13, blank=True)
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    run_after = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "pekerjaan"
        verbose_name_plural = "pekerjaan"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state__in=["queued", "running"]),
                name="job_key_once_while_open",
                violation_error_message="Pekerjaan yang sama sedang berjalan.",
            )
        ]
        indexes = [models.Index(fields=["state", "heartbeat_at"])]

    def __str__(self):
        return self.title

    @property
    def percent(self) -> int:
        """Whole percent done; 100 only when finished."""
        if self.state == self.State.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0

    @property
    def is_open(self) -> bool:
        """Still waiting or being worked on."""
        return self.state in self.OPEN
