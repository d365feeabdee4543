"""Loans of an old book, from a sheet."""

from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.models import Board
from boards.roles import Permission
from boards.views.sheets import SheetPage, check_page, sheet_file, upload_page
from common.sheets import Sheet
from ledger.models import Book
from loans.resources import COLUMNS, EXAMPLE, opening_sheet
from loans.services.opening import opening_voucher
from loans.views.reserves import fund_of

HINTS = (
    ("KSM, Ketua, L/P ketua", "wajib; KSM yang belum ada dicatat sekalian"),
    ("Tanggal cair", "sebelum Buku UPK dibuka, contoh 10/08/2025"),
    ("Pokok awal, Jangka", "rupiah dan banyaknya angsuran bulanan"),
    ("Jasa (%)", "setiap angsuran, tetap (flat), contoh 1,5"),
    ("Saldo pokok", "sisa pokok pada hari buku dibuka"),
    ("Tunggakan pokok, Tunggakan jasa", "yang sudah jatuh tempo; kosong berarti nol"),
    ("Tabungan", "tabungan tanggung renteng KSM; kosong berarti nol"),
    (
        "KSM yang tidak berutang",
        "cukup nama, ketua, dan tabungan; kolom pinjaman dikosongkan",
    ),
)


def _page(request: HttpRequest, board: Board, book: Book) -> SheetPage:
    kwargs = {"board_slug": board.slug}
    loans = reverse("loans:loan_list", kwargs=kwargs)
    return SheetPage(
        plan=opening_sheet(board, book, request.user),
        title="Muat pinjaman dari buku lama",
        lead="Satu baris satu KSM. Jumlahnya dicocokkan dengan saldo awal Buku UPK.",
        trail=[("Pinjaman", loans)],
        upload_url=reverse("loans:opening_import", kwargs=kwargs),
        example_url=reverse("loans:opening_example", kwargs=kwargs),
        done_url=loans,
        check_url=lambda token: reverse(
            "loans:opening_import_check", kwargs={**kwargs, "token": token}
        ),
        columns=HINTS,
    )


def _ready_book(board: Board) -> Book | None:
    """The fund's book with its opening balances posted."""
    book = fund_of(board)
    if book is None or opening_voucher(book) is None:
        return None
    book.board = board
    return book


def _not_yet(request: HttpRequest):
    return render(request, "loans/no_opening.html")


@require_http_methods(["GET", "POST"])
@board_view(Permission.KEEP_FUND)
def opening_import(request, board):
    """Upload a sheet of old loans."""
    book = _ready_book(board)
    if book is None:
        return _not_yet(request)
    return upload_page(request, _page(request, board, book))


@require_http_methods(["GET", "POST"])
@board_view(Permission.KEEP_FUND)
def opening_import_check(request, board, token):
    """See what a sheet would do, beside the opening balances; then load it once."""
    book = _ready_book(board)
    if book is None:
        return _not_yet(request)
    return check_page(request, _page(request, board, book), token)


@require_GET
@board_view(Permission.KEEP_FUND)
def opening_example(request, board):
    """A sheet with our columns and three invented groups."""
    return sheet_file(Sheet("Pinjaman", COLUMNS, EXAMPLE), "contoh-pinjaman-lama.xlsx")
