"""Sharing the profit of closed years, after the RWT."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from ledger.models import YearClose
from loans.forms.problems import ProfitForm, say_refusal
from loans.models import ProfitAllocation
from loans.services import allocate_profit, rwt_decisions, sharing_of


def _closes(board: Board):
    return YearClose.objects.filter(board=board, book__kind="fund")


@require_GET
@board_view(Permission.VIEW_BOOKS)
def profit_list(request, board):
    """Closed years: profit or loss, shared or not yet."""
    rows = _closes(board).select_related("profit_allocation__voucher")
    return render(request, "loans/profit_list.html", {"rows": list(rows)})


def _shared(close: YearClose) -> ProfitAllocation | None:
    rows = ProfitAllocation.objects.select_related("decision", "voucher")
    return rows.filter(close=close).first()


@require_http_methods(["GET", "POST"])
@board_view(Permission.VIEW_BOOKS)
@post_once
def profit_page(request, board, year):
    """How a year's profit was shared, or would be; then share it."""
    close = get_object_or_404(_closes(board).select_related("book"), year=year)
    close.board = close.book.board = board
    made = _shared(close)
    if made or Permission.KEEP_FUND not in request.permissions:
        return _read(request, close, made)
    try:
        sharing = sharing_of(close, on=board.today())
    except RuleViolation as refused:
        context = {"close": close, "refused": refused}
        return render(request, "loans/profit_page.html", context)
    start = {"on": board.today(), "amount": sharing.available}
    decisions = rwt_decisions(close)
    form = ProfitForm(request.POST or None, decisions=decisions, initial=start)
    if form.is_valid() and _share(request, close, form):
        return redirect("loans:profit_page", board.slug, year)
    context = {"close": close, "sharing": sharing, "form": form}
    return render(request, "loans/profit_page.html", context)


def _read(request: HttpRequest, close: YearClose, made: ProfitAllocation | None):
    context = {"close": close, "made": made}
    if made:
        context["shares"] = list(made.shares.select_related("account"))
    return render(request, "loans/profit_page.html", context)


def _share(request: HttpRequest, close: YearClose, form: ProfitForm) -> bool:
    """Share it; False when a rule refused, which the form then says."""
    try:
        allocate_profit(close, **form.cleaned_data, by=request.user)
    except RuleViolation as refused:
        say_refusal(form, refused)
        return False
    return True
