"""The way one writes the register at first: joins, Count(), Paginator, row by row."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import render

from boards.access import board_view
from boards.roles import Permission
from common.paging import Page
from common.words import format_date_short, no_break
from deliberations.filters import STATES
from deliberations.models import Decision


def _row(decision: Decision) -> dict:
    """Each row asks again for what hangs from it."""
    remarks = ["Diubah"] * decision.amendments.ratified().exists()
    return {
        "url": f"/lkm/{decision.board.slug}/keputusan/{decision.pk}/",
        "title": no_break(decision.title),
        "remarks": remarks + ["Tidak disetujui"] * (not decision.is_carried),
        "number": decision.number_text,
        "day": format_date_short(decision.meeting.held_on),
        "amount": decision.amount,
        "method": decision.get_method_display().lower(),
        "in_charge": decision.in_charge_name or "–",
        "follow_ups": [action.state_tag for action in decision.actions.all()],
    }


@board_view(Permission.VIEW_MEETINGS)
def decision_list(request, board):
    """Scope by join, Count(), Paginator with its COUNT(*)."""
    decisions = (
        Decision.objects.filter(
            meeting__board__slug=board.slug,
            meeting__state="ratified",
            meeting__held_on__year=request.GET["tahun"],
        )
        .annotate(action_count=Count("actions"))
        .order_by("-meeting__held_on", "-pk")
    )
    page = Paginator(decisions, 25).get_page(request.GET.get("page"))
    years = Decision.objects.filter(meeting__board=board, meeting__state="ratified")
    context = {
        "page": Page(page.object_list, "", "next" if page.has_next() else ""),
        "rows": [_row(decision) for decision in page.object_list],
        "wanted": {"q": "", "tahun": int(request.GET["tahun"]), "jenis": ""},
        "years": sorted({each.held_on.year for each in years}, reverse=True),
        "kinds": Decision.Kind.choices,
        "methods": Decision.Method.choices,
        "states": STATES.items(),
        "chips": [{"label": request.GET["tahun"], "url": "?"}],
    }
    return render(request, "deliberations/decision_list.html", context)
