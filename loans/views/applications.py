"""Stage 1 in the browser: sheet A, and taking an application back."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from boards.access import board_view
from boards.drafts import drop_draft
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.reading import read_count
from loans.eligibility import eligibility_of
from loans.forms.applications import FIELD_OF, ApplicationForm
from loans.forms.decisions import ReasonForm
from loans.models import Loan, Product, ProductTerms
from loans.services import apply_for_loan, round_of, withdraw_application
from loans.views.loans import loan_of
from loans.views.typing import draft_context, kept_draft, typed
from members.models import CommunityGroup

FORM = "loans.application"


def say(form, violation: RuleViolation, field_of: dict[str, str]) -> None:
    """A refusal of a service, beside the field it speaks of."""
    field = field_of.get(violation.code)
    form.add_error(field if field in form.fields else None, violation)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def loan_new(request, board):
    """An application: first which group, then its sheet."""
    key = read_count(request.GET.get("ksm", ""))
    if key is None:
        return _choose_group(request, board)
    rows = CommunityGroup.objects.select_related("board")
    group = get_object_or_404(rows, board=board, pk=key)
    place = f"ksm-{group.pk}"
    draft = kept_draft(request, board, FORM, place, 0)
    start = {"applied_on": board.today(), **_only_product(board), **typed(draft)}
    form = ApplicationForm(request.POST or None, group=group, initial=start)
    if form.is_valid():
        try:
            asked = form.application()
            loan = apply_for_loan(group, application=asked, by=request.user)
        except RuleViolation as violation:
            say(form, violation, FIELD_OF)
        else:
            drop_draft(request.user, FORM, f"{board.pk}:{place}")
            messages.success(request, f"Permohonan {loan.application_number} tercatat.")
            return redirect("loans:loan_page", board.slug, loan.pk)
    return _sheet(request, group, form, draft)


def _only_product(board: Board) -> dict:
    """The product, where there is no choice."""
    offered = ProductTerms.objects.filter(board=board).in_force(board.today())
    products = list(offered.values_list("product", flat=True)[:2])
    return {"product": products[0]} if len(products) == 1 else {}


def _choose_group(request: HttpRequest, board: Board):
    """Groups that may hand in an application now."""
    taken = Loan.objects.unfinished().filter(board=board)
    rows = CommunityGroup.objects.filter(board=board, closed_on=None)
    groups = list(rows.exclude(pk__in=taken.values("group")))
    context = {
        "groups": groups,
        "no_groups": not groups and not rows.exists(),
        "no_products": not Product.objects.filter(board=board).exists(),
    }
    return render(request, "loans/loan_choose.html", context)


def _sheet(request: HttpRequest, group: CommunityGroup, form, draft):
    board = group.board
    terms = ProductTerms.objects.filter(board=board).in_force(board.today())
    round_no = round_of(group)
    offered = list(terms.prefetch_related("ceilings"))
    for row in offered:
        row.ceiling = row.ceiling_of(round_no)
    place = f"ksm-{group.pk}"
    context = {
        "form": form,
        "group": group,
        "round_no": round_no,
        "offered": offered,
        "found": eligibility_of(group, on=board.today()),
        **draft_context(request, board, FORM, place, revision=0, draft=draft),
    }
    return render(request, "loans/loan_new.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def loan_withdraw(request, board, pk):
    """The group takes its application back."""
    loan = loan_of(board, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            withdraw_application(loan, **form.cleaned_data, by=request.user)
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, "Permohonan ditarik.")
            return redirect("loans:loan_page", board.slug, pk)
    context = {"form": form, "loan": loan, "act": WITHDRAW}
    return render(request, "loans/loan_reason.html", context)


WITHDRAW = {
    "title": "Tarik permohonan",
    "lead": "KSM membatalkan permohonannya, dan boleh mengajukan yang baru.",
    "button": "Catat ditarik",
}
