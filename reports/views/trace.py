"""The trace panel: a part of decision and activity pages, and a page of its own."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from activities.models import Activity
from boards.access import board_view
from boards.roles import Permission
from common.htmx import render_either
from deliberations.models import Decision
from reports.trace import thread_of_activity, thread_of_decision

PAGE, PART = "reports/trace.html", "reports/_trace.html"


@require_GET
@board_view(Permission.VIEW_MEETINGS)
def trace_decision(request, board, pk):
    """Upward to the meeting, downward to works, reports, plan and summary."""
    rows = Decision.objects.select_related("item__meeting", "amends", "board")
    readable = rows.readable_with(request.permissions)
    decision = get_object_or_404(readable, board=board, pk=pk)
    context = {
        "title": str(decision),
        "back": ("deliberations:decision_page", decision.pk),
        "items": thread_of_decision(decision),
    }
    return render_either(request, PAGE, PART, context)


@require_GET
@board_view(Permission.VIEW_ACTIVITIES)
def trace_activity(request, board, pk):
    """Upward to decision and meeting, downward to reports, plan and summary."""
    rows = Activity.objects.select_related(
        "board", "plan_item", "decision__board", "decision__item__meeting"
    )
    activity = get_object_or_404(rows, board=board, pk=pk)
    context = {
        "title": str(activity),
        "back": ("activities:activity_page", activity.pk),
        "items": thread_of_activity(activity),
    }
    return render_either(request, PAGE, PART, context)
