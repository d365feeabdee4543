"""Heaps of signed papers between upload and attachment."""

import uuid

from django.db import models
from django.db.models import Q

from boards.models import Board, User
from reports.models.papers import IssuedReport


class ScanStack(models.Model):
    """Signed papers as they came back, in any order; gone once they are sorted.

    The pictures lie sealed in a tray (boards.staging) named after the stack.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    # The files in the order they came: {"name", "pages", "problem", "key"}; one that
    # could not be read has 0 pages, and why. `key` names its pieces in the tray.
    sources = models.JSONField(default=list)
    # None while the worker still reads: nothing is attached before all is read.
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "tumpukan pindaian"
        verbose_name_plural = "tumpukan pindaian"
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["board", "-created_at"])]

    def __str__(self):
        return f"Tumpukan {self.expected} halaman"

    @property
    def expected(self) -> int:
        """Pages in all files."""
        return sum(source["pages"] for source in self.sources)

    @property
    def problems(self) -> list[dict]:
        """The files that could not be read, and why."""
        return [source for source in self.sources if source["problem"]]


class StackPage(models.Model):
    """One page of a stack: what its code says, or what a person made of it."""

    class Finding(models.TextChoices):
        PLACED = "placed", "Ada tempatnya"
        UNREAD = "unread", "Kode tidak terbaca"
        SEVERAL = "several", "Lebih dari satu halaman dalam satu gambar"
        FOREIGN = "foreign", "Bukan surat LKM ini"
        DAMAGED = "damaged", "Halaman tidak dapat dibuka"
        SKIPPED = "skipped", "Dilewati"

    stack = models.ForeignKey(ScanStack, models.PROTECT, related_name="sheets")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    source = models.PositiveSmallIntegerField("berkas ke-")
    number = models.PositiveSmallIntegerField("halaman dalam berkas")
    finding = models.CharField("temuan", max_length=10, choices=Finding)
    report = models.ForeignKey(
        IssuedReport, models.PROTECT, null=True, blank=True, related_name="+"
    )
    page = models.PositiveSmallIntegerField("halaman surat", null=True, blank=True)
    sharpness = models.PositiveIntegerField("ketajaman", default=0)
    by_hand = models.BooleanField("ditempatkan orang", default=False)

    class Meta:
        verbose_name = "halaman tumpukan"
        verbose_name_plural = "halaman tumpukan"
        ordering = ["source", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["stack", "source", "number"], name="stack_page_read_once"
            ),
            models.CheckConstraint(
                condition=Q(finding="placed", report__isnull=False, page__gte=1)
                | ~Q(finding="placed") & Q(report=None, page=None),
                name="stack_page_placed_whole",
            ),
        ]

    def __str__(self):
        return f"{self.origin}: {self.get_finding_display()}"

    @property
    def origin(self) -> str:
        """Where it came from: "copier.pdf halaman 3", "foto-2.jpg"."""
        source = self.stack.sources[self.source]
        if source["pages"] == 1:
            return source["name"]
        return f"{source['name']} halaman {self.number}"
