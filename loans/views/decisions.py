"""Stage 3 in the browser: sheet C by officers or a meeting, back, or refused."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from boards.access import board_view
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from loans.forms.decisions import (
    FIELD_OF,
    ByDecisionForm,
    DecideForm,
    ReasonForm,
    RefuseForm,
)
from loans.models import Loan
from loans.services import (
    approve_by_decision,
    cosign_loan,
    decide_loan,
    recheck_loan,
    refuse_loan,
)
from loans.stages import COSIGN
from loans.views.applications import say
from loans.views.loans import loan_facts, loan_of

RECHECK = {
    "title": "Minta diperiksa ulang",
    "lead": "Permohonan kembali ke petugas. Tulis apa yang perlu dilihat lagi.",
    "button": "Minta diperiksa ulang",
}
REFUSE = {
    "title": "Tolak permohonan",
    "lead": "Alasan ini disampaikan kepada KSM dan tercetak di lembar putusan.",
    "button": "Tolak permohonan",
}


@require_http_methods(["GET", "POST"])
@board_view(Permission.DECIDE_LOANS)
@post_once
def loan_decide(request, board, pk):
    """The manager decides what each member gets."""
    loan = loan_of(board, pk)
    if _not_now(request, loan):
        return redirect("loans:loan_page", board.slug, pk)
    form = DecideForm(request.POST or None, loan=loan, initial={"on": board.today()})
    if form.is_valid():
        facts = {"amounts": form.amounts(), "notes": form.notes()}
        try:
            decide_loan(loan, on=form.cleaned_data["on"], **facts, by=request.user)
        except RuleViolation as violation:
            say(form, violation, FIELD_OF)
        else:
            messages.success(request, "Putusan tercatat. Menunggu koordinator.")
            return redirect("loans:loan_page", board.slug, pk)
    return _sheet_c(request, loan, form, "Putus pinjaman")


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def loan_by_decision(request, board, pk):
    """Tie the loan to the decision of a meeting, with what each member gets."""
    loan = loan_of(board, pk)
    if _not_now(request, loan):
        return redirect("loans:loan_page", board.slug, pk)
    form = ByDecisionForm(request.POST or None, loan=loan)
    if form.is_valid():
        chosen = form.cleaned_data["decision"]
        facts = {"amounts": form.amounts(), "notes": form.notes()}
        try:
            approve_by_decision(loan, decision=chosen, **facts, by=request.user)
        except RuleViolation as violation:
            say(form, violation, FIELD_OF)
        else:
            messages.success(request, "Pinjaman disetujui menurut keputusan rapat.")
            return redirect("loans:loan_page", board.slug, pk)
    return _sheet_c(request, loan, form, "Catat keputusan rapat")


def _not_now(request: HttpRequest, loan: Loan) -> bool:
    """Before the check there is nothing to decide, after the decision no more."""
    waits = loan.state == Loan.State.CHECKED and not loan.decided_by_id
    if not waits:
        said = loan.get_state_display().lower()
        messages.info(request, f"Pinjaman ini {said}; sekarang tidak menunggu putusan.")
    return not waits


def _sheet_c(request: HttpRequest, loan: Loan, form, label: str):
    context = {"form": form, "loan": loan, "label": label}
    context |= loan_facts(request, loan)
    return render(request, "loans/loan_decide.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.DECIDE_LOANS)
@post_once
def loan_cosign(request, board, pk):
    """The koordinator reads what the manager decided, and signs it."""
    loan = loan_of(board, pk)
    if request.method == "GET":
        facts = loan_facts(request, loan)
        if facts["mine"] and facts["step"] is COSIGN:
            return render(request, "loans/loan_cosign.html", {"loan": loan, **facts})
        messages.info(request, "Putusan ini sekarang tidak menunggu tanda tangan Anda.")
        return redirect("loans:loan_page", board.slug, pk)
    try:
        cosign_loan(loan, by=request.user)
    except RuleViolation as violation:
        messages.error(request, str(violation))
    else:
        messages.success(request, "Putusan ditandatangani. Pinjaman boleh dicairkan.")
    return redirect("loans:loan_page", board.slug, pk)


@require_http_methods(["GET", "POST"])
@board_view(Permission.DECIDE_LOANS)
@post_once
def loan_recheck(request, board, pk):
    """Send an application back to the officer."""
    return _ended(request, loan_of(board, pk), ReasonForm, recheck_loan, RECHECK)


@require_http_methods(["GET", "POST"])
@board_view(Permission.DECIDE_LOANS)
@post_once
def loan_refuse(request, board, pk):
    """Refuse an application with a reason."""
    return _ended(request, loan_of(board, pk), RefuseForm, refuse_loan, REFUSE)


def _ended(request: HttpRequest, loan: Loan, form_class, act, words: dict[str, str]):
    board = loan.board
    start = {"on": board.today()}
    form = form_class(request.POST or None, initial=start)
    if form.is_valid():
        try:
            act(loan, **form.cleaned_data, by=request.user)
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, f"{words['title']}: tercatat.")
            return redirect("loans:loan_page", board.slug, loan.pk)
    context = {"form": form, "loan": loan, "act": words}
    return render(request, "loans/loan_reason.html", context)
