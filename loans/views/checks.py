"""Stage 2 in the browser: sheet B, a visit to every member."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from boards.access import board_view
from boards.drafts import drop_draft
from boards.forms import EditConflict
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.reading import read_count
from loans.forms.checks import FIELD_OF, YES, CheckForm, start_of
from loans.models import Loan
from loans.services import check_loan
from loans.stages import gives_up_deciding
from loans.views.applications import say
from loans.views.loans import loan_of
from loans.views.typing import draft_context, kept_draft, typed

FORM = "loans.check"
OPEN = (Loan.State.APPLIED, Loan.State.RECHECK, Loan.State.CHECKED)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def loan_check(request, board, pk):
    """Write down what was found at each member's home and business."""
    loan = loan_of(board, pk)
    if loan.state not in OPEN or loan.decided_by_id:
        messages.info(request, "Pemeriksaan pinjaman ini sudah selesai.")
        return redirect("loans:loan_page", board.slug, pk)
    place = f"pinjaman-{pk}"
    draft = kept_draft(request, board, FORM, place, loan.revision)
    start = start_of(loan) | typed(draft)
    form = CheckForm(request.POST or None, loan=loan, initial=start)
    saved = None
    if form.is_valid():
        try:
            noted = _noted(form, loan, request)
        except EditConflict as clash:
            noted, saved = False, clash.current
        if noted:
            drop_draft(request.user, FORM, f"{board.pk}:{place}")
            return redirect("loans:loan_page", board.slug, pk)
    return _sheet_b(request, saved or loan, form, draft, saved=saved)


def _sheet_b(request: HttpRequest, loan: Loan, form: CheckForm, draft, *, saved):
    """The form; `saved` is the loan as a colleague left it meanwhile."""
    typing = {"revision": loan.revision, "draft": draft}
    place = f"pinjaman-{loan.pk}"
    context = {
        "form": form,
        "loan": loan,
        "gives_up_deciding": gives_up_deciding(
            loan.board, request.user, request.permissions
        ),
        "saved": list(saved.shares.all()) if saved else [],
        **draft_context(request, loan.board, FORM, place, **typing),
    }
    status = 409 if saved else 200
    return render(request, "loans/loan_check.html", context, status=status)


def _noted(form: CheckForm, loan: Loan, request: HttpRequest) -> bool:
    """Hand the sheet to the service; False when it refuses. Raises EditConflict."""
    facts = form.cleaned_data
    try:
        check_loan(
            loan,
            on=facts["on"],
            findings=form.findings(),
            fit=facts["fit"] == YES,
            note=facts["note"],
            by=request.user,
            seen_revision=read_count(request.POST.get("revision", "")) or 0,
        )
    except EditConflict:
        raise
    except RuleViolation as violation:
        say(form, violation, FIELD_OF)
    else:
        messages.success(request, "Pemeriksaan tersimpan.")
    return form.is_valid()
