"""The register of decisions, one decision."""

from collections.abc import Collection

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from boards.access import board_view
from boards.audit import events_about
from boards.chain import link_of
from boards.models import Board
from boards.roles import Permission
from common.paging import paginate
from deliberations.circular import standing_of
from deliberations.filters import DecisionFilter
from deliberations.models import Decision
from deliberations.rows import decision_rows


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
        "standing": standing_of(decision),
        "link": link_of("deliberations.meeting", decision.meeting),
        "events": events_about(decision.meeting)[:5],
    }
    return render(request, "deliberations/decision_page.html", context)
