"""The register of decisions, one decision, and what must follow from them."""

from collections.abc import Collection

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.audit import events_about
from boards.chain import link_of
from boards.forms import EditConflict
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.paging import paginate
from deliberations.filters import DecisionFilter
from deliberations.forms import ActionForm
from deliberations.models import ActionItem, Decision
from deliberations.rows import decision_rows
from deliberations.services.actions import move_action

OPEN_SHOWN = 100


@require_GET
@board_view(Permission.VIEW_MEETINGS)
def decision_list(request, board):
    """The register: ratified decisions, newest first."""
    ratified = Decision.objects.filter(board=board).ratified()
    years = [day.year for day in ratified.dates("held_on", "year", order="DESC")]
    asked = DecisionFilter(request.GET, ratified, years=years)
    found = asked.qs.with_successor().defer("text", "amend_reason")
    page = paginate(found, request, by="held_on")
    context = {
        "page": page,
        "rows": decision_rows(page.rows, board),
        "wanted": asked.wanted,
        "years": years,
        "kinds": Decision.Kind.choices,
        "chips": asked.chips(),
    }
    return render(request, "deliberations/decision_list.html", context)


def decision_of(board: Board, pk: int, rights: Collection[Permission]) -> Decision:
    """A decision of this board with its meeting, if these rights read it."""
    rows = Decision.objects.select_related(
        "meeting", "item", "amends", "in_charge"
    ).with_successor()
    decision = get_object_or_404(rows.readable_with(rights), board=board, pk=pk)
    decision.board = decision.meeting.board = board
    return decision


@require_GET
@board_view(Permission.VIEW_MEETINGS)
def decision_page(request, board, pk):
    """One decision: its clauses, how it was taken, what changed it, what follows."""
    decision = decision_of(board, pk, request.permissions)
    context = {
        "decision": decision,
        "meeting": decision.meeting,
        "dissents": list(decision.dissents.all()),
        "actions": list(decision.actions.all()),
        "successor": decision.amendments.ratified().first(),
        "link": link_of("deliberations.meeting", decision.meeting),
        "events": events_about(decision.meeting)[:5],
    }
    return render(request, "deliberations/decision_page.html", context)


@require_GET
@board_view(Permission.VIEW_MEETINGS)
def action_list(request, board):
    """Follow-ups: open ones by day, the most urgent; done ones on request, in pages."""
    rows = ActionItem.objects.filter(board=board).select_related("meeting", "decision")
    closed = request.GET.get("keadaan") == "selesai"
    if closed:
        page = paginate(rows.closed(), request, by="closed_on")
        shown, more = page.rows, False
    else:
        page, most = None, OPEN_SHOWN + 1
        found = list(rows.open().order_by("due_on", "pk")[:most])
        shown, more = found[:OPEN_SHOWN], len(found) > OPEN_SHOWN
    context = {
        "rows": shown,
        "page": page,
        "more": more,
        "closed": closed,
        "today": board.today(),
    }
    return render(request, "deliberations/action_list.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
@post_once
def action_move(request, board, pk):
    """Say where one follow-up stands."""
    actions = ActionItem.objects.select_related("meeting", "decision")
    action = get_object_or_404(actions, board=board, pk=pk)
    form = ActionForm(request.POST or None, initial=ActionForm.shown(action))
    status = 200
    if form.is_valid():
        try:
            move_action(action, **form.facts(), on=board.today(), by=request.user)
        except EditConflict as clash:
            form.add_error(None, clash)
            action, status = clash.current, 409
        except RuleViolation as violation:
            form.add_error("evidence", violation)
        else:
            return redirect("deliberations:action_list", board_slug=board.slug)
    context = {"action": action, "form": form}
    return render(request, "deliberations/action_move.html", context, status=status)
