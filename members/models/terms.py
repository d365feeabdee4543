"""Terms of office, and who held which post when."""

import datetime

from django.db import models
from django.db.models import F, Q

from boards.models import BoardOwned
from common.fields import LineField
from members.models.people import Person


class Term(BoardOwned):
    """A masa bakti of the whole board; both days are inside it. Terms never overlap."""

    starts_on = models.DateField("mulai")
    ends_on = models.DateField("berakhir")
    decree = LineField(
        "nomor SK atau berita acara", max_length=120, blank=True, help_text="Jika ada."
    )
    # As the election had them; empty: the board's rule says how many may sit.
    seats = models.PositiveSmallIntegerField("jumlah kursi", null=True, editable=False)

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
