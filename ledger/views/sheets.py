"""The list of vouchers as a workbook, for whoever reads the book."""

from django.views.decorators.http import require_GET

from boards.access import board_view
from boards.roles import Permission
from boards.views.sheets import sheet_file
from common.sheets import Column, Sheet
from ledger.filters import VoucherFilter
from ledger.views.doors import reads_book

_COLUMNS = (
    Column("Tanggal", 12),
    Column("Nomor bukti", 24),
    Column("Jenis", 22),
    Column("Formulir", 22),
    Column("Uraian", 44),
    Column("Dari/kepada", 28),
    Column("Jumlah (Rp)", 16, money=True),
    Column("Keadaan", 24),
    Column("Dicatat oleh", 24),
    Column("Disetujui oleh", 24),
)


@require_GET
@board_view(Permission.VIEW_BOOKS)
@reads_book
def voucher_sheet(request, book):
    """Vouchers as the filters of the list leave them, the newest first."""
    found = VoucherFilter(request.GET, book=book).qs.with_state()
    rows = (
        (
            row.dated,
            row.number_text,
            row.get_kind_display(),
            row.form_label,
            row.description,
            row.party,
            row.amount,
            row.state_tag[1],
            row.made_name,
            row.approved_name,
        )
        for row in found.order_by("-dated", "-pk").iterator(chunk_size=2_000)
    )
    return sheet_file(Sheet("Bukti", _COLUMNS, rows), f"bukti-{book.code.lower()}.xlsx")
