"""The way in: front page, home of each role, switching, menu and help."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from boards.access import board_view, public_view, region_view, signed_in_view
from boards.models import Assignment
from boards.roles import Permission, Role
from reports.board_home import figures_of, next_meeting, recent_changes
from reports.board_tasks import MOST_TASKS, read_desk, tasks_of
from reports.help import help_for
from reports.offices import offices_of
from reports.province_home import province_context
from reports.region_desk import desk_of
from reports.region_home import region_context


def home_url(held: Assignment) -> str:
    """Where a role begins."""
    if held.board_id:
        return reverse("reports:board_home", args=[held.board.slug])
    if held.role == Role.SYSTEM:
        return reverse("boards:account_list")
    return reverse("reports:region_home", args=[held.region_code])


@require_GET
@public_view
def front(request):
    """The threshold: sign in, or check a paper."""
    if request.user.is_authenticated:
        return redirect("reports:home")
    return render(request, "reports/front.html", {"demo": settings.DEMO_MODE})


@require_GET
@signed_in_view
def home(request):
    """To the home of the first role; without any, a page that says whom to ask."""
    held = next(iter(request.user.reach()), None)
    if held is None:
        return render(request, "reports/no_role.html")
    return redirect(home_url(held))


@require_GET
@board_view(Permission.VIEW_BOARD)
def board_home(request, board):
    """What waits for this person at this LKM, its figures, what changed last."""
    desk = read_desk(board, user=request.user, rights=request.permissions)
    tasks = tasks_of(desk)
    context = {
        "today": desk.today,
        "tasks": tasks[:MOST_TASKS],
        "more": len(tasks) - MOST_TASKS,
        "figures": figures_of(desk),
        "next": next_meeting(desk),
        "changes": recent_changes(desk),
    }
    return render(request, "reports/home.html", context)


@require_GET
@region_view(Permission.VIEW_REGION)
def region_home(request, region):
    """The desk of a kelurahan, kecamatan or Dinas; aggregates for a province."""
    if len(region.code) < 5:
        context = province_context(region)
        return render(request, "reports/province_home.html", context)
    context = region_context(desk_of(request, region))
    request.tab_counts = {"review": context["waiting"]}
    return render(request, "reports/region_home.html", context)


@require_GET
@signed_in_view
def switch(request):
    """Every LKM and office of this person, with a search field."""
    words = request.GET.get("q", "").strip()
    offices = offices_of(request.user, home_url)
    found = [office for office in offices if office.matches(words)]
    context = {"offices": found, "words": words, "total": len(offices)}
    return render(request, "reports/switch.html", context)


@require_GET
@signed_in_view
def menu(request):
    """All places of the role on a phone, help first."""
    return render(request, "reports/menu.html")


@require_GET
@signed_in_view
def help_page(request):
    """What this role does here, step by step."""
    roles = dict.fromkeys(Role(held.role) for held in request.user.reach())
    return render(request, "reports/help.html", {"guides": help_for(roles)})
