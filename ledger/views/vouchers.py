"""The list of vouchers, one voucher, and what a second person does with it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.audit import events_about
from boards.roles import Permission
from boards.submissions import post_once
from common.addresses import possible_address
from common.errors import RuleViolation
from common.paging import paginate
from ledger.filters import MONTHS, VoucherFilter
from ledger.forms import DropForm, ReverseForm
from ledger.models import Book, Voucher
from ledger.services import (
    approve_voucher,
    drop_voucher,
    may_post_alone,
    may_take_back,
    reverse_voucher,
)
from ledger.views.doors import keeps_book, reads_book


@require_GET
@board_view(Permission.VIEW_BOOKS)
@reads_book
def voucher_list(request, book):
    """All vouchers, the newest first; dropped ones stay to be read."""
    asked = VoucherFilter(request.GET, book=book)
    context = {
        "book": book,
        "page": paginate(asked.qs.with_state(), request, by="dated"),
        "wanted": asked.wanted,
        "years": list(asked.years),
        "months": MONTHS,
        "kinds": Voucher.Kind.choices,
        "states": VoucherFilter.STATES,
        "chips": asked.chips(),
    }
    return render(request, "ledger/voucher_list.html", context)


def voucher_of(book: Book, pk: int) -> Voucher:
    """A voucher of this book, with what its page asks for."""
    rows = Voucher.objects.with_state().select_related("reverses")
    voucher = get_object_or_404(rows, book=book, pk=pk)
    voucher.book, voucher.board = book, book.board
    return voucher


def _facts(request, voucher: Voucher) -> dict:
    """What every page of a voucher shows."""
    return {
        "book": voucher.book,
        "voucher": voucher,
        "entries": list(voucher.entries.select_related("account")),
        "waiting": not (voucher.posted_at or voucher.dropped_at),
        "own": voucher.made_by_id == request.user.pk,
    }


@require_GET
@board_view(Permission.VIEW_BOOKS)
@reads_book
def voucher_page(request, book, pk):
    """One voucher: its entries, who made and approved it, what took it back."""
    voucher = voucher_of(book, pk)
    taken_back = voucher.reversals.filter(dropped_at=None).first()
    at = {"board_slug": book.board.slug, "pk": pk}
    context = _facts(request, voucher) | {
        "taken_back": taken_back,
        "may_reverse": request.keeps
        and voucher.posted_at
        and may_take_back(voucher.form)
        and not (taken_back or voucher.reverses_id),
        "paper_url": possible_address("reports:voucher_papers", **at),
        "trace_url": possible_address("reports:trace_voucher", **at),
        "events": events_about(voucher)[:5],
    }
    return render(request, "ledger/voucher_page.html", context)


@require_GET
@board_view(Permission.VIEW_BOOKS)
@reads_book
def voucher_done(request, book, pk):
    """After writing or approving: the number, the paper, what comes next."""
    context = _facts(request, voucher_of(book, pk))
    at = {"board_slug": book.board.slug, "pk": pk}
    context["paper_url"] = possible_address("reports:voucher_papers", **at)
    return render(request, "ledger/voucher_done.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.VIEW_BOOKS)
@keeps_book
@post_once
def voucher_approve(request, book, pk):
    """Let a waiting voucher through."""
    context = _facts(request, voucher_of(book, pk))
    context["alone"] = context["own"] and may_post_alone(book)
    if request.method == "POST":
        try:
            approve_voucher(context["voucher"], by=request.user)
        except RuleViolation as refused:
            context["refused"] = refused
        else:
            return redirect("ledger:voucher_done", book.board.slug, book.kind, pk)
    return render(request, "ledger/voucher_approve.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.VIEW_BOOKS)
@keeps_book
@post_once
def voucher_drop(request, book, pk):
    """Set a waiting voucher aside, with the reason."""
    form = DropForm(request.POST or None)
    context = _facts(request, voucher_of(book, pk)) | {"form": form}
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            drop_voucher(context["voucher"], reason=reason, by=request.user)
        except RuleViolation as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Bukti dibatalkan. Uangnya tidak dibukukan.")
            return redirect("ledger:voucher_page", book.board.slug, book.kind, pk)
    return render(request, "ledger/voucher_drop.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.VIEW_BOOKS)
@keeps_book
@post_once
def voucher_reverse(request, book, pk):
    """Take a posted voucher back by one with its sides exchanged."""
    form = ReverseForm(request.POST or None, initial={"dated": book.board.today()})
    context = _facts(request, voucher_of(book, pk)) | {"form": form}
    if form.is_valid():
        facts = form.cleaned_data | {"by": request.user}
        try:
            made = reverse_voucher(context["voucher"], **facts)
        except RuleViolation as refused:
            form.add_error(_field_of(refused), refused)
        else:
            at = [book.board.slug, book.kind, made.pk]
            return redirect("ledger:voucher_done", *at)
    return render(request, "ledger/voucher_reverse.html", context)


def _field_of(refused: RuleViolation) -> str | None:
    days = ("future", "before_opening", "month_closed", "reversed_early")
    return "dated" if refused.code.removeprefix("ledger.") in days else None
