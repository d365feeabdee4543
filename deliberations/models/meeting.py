"""A musyawarah: its facts, what was on the agenda, what was said."""

from collections.abc import Collection

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from boards.models import BoardOwned, LetterNumber, User
from boards.roles import Permission
from common.fields import ProseField
from common.periods import Period
from members.models import Election, Person
from planning.models import PlanItem


class MeetingQuerySet(models.QuerySet):
    """Meetings by state and day."""

    def ratified(self):
        """Meetings whose minutes are frozen."""
        return self.filter(state=Meeting.State.RATIFIED)

    def readable_with(self, rights: Collection[Permission]):
        """Every meeting for those who read drafts, for others the ratified ones."""
        return self if Permission.VIEW_DRAFTS in rights else self.ratified()

    def held_in(self, period: Period):
        """Meetings held within a period, both ends included."""
        return self.filter(held_on__range=(period.start, period.end))

    def with_wrote(self, user: User):
        """Annotate `wrote`: the user wrote in these minutes."""
        own = MeetingWriter.objects.filter(meeting=OuterRef("pk"), user=user)
        return self.annotate(wrote=Exists(own))


class Meeting(BoardOwned):
    """A musyawarah, from invitation to ratified minutes. Frozen once ratified."""

    class Kind(models.TextChoices):
        """Kinds of meeting. Source: governance sheet, section 4.1."""

        RUTIN = "RUTIN", "Rapat rutin anggota"
        KOOR = "KOOR", "Rapat koordinasi UP"
        KHUSUS = "KHUSUS", "Rembug khusus"
        RW = "RW", "Rembug warga RW/basis"
        KEL = "KEL", "Rembug warga kelurahan/desa"
        RWT = "RWT", "Rembug Warga Tahunan"
        RKM = "RKM", "Rembug kesiapan masyarakat"
        FGD = "FGD", "Diskusi kelompok terarah (FGD)"
        TINJAUAN = "TINJAUAN", "Tinjauan partisipatif"
        MUSRENBANG = "MUSRENBANG", "Musrenbang kelurahan/desa"
        SERAH = "SERAH", "Serah terima"
        SIRKULER = "SIRKULER", "Keputusan sirkuler"

    class State(models.TextChoices):
        DRAFT = "draft", "Draf"
        SENT = "sent", "Menunggu pengesahan"
        RATIFIED = "ratified", "Disahkan"

    kind = models.CharField("jenis rapat", max_length=12, choices=Kind)
    title = models.CharField("nama rapat", max_length=150)
    held_on = models.DateField("tanggal")
    starts_at = models.TimeField("mulai pukul")
    ends_at = models.TimeField("selesai pukul", null=True, blank=True)
    place = models.CharField("tempat", max_length=150)
    purpose = models.TextField("maksud rapat", blank=True, max_length=1000)
    chair = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    note_taker = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    copies = ProseField("tembusan", blank=True, max_length=1000)
    # Which turn of which series it is; a meeting moved to another day keeps its turn.
    series = models.ForeignKey(
        "deliberations.MeetingSeries",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="meetings",
        verbose_name="rapat berkala",
    )
    series_day = models.DateField("giliran", null=True, editable=False)

    state = models.CharField(
        "keadaan", max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, editable=False)
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    # How often it was sent; who agreed, agreed with what was sent that time.
    round = models.PositiveSmallIntegerField(default=0, editable=False)
    returned_note = models.CharField("catatan pengembalian", max_length=500, blank=True)
    ratified_at = models.DateTimeField(null=True, editable=False)
    ratified_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    # Copied at ratification: old papers do not change when people do.
    ratified_name = models.CharField(max_length=160, blank=True)
    ratified_post = models.CharField(max_length=60, blank=True)
    one_person_office = models.BooleanField(default=False, editable=False)

    number = models.OneToOneField(
        LetterNumber, models.PROTECT, null=True, editable=False, related_name="+"
    )
    number_text = models.CharField("nomor berita acara", max_length=80, blank=True)
    minutes_number = models.OneToOneField(
        LetterNumber, models.PROTECT, null=True, editable=False, related_name="+"
    )
    minutes_number_text = models.CharField("nomor notulen", max_length=80, blank=True)
    # Counters of the list page, written at ratification.
    entitled = models.PositiveSmallIntegerField(null=True, editable=False)
    present = models.PositiveSmallIntegerField(null=True, editable=False)
    guests = models.PositiveSmallIntegerField(null=True, editable=False)
    decision_count = models.PositiveSmallIntegerField(default=0, editable=False)
    # The quorum rule as it held at ratification: later rules change no old minutes.
    # Empty in drafts, and in minutes ratified before the rule was kept.
    quorum_words = models.CharField(max_length=80, blank=True, editable=False)
    quorum_numerator = models.PositiveSmallIntegerField(null=True, editable=False)
    quorum_denominator = models.PositiveSmallIntegerField(null=True, editable=False)
    quorum_more_than = models.BooleanField(null=True, editable=False)
    confirmations_needed = models.PositiveSmallIntegerField(null=True, editable=False)
    quorum_article = models.CharField(max_length=120, blank=True, editable=False)
    # A second call, when the first found no quorum; its rule is kept as the first is.
    second_call_at = models.TimeField(
        "panggilan kedua pukul", null=True, editable=False
    )
    second_words = models.CharField(max_length=80, blank=True, editable=False)
    second_numerator = models.PositiveSmallIntegerField(null=True, editable=False)
    second_denominator = models.PositiveSmallIntegerField(null=True, editable=False)
    second_more_than = models.BooleanField(null=True, editable=False)
    second_article = models.CharField(max_length=120, blank=True, editable=False)
    # Put off for want of a quorum: when, and to which day. The meeting of that day
    # points back with `resumes`.
    postponed_at = models.TimeField("ditunda pukul", null=True, editable=False)
    postponed_until = models.DateField("ditunda sampai", null=True, editable=False)
    resumes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="resumed_by",
        verbose_name="melanjutkan rapat yang ditunda",
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "musyawarah"
        verbose_name_plural = "musyawarah"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "series_day"],
                name="meeting_series_turn_once",
                violation_error_message="Rapat giliran ini sudah disiapkan.",
            ),
            models.CheckConstraint(
                condition=Q(series=None, series_day=None)
                | Q(series__isnull=False, series_day__isnull=False),
                name="meeting_series_and_turn_together",
            ),
            models.CheckConstraint(
                condition=Q(chair=None)
                | Q(note_taker=None)
                | ~Q(chair=F("note_taker")),
                name="meeting_chair_is_not_note_taker",
                violation_error_message=(
                    "Pemimpin rapat dan notulis harus dua orang. Pilih notulis lain."
                ),
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="meeting_sent_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(ratified_at=None, ratified_by=None)
                | Q(ratified_at__isnull=False, ratified_by__isnull=False),
                name="meeting_ratified_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=Q(ratified_at=None)
                | Q(number__isnull=False, state="ratified", ends_at__isnull=False),
                name="meeting_ratified_is_numbered",
            ),
            models.CheckConstraint(
                condition=Q(
                    quorum_numerator=None,
                    quorum_denominator=None,
                    quorum_more_than=None,
                )
                | Q(
                    quorum_numerator__isnull=False,
                    quorum_denominator__isnull=False,
                    quorum_more_than__isnull=False,
                    ratified_at__isnull=False,
                ),
                name="meeting_quorum_rule_whole",
            ),
            models.CheckConstraint(
                condition=Q(
                    second_numerator=None,
                    second_denominator=None,
                    second_more_than=None,
                )
                | Q(
                    second_numerator__isnull=False,
                    second_denominator__isnull=False,
                    second_more_than__isnull=False,
                    second_call_at__isnull=False,
                    ratified_at__isnull=False,
                ),
                name="meeting_second_rule_whole",
            ),
            models.CheckConstraint(
                condition=Q(postponed_at=None, postponed_until=None)
                | Q(postponed_at__isnull=False, postponed_until__isnull=False),
                name="meeting_postponed_whole",
            ),
            models.CheckConstraint(
                condition=Q(ratified_by=None)
                | Q(one_person_office=True)
                | (~Q(ratified_by=F("sent_by")) & ~Q(ratified_by=F("created_by"))),
                name="meeting_maker_does_not_ratify",
                violation_error_message=(
                    "Notulen tidak boleh disahkan oleh yang menulisnya."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["board", "-held_on", "-id"]),
            models.Index(fields=["region_code", "-held_on", "-id"]),
            models.Index(fields=["board", "state"]),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        """May still be written."""
        return self.state == self.State.DRAFT

    @property
    def is_ratified(self) -> bool:
        """Frozen."""
        return self.state == self.State.RATIFIED

    @property
    def is_postponed(self) -> bool:
        """Put off to another day for want of a quorum."""
        return self.postponed_at is not None

    @property
    def state_tag(self) -> tuple[str, str]:
        """Kind and word of the tag that shows where the minutes stand."""
        if self.is_ratified:
            return "ok", "Disahkan, ditunda" if self.is_postponed else "Disahkan"
        if self.state == self.State.SENT:
            return "wait", "Menunggu pengesahan"
        if self.is_postponed and not self.returned_note:
            return "warn", "Ditunda"
        return ("bad", "Dikembalikan") if self.returned_note else ("draft", "Draf")


class MeetingWriter(models.Model):
    """Somebody who wrote these minutes; none of them ratifies, also after a return."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="writers")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "penulis notulen"
        verbose_name_plural = "penulis notulen"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"], name="meeting_writer_once"
            )
        ]

    def __str__(self):
        return str(self.user)


class AgendaItem(models.Model):
    """One point on the agenda: minutes, quorum and decisions hang from it."""

    class State(models.TextChoices):
        OPEN = "open", "Belum dibahas"
        DISCUSSED = "discussed", "Selesai dibahas"
        DEFERRED = "deferred", "Ditunda"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("urut")
    title = models.CharField("pokok bahasan", max_length=200)
    state = models.CharField("hasil", max_length=10, choices=State, default=State.OPEN)
    starts_at = models.TimeField("mulai dibahas", null=True, blank=True)
    ends_at = models.TimeField("selesai dibahas", null=True, blank=True)
    noted_by = models.CharField(max_length=120, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    # Where the item comes from; both stand in ratified minutes, so they stay.
    action = models.ForeignKey(
        "deliberations.ActionItem",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="taken_up",
        verbose_name="dari tindak lanjut",
    )
    continues = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="continued_by",
        verbose_name="melanjutkan butir yang ditunda",
    )
    # The circular decision that this item puts before the members.
    confirms = models.ForeignKey(
        "deliberations.Decision",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="confirming_items",
        verbose_name="mengukuhkan keputusan sirkuler",
    )
    plan_item = models.ForeignKey(
        PlanItem,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="dari butir rencana",
    )
    # The finished election whose result this item puts before the meeting.
    election = models.ForeignKey(
        Election,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="menetapkan hasil pemilihan",
    )
    # Written when the minutes are ratified, from the attendance of that moment.
    entitled = models.PositiveSmallIntegerField(null=True, editable=False)
    counted = models.PositiveSmallIntegerField(null=True, editable=False)
    required = models.PositiveSmallIntegerField(null=True, editable=False)
    quorum_held = models.BooleanField(null=True, editable=False)

    class Meta:
        verbose_name = "butir agenda"
        verbose_name_plural = "butir agenda"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"], name="agenda_position_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "action"],
                name="agenda_action_once",
                violation_error_message="Tindak lanjut ini sudah ada di agenda.",
            ),
            models.UniqueConstraint(
                fields=["meeting", "confirms"],
                name="agenda_confirms_once",
                violation_error_message="Keputusan sirkuler ini sudah ada di agenda.",
            ),
            models.UniqueConstraint(
                fields=["meeting", "plan_item"],
                name="agenda_plan_item_once",
                violation_error_message="Butir rencana ini sudah ada di agenda.",
            ),
            models.UniqueConstraint(
                fields=["meeting", "election"],
                name="agenda_election_once",
                violation_error_message="Hasil pemilihan ini sudah ada di agenda.",
            ),
        ]

    def __str__(self):
        return f"{self.position}. {self.title}"
