"""The page that takes a decided proposal into a plan."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from boards.access import board_view
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from deliberations.services.proposals import plan_facts, proposal_fault, propose_item
from deliberations.views.decisions import decision_of
from planning.forms import PlanItemForm
from planning.models import ProgrammeCode


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_PLANS)
@post_once
def decision_propose(request, board, pk):
    """A plan item with what the minutes say already; code and indicator are typed."""
    decision = decision_of(board, pk, request.permissions)
    year = board.today().year + 1
    initial = plan_facts(decision, year=year)
    form = PlanItemForm(request.POST or None, board=board, initial=initial)
    if form.is_valid():
        try:
            item = propose_item(decision, form, by=request.user)
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, f"Usulan masuk rencana {item.year}.")
            return redirect("deliberations:decision_page", board.slug, pk)
    codes = ProgrammeCode.objects.in_force(year, board.region_code)
    context = {
        "decision": decision,
        "form": form,
        "fault": proposal_fault(decision),
        "codes": codes.filter(level=ProgrammeCode.Level.SUBKEGIATAN),
    }
    return render(request, "deliberations/decision_propose.html", context)
