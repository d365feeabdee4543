"""What happened on a loan and on a group's savings, line by line."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from loans.forms import SavingsReturnForm
from loans.models import Loan
from loans.moves import loan_moves, savings_moves
from loans.services import return_savings
from loans.views.cards import lent_loan
from members.models import CommunityGroup

_FIELDS = {
    "loan.savings_short": "amount",
    "ledger.too_little_money": "amount",
    "ledger.future": "on",
    "ledger.before_opening": "on",
    "ledger.month_closed": "on",
}


@require_GET
@board_view(Permission.VIEW_LOANS)
def moves_page(request, board, pk):
    """Rekening koran of one loan."""
    loan = lent_loan(board, pk)
    context = {"loan": loan, "moves": loan_moves(loan)}
    return render(request, "loans/loan_moves.html", context)


@require_GET
@board_view(Permission.VIEW_LOANS)
def savings_card(request, board, pk):
    """The savings of one group, and the loan that still holds them."""
    group = get_object_or_404(CommunityGroup, board=board, pk=pk)
    lines = savings_moves(group)
    context = {
        "group": group,
        "lines": lines,
        "balance": lines[-1].balance if lines else 0,
        "running": group.loans.running().first(),
        "loan": group.loans.filter(state__in=Loan.PAID_OUT).first(),
    }
    return render(request, "loans/savings_card.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.KEEP_FUND)
@post_once
def savings_return(request, board, pk):
    """Give a group its savings back."""
    group = get_object_or_404(CommunityGroup, board=board, pk=pk)
    lines = savings_moves(group)
    balance = lines[-1].balance if lines else 0
    first = {"on": board.today(), "amount": balance or None}
    form = SavingsReturnForm(request.POST or None, initial=first)
    if form.is_valid():
        try:
            move = return_savings(group, **form.cleaned_data, by=request.user)
            messages.success(request, f"Tabungan dikembalikan, {move.voucher}.")
            return redirect("loans:savings_card", board.slug, pk)
        except RuleViolation as refused:
            form.add_error(_FIELDS.get(refused.code), refused)
    context = {"form": form, "group": group, "balance": balance}
    return render(request, "loans/savings_return.html", context)
