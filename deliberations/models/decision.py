"""The root record: a decision of the musyawarah, and what must follow from it."""

import datetime
from collections.abc import Collection

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce

from boards.models import BoardOwned, LetterNumber, User
from boards.roles import Permission
from common.fields import RupiahField, three_digits
from common.periods import Period
from common.words import join_unit, neighbourhood
from deliberations.kinds import label_of
from deliberations.models.meeting import AgendaItem, Meeting
from members.models import Person

# A difference of small integers cannot overflow on PostgreSQL; a sum could.
CARRIED = ~Q(method="voting") | Q(votes_abstain__lt=F("votes_for") - F("votes_against"))


class DecisionQuerySet(models.QuerySet):
    """Decisions by state and period."""

    def ratified(self):
        """Decisions that are frozen and numbered."""
        return self.filter(ratified_at__isnull=False)

    def readable_with(self, rights: Collection[Permission]):
        """Every decision for those who read drafts, for others the ratified ones."""
        return self if Permission.VIEW_DRAFTS in rights else self.ratified()

    def in_force(self):
        """What was agreed and holds: nothing changed it, no meeting dropped it."""
        agreed = self.ratified().carried().with_force()
        return agreed.filter(is_amended=False, is_dropped=False)

    def with_force(self):
        """Annotate what ends a decision: `is_amended`, and `is_dropped` (circulars)."""
        return self.annotate(
            is_amended=Exists(
                Decision.objects.changing().filter(amends=OuterRef("pk"))
            ),
            is_dropped=Exists(_dropping_items(OuterRef("pk"))),
        )

    def changing(self):
        """Ratified decisions that change another.

        A proposal voted down does not, nor a circular one that a meeting dropped.
        """
        rows = self.ratified().carried().filter(amends__isnull=False)
        return rows.filter(~Exists(_dropping_items(OuterRef("pk"))))

    def carried(self):
        """Decisions that were agreed, as `is_carried` says of one."""
        return self.filter(CARRIED)

    def to_read(self):
        """With what a reader of the minutes sees beside each: item, objections."""
        objected = Exists(Dissent.objects.filter(decision=OuterRef("pk")))
        rows = self.select_related("item", "amends")
        return rows.annotate(is_objected=objected)

    def made_in(self, period: Period):
        """Decisions of meetings held within a period."""
        return self.filter(held_on__range=(period.start, period.end))


def taken_up(circular: "Decision | OuterRef") -> models.QuerySet[AgendaItem]:
    """Items of ratified meetings that dealt with a circular decision."""
    return AgendaItem.objects.filter(
        confirms=circular,
        meeting__state=Meeting.State.RATIFIED,
        state=AgendaItem.State.DISCUSSED,
    )


def _dropping_items(circular: OuterRef) -> models.QuerySet[AgendaItem]:
    """Items of ratified meetings that did not confirm a circular decision."""
    agreed = Decision.objects.filter(item=OuterRef("pk")).carried()
    return taken_up(circular).filter(~Exists(agreed))


