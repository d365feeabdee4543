"""A book of a board and the accounts in it."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from boards.models import BoardOwned, User
from common.fields import LineField
from ledger.chart import GROUP_LABELS, SHARED_USES, Group, side_of
from ledger.chart import Use as AccountUse


class Book(BoardOwned):
    """One set of accounts that balances by itself: the UPK's fund, or the works'."""

    class Kind(models.TextChoices):
        FUND = "fund", "Buku UPK"
        WORKS = "works", "Buku Sekretariat dan Kegiatan"

    # How numbers of vouchers name the book.
    CODES = {Kind.FUND: "UPK", Kind.WORKS: "SEK"}

    kind = models.CharField("buku", max_length=8, choices=Kind)
    opened_on = models.DateField("dibuka per tanggal")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "buku"
        verbose_name_plural = "buku"
        ordering = ["board", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "kind"],
                name="book_once_a_kind",
                violation_error_message="Buku ini sudah dibuka.",
            )
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def code(self) -> str:
        """How numbers of vouchers name the book: UPK or SEK."""
        return self.CODES[self.Kind(self.kind)]


class AccountQuerySet(models.QuerySet):
    """Accounts as forms and statements ask for them."""

    def in_use(self):
        """Accounts on which people may still book."""
        return self.filter(is_active=True)

    def of_use(self, use: AccountUse) -> "Account":
        """The account the portal itself books on; DoesNotExist without one."""
        return self.get(use=use)


class Account(BoardOwned):
    """One account of a book, by the board's own code and name."""

    Use = AccountUse

    book = models.ForeignKey(Book, models.PROTECT, related_name="accounts")
    code = models.CharField(
        "kode",
        max_length=12,
        validators=[
            RegexValidator(r"^[0-9][0-9.]*$", "Tulis kode dengan angka, contoh 51030.")
        ],
    )
    name = LineField("nama akun", max_length=80)
    group = models.CharField(
        "kelompok",
        max_length=10,
        choices=[(group.value, label) for group, label in GROUP_LABELS.items()],
    )
    contra = models.BooleanField("pengurang", default=False)
    use = models.CharField(max_length=20, blank=True, editable=False)
    is_active = models.BooleanField("masih dipakai", default=True)

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = "akun"
        verbose_name_plural = "akun"
        ordering = ["book", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["book", "code"],
                name="account_code_once_a_book",
                violation_error_message="Kode akun ini sudah dipakai.",
            ),
            models.UniqueConstraint(
                fields=["book", "use"],
                condition=~Q(use__in=sorted(SHARED_USES)),
                name="account_use_once_a_book",
            ),
            models.CheckConstraint(
                condition=Q(group__in=[group.value for group in Group]),
                name="account_group_known",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def side(self) -> int:
        """+1 when debit raises the balance, -1 when credit does."""
        return side_of(self.group, contra=self.contra)
