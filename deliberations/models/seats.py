"""By which decision people sit: an election that became a term, a seat filled anew."""

from django.db import models

from boards.models import BoardOwned, User
from deliberations.models.decision import Decision
from members.models import Election, Mandate, Nominee, Term


class SeatedElection(BoardOwned):
    """A finished election that a decision turned into a term of office. Only added."""

    decision = models.OneToOneField(
        Decision,
        models.PROTECT,
        related_name="seated",
        verbose_name="keputusan",
        error_messages={"unique": "Keputusan ini sudah dipakai."},
    )
    election = models.OneToOneField(
        Election,
        models.PROTECT,
        related_name="seated",
        verbose_name="pemilihan",
        error_messages={"unique": "Hasil pemilihan ini sudah ditetapkan."},
    )
    term = models.OneToOneField(
        Term, models.PROTECT, related_name="seated", verbose_name="masa bakti"
    )
    at = models.DateTimeField("saat")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "penetapan pengurus"
        verbose_name_plural = "penetapan pengurus"

    def __str__(self):
        return f"{self.term} dari {self.election}"


class SeatedMandate(BoardOwned):
    """One person whom the election put into a seat. Only added."""

    seated = models.ForeignKey(SeatedElection, models.PROTECT, related_name="mandates")
    mandate = models.OneToOneField(
        Mandate, models.PROTECT, related_name="seated", verbose_name="anggota"
    )
    nominee = models.OneToOneField(
        Nominee, models.PROTECT, related_name="seated", verbose_name="terpilih"
    )

    class Meta:
        verbose_name = "anggota hasil pemilihan"
        verbose_name_plural = "anggota hasil pemilihan"

    def __str__(self):
        return str(self.mandate)


class Replacement(BoardOwned):
    """A seat that was left and filled for the rest of the term (PAW). Only added."""

    decision = models.OneToOneField(
        Decision,
        models.PROTECT,
        related_name="replacement",
        verbose_name="keputusan",
        error_messages={"unique": "Keputusan ini sudah dipakai."},
    )
    left = models.OneToOneField(
        Mandate,
        models.PROTECT,
        related_name="replacement",
        verbose_name="yang diganti",
        error_messages={"unique": "Kursi ini sudah diisi."},
    )
    mandate = models.OneToOneField(
        Mandate, models.PROTECT, related_name="replaces", verbose_name="pengganti"
    )
    # Empty when the reserves were used up and a rembug khusus chose somebody.
    nominee = models.OneToOneField(
        Nominee, models.PROTECT, null=True, related_name="replacement"
    )
    at = models.DateTimeField("saat")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "pergantian antarwaktu"
        verbose_name_plural = "pergantian antarwaktu"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.mandate.person} menggantikan {self.left.person}"
