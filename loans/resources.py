"""Loans and savings of an old book from a sheet: how a row is judged and loaded."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from import_export.fields import Field
from import_export.widgets import Widget

from boards.imports import SheetPlan, SheetResource
from boards.models import Board, User
from boards.parameters import setting_of
from common.figures import BadFigure
from common.money import format_rupiah
from common.sheets import Cell, Column
from common.tables import DateWidget, DecimalCommaWidget, RupiahWidget, TextCellWidget
from common.text import name_key
from ledger.models import Book
from loans.models import Loan, OpeningLoan
from loans.services.opening import bring_old_book, opening_gaps, plan_of_row
from members.models import CommunityGroup

COLUMNS = (
    Column("KSM", 24),
    Column("Ketua", 24),
    Column("L/P ketua", 10),
    Column("Tanggal cair", 14),
    Column("Pokok awal", 16),
    Column("Jangka", 10),
    Column("Jasa (%)", 10),
    Column("Saldo pokok", 16),
    Column("Tunggakan pokok", 18),
    Column("Tunggakan jasa", 16),
    Column("Tabungan", 16),
)
EXAMPLE = (
    (
        *("Melati", "Siti Aminah", "P", "10/08/2025", 5_000_000, 10, "1,5"),
        *(3_500_000, 500_000, 75_000, 250_000),
    ),
    (
        *("Mawar", "Suprapto", "L", "10/10/2025", 3_000_000, 10, "1,5"),
        *(2_400_000, 0, 0, 150_000),
    ),
    # Owes nothing: savings alone.
    ("Anggrek", "Wahyuni", "P", "", "", "", "", "", "", "", 100_000),
)


class NeededText(TextCellWidget):
    """A name, which no row can do without."""

    def clean(self, value: Cell, row=None, **kwargs) -> str:
        """The text; ValueError when the cell is blank."""
        text = " ".join(super().clean(value, row, **kwargs).split())
        if not text:
            raise ValueError("Isi kolom ini.")
        return text


class SexWidget(Widget):
    """L or P of the chair."""

    def clean(self, value: Cell, row=None, **kwargs) -> str:
        """L or P; ValueError says which letters there are."""
        text = str(value or "").strip().upper()
        if text not in ("L", "P"):
            raise ValueError("Isi L untuk laki-laki atau P untuk perempuan.")
        return text


class NeededRupiah(RupiahWidget):
    """Whole rupiah; blank is zero."""

    def clean(self, value: Cell, row=None, **kwargs) -> int:
        """Rupiah; ValueError says how to write it."""
        return super().clean(value, row, **kwargs) or 0


class CountWidget(Widget):
    """How many instalments; blank for a group that owes nothing."""

    def clean(self, value: Cell, row=None, **kwargs) -> int | None:
        """A whole number above zero, or None; ValueError says so."""
        text = str(value if value is not None else "").strip()
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 1_000):
            raise ValueError(_OF_LOAN["instalments"])
        return int(text)


class RateWidget(DecimalCommaWidget):
    """Percent for each instalment; blank for a group that owes nothing."""

    def clean(self, value: Cell, row=None, **kwargs):
        """The percentage, or None; ValueError when it is above 100."""
        rate = super().clean(value, row, **kwargs)
        if rate is not None and not 0 <= rate <= 100:
            raise ValueError(_OF_LOAN["rate"])
        return rate


# What a row of a loan can not do without.
_OF_LOAN = {
    "disbursed_on": "Isi tanggal cair, contoh 10/08/2025.",
    "instalments": "Isi banyaknya angsuran, contoh 10.",
    "rate": "Isi jasa setiap angsuran dalam persen, contoh 1,5.",
}


class OpeningResource(SheetResource):
    """Old loans and savings of one board; one row a KSM."""

    group_name = Field("group_name", "KSM", widget=NeededText(accept_numbers=True))
    chair_name = Field("chair_name", "Ketua", widget=NeededText())
    chair_sex = Field("chair_sex", "L/P ketua", widget=SexWidget())
    disbursed_on = Field("disbursed_on", "Tanggal cair", widget=DateWidget())
    principal = Field("principal", "Pokok awal", widget=NeededRupiah())
    instalments = Field("instalments", "Jangka", widget=CountWidget())
    rate = Field("rate", "Jasa (%)", widget=RateWidget(places=4))
    balance = Field("balance", "Saldo pokok", widget=NeededRupiah())
    principal_arrears = Field(
        "principal_arrears", "Tunggakan pokok", widget=NeededRupiah()
    )
    charge_arrears = Field("charge_arrears", "Tunggakan jasa", widget=NeededRupiah())
    savings = Field("savings", "Tabungan", widget=NeededRupiah())

    natural_key = ("group_name",)
    required = tuple(column.title for column in COLUMNS[:8])

    class Meta(SheetResource.Meta):
        model = OpeningLoan
        fields = (
            *("group_name", "chair_name", "chair_sex", "disbursed_on", "principal"),
            *("instalments", "rate", "balance", "principal_arrears"),
            *("charge_arrears", "savings"),
        )
        clean_model_instances = True

    def __init__(self, *, owner: Board, book: Book, by: User) -> None:
        self.book, self.by = book, by
        super().__init__(owner=owner)
        rule = setting_of(owner, "opening_loan_rows", on=owner.today())
        self.most_rows = rule.value
        busy = Loan.objects.unfinished().filter(board=owner)
        groups = CommunityGroup.objects.filter(closed_on=None, loans__in=busy)
        self.busy = {name_key(name) for name in groups.values_list("name", flat=True)}

    def get_queryset(self):
        return OpeningLoan.objects.filter(book=self.book)

    def init_instance(self, row=None):
        board = self.owner
        return OpeningLoan(
            board=board, region_code=board.region_code, book=self.book, savings=0
        )

    def key_of(self, row):
        """The name of the group; capitals do not matter."""
        return name_key(row.group_name)

    def validate_instance(
        self, instance, import_validation_errors=None, validate_unique=True
    ):
        """What the fields say, then whether a plan can be made of the row."""
        super().validate_instance(instance, import_validation_errors, validate_unique)
        if import_validation_errors:
            return
        if instance.pk:
            raise ValidationError(
                {NON_FIELD_ERRORS: "KSM ini sudah dimuat dengan angka lain."}
            )
        if not instance.owes:
            self._check_savings(instance)
            return
        if self.key_of(instance) in self.busy:
            raise ValidationError(
                {"group_name": "KSM ini sudah punya pinjaman atau permohonan."}
            )
        self._check_figures(instance)

    def _check_savings(self, instance: OpeningLoan) -> None:
        """A group that owes nothing: savings, and nothing of a loan."""
        if not instance.savings:
            raise ValidationError(
                {
                    "balance": "Isi saldo pokok, atau tabungan bagi KSM yang tidak"
                    " berutang."
                }
            )
        instance.disbursed_on = instance.instalments = instance.rate = None

    def _check_figures(self, instance: OpeningLoan) -> None:
        opened_on = self.book.opened_on
        missing = {
            name: sentence
            for name, sentence in _OF_LOAN.items()
            if getattr(instance, name) is None
        }
        if missing:
            raise ValidationError(missing)
        if instance.disbursed_on >= opened_on:
            raise ValidationError(
                {"disbursed_on": "Isi tanggal sebelum Buku UPK dibuka."}
            )
        if not 0 < instance.balance <= instance.principal:
            raise ValidationError(
                {"balance": "Saldo lebih dari nol dan tidak melebihi pokok awal."}
            )
        try:
            plan_of_row(instance, opened_on)
        except BadFigure as bad:
            named = bad.field if bad.field in self.titles() else NON_FIELD_ERRORS
            raise ValidationError({named: str(bad)}) from bad

    def _write(self, table):
        """Save the rows, then make the loans; none when one row is bad."""
        result = super()._write(table)
        if not result.has_validation_errors() and not result.has_errors():
            fresh = self.get_queryset().filter(group=None, loan=None)
            rows = list(fresh.order_by("pk"))
            for row in rows:
                row.board = self.owner
            self.book.board = self.owner
            bring_old_book(rows, book=self.book, by=self.by)
        return result

    def sample_of(self, row):
        """What the preview shows of a row."""
        late = format_rupiah(row.principal_arrears + row.charge_arrears)
        saved = format_rupiah(row.savings)
        return (
            *(row.group_name, row.chair_name, format_rupiah(row.balance), late),
            saved,
        )

    def notes_of(self, instances):
        """Sums of the sheet and of what was loaded, beside the opening balances."""
        fresh = [row for row in instances if not row.loan_id]
        loans, savings = opening_gaps(self.book)
        return [
            _compared(
                "Saldo pinjaman (11030)",
                loans[0] + sum(row.balance for row in fresh if not row.pk),
                loans[1],
            ),
            _compared(
                "Tabungan (21020)",
                savings[0] + sum(row.savings for row in fresh if not row.pk),
                savings[1],
            ),
        ]


def _compared(what: str, sheet: int, book: int) -> str:
    words = f"{what}: berkas {format_rupiah(sheet)}, saldo awal {format_rupiah(book)}"
    if sheet == book:
        return f"{words}, cocok."
    return (
        f"{words}, selisih {format_rupiah(abs(sheet - book))}. Bulan tidak dapat"
        " ditutup sebelum cocok."
    )


def opening_sheet(board: Board, book: Book, by: User) -> SheetPlan:
    """The import of old loans into one board."""
    return SheetPlan(
        kind="loans.opening",
        owner=board,
        resource=lambda: OpeningResource(owner=board, book=book, by=by),
        what="pinjaman dari buku lama",
        action="loans.opening_imported",
        sample_titles=("KSM", "Ketua", "Saldo pokok", "Tunggakan", "Tabungan"),
    )
