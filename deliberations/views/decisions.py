"""The register of decisions, one decision."""

from collections.abc import Collection

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from boards.access import board_view
from boards.audit import events_about
from boards.brakes import brake
from boards.chain import link_of
from boards.models import Board
from boards.roles import Permission
from boards.views.sheets import sheet_file
from common.money import format_thousands
from common.paging import paginate
from deliberations.circular import standing_of
from deliberations.filters import DecisionFilter
from deliberations.models import Decision
from deliberations.register import register_sheet
from deliberations.rows import decision_rows
from deliberations.services.appointments import appointed_by

# About three seconds of writing.
MOST_IN_A_SHEET = 5_000


@require_GET
@board_view(Permission.VIEW_MEETINGS)
def decision_list(request, board):
    """The register: ratified decisions, newest first."""
    asked = DecisionFilter(request.GET, board=board, rights=request.permissions)
    found = asked.qs.with_force().defer("text", "amend_reason")
    page = paginate(found, request, by="held_on")
    context = {
        "page": page,
        "rows": decision_rows(page.rows, board),
        "asked": asked,
        "wanted": asked.wanted,
        "years": asked.years,
        "kinds": Decision.Kind.choices,
        "methods": Decision.Method.choices,
        "states": asked.states.items(),
        "chips": asked.chips(),
    }
    return render(request, "deliberations/decision_list.html", context)


@require_GET
@brake("export")
@board_view(Permission.VIEW_MEETINGS)
def decision_sheet(request, board):
    """The register as a workbook, with the filters of its page."""
    asked = DecisionFilter(request.GET, board=board, rights=request.permissions)
    rows = asked.qs.order_by("-held_on", "-pk")
    if rows[MOST_IN_A_SHEET:].exists():
        messages.warning(
            request,
            f"Register ini lebih dari {format_thousands(MOST_IN_A_SHEET)} keputusan."
            " Saring dulu, misalnya menurut tahun.",
        )
        page = reverse("deliberations:decision_list", args=[board.slug])
        return redirect(f"{page}?{request.GET.urlencode()}")
    name = f"keputusan-{board.slug}-{board.today():%Y-%m-%d}.xlsx"
    return sheet_file(register_sheet(rows), name)


def decision_of(board: Board, pk: int, rights: Collection[Permission]) -> Decision:
    """A decision of this board with its meeting, if these rights read it."""
    rows = Decision.objects.select_related(
        "meeting", "item", "amends", "in_charge"
    ).with_force()
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
        "appointed": appointed_by(decision),
        "may_open_people": Permission.VIEW_MEMBERS in request.permissions,
        "bases": list(decision.bases.select_related("article")),
        "successor": decision.amendments.changing().first(),
        "proposed": list(decision.proposed.select_related("plan_item")),
        "standing": standing_of(decision),
        "link": link_of("deliberations.meeting", decision.meeting),
        "events": events_about(decision.meeting)[:5],
    }
    return render(request, "deliberations/decision_page.html", context)
