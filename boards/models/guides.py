"""Juklak of a kabupaten or kota, its clauses, and how far each board is with them."""

from django.db import models
from django.db.models import F, Q

from boards.models.board import BoardOwned
from boards.models.people import User
from boards.models.work import StoredFile
from common.fields import LineField


class Guide(models.Model):
    """A petunjuk pelaksanaan that the Dinas sent to its boards by letter.

    Source: governance sheet, section 3.8 (Magetan, letter of 18 July 2023).
    """

    region_code = models.CharField("kode wilayah", max_length=5, db_index=True)
    title = LineField("judul", max_length=200)
    letter_number = LineField("nomor surat", max_length=80)
    letter_on = models.DateField("tanggal surat")
    in_force_on = models.DateField("berlaku mulai")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "juklak"
        verbose_name_plural = "juklak"
        ordering = ["-in_force_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region_code", "letter_number"],
                name="guide_letter_once",
                violation_error_message="Juklak dengan nomor surat ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(in_force_on__gte=F("letter_on")),
                name="guide_in_force_after_letter",
                violation_error_message=(
                    "Tanggal berlaku tidak boleh mendahului tanggal surat."
                ),
            ),
        ]

    def __str__(self):
        return self.title


class GuideClause(models.Model):
    """One thing that a juklak asks of a board."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField("urut")
    number = LineField("nomor", max_length=12)
    text = LineField("butir", max_length=600)

    class Meta:
        verbose_name = "butir juklak"
        verbose_name_plural = "butir juklak"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "number"],
                name="guide_clause_numbered_once",
                violation_error_message="Nomor butir ini sudah dipakai.",
            ),
        ]

    def __str__(self):
        return f"Butir {self.number}"


class GuideState(BoardOwned):
    """How far one board is with one clause."""

    class State(models.TextChoices):
        NOT_YET = "belum", "Belum"
        PARTLY = "sebagian", "Sebagian"
        DONE = "sudah", "Sudah"
        OUTSIDE = "tidak_berlaku", "Tidak berlaku di sini"

    TAGS = {
        State.NOT_YET: ("draft", "Belum"),
        State.PARTLY: ("wait", "Sebagian"),
        State.DONE: ("ok", "Sudah"),
        State.OUTSIDE: ("", "Tidak berlaku"),
    }

    clause = models.ForeignKey(GuideClause, models.PROTECT, related_name="states")
    state = models.CharField("keadaan", max_length=14, choices=State)
    evidence = LineField("bukti", max_length=200, blank=True)
    note = LineField("catatan", max_length=300, blank=True)
    changed_on = models.DateField("diisi")
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "keadaan butir juklak"
        verbose_name_plural = "keadaan butir juklak"
        constraints = [
            models.UniqueConstraint(
                fields=["board", "clause"], name="guide_state_once_a_board"
            ),
            models.CheckConstraint(
                condition=~Q(state="sudah", evidence=""),
                name="guide_done_has_evidence",
                violation_error_message=(
                    "Tulis buktinya, misalnya nomor keputusan atau surat."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="tidak_berlaku", note=""),
                name="guide_outside_has_reason",
                violation_error_message="Tulis mengapa butir ini tidak berlaku.",
            ),
        ]

    def __str__(self):
        return f"{self.clause}: {self.get_state_display()}"
