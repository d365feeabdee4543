"""Stage 4 in the browser: the money is looked at once more, then handed over."""

import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.parameters import setting_of
from boards.roles import Permission
from boards.submissions import post_once
from common.addresses import possible_address
from common.errors import RuleViolation
from loans.forms.payout import FIELD_OF, PayoutForm, receiver_of
from loans.models import Loan
from loans.rules import VISIT_DAYS
from loans.services import disburse_loan, preview_payout
from loans.views.applications import say
from loans.views.loans import loan_facts, loan_of


@require_http_methods(["GET", "POST"])
@board_view(Permission.KEEP_FUND)
@post_once
def loan_payout(request, board, pk):
    """Type, look at plan and money, then pay out."""
    loan, step = loan_of(board, pk), request.POST.get("step", "")
    if loan.state != Loan.State.APPROVED:
        messages.info(request, "Yang dicairkan hanya pinjaman yang sudah disetujui.")
        return redirect("loans:loan_page", board.slug, pk)
    start = {"on": board.today(), "received_by": receiver_of(loan), "source": "cash"}
    form = PayoutForm(request.POST or None, initial=start)
    if not form.is_valid() or step == "ubah":
        return _form(request, loan, form)
    facts = form.cleaned_data
    try:
        if step == "catat":
            disburse_loan(loan, **facts, by=request.user)
            return redirect("loans:loan_paid_out", board.slug, pk)
        who = {"source": facts["source"], "by": request.user}
        shown = preview_payout(loan, on=facts["on"], **who)
    except RuleViolation as violation:
        say(form, violation, FIELD_OF)
        return _form(request, loan, form)
    context = {"form": form, "loan": loan, "payout": shown}
    return render(request, "loans/payout_check.html", context)


def _form(request: HttpRequest, loan: Loan, form: PayoutForm):
    context = {"form": form, "loan": loan, **loan_facts(request, loan)}
    return render(request, "loans/loan_payout.html", context)


@require_GET
@board_view(Permission.VIEW_LOANS)
def loan_paid_out(request, board, pk):
    """What was paid out, and what comes next."""
    loan = loan_of(board, pk)
    if not loan.disbursed_on:
        return redirect("loans:loan_page", board.slug, pk)
    days = setting_of(board, VISIT_DAYS, on=loan.disbursed_on).value
    context = {
        "loan": loan,
        "first": loan.plan.first(),
        "visit_by": loan.disbursed_on + datetime.timedelta(days=days),
        "papers_url": possible_address(
            "reports:loan_papers", board_slug=board.slug, pk=pk
        ),
    }
    return render(request, "loans/paid_out.html", context)
