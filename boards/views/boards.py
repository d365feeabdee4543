"""Boards of a region: the list, and registering a new one."""

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view, region_view
from boards.guides import REGENCY_LETTERS
from boards.models import Assignment, Board, Region
from boards.roles import Permission, Role
from boards.submissions import post_once
from boards.tenant_forms import NewBoardForm, add_refusal
from boards.tenants import VILLAGE, create_board
from common.addresses import known_address
from common.htmx import render_either
from common.paging import paginate_by_name

FOUND = 20
SHORTEST_SEARCH = 3
_SHOWN = ("slug", "term", "name", "village", "district", "regency", "closed_on")


@require_GET
@region_view(Permission.VIEW_REGION)
def board_list(request, region):
    """Boards at home in the region, by name; the same queries for 10 and for 1,000."""
    words = request.GET.get("q", "").strip()
    district = request.GET.get("kecamatan", "")
    boards = Board.objects.in_region(region.code)
    districts = boards.order_by("district").values_list("district", flat=True)
    if words:
        boards = boards.filter(Q(name__icontains=words) | Q(village__icontains=words))
    if district:
        boards = boards.filter(district=district)
    secretaries = Assignment.objects.filter(
        board=OuterRef("pk"), role=Role.SECRETARY, ended_at=None
    )
    boards = boards.annotate(has_secretary=Exists(secretaries)).only(*_SHOWN)
    page = paginate_by_name(boards, request)
    context = {
        "page": page,
        "rows": [_row(board, region) for board in page.rows],
        "districts": list(districts.distinct()),
        "district": district,
        "words": words,
    }
    return render(request, "boards/board_list.html", context)


def _row(board: Board, region: Region) -> dict:
    """One line of the list; needs `has_secretary`. A province names the kabupaten."""
    state = ("ok", "Aktif")
    if board.closed_on:
        state = ("draft", "Tidak aktif")
    elif not board.has_secretary:
        state = ("warn", "Belum ada sekretaris")
    district = board.district
    if len(region.code) < REGENCY_LETTERS:
        district = f"{district}, {board.regency}"
    return {
        "url": known_address("boards:board_page", board_slug=board.slug),
        "name": str(board),
        "village": board.village,
        "district": district,
        "state": state,
    }


def places_found(region: Region, words: str) -> list[Region]:
    """Kelurahan and desa inside the region, by code or by a part of the name."""
    if len(words) < SHORTEST_SEARCH:
        return []
    inside = Region.objects.annotate(length=Length("code")).filter(
        code__startswith=region.code, length=VILLAGE
    )
    match = Q(code__startswith=words) | Q(name__icontains=words)
    return list(inside.filter(match)[:FOUND])


@require_GET
@region_view(Permission.MANAGE_BOARDS)
def board_place(request, region):
    """First where a new board lives: by typed code or by name."""
    words = request.GET.get("q", "").strip()
    context = {"words": words, "found": places_found(region, words), "limit": FOUND}
    return render_either(
        request, "boards/board_place.html", "boards/_board_places.html", context
    )


@require_http_methods(["GET", "POST"])
@region_view(Permission.MANAGE_BOARDS)
@post_once
def board_new(request, region, village_code) -> HttpResponse:
    """Then its name; address and letter code are proposed."""
    village = get_object_or_404(Region, code=village_code)
    if not village.code.startswith(region.code) or len(village.code) != VILLAGE:
        raise Http404("outside")
    form = NewBoardForm(request.POST or None, region=village)
    if form.is_valid():
        try:
            board = create_board(region=village, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("boards:board_done", board_slug=board.slug)
    neighbours = Board.objects.filter(region_code=village.code)
    context = {"form": form, "village": village, "neighbours": neighbours}
    return render(request, "boards/board_new.html", context)


@require_GET
@board_view(Permission.MANAGE_BOARDS)
def board_done(request, board):
    """What was registered, and what comes next."""
    return render(request, "boards/board_done.html", {"board": board})
