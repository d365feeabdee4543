"""Search pages: inside one LKM, and over the LKM of a region."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from boards.access import board_view, region_view
from boards.roles import Permission
from common.paging import paginate
from reports.search import FEW, KINDS, SHORTEST, Reach, Search, clean_query


def _page(request, reach: Reach):
    words = clean_query(request.GET.get("q", ""))
    kind = request.GET.get("jenis", "")
    kind = kind if kind in KINDS else ""
    asked = Search(words, reach, request.permissions)
    ready = len(words) >= SHORTEST and bool(asked.terms)
    context = {
        "words": words,
        "kind": kind,
        "asked": "q" in request.GET,
        "ready": ready,
        "reads": Permission.VIEW_MEETINGS in request.permissions,
        "named": reach.named,
        **(_answer(request, asked, kind) if ready else {"total": 0, "hits": []}),
    }
    return render(request, "reports/search.html", context)


def _answer(request, asked: Search, kind: str) -> dict:
    """What was found, newest first; what lacks a word only where little was."""
    choices = asked.choices(kind)
    total = sum(each.count for each in choices if each.current or not kind)
    rows = asked.newest_first(asked.found())
    page = paginate(rows.filter(kind=kind) if kind else rows, request, by="day")
    near = asked.near(kind) if total < FEW and page.alone else []
    return {
        "choices": choices,
        "everything": sum(each.count for each in choices),
        "total": total,
        "page": page,
        "hits": asked.hits(page.rows),
        "near": near,
    }


@require_GET
@board_view(Permission.VIEW_MEETINGS)
def board_search(request, board):
    """Records of one LKM."""
    return _page(request, Reach.of_board(board))


@require_GET
@region_view(Permission.VIEW_REGION)
def region_search(request, region):
    """The same over every LKM at home in the region, for those who may read them."""
    return _page(request, Reach.of_region(region))
