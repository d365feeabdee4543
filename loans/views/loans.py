"""The list of loans and the page of one."""

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from boards.access import board_view
from boards.models import Board
from boards.roles import Permission
from common.paging import paginate
from loans.eligibility import eligibility_of
from loans.filters import GROUP_LABELS, LoanFilter
from loans.models import Loan
from loans.services import decides
from loans.stages import (
    DECIDE,
    STEPS,
    TAGS,
    Step,
    decided_by_meeting,
    may_act,
    next_step,
    stage_line,
)


def loan_of(board: Board, pk: int) -> Loan:
    """A loan of this board; another's does not exist."""
    rows = Loan.objects.select_related("board", "group__board", "terms__product")
    return get_object_or_404(
        rows.select_related("decision", "resumes"), board=board, pk=pk
    )


def _figures(board: Board) -> dict:
    """What stands over the list, in one query: open, running, balance, arrears."""
    running = Q(state=Loan.State.ACTIVE)
    late = running & Q(standing__late_count__gt=0)
    return Loan.objects.filter(board=board).aggregate(
        open=Count("pk", filter=Q(state__in=Loan.BEFORE_PAYOUT)),
        running=Count("pk", filter=running),
        balance=Coalesce(Sum("standing__balance", filter=running), 0),
        late=Count("pk", filter=late),
    )


@require_GET
@board_view(Permission.VIEW_LOANS)
def loan_list(request, board):
    """Loans and applications, newest first, with filters in the address."""
    asked = LoanFilter(request.GET, Loan.objects.filter(board=board), board=board)
    rows = asked.qs.select_related("group", "terms__product", "standing")
    rows = rows.annotate(wanted=Coalesce(Sum("shares__requested"), 0))
    page = paginate(rows, request, by="applied_on")
    by_meeting = decided_by_meeting(board)
    for row in page.rows:
        row.tag = (TAGS[row.state], row.get_state_display())
        row.step = next_step(row, by_meeting=by_meeting)
        row.amount = row.principal or row.wanted
        row.page = "loans:loan_card" if row.disbursed_on else "loans:loan_page"
        row.balance = row.standing.balance if hasattr(row, "standing") else None
    context = {
        "page": page,
        "wanted": asked.wanted,
        "chips": asked.chips(),
        "figures": _figures(board),
        "states": [
            *GROUP_LABELS.items(),
            *((value, f"– {label}") for value, label in Loan.State.choices),
        ],
        "steps": [(step.code, step.who) for step in STEPS],
    }
    return render(request, "loans/loan_list.html", context)


@require_GET
@board_view(Permission.VIEW_LOANS)
def loan_page(request, board, pk):
    """One loan on its way: the sheets A, B and C, and the next act."""
    loan = loan_of(board, pk)
    context = {"loan": loan, **loan_facts(request, loan)}
    return render(request, "loans/loan_page.html", context)


def loan_facts(request, loan: Loan) -> dict:
    """What every page of an application shows round its own part."""
    step = next_step(loan, by_meeting=decided_by_meeting(loan.board))
    shares = list(loan.shares.select_related("member__person"))
    before = loan.state in Loan.BEFORE_PAYOUT
    on = loan.board.today()
    mine = bool(step) and may_act(step, loan, request.user, request.permissions)
    return {
        "step": step,
        "mine": mine,
        "waits": _waits(request, loan, step) if step and not mine else "",
        "decides": decides(request.user, loan.board),
        "stages": stage_line(loan),
        "tag": (TAGS[loan.state], loan.get_state_display()),
        "shares": shares,
        "totals": totals_of(shares),
        "found": eligibility_of(loan.group, on=on) if before else None,
    }


def _waits(request, loan: Loan, step: Step) -> str:
    """Whom the application waits for, and why it is not the reader."""
    if not step.is_of(request.user, loan.board, request.permissions):
        return f"{step.who}."
    way = " Bila tidak ada, minta diperiksa ulang oleh petugas lain."
    return (
        f"{step.who} selain Anda: yang memeriksa tidak memutus, yang memutus tidak"
        f" mencairkan.{way if step is DECIDE else ''}"
    )


def totals_of(shares) -> dict[str, int]:
    """Sums of the three sheets."""
    names = ("requested", "proposed", "approved")
    return {name: sum(getattr(share, name) or 0 for share in shares) for name in names}
