"""A loan of a group from its application to its end, and each member's share."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from boards.models import BoardOwned, User
from common.fields import LineField, ProseField, RupiahField
from deliberations.models import Decision
from ledger.models import Voucher
from loans.models.products import ProductTerms
from members.models import CommunityGroup, GroupMember


class LoanQuerySet(models.QuerySet):
    """Loans as lists ask for them."""

    def open_applications(self):
        """Handed in, and neither paid out, refused nor withdrawn."""
        return self.filter(state__in=Loan.BEFORE_PAYOUT)

    def unfinished(self):
        """Open applications, and paid out with something left to pay."""
        return self.filter(state__in=Loan.UNFINISHED)

    def running(self):
        """Paid out, with something left to pay."""
        return self.filter(state=Loan.State.ACTIVE)


class Loan(BoardOwned):
    """One loan of one group. Stages: revolving-loans sheet §2.1.

    What is agreed lies in `terms` and `instalments`; what is lent is the sum of the
    shares, copied into `principal` when the loan is decided.
    """

    class State(models.TextChoices):
        APPLIED = "applied", "Diajukan"
        CHECKED = "checked", "Diperiksa"
        RECHECK = "recheck", "Diperiksa ulang"
        APPROVED = "approved", "Disetujui"
        REFUSED = "refused", "Ditolak"
        WITHDRAWN = "withdrawn", "Ditarik"
        ACTIVE = "active", "Berjalan"
        PAID = "paid", "Lunas"
        RESCHEDULED = "rescheduled", "Dijadwal ulang"
        WRITTEN_OFF = "written_off", "Dihapus"
        TAKEN_BACK = "taken_back", "Batal cair"

    BEFORE_PAYOUT = (State.APPLIED, State.CHECKED, State.RECHECK, State.APPROVED)
    # With one of these a group, or a member, is busy and asks for no other loan.
    UNFINISHED = (*BEFORE_PAYOUT, State.ACTIVE)
    # Nothing was lent in the end.
    CAME_TO_NOTHING = (State.REFUSED, State.WITHDRAWN, State.TAKEN_BACK)
    # What left the book on the day that it ended, with something still unpaid.
    OUT_OF_BOOK = (State.RESCHEDULED, State.WRITTEN_OFF, State.TAKEN_BACK)
    PAID_OUT = (State.ACTIVE, State.PAID, *OUT_OF_BOOK)

    group = models.ForeignKey(
        CommunityGroup, models.PROTECT, related_name="loans", verbose_name="KSM"
    )
    terms = models.ForeignKey(
        ProductTerms, models.PROTECT, related_name="loans", verbose_name="produk"
    )
    round_no = models.PositiveSmallIntegerField("pinjaman ke")
    state = models.CharField(
        "keadaan", max_length=12, choices=State, default=State.APPLIED, editable=False
    )

    applied_on = models.DateField("tanggal permohonan")
    application_number = models.CharField("nomor permohonan", max_length=80)
    purpose = LineField("keperluan", max_length=200)
    instalments = models.PositiveSmallIntegerField(
        "banyaknya angsuran", validators=[MinValueValidator(1)]
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    checked_on = models.DateField("tanggal pemeriksaan", null=True, blank=True)
    checked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_name = models.CharField(max_length=120, blank=True)
    check_note = ProseField("catatan pemeriksaan", max_length=2000, blank=True)
    fit = models.BooleanField("layak", null=True, blank=True)

    # A decision of a meeting, or the two who decide by the rule of the board.
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="loans"
    )
    decided_on = models.DateField("tanggal putusan", null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_name = models.CharField(max_length=120, blank=True)
    cosigned_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cosigned_name = models.CharField(max_length=120, blank=True)
    decided_rule = LineField("dasar putusan", max_length=200, blank=True)
    decision_reason = LineField("alasan", max_length=300, blank=True)

    contract_number = models.CharField("nomor perjanjian", max_length=80, blank=True)
    account_number = models.CharField("rekening pinjaman", max_length=20, blank=True)
    principal = RupiahField("pokok", default=0, editable=False)
    service_charge = RupiahField("jasa", default=0, editable=False)
    disbursed_on = models.DateField("tanggal cair", null=True, blank=True)
    voucher = models.OneToOneField(
        Voucher, models.PROTECT, null=True, blank=True, related_name="disburses"
    )
    received_by = LineField("diterima oleh", max_length=120, blank=True)
    closed_on = models.DateField("selesai pada", null=True, blank=True)
    # The loan whose rest this one spreads anew; its class does not get better at once.
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    # The same application, whose first payout was wrong and was taken back.
    resumes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="resumed_by"
    )
    # Brought over from an old book: what was paid before is not here.
    is_opening = models.BooleanField(default=False, editable=False)

    objects = LoanQuerySet.as_manager()

    class Meta:
        verbose_name = "pinjaman"
        verbose_name_plural = "pinjaman"
        ordering = ["-applied_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(state="active"),
                name="loan_one_running_a_group",
                violation_error_message="KSM ini masih punya pinjaman berjalan.",
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(state__in=["applied", "checked", "recheck", "approved"]),
                name="loan_one_application_a_group",
                violation_error_message="KSM ini masih punya permohonan terbuka.",
            ),
            models.UniqueConstraint(
                fields=["board", "account_number"],
                condition=~Q(account_number=""),
                name="loan_account_number_once",
            ),
            models.CheckConstraint(
                condition=Q(disbursed_on=None)
                | Q(is_opening=True)
                | Q(replaces__isnull=False)
                | Q(decision__isnull=False)
                | Q(decided_by__isnull=False, cosigned_by__isnull=False)
                & ~Q(decided_by=F("cosigned_by")),
                name="loan_paid_out_by_decision",
                violation_error_message="Pinjaman cair hanya dengan putusan.",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[
                        *("active", "paid", "rescheduled", "written_off"),
                        "taken_back",
                    ],
                    disbursed_on__isnull=False,
                    principal__gt=0,
                )
                | Q(
                    state__in=[
                        *("applied", "checked", "recheck", "approved"),
                        *("refused", "withdrawn"),
                    ],
                    disbursed_on=None,
                ),
                name="loan_state_and_payout",
            ),
        ]
        indexes = [
            models.Index(fields=["board", "state", "-applied_on", "-id"]),
            models.Index(fields=["group", "-applied_on"]),
            models.Index(
                fields=["board", "id", "disbursed_on", "closed_on"], name="loan_scan"
            ),
        ]

    def __str__(self):
        return f"{self.group}, {self.account_number or self.application_number}"


class LoanShare(BoardOwned):
    """What one member asks for, can pay, and gets; a row of sheets A, B and C.

    Capacity is income less cost in a month (revolving-loans sheet §2.2, R15).
    """

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="shares")
    member = models.ForeignKey(GroupMember, models.PROTECT, related_name="shares")
    position = models.PositiveSmallIntegerField("nomor")
    # Name by value: papers of a loan keep it.
    name = models.CharField("nama", max_length=160)
    requested = RupiahField(
        "permohonan", validators=[MinValueValidator(1, "Isi lebih dari nol.")]
    )
    use = LineField("usaha dan keperluan", max_length=160, blank=True)
    visited_on = models.DateField("dikunjungi", null=True, blank=True)
    income = RupiahField("penghasilan sebulan", null=True, blank=True)
    cost = RupiahField("biaya sebulan", null=True, blank=True)
    character = LineField("catatan watak dan usaha", max_length=300, blank=True)
    proposed = RupiahField("usulan petugas", null=True, blank=True)
    approved = RupiahField("disetujui", null=True, blank=True)
    note = LineField("keterangan", max_length=200, blank=True)
    # Papers that the member handed in (§2.1, loan file).
    has_id_copy = models.BooleanField("fotokopi KTP", default=False)
    signed_joint = models.BooleanField("tanda tangan tanggung renteng", default=False)

    class Meta:
        verbose_name = "bagian anggota"
        verbose_name_plural = "bagian anggota"
        ordering = ["loan", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["loan", "member"], name="loan_share_once_a_member"
            ),
            models.UniqueConstraint(
                fields=["loan", "position"], name="loan_share_position_once"
            ),
            models.CheckConstraint(
                condition=Q(requested__gt=0), name="loan_share_requested"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def capacity(self) -> int | None:
        """Rupiah a month that the member can pay; None before the check."""
        if self.income is None or self.cost is None:
            return None
        return self.income - self.cost
