"""Rules of a board as documents: versions, articles, clauses, and who cites them."""

import datetime

from django.db import models
from django.db.models import F, Q

from boards.models import BoardOwned, BoardSetting, User
from common.fields import LineField, ProseField
from deliberations.models.decision import Decision


class RuleDocument(BoardOwned):
    """A rule that a board gave itself: its AD, ART, a tata tertib."""

    class Kind(models.TextChoices):
        """Source: governance sheet, section 2.2."""

        STATUTES = "AD", "Anggaran Dasar"
        BYLAWS = "ART", "Anggaran Rumah Tangga"
        ORDER = "TATA_TERTIB", "Tata tertib"
        SHARED = "ATURAN_BERSAMA", "Aturan bersama KPP"
        RULE = "PERATURAN", "Peraturan lembaga"

    kind = models.CharField("jenis", max_length=16, choices=Kind)
    name = LineField("nama", max_length=120)

    class Meta:
        verbose_name = "dokumen aturan"
        verbose_name_plural = "dokumen aturan"
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "name"],
                name="rule_document_named_once",
                violation_error_message=(
                    "Sudah ada dokumen dengan nama ini. Buka dokumen itu, lalu tulis"
                    " versi barunya."
                ),
            ),
            models.UniqueConstraint(
                fields=["board", "kind"],
                condition=Q(kind__in=("AD", "ART")),
                name="rule_document_one_ad_one_art",
                violation_error_message=(
                    "AD dan ART masing-masing satu dokumen. Buka dokumen itu, lalu"
                    " tulis versi barunya."
                ),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def short(self) -> str:
        """How it is cited: AD and ART by their letters, the others by name."""
        known = (self.Kind.STATUTES, self.Kind.BYLAWS)
        return self.kind if self.kind in known else self.name


class RuleVersionQuerySet(models.QuerySet):
    """Versions by the days on which they hold."""

    def adopted(self):
        """Versions that a forum adopted; their text is frozen."""
        return self.filter(adopted_on__isnull=False)

    def in_force(self, on: datetime.date):
        """Versions that hold on a day: of each document at most one."""
        held = Q(ends_on=None) | Q(ends_on__gt=on)
        return self.adopted().filter(held, in_force_on__lte=on)


class RuleVersion(BoardOwned):
    """One text of a rule, from draft to adoption; frozen once adopted."""

    document = models.ForeignKey(RuleDocument, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("versi")
    # The text as typed: a draft is corrected in it and split again.
    source = ProseField("naskah", max_length=200_000)
    preamble = models.TextField("pembukaan", blank=True)
    closing = models.TextField("penutup", blank=True)
    per_chapter = models.BooleanField("pasal dihitung per bab", default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    adopted_on = models.DateField("ditetapkan", null=True, editable=False)
    adopted_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    forum = LineField("forum penetapan", max_length=160, blank=True)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, editable=False, related_name="adopted"
    )
    deed_number = LineField("nomor akta", max_length=60, blank=True)
    deed_on = models.DateField("tanggal akta", null=True, blank=True)
    deed_notary = LineField("notaris", max_length=100, blank=True)
    in_force_on = models.DateField("berlaku mulai", null=True, editable=False)
    # The first day on which it holds no more: a later version, or taken back.
    ends_on = models.DateField("tidak berlaku mulai", null=True, editable=False)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )
    revoke_reason = LineField("alasan pencabutan", max_length=300, blank=True)

    objects = RuleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "versi aturan"
        verbose_name_plural = "versi aturan"
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="rule_version_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["document", "in_force_on"],
                condition=Q(in_force_on__isnull=False),
                name="rule_version_one_start_a_day",
                violation_error_message=(
                    "Sudah ada versi yang mulai berlaku pada tanggal itu. Pilih tanggal"
                    " lain."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    adopted_on=None,
                    adopted_by=None,
                    in_force_on=None,
                    decision=None,
                    forum="",
                    ends_on=None,
                )
                | Q(
                    adopted_on__isnull=False,
                    adopted_by__isnull=False,
                    in_force_on__isnull=False,
                )
                & ~Q(forum=""),
                name="rule_version_adopted_whole",
            ),
            models.CheckConstraint(
                condition=Q(in_force_on=None) | Q(in_force_on__gte=F("adopted_on")),
                name="rule_version_in_force_after_adoption",
                violation_error_message=(
                    "Tanggal berlaku tidak boleh mendahului tanggal penetapan."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("in_force_on")),
                name="rule_version_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(revoked_by=None, revoke_reason="")
                | Q(revoked_by__isnull=False, ends_on__isnull=False)
                & ~Q(revoke_reason=""),
                name="rule_version_revoked_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.document} versi {self.number}"

    @property
    def is_draft(self) -> bool:
        """Not adopted yet: it may still be changed."""
        return self.adopted_on is None

    def state_tag(self, on: datetime.date) -> tuple[str, str]:
        """Kind and word of the tag of its state on a day."""
        if self.is_draft:
            return "draft", "Draf"
        if self.ends_on and self.ends_on <= on:
            return "", "Dicabut" if self.revoked_by_id else "Digantikan"
        return ("ok", "Berlaku") if self.in_force_on <= on else ("wait", "Akan berlaku")


class RuleArticle(models.Model):
    """One pasal of a version."""

    version = models.ForeignKey(RuleVersion, models.CASCADE, related_name="articles")
    position = models.PositiveSmallIntegerField("urut")
    chapter = LineField("bab", max_length=30, blank=True)
    chapter_title = LineField("judul bab", max_length=200, blank=True)
    part = LineField("bagian", max_length=200, blank=True)
    number = LineField("nomor pasal", max_length=30)
    # Its one name in the version: "14", "14a", "2-1" where chapters count anew.
    key = models.CharField(max_length=12)
    title = LineField("judul pasal", max_length=200, blank=True)

    class Meta:
        verbose_name = "pasal"
        verbose_name_plural = "pasal"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"],
                name="rule_article_numbered_once",
                violation_error_message="Nomor pasal ini sudah dipakai.",
            ),
            models.UniqueConstraint(
                fields=["version", "position"], name="rule_article_position_once"
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """ "Pasal 14", or "Bab II Pasal 1" where every chapter counts anew."""
        alone = f"Pasal {self.number}"
        return f"Bab {self.chapter} {alone}" if "-" in self.key else alone

    @property
    def anchor(self) -> str:
        """Its place on the page of the version."""
        return f"pasal-{self.key}"

    @property
    def plain(self) -> str:
        """All its clauses as text, a line each; needs the clauses."""
        return "\n".join(
            f"{clause.mark} {clause.text}".strip() for clause in self.clauses.all()
        )


class RuleClause(models.Model):
    """One ayat, huruf or paragraph of an article."""

    article = models.ForeignKey(RuleArticle, models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField("urut")
    level = models.PositiveSmallIntegerField("tingkat", default=0)
    mark = LineField("tanda", max_length=12, blank=True)
    label = LineField("sebutan", max_length=80, blank=True)
    text = ProseField("isi")

    class Meta:
        verbose_name = "ayat"
        verbose_name_plural = "ayat"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "position"], name="rule_clause_position_once"
            ),
        ]

    def __str__(self):
        return self.label or self.text[:40]


class SettingBasis(models.Model):
    """A rule value of the board and the article that says so; words by value."""

    setting = models.OneToOneField(BoardSetting, models.PROTECT, related_name="basis")
    article = models.ForeignKey(RuleArticle, models.PROTECT, related_name="settings")
    clause = models.ForeignKey(
        RuleClause, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The longest name, chapter, article and clause together: 273 characters.
    says = LineField("dasar", max_length=300)

    class Meta:
        verbose_name = "dasar aturan"
        verbose_name_plural = "dasar aturan"

    def __str__(self):
        return self.says


class DecisionBasis(models.Model):
    """A decision and an article in force on the day of its meeting; words by value."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="bases")
    position = models.PositiveSmallIntegerField("urut")
    article = models.ForeignKey(RuleArticle, models.PROTECT, related_name="decisions")
    clause = models.ForeignKey(
        RuleClause, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The longest name, chapter, article and clause together: 273 characters.
    says = LineField("dasar", max_length=300)

    class Meta:
        verbose_name = "dasar keputusan"
        verbose_name_plural = "dasar keputusan"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "position"], name="decision_basis_position_once"
            ),
        ]

    def __str__(self):
        return self.says