class Decision(BoardOwned):
    """What a musyawarah decided. Every activity, loan, rule and seat points here."""

    class Kind(models.TextChoices):
        GENERAL = "general", "Umum"
        BUDGET = "budget", "Dana dan anggaran"
        ACTIVITY = "activity", "Kegiatan"
        ASSET = "asset", "Aset"
        RULE = "rule", "Aturan"
        MEMBERSHIP = "membership", "Keanggotaan dan pengurus"
        LOAN = "loan", "Pinjaman bergulir"
        PROPOSAL = "proposal", "Usulan"

    class Method(models.TextChoices):
        CONSENSUS = "mufakat", "Mufakat"
        VOTE = "voting", "Pemungutan suara"
        ACCLAMATION = "aklamasi", "Aklamasi"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="decisions")
    position = models.PositiveSmallIntegerField("urut")
    title = models.CharField("tentang", max_length=150)
    text = models.TextField("isi keputusan", max_length=6000)
    kind = models.CharField("jenis", max_length=12, choices=Kind, default=Kind.GENERAL)
    method = models.CharField(
        "cara memutuskan", max_length=10, choices=Method, default=Method.CONSENSUS
    )
    votes_for = models.PositiveSmallIntegerField("setuju", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(
        "tidak setuju", null=True, blank=True
    )
    votes_abstain = models.PositiveSmallIntegerField("abstain", null=True, blank=True)
    # A vote comes after a consensus that failed; who voted how is said in an open one.
    failed_consensus = models.CharField(
        "mengapa mufakat tidak tercapai", max_length=300, blank=True
    )
    is_secret = models.BooleanField("suara rahasia", default=False)
    against_names = models.CharField("yang tidak setuju", max_length=600, blank=True)
    abstain_names = models.CharField("yang abstain", max_length=600, blank=True)
    # Facts for the record that follows; which kind asks for which: `kinds.py`.
    amount = RupiahField("jumlah uang", null=True, blank=True)
    fund_source = models.CharField("sumber dana", max_length=80, blank=True)
    subject_name = models.CharField("nama", max_length=160, blank=True)
    rt = models.CharField("RT", max_length=3, blank=True, validators=[three_digits])
    rw = models.CharField("RW", max_length=3, blank=True, validators=[three_digits])
    volume = models.DecimalField(
        "volume", max_digits=12, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField("satuan", max_length=20, blank=True)
    in_charge = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    in_charge_name = models.CharField("penanggung jawab", max_length=160, blank=True)
    due_on = models.DateField("selesai paling lambat", null=True, blank=True)
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amendments"
    )
    amend_reason = models.CharField("alasan perubahan", max_length=300, blank=True)

    # Of the meeting, by value: the register walks one index.
    held_on = models.DateField(editable=False)
    ratified_at = models.DateTimeField(null=True, editable=False)
    number = models.OneToOneField(
        LetterNumber, models.PROTECT, null=True, editable=False, related_name="+"
    )
    number_text = models.CharField("nomor", max_length=80, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "keputusan"
        verbose_name_plural = "keputusan"
        ordering = ["item__position", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    method="voting",
                    votes_for__isnull=False,
                    votes_against__isnull=False,
                    votes_abstain__isnull=False,
                )
                | (
                    ~Q(method="voting")
                    & Q(votes_for=None, votes_against=None, votes_abstain=None)
                ),
                name="decision_votes_go_with_voting",
                violation_error_message=(
                    "Isi suara setuju, tidak setuju dan abstain bila memutuskan dengan"
                    " pemungutan suara, dan hanya bila demikian."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_secret=False)
                | Q(method="voting", against_names="", abstain_names=""),
                name="decision_secret_vote_names_nobody",
                violation_error_message=(
                    "Suara rahasia hanya mencatat jumlahnya. Kosongkan nama pemilih."
                ),
            ),
            models.CheckConstraint(
                condition=Q(volume=None) | Q(volume__gt=0),
                name="decision_volume_above_zero",
                violation_error_message="Volume harus lebih dari nol.",
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0),
                name="decision_amount_not_negative",
                violation_error_message="Jumlah uang tidak boleh kurang dari nol.",
            ),
            models.CheckConstraint(
                condition=Q(ratified_at=None) | Q(number__isnull=False),
                name="decision_ratified_is_numbered",
            ),
        ]
        indexes = [
            models.Index(fields=["board", "-held_on", "-id"]),
            models.Index(fields=["region_code", "-held_on", "-id"]),
        ]

    def __str__(self):
        return f"{self.number_text or 'Draf'}: {self.title}"

    @property
    def clauses(self) -> list[str]:
        """The paragraphs of the text: KESATU, KEDUA … in a decree."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]

    @property
    def neighbourhood(self) -> str:
        """Where it will be done: "RT 003/RW 005" without empty halves."""
        return neighbourhood(self.rt, self.rw)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Label and words of what this kind says beside its text and its money."""
        size = join_unit(self.volume, self.unit) if self.volume else ""
        rows = (
            (label_of(self.kind, "subject_name"), self.subject_name),
            ("Lokasi", self.neighbourhood),
            ("Volume", size),
            ("Sumber dana", self.fund_source),
        )
        return [(label, words) for label, words in rows if words]

    @property
    def votes(self) -> int | None:
        """All votes together; None when it was not a vote."""
        if self.method != self.Method.VOTE:
            return None
        return self.votes_for + self.votes_against + self.votes_abstain

    @property
    def is_carried(self) -> bool:
        """Agreed: by consensus or acclamation, or more than half of the votes.

        Source: governance sheet, section 4.3.
        """
        return self.votes is None or self.votes_for * 2 > self.votes


