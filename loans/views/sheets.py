"""Lists of the loans as workbooks: loans, receipts, arrears; figures as numbers."""

from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.views.decorators.http import require_GET

from boards.access import board_view
from boards.roles import Permission
from boards.views.sheets import sheet_file
from common.sheets import Column, Sheet
from loans.filters import LoanFilter
from loans.models import Loan, LoanStanding, Receipt
from loans.views.arrears import behind

_ROWS_AT_ONCE = 2_000
_LOANS = (
    Column("KSM", 28),
    Column("Nomor permohonan", 26),
    Column("Rekening", 14),
    Column("Produk", 22),
    Column("Pinjaman ke", 11),
    Column("Keadaan", 16),
    Column("Diajukan", 12),
    Column("Cair", 12),
    Column("Permohonan (Rp)", 16, money=True),
    Column("Pokok (Rp)", 16, money=True),
    Column("Jasa (Rp)", 16, money=True),
    Column("Angsuran", 10),
    Column("Saldo pokok (Rp)", 16, money=True),
    Column("Sisa jasa (Rp)", 16, money=True),
    Column("Tunggakan pokok (Rp)", 18, money=True),
    Column("Tunggakan jasa (Rp)", 18, money=True),
    Column("Kolektibilitas", 13),
    Column("Selesai", 12),
)
_RECEIPTS = (
    Column("Nomor bukti", 24),
    Column("Tanggal", 12),
    Column("KSM", 28),
    Column("Rekening", 14),
    Column("Disetor oleh", 26),
    Column("Jumlah (Rp)", 16, money=True),
    Column("Pokok (Rp)", 16, money=True),
    Column("Jasa (Rp)", 16, money=True),
    Column("Denda (Rp)", 14, money=True),
    Column("Tabungan (Rp)", 14, money=True),
    Column("Dibatalkan", 12),
)
_ARREARS = (
    Column("KSM", 28),
    Column("Rekening", 14),
    Column("Cair", 12),
    Column("Pokok (Rp)", 16, money=True),
    Column("Saldo pokok (Rp)", 16, money=True),
    Column("Tunggakan pokok (Rp)", 18, money=True),
    Column("Tunggakan jasa (Rp)", 18, money=True),
    Column("Angsuran menunggak", 12),
    Column("Sejak", 12),
    Column("Kolektibilitas", 13),
    Column("Langkah terakhir", 14),
)


@require_GET
@board_view(Permission.VIEW_LOANS)
def loan_sheet(request, board):
    """Loans and applications as the filters of the list leave them."""
    asked = LoanFilter(request.GET, Loan.objects.filter(board=board), board=board)
    rows = asked.qs.select_related("group", "terms__product", "standing")
    rows = rows.annotate(wanted=Coalesce(Sum("shares__requested"), 0))
    found = rows.order_by("-applied_on", "-pk").iterator(chunk_size=_ROWS_AT_ONCE)
    return sheet_file(
        Sheet("Pinjaman", _LOANS, (_loan(row) for row in found)), "pinjaman.xlsx"
    )


def _loan(loan: Loan) -> tuple:
    """One loan; what it does not have yet stays empty."""
    at: LoanStanding | None = getattr(loan, "standing", None)
    lent = loan.disbursed_on is not None
    return (
        str(loan.group),
        loan.application_number,
        loan.account_number,
        str(loan.terms.product),
        loan.round_no,
        loan.get_state_display(),
        loan.applied_on,
        loan.disbursed_on,
        loan.wanted,
        loan.principal if lent else None,
        loan.service_charge if lent else None,
        loan.instalments,
        at.balance if at else None,
        at.charge_left if at else None,
        at.principal_arrears if at else None,
        at.charge_arrears if at else None,
        at.collectibility if at else None,
        loan.closed_on,
    )


@require_GET
@board_view(Permission.VIEW_LOANS)
def receipt_sheet(request, board):
    """Every receipt of the board, the newest first."""
    rows = Receipt.objects.filter(board=board).select_related("voucher", "loan__group")
    found = rows.order_by("-on", "-pk").iterator(chunk_size=_ROWS_AT_ONCE)
    cells = (
        (
            str(row.voucher),
            row.on,
            str(row.loan.group),
            row.loan.account_number,
            row.payer,
            row.amount,
            row.principal,
            row.service_charge,
            row.penalty,
            row.saved + row.to_savings,
            row.reversed_on,
        )
        for row in found
    )
    return sheet_file(Sheet("Angsuran", _RECEIPTS, cells), "angsuran.xlsx")


@require_GET
@board_view(Permission.VIEW_LOANS)
def arrears_sheet(request, board):
    """Running loans with something due and not paid, the oldest arrears first."""
    found = behind(board).order_by("arrears_since", "pk")
    cells = (
        (
            str(row.loan.group),
            row.loan.account_number,
            row.loan.disbursed_on,
            row.loan.principal,
            row.balance,
            row.principal_arrears,
            row.charge_arrears,
            row.late_count,
            row.arrears_since,
            row.collectibility,
            row.last_on,
        )
        for row in found.iterator(chunk_size=_ROWS_AT_ONCE)
    )
    return sheet_file(Sheet("Tunggakan", _ARREARS, cells), "tunggakan.xlsx")
