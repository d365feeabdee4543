"""Search pages: inside one LKM, and over the LKM of a region."""

from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.http import require_GET

from boards.access import board_view, region_view
from boards.roles import Permission
from reports.search import SHORTEST, clean_query, search


def _page(request, scope: Q, *, named: bool):
    words = clean_query(request.GET.get("q", ""))
    ready = len(words) >= SHORTEST
    rights = request.permissions
    found = search(words, scope=scope, named=named, rights=rights) if ready else []
    context = {
        "groups": found,
        "words": words,
        "asked": "q" in request.GET,
        "ready": ready,
        "reads": Permission.VIEW_MEETINGS in rights,
    }
    return render(request, "reports/search.html", context)


@require_GET
@board_view(Permission.VIEW_MEETINGS)
def board_search(request, board):
    """Meetings, decisions and activities of one LKM."""
    return _page(request, Q(board=board), named=False)


@require_GET
@region_view(Permission.VIEW_REGION)
def region_search(request, region):
    """The same over every LKM at home in the region, for those who may read them."""
    readable = Permission.VIEW_MEETINGS in request.permissions
    scope = Q(region_code__startswith=region.code) if readable else Q(pk__in=[])
    return _page(request, scope, named=True)
