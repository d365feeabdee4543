"""Loans that are behind, what was done about each, and visits after a payout."""

import datetime

from django.contrib import messages
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.models import Board
from boards.parameters import Rules, rules_of, setting_of
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.paging import paginate_by_day
from common.words import format_date
from loans.arrears import class_tag
from loans.forms import ArrearsStepForm
from loans.models import ArrearsStep, Loan, LoanStanding
from loans.rules import LADDER, VISIT_DAYS
from loans.services import note_step
from loans.views.cards import lent_loan

VISITS_SHOWN = 20
_FIELDS = {
    "loan.before_payout": "on",
    "loan.future": "on",
    "loan.next_early": "next_on",
    "loan.visit_unsaid": "note",
}


@require_GET
@board_view(Permission.VIEW_LOANS)
def arrears_list(request, board):
    """Running loans with something due and not paid, the oldest arrears first."""
    page = paginate_by_day(behind(board), request, by="arrears_since")
    today = board.today()
    rules = rules_of([board.pk], (VISIT_DAYS, LADDER))[board.pk]
    ladder = rules.on(LADDER, today).value
    for row in page.rows:
        row.tag = class_tag(row.collectibility)
        row.total = row.principal_arrears + row.charge_arrears
        row.next_words = _next_words(row, ladder)
        row.late_days = (today - row.arrears_since).days
    context = {"page": page, "visits": _visits(board, today, rules)}
    return render(request, "loans/arrears_list.html", context)


def behind(board: Board):
    """Standings with the last step about their loan beside them."""
    steps = ArrearsStep.objects.filter(loan=OuterRef("loan")).order_by("-on", "-pk")
    return (
        LoanStanding.objects.filter(
            Q(principal_arrears__gt=0) | Q(charge_arrears__gt=0),
            board=board,
            loan__state=Loan.State.ACTIVE,
            arrears_since__isnull=False,
        )
        .select_related("loan__group")
        .annotate(
            last_kind=Subquery(steps.values("kind")[:1]),
            last_on=Subquery(steps.values("on")[:1]),
            next_on=Subquery(steps.values("next_on")[:1]),
        )
    )


def _next_words(row: LoanStanding, ladder: list[str]) -> str:
    """What comes next: a day that was agreed, or the next step of the ladder."""
    if row.next_on:
        return f"Lihat lagi {format_date(row.next_on)}"
    done = [row.last_kind] if row.last_kind else []
    return ArrearsStep.TO_DO[ArrearsStep.after(done, ladder)]


def _visits(board: Board, today: datetime.date, rules: Rules) -> list[Loan]:
    """Loans paid out that nobody visited since, the longest waiting first.

    Until when a loan is to be visited says the rule of the day of its payout.
    """
    seen = ArrearsStep.objects.filter(loan=OuterRef("pk"), kind__in=ArrearsStep.VISITS)
    rows = (
        Loan.objects.running()
        .filter(~Exists(seen), board=board, is_opening=False, replaces=None)
        .select_related("group")
        .order_by(F("disbursed_on").asc(), "pk")[:VISITS_SHOWN]
    )
    found = list(rows)
    for loan in found:
        days = rules.on(VISIT_DAYS, loan.disbursed_on).value
        loan.visit_by = loan.disbursed_on + datetime.timedelta(days=days)
        loan.visit_late = loan.visit_by < today
    return found


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def step_new(request, board, pk):
    """Note what was done about one loan."""
    loan = lent_loan(board, pk)
    done = list(loan.steps.by_day().values_list("kind", flat=True))
    wanted = request.GET.get("langkah", "")
    ladder = setting_of(board, LADDER, on=board.today()).value
    known = wanted in ArrearsStep.Kind.values
    kind = wanted if known else ArrearsStep.after(done, ladder)
    first = {"on": board.today(), "kind": kind}
    form = ArrearsStepForm(request.POST or None, initial=first)
    if form.is_valid():
        try:
            note_step(loan, **form.cleaned_data, by=request.user)
            messages.success(request, "Langkah tercatat.")
            return redirect("loans:loan_card", board.slug, pk)
        except RuleViolation as refused:
            form.add_error(_FIELDS.get(refused.code), refused)
    return render(request, "loans/step_new.html", {"form": form, "loan": loan})