class Dissent(models.Model):
    """Somebody who did not agree and asked that it be written down."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="dissents")
    name = models.CharField("nama", max_length=160)
    reason = models.CharField("alasan", max_length=500)

    class Meta:
        verbose_name = "keberatan"
        verbose_name_plural = "keberatan"

    def __str__(self):
        return self.name


class ActionItemQuerySet(models.QuerySet):
    """Actions that still wait, and those that do not."""

    def readable_with(self, rights: Collection[Permission]):
        """Every action for those who read drafts, for others of ratified minutes."""
        if Permission.VIEW_DRAFTS in rights:
            return self
        return self.filter(meeting__state=Meeting.State.RATIFIED)

    def open(self):
        """Not done and not cancelled, from ratified minutes."""
        return self.filter(
            status__in=(ActionItem.Status.OPEN, ActionItem.Status.DOING),
            meeting__state=Meeting.State.RATIFIED,
        )

    def by_urgency(self):
        """The earliest day first (`urgency`); without a day last, as if never due."""
        never = Value(datetime.date.max, output_field=models.DateField())
        rows = self.annotate(urgency=Coalesce("due_on", never))
        return rows.order_by("urgency", "pk")

    def overdue(self, *, on: datetime.date):
        """Open ones whose day is past."""
        return self.open().filter(due_on__lt=on)

    def with_moves(self):
        """With their steps, the newest first, for the page that shows the evidence."""
        return self.prefetch_related("moves__file", "moves__number")

    def closed(self):
        """Done or cancelled."""
        return self.filter(
            status__in=(ActionItem.Status.DONE, ActionItem.Status.CANCELLED)
        )


class ActionItem(BoardOwned):
    """What somebody promised to do, by when. Its status moves on after ratification."""

    class Status(models.TextChoices):
        OPEN = "open", "Belum dikerjakan"
        DOING = "doing", "Sedang dikerjakan"
        DONE = "done", "Selesai"
        CANCELLED = "cancelled", "Dibatalkan"

    # Kind and word of the tag that shows each status.
    TAGS = {
        Status.OPEN: ("draft", "Belum mulai"),
        Status.DOING: ("wait", "Berjalan"),
        Status.DONE: ("ok", "Selesai"),
        Status.CANCELLED: ("", "Dibatalkan"),
    }

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="actions")
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="actions")
    decision = models.ForeignKey(
        Decision, models.CASCADE, null=True, blank=True, related_name="actions"
    )
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField("tindak lanjut", max_length=300)
    owner_name = models.CharField("penanggung jawab", max_length=160)
    due_on = models.DateField("paling lambat", null=True, blank=True)
    status = models.CharField(
        "keadaan", max_length=10, choices=Status, default=Status.OPEN
    )
    evidence = models.CharField("bukti", max_length=300, blank=True)
    closed_on = models.DateField("ditutup", null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        verbose_name = "tindak lanjut"
        verbose_name_plural = "tindak lanjut"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_by=None)
                | Q(closed_on__isnull=False, closed_by__isnull=False),
                name="action_closed_on_and_by_together",
            ),
        ]
        indexes = [models.Index(fields=["board", "status", "due_on"])]

    def __str__(self):
        return self.text

    @property
    def state_tag(self) -> tuple[str, str]:
        """Kind and word of the tag of its status."""
        return self.TAGS[self.status]

    @property
    def tag_beside_decision(self) -> tuple[str, str]:
        """The tag where it stands among others: "Tindak lanjut: belum mulai"."""
        kind, word = self.state_tag
        return kind, f"Tindak lanjut: {word.lower()}"

    @property
    def is_closed(self) -> bool:
        """Done or cancelled."""
        return self.status in (self.Status.DONE, self.Status.CANCELLED)
