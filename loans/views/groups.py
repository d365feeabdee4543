"""Groups (KSM) with what they lack before they may borrow, and their end."""

from django.contrib import messages
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.paging import paginate_by_name
from loans.eligibility import eligibility_of, missing_of
from loans.models import Loan
from loans.services import dissolve_group, release_member, savings_of
from loans.stages import TAGS
from members.forms import GroupCloseForm, GroupLeaveForm
from members.models import CommunityGroup, GroupMember


def group_of(board: Board, pk: int) -> CommunityGroup:
    """A group of this board; another's does not exist."""
    rows = CommunityGroup.objects.select_related("board")
    return get_object_or_404(rows, board=board, pk=pk)


def _counted(board: Board):
    """Groups with the number of members, of women, and the last loan that counts."""
    here = Q(members__left_on=None) | Q(members__left_on=F("closed_on"))
    loans = Loan.objects.filter(group=OuterRef("pk")).order_by("-applied_on", "-pk")
    alive = loans.exclude(state__in=Loan.CAME_TO_NOTHING)
    return (
        CommunityGroup.objects.filter(board=board)
        .select_related("board")
        .annotate(
            size=Count("members", filter=here),
            women=Count("members", filter=here & Q(members__person__sex="P")),
            loan_pk=Subquery(alive.values("pk")[:1]),
            loan_state=Subquery(alive.values("state")[:1]),
            loan_round=Subquery(alive.values("round_no")[:1]),
        )
    )


@require_GET
@board_view(Permission.VIEW_LOANS)
def group_list(request, board):
    """Groups by name, each with its loan and how much is missing."""
    closed = request.GET.get("keadaan") == "bubar"
    rows = _counted(board).filter(closed_on__isnull=not closed)
    page = paginate_by_name(rows, request)
    missing = {} if closed else missing_of(page.rows, on=board.today())
    for row in page.rows:
        row.missing = missing.get(row.pk, [])
        # A loan that runs is shown as such, not as a lack.
        row.lacks = [line for line in row.missing if line.code != "debt"]
        if row.loan_state:
            row.loan_tag = (TAGS[row.loan_state], Loan.State(row.loan_state).label)
    context = {"page": page, "closed": closed}
    return render(request, "loans/group_list.html", context)


@require_GET
@board_view(Permission.VIEW_LOANS)
def group_page(request, board, pk):
    """One group: conditions, people, savings, trainings, loans."""
    group, today = group_of(board, pk), board.today()
    members = group.members.active_on(group.closed_on or today)
    members = list(members.select_related("person"))
    loans = list(group.loans.select_related("terms__product")[:12])
    for loan in loans:
        loan.tag = (TAGS[loan.state], loan.get_state_display())
    context = {
        "group": group,
        "members": members,
        "women": sum(member.person.sex == "P" for member in members),
        "found": eligibility_of(group, on=today),
        "savings": list(group.savings.all()[:6]),
        "held": savings_of(group),
        "trainings": group.trainings.annotate(size=Count("members")),
        "loans": loans,
        "busy": any(
            loan.state in Loan.BEFORE_PAYOUT or loan.state == "active" for loan in loans
        ),
    }
    return render(request, "loans/group_page.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def group_close(request, board, pk):
    """Dissolve a group; asks for the last day on a page of its own."""
    group = group_of(board, pk)
    form = GroupCloseForm(request.POST or None, initial={"closed_on": board.today()})
    if form.is_valid():
        try:
            dissolve_group(group, **form.cleaned_data, by=request.user)
        except RuleViolation as violation:
            form.add_error("closed_on", violation)
        else:
            messages.success(request, f"{group} dibubarkan.")
            return redirect("loans:group_page", board.slug, pk)
    context = {"form": form, "group": group}
    return render(request, "loans/group_close.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def member_leave(request, board, pk):
    """A member leaves the group; asks for the last day."""
    rows = GroupMember.objects.select_related("group__board", "person")
    member = get_object_or_404(rows, board=board, pk=pk)
    form = GroupLeaveForm(request.POST or None, initial={"left_on": board.today()})
    if form.is_valid():
        try:
            release_member(member, **form.cleaned_data, by=request.user)
        except RuleViolation as violation:
            form.add_error("left_on", violation)
        else:
            messages.success(request, f"{member} keluar dari {member.group}.")
            return redirect("loans:group_page", board.slug, member.group_id)
    context = {"form": form, "member": member, "group": member.group}
    return render(request, "loans/member_leave.html", context)
