"""Groups of residents (KSM): who is in them, what they agreed, saved and learned."""

import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from boards.models import BoardOwned
from common.fields import LineField, ProseField, RupiahField, three_digits
from common.words import neighbourhood
from members.models.people import Person


class CommunityGroup(BoardOwned):
    """A KSM: formed by free will, with officers and rules of its own.

    Source: revolving-loans sheet §1.2 (R9) and §2.1 (R16).
    """

    name = LineField("nama KSM", max_length=80)
    formed_on = models.DateField("tanggal dibentuk")
    formed_number = LineField(
        "nomor berita acara pembentukan", max_length=80, blank=True
    )
    address = LineField("alamat", max_length=200, blank=True)
    rt = models.CharField("RT", max_length=3, blank=True, validators=[three_digits])
    rw = models.CharField("RW", max_length=3, blank=True, validators=[three_digits])
    house_rules = ProseField(
        "aturan main KSM",
        max_length=4000,
        blank=True,
        help_text="Waktu bertemu, simpanan, sanksi, cara menanggung bersama.",
    )
    rules_agreed_on = models.DateField("aturan main disepakati", null=True, blank=True)
    has_books = models.BooleanField("pembukuan KSM memadai", default=False)
    # The last day of the group; empty: it goes on.
    closed_on = models.DateField("hari terakhir", null=True, blank=True)

    class Meta:
        verbose_name = "KSM"
        verbose_name_plural = "KSM"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "name"],
                condition=Q(closed_on=None),
                name="group_name_once_in_board",
                violation_error_message="KSM dengan nama ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("formed_on")),
                name="group_closed_after_formed",
            ),
        ]

    def __str__(self):
        return self.name if self.name.startswith("KSM") else f"KSM {self.name}"

    @property
    def neighbourhood(self) -> str:
        """RT and RW as on every form."""
        return neighbourhood(self.rt, self.rw)


class GroupMemberQuerySet(models.QuerySet):
    """Members of groups as lists ask for them."""

    def active_on(self, day: datetime.date):
        """In the group on `day`, first and last day included."""
        stayed = Q(left_on=None) | Q(left_on__gte=day)
        return self.filter(stayed, joined_on__lte=day)


class GroupMember(BoardOwned):
    """A resident in a group, in one at a time."""

    class Role(models.TextChoices):
        CHAIR = "CHAIR", "Ketua"
        SECRETARY = "SECRETARY", "Sekretaris"
        TREASURER = "TREASURER", "Bendahara"
        MEMBER = "MEMBER", "Anggota"

    OFFICERS = (Role.CHAIR, Role.SECRETARY, Role.TREASURER)

    group = models.ForeignKey(
        CommunityGroup, models.PROTECT, related_name="members", verbose_name="KSM"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="group_places", verbose_name="warga"
    )
    role = models.CharField("tugas", max_length=10, choices=Role, default=Role.MEMBER)
    joined_on = models.DateField("masuk")
    left_on = models.DateField("hari terakhir", null=True, blank=True)
    # On the community's own list of the poor (pemetaan swadaya, PS2).
    listed_poor = models.BooleanField("tercatat di daftar PS2", default=False)
    business = LineField("usaha", max_length=120, blank=True)
    # No business yet: only after a training in a productive skill.
    is_starter = models.BooleanField("baru memulai usaha", default=False)
    family_consents = models.BooleanField("keluarga setuju", default=False)

    objects = GroupMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "anggota KSM"
        verbose_name_plural = "anggota KSM"
        ordering = ["group", "joined_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(left_on=None),
                name="group_member_in_one_group",
                violation_error_message="Warga ini masih anggota KSM lain.",
            ),
            models.UniqueConstraint(
                fields=["group", "role"],
                condition=Q(left_on=None) & ~Q(role="MEMBER"),
                name="group_office_once",
                violation_error_message="Tugas itu sudah ada yang memegang.",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                name="group_member_left_after_joined",
                violation_error_message="Hari terakhir tidak sebelum masuk.",
            ),
        ]

    def __str__(self):
        return str(self.person)


class GroupSaving(BoardOwned):
    """What a group saved together in one month, by its own book."""

    group = models.ForeignKey(CommunityGroup, models.PROTECT, related_name="savings")
    month = models.DateField("bulan")
    amount = RupiahField(
        "jumlah", validators=[MinValueValidator(1, "Isi lebih dari nol.")]
    )

    class Meta:
        verbose_name = "tabungan bersama"
        verbose_name_plural = "tabungan bersama"
        ordering = ["group", "-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "month"],
                name="group_saving_once_a_month",
                violation_error_message="Tabungan bulan itu sudah dicatat.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="group_saving_above_zero"
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="group_saving_names_a_month"
            ),
        ]

    def __str__(self):
        return f"{self.group} {self.month:%m/%Y}"


class GroupTraining(BoardOwned):
    """A training that members of a group had before they borrow."""

    class Topic(models.TextChoices):
        LOANS = "LOANS", "Pinjaman bergulir"
        BUSINESS = "BUSINESS", "Kewirausahaan"
        HOUSEHOLD = "HOUSEHOLD", "Ekonomi rumah tangga (PERT)"

    group = models.ForeignKey(CommunityGroup, models.PROTECT, related_name="trainings")
    topic = models.CharField("bahan", max_length=10, choices=Topic)
    held_on = models.DateField("tanggal")
    members = models.ManyToManyField(
        GroupMember, related_name="trainings", verbose_name="yang ikut"
    )

    class Meta:
        verbose_name = "pelatihan KSM"
        verbose_name_plural = "pelatihan KSM"
        ordering = ["group", "-held_on", "-pk"]

    def __str__(self):
        return f"{self.get_topic_display()}, {self.group}"
