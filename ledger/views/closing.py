"""Closing a month after counting, opening it again, closing a year."""

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.roles import Permission
from boards.submissions import post_once
from common.addresses import possible_address
from common.errors import RuleViolation
from common.paging import paginate
from common.periods import Period
from ledger.balances import balances
from ledger.forms import MonthCloseForm, ReopenForm
from ledger.models import Book, PeriodClose, YearClose
from ledger.services import (
    close_month,
    close_year,
    next_month,
    reminders_of,
    reopen_month,
    troubles_of,
    year_to_close,
)
from ledger.statements import income
from ledger.views.doors import keeps_book, reads_book
from ledger.views.kept import Kept, kept_of


@require_GET
@board_view(Permission.VIEW_BOOKS)
@reads_book
def close_list(request, book):
    """What is closed, what comes next, and what is missing for it."""
    month = next_month(book)
    rows = book.closes.select_related("reopened_by")
    context = {
        "book": book,
        "month": month,
        "over": month.end < book.board.today(),
        "missing": missing_for(book, month),
        **_reminders(book, month),
        "page": paginate(rows, request, by="first_day"),
        "years": list(book.year_closes.all()),
        "year": year_to_close(book),
    }
    return render(request, "ledger/close_list.html", context)


def _reminders(book: Book, month: Period) -> dict:
    """What is usually done before the close, and where; the fund's book alone."""
    if book.kind != Book.Kind.FUND:
        return {"reminders": []}
    slug = {"board_slug": book.board.slug}
    return {
        "reminders": reminders_of(book, month),
        "reserve_url": possible_address("loans:reserve_page", **slug),
        "profit_url": possible_address("loans:profit_list", **slug),
    }


def missing_for(book: Book, month: Period) -> list[str]:
    """What has to be put right before the month is closed, a sentence each."""
    found = []
    waiting = book.vouchers.waiting().filter(dated__lte=month.end).count()
    if waiting:
        found.append(f"{waiting} bukti menunggu persetujuan.")
    return found + troubles_of(book, month.end)


@require_http_methods(["GET", "POST"])
@board_view(Permission.VIEW_BOOKS)
@keeps_book
@post_once
def month_close(request, book):
    """Count the money, look at the differences, lock the month."""
    month = next_month(book)
    state = balances(book, until=month.end)
    kept = kept_of(request, book, "ledger.month_close", month.code)
    facts = {"state": state, "month": month, "initial": kept.typed}
    form = MonthCloseForm(request.POST or None, **facts)
    context = {
        "book": book,
        "month": month,
        "form": form,
        "kept": kept,
        "over": month.end < book.board.today(),
        "missing": missing_for(book, month),
        **_reminders(book, month),
    }
    if form.is_valid() and request.POST.get("step") == "periksa":
        return render(request, "ledger/month_check.html", context)
    closing = form.is_valid() and request.POST.get("step") == "tutup"
    if closing and (made := _close(request, form, kept, month)):
        return redirect("ledger:close_page", book.board.slug, book.kind, made.pk)
    return render(request, "ledger/month_close.html", context)


def _close(
    request: HttpRequest, form: MonthCloseForm, kept: Kept, month: Period
) -> PeriodClose | None:
    """Close the month; None when a rule refused, which the form then says."""
    facts = {"month": month, "counts": form.counts(), "by": request.user}
    try:
        made = close_month(kept.book, **facts)
    except RuleViolation as refused:
        form.add_error(None, refused)
        return None
    kept.drop()
    messages.success(request, f"{month.label} ditutup.")
    return made


def close_of(book: Book, pk: int) -> PeriodClose:
    """A close of this book."""
    rows = PeriodClose.objects.select_related("reopened_by")
    close = get_object_or_404(rows, book=book, pk=pk)
    close.book, close.board = book, book.board
    return close


@require_GET
@board_view(Permission.VIEW_BOOKS)
@reads_book
def close_page(request, book, pk):
    """One close: what was counted, by whom, and whether it still holds."""
    close = close_of(book, pk)
    last = book.closes.standing().first()
    context = {
        "book": book,
        "close": close,
        "month": close.month,
        "checks": list(close.checks.select_related("account")),
        "may_reopen": request.keeps
        and last is not None
        and last.pk == close.pk
        and not YearClose.objects.filter(
            book=book, last_day__gte=close.last_day
        ).exists(),
        "own": close.closed_by_id == request.user.pk,
    }
    return render(request, "ledger/close_page.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.VIEW_BOOKS)
@keeps_book
@post_once
def month_reopen(request, book, pk):
    """Open the last closed month again; another person than who closed it."""
    close = close_of(book, pk)
    form = ReopenForm(request.POST or None)
    month = close.month
    if form.is_valid():
        try:
            reopen_month(close, **form.cleaned_data, by=request.user)
        except RuleViolation as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{month.label} dibuka lagi.")
            return redirect("ledger:close_list", book.board.slug, book.kind)
    context = {"book": book, "close": close, "month": month, "form": form}
    return render(request, "ledger/month_reopen.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.VIEW_BOOKS)
@keeps_book
@post_once
def year_close(request, book, year):
    """Carry the result of a year over, after its months."""
    if year not in range(book.opened_on.year, book.board.today().year + 1):
        raise Http404("year")
    made = book.year_closes.filter(year=year).first()
    context = {"book": book, "year": year, "made": made, "refused": ""}
    if request.method == "POST":
        try:
            close_year(book, year=year, by=request.user)
        except RuleViolation as refused:
            context["refused"] = refused
        else:
            messages.success(request, f"Tahun buku {year} ditutup.")
            return redirect(request.path)
    context["facts"] = income(book, Period.month(year, 12))
    context["ready"] = year_to_close(book) == year
    return render(request, "ledger/year_close.html", context)
