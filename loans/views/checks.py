"""Stage 2 in the browser: sheet B, a visit to every member."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from boards.access import board_view
from boards.drafts import drop_draft
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from loans.forms.checks import FIELD_OF, YES, CheckForm, start_of
from loans.models import Loan
from loans.services import check_loan
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
    if form.is_valid() and _noted(form, loan, request.user):
        drop_draft(request.user, FORM, f"{board.pk}:{place}")
        messages.success(request, "Pemeriksaan tersimpan.")
        return redirect("loans:loan_page", board.slug, pk)
    typing = {"revision": loan.revision, "draft": draft}
    context = {
        "form": form,
        "loan": loan,
        **draft_context(request, board, FORM, place, **typing),
    }
    return render(request, "loans/loan_check.html", context)


def _noted(form: CheckForm, loan: Loan, by) -> bool:
    """Hand the sheet to the service; False when it refuses."""
    facts = form.cleaned_data
    try:
        check_loan(
            loan,
            on=facts["on"],
            findings=form.findings(),
            fit=facts["fit"] == YES,
            note=facts["note"],
            by=by,
        )
    except RuleViolation as violation:
        say(form, violation, FIELD_OF)
    return form.is_valid()
