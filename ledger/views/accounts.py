"""The accounts of a book: list, a new one, another name, out of use."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.forms import EditConflict
from boards.roles import Permission
from boards.submissions import post_once
from boards.tenant_forms import add_refusal
from boards.views.conflict import conflict_page
from ledger.balances import balances
from ledger.chart import GROUP_LABELS
from ledger.forms import AccountForm
from ledger.models import Account
from ledger.services import change_account, open_account
from ledger.views.doors import keeps_book, reads_book


@require_GET
@board_view(Permission.VIEW_BOOKS)
@reads_book
def account_list(request, book):
    """Every account by group, with what stands on it today."""
    state = balances(book, until=book.board.today())
    groups = [(label, state.in_group(group)) for group, label in GROUP_LABELS.items()]
    context = {"book": book, "groups": groups}
    return render(request, "ledger/account_list.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.VIEW_BOOKS)
@keeps_book
@post_once
def account_new(request, book):
    """Add an account."""
    form = AccountForm(request.POST or None, board=book.board, book=book)
    if form.is_valid():
        try:
            made = open_account(form.save(commit=False), by=request.user)
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, f"Akun {made} ditambahkan.")
            return redirect("ledger:account_list", book.board.slug, book.kind)
    context = {"form": form, "book": book, "title": "Akun baru"}
    return render(request, "ledger/account_form.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.VIEW_BOOKS)
@keeps_book
@post_once
def account_edit(request, book, pk):
    """Give an account another name, or take it out of use."""
    account = get_object_or_404(Account, book=book, pk=pk)
    title = f"Ubah akun {account}"
    board = book.board
    form = AccountForm(request.POST or None, instance=account, board=board, book=book)
    if form.is_valid():
        try:
            change_account(form, by=request.user)
        except EditConflict as clash:
            return conflict_page(request, form, clash, back_url=request.path)
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, "Akun tersimpan.")
            return redirect("ledger:account_list", board.slug, book.kind)
    context = {"form": form, "book": book, "title": title}
    return render(request, "ledger/account_form.html", context)
