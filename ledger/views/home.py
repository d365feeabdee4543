"""The first page of a book, and opening it."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.roles import Permission
from boards.submissions import post_once
from common.addresses import possible_address
from common.errors import RuleViolation
from common.money import format_rupiah
from ledger.forms import BookOpenForm
from ledger.models import Book
from ledger.plain import forms_for
from ledger.rights import book_right, may_write_journal
from ledger.services import open_book
from ledger.standing import Standing, standing_of
from ledger.views.doors import book_of

LAST_SHOWN = 10


@require_GET
@board_view(Permission.VIEW_BOOKS)
def book_home(request, board, kind):
    """Money on hand, what waits, the forms, and the last vouchers."""
    book = book_of(board, kind)
    request.keeps = book_right(kind) in request.permissions
    context = {"kind": kind, "label": Book.Kind(kind).label, "book": book}
    if book is None:
        context["may_open"] = Permission.OPEN_BOOKS in request.permissions
        return render(request, "ledger/book_unopened.html", context)
    standing = standing_of(book, board.today(), who=request.user)
    last = book.vouchers.with_state()[:LAST_SHOWN]
    context |= {
        "figures": _figures(book, standing),
        "tasks": _tasks(request, book, standing),
        "forms": _forms(request, book) if request.keeps else [],
        "rows": list(last),
        "savings_short": standing.savings_short,
        "receipts_url": _receipts(book),
        "today": board.today(),
    }
    return render(request, "ledger/book_home.html", context)


def _receipts(book: Book) -> str:
    """Where the instalments of the groups are listed; "" in another book."""
    if book.kind != Book.Kind.FUND:
        return ""
    return possible_address("loans:receipt_list", board_slug=book.board.slug)


def _figures(book: Book, standing: Standing) -> list[dict]:
    """Money by where it lies, each a link to its book."""
    found = []
    for row in standing.state.rows:
        if row.account.use in ("cash", "bank", "savings_bank"):
            page = reverse(
                "ledger:account_book", args=[book.board.slug, book.kind, row.account.pk]
            )
            found.append(
                {
                    "value": format_rupiah(row.amount),
                    "label": row.account.name,
                    "url": page,
                    "long": True,
                }
            )
    return found


def _tasks(request: HttpRequest, book: Book, standing: Standing) -> list[dict]:
    """What this person can do about the book now."""
    at = [book.board.slug, book.kind]
    found = []
    if standing.waiting or standing.own_waiting:
        found.append(_waiting_task(request, at, standing))
    if not request.keeps:
        return found
    if not standing.opening_noted:
        found.insert(0, _opening_task(at))
    if standing.to_close:
        found.append(_close_task(at, standing))
    if standing.over_limit:
        found.append(_cash_task(at, standing))
    return found


def _waiting_task(request: HttpRequest, at: list[str], standing: Standing) -> dict:
    """Who keeps the book approves what colleagues wrote, never their own."""
    others, own = standing.waiting, standing.own_waiting
    note = "Petugas lain menyetujui sebelum bukti dibukukan."
    if request.keeps and others:
        title = f"Setujui {others} bukti yang ditulis petugas lain"
        note = f"{own} bukti Anda sendiri menunggu petugas lain." if own else note
    elif request.keeps:
        title = f"Mintakan persetujuan untuk {own} bukti Anda"
    else:
        title = f"{others} bukti menunggu persetujuan"
    return {
        "title": title,
        "note": note,
        "url": f"{reverse('ledger:voucher_list', args=at)}?keadaan=tunggu",
        "kind": "wait",
        "word": "menunggu persetujuan",
    }


def _opening_task(at: list[str]) -> dict:
    return {
        "title": "Catat saldo awal",
        "note": "Kas, bank, pinjaman, hutang, dan modal pada hari buku dibuka.",
        "url": reverse("ledger:opening", args=at),
        "kind": "warn",
        "word": "belum dicatat",
    }


def _close_task(at: list[str], standing: Standing) -> dict:
    return {
        "title": f"Tutup {standing.to_close.label}",
        "note": "Hitung uang kas dan cocokkan saldo bank.",
        "url": reverse("ledger:close_list", args=at),
        "kind": "wait",
        "word": "belum ditutup",
    }


def _cash_task(at: list[str], standing: Standing) -> dict:
    cash, limit = format_rupiah(standing.cash), format_rupiah(standing.cash_limit)
    return {
        "title": f"Setor {format_rupiah(standing.over_limit)} ke bank",
        "note": f"Kas {cash}, batasnya {limit}.",
        "url": reverse("ledger:entry_new", args=[*at, "bank_in"]),
        "kind": "warn",
        "word": "kas di atas batas",
    }


# Rooms above the books add their own forms; a link stands once the room is there.
ABOVE = (
    (
        "loans:loan_list",
        "?keadaan=berjalan",
        "Terima angsuran",
        "Pilih kartu KSM, lalu catat setorannya.",
    ),
    (
        "loans:loan_list",
        "?keadaan=approved",
        "Cairkan pinjaman",
        "Pinjaman yang sudah disetujui.",
    ),
)


def _forms(request: HttpRequest, book: Book) -> list[dict]:
    """The plain forms, those of the loans first, the journal last."""
    at = [book.board.slug, book.kind]
    found = []
    if book.kind == Book.Kind.FUND:
        for name, query, label, hint in ABOVE:
            if url := possible_address(name, board_slug=book.board.slug):
                found.append({"label": label, "hint": hint, "url": f"{url}{query}"})
    for form in forms_for(book.kind):
        url = reverse("ledger:entry_new", args=[*at, form.code])
        found.append({"label": form.label, "hint": form.hint, "url": url})
    if may_write_journal(request.user, book):
        url = reverse("ledger:journal_new", args=at)
        hint = "Debet dan kredit per akun, untuk pembuku."
        found.append({"label": "Jurnal pembuku", "hint": hint, "url": url})
    return found


@require_http_methods(["GET", "POST"])
@board_view(Permission.OPEN_BOOKS)
@post_once
def book_open(request, board, kind):
    """Open a book from a day on, with the accounts that come with the portal."""
    form = BookOpenForm(request.POST or None, initial={"opened_on": _new_year(board)})
    if form.is_valid():
        try:
            open_book(board, kind=kind, **form.cleaned_data, by=request.user)
        except RuleViolation as refused:
            field = "opened_on" if refused.code == "ledger.future" else None
            form.add_error(field, refused)
        else:
            messages.success(request, "Buku dibuka. Sekarang catat saldo awalnya.")
            return redirect("ledger:book_home", board.slug, kind)
    context = {"form": form, "kind": kind, "label": Book.Kind(kind).label}
    return render(request, "ledger/book_open.html", context)


def _new_year(board):
    return board.today().replace(month=1, day=1)
