"""Loans that leave the book or get a new plan, and what still comes in."""

from django.contrib import messages
from django.db.models import F, Q, Sum
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.money import format_rupiah
from common.paging import paginate
from loans.forms.problems import (
    RecoveryForm,
    RescheduleForm,
    WaiverForm,
    WriteOffForm,
    say_refusal,
)
from loans.models import ClaimWaiver, Loan, Recovery, Reschedule, WriteOff
from loans.positions import read_plan
from loans.services import (
    claim_left,
    claim_of,
    preview_reschedule,
    preview_write_off,
    receive_recovery,
    recovered_of,
    reschedule_loan,
    waive_claim,
    waived_of,
    write_off_loan,
)


def _loan(board: Board, pk: int) -> Loan:
    rows = Loan.objects.select_related("group", "terms__product", "standing")
    loan = get_object_or_404(rows, board=board, pk=pk)
    loan.board = board
    return loan


def _start(board: Board) -> dict:
    return {"on": board.today()}


@require_GET
@board_view(Permission.VIEW_LOANS)
def claim_list(request, board):
    """Loans outside the book: what is still claimed and what came in."""
    gone = Q(state=Loan.State.WRITTEN_OFF) | Q(
        state=Loan.State.RESCHEDULED, rescheduled_by__charge_claim__gt=0
    )
    rows = Loan.objects.filter(gone, board=board).select_related(
        "group", "write_off", "rescheduled_by__loan", "waiver"
    )
    came = Sum("recoveries__amount", filter=Q(recoveries__reversed_on=None), default=0)
    page = paginate(rows.annotate(came=came), request, by="disbursed_on")
    for loan in page.rows:
        loan.claim = claim_of(loan)
        loan.waived = loan.waiver.amount if hasattr(loan, "waiver") else 0
        loan.left = loan.claim - loan.came - loan.waived
    context = {"page": page, "totals": _totals(board)}
    return render(request, "loans/claim_list.html", context)


def _totals(board: Board) -> dict[str, int]:
    """Claims of the whole board, what came in, what is left; rupiah."""
    written = WriteOff.objects.filter(board=board).aggregate(
        sum=Sum(F("principal") - F("from_savings") + F("charge"), default=0)
    )
    old = Reschedule.objects.filter(board=board).aggregate(
        sum=Sum("charge_claim", default=0)
    )
    rows = Recovery.objects.standing().filter(board=board)
    came = rows.aggregate(sum=Sum("amount", default=0))["sum"]
    claim = written["sum"] + old["sum"]
    given_up = ClaimWaiver.objects.filter(board=board)
    waived = given_up.aggregate(sum=Sum("amount", default=0))["sum"]
    left = claim - came - waived
    return {"claim": claim, "came": came, "waived": waived, "left": left}


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def loan_write_off(request, board, pk):
    """Type, look at who pays, then take the loan out of the book."""
    loan, step = _loan(board, pk), request.POST.get("step", "")
    form = WriteOffForm(request.POST or None, loan=loan, initial=_start(board))
    context = {"form": form, "loan": loan}
    if not form.is_valid() or step == "ubah":
        return render(request, "loans/loan_write_off.html", context)
    try:
        if step == "catat":
            made = write_off_loan(loan, **form.cleaned_data, by=request.user)
            messages.success(request, f"{loan} dihapus buku dengan {made.voucher}.")
            return redirect("loans:claim_list", board.slug)
        facts = {name: form.cleaned_data[name] for name in ("on", "decision")}
        context["funds"] = preview_write_off(loan, **facts, by=request.user)
    except RuleViolation as refused:
        say_refusal(form, refused)
        return render(request, "loans/loan_write_off.html", context)
    return render(request, "loans/write_off_check.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def loan_reschedule(request, board, pk):
    """Type, look at the new plan, then let it hold."""
    loan, step = _loan(board, pk), request.POST.get("step", "")
    form = RescheduleForm(request.POST or None, loan=loan, initial=_start(board))
    context = {"form": form, "loan": loan, "plan": read_plan(loan)}
    if not form.is_valid() or step == "ubah":
        return render(request, "loans/loan_reschedule.html", context)
    facts = dict(form.cleaned_data)
    try:
        if step == "catat":
            made = reschedule_loan(loan, **facts, by=request.user)
            messages.success(request, f"Rencana baru berlaku: {made}.")
            return redirect("loans:loan_card", board.slug, made.pk)
        facts.pop("reason")
        context["lines"] = preview_reschedule(loan, **facts, by=request.user).lines
    except RuleViolation as refused:
        say_refusal(form, refused)
        return render(request, "loans/loan_reschedule.html", context)
    return render(request, "loans/reschedule_check.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.KEEP_FUND)
@post_once
def loan_recovery(request, board, pk):
    """Take money on a claim outside the book."""
    loan = _loan(board, pk)
    form = RecoveryForm(request.POST or None, initial=_start(board))
    if form.is_valid():
        try:
            made = receive_recovery(loan, **form.cleaned_data, by=request.user)
        except RuleViolation as refused:
            say_refusal(form, refused)
        else:
            messages.success(request, f"Tercatat dengan {made.voucher}.")
            return redirect("loans:claim_list", board.slug)
    return _recovery_page(request, loan, form)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def loan_waive(request, board, pk):
    """Give up what is left of a claim outside the book, by decision."""
    loan = _loan(board, pk)
    form = WaiverForm(request.POST or None, loan=loan, initial=_start(board))
    if form.is_valid():
        try:
            made = waive_claim(loan, **form.cleaned_data, by=request.user)
        except RuleViolation as refused:
            say_refusal(form, refused)
        else:
            amount = format_rupiah(made.amount)
            messages.success(request, f"{amount} dari {loan} tidak ditagih lagi.")
            return redirect("loans:claim_list", board.slug)
    context = {"form": form, "loan": loan, **_claim(loan)}
    return render(request, "loans/loan_waive.html", context)


def _claim(loan: Loan) -> dict[str, int]:
    return {
        "claim": claim_of(loan),
        "came": recovered_of(loan),
        "waived": waived_of(loan),
        "left": claim_left(loan),
    }


def _recovery_page(request: HttpRequest, loan: Loan, form: RecoveryForm):
    context = {
        "form": form,
        "loan": loan,
        **_claim(loan),
        "rows": list(loan.recoveries.select_related("voucher")),
    }
    return render(request, "loans/loan_recovery.html", context)
