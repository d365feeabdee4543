"""Places where people vote: opened, kept, taken from door to door, fixed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from boards.access import board_view
from boards.forms import EditConflict
from boards.models import Board
from boards.parameters import setting_of
from boards.roles import Permission
from boards.submissions import post_once
from boards.tenant_forms import add_refusal
from boards.views.conflict import conflict_page
from common.errors import RuleViolation
from members.forms import AreaForm, SecondStageForm
from members.gaps import gaps_of
from members.models import ElectionArea
from members.services import (
    add_area,
    change_area,
    close_area,
    go_door_to_door,
    remove_area,
)
from members.standings import delegates_of, tally_of
from members.tally import ranked
from members.views.elections import election_of


def area_of(board: Board, pk: int) -> ElectionArea:
    """An area of this board with its election, or 404."""
    rows = ElectionArea.objects.select_related("election", "board")
    return get_object_or_404(rows, board=board, pk=pk)


def _form_of(stage: int) -> type[AreaForm]:
    return AreaForm if stage == ElectionArea.Stage.BASIS else SecondStageForm


def _new_area(request, board, pk: int, stage: int):
    election = election_of(board, pk)
    winners = setting_of(board, "election_delegates", on=board.today()).value
    initial = {"winners": winners} if stage == 1 else {"name": board.village}
    form = _form_of(stage)(request.POST or None, board=board, initial=initial)
    if form.is_valid():
        try:
            facts, on = form.facts(), board.today()
            area = add_area(election, stage=stage, facts=facts, on=on, by=request.user)
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("members:area_page", board.slug, area.pk)
    context = {"form": form, "election": election, "stage": stage}
    context["delegates"] = delegates_of(election).count() if stage == 2 else 0
    return render(request, "members/area_form.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def basis_new(request, board, pk):
    """Add a basis (RT) to the first stage."""
    return _new_area(request, board, pk, ElectionArea.Stage.BASIS)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def second_stage_new(request, board, pk):
    """Open the vote of the delegates."""
    return _new_area(request, board, pk, ElectionArea.Stage.BOARD)


@require_GET
@board_view(Permission.VIEW_MEMBERS)
def area_page(request, board, pk):
    """One vote: turnout, bundles, names with their votes, what still lacks."""
    area = area_of(board, pk)
    if area.closed_at:
        placed = area.nominees.exclude(rank=None).select_related("person")
        context = {"result": list(placed)}
    else:
        tally = tally_of(area)
        gaps = gaps_of(tally)
        context = {
            "tally": tally,
            "gaps": gaps,
            "standings": ranked(tally.standings(), tally.rule),
        }
    context |= {"area": area, "election": area.election}
    return render(request, "members/area_page.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def area_edit(request, board, pk):
    """Day, place, voters, and how many came."""
    area = area_of(board, pk)
    form = _form_of(area.stage)(request.POST or None, instance=area, board=board)
    if form.is_valid():
        try:
            revision = form.cleaned_data["revision"] or 0
            change_area(area, revision=revision, facts=form.facts(), by=request.user)
        except EditConflict as clash:
            return conflict_page(request, form, clash, back_url=request.path)
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("members:area_page", board.slug, pk)
    context = {"form": form, "area": area, "election": area.election}
    context["stage"] = area.stage
    return render(request, "members/area_form.html", context)


@require_POST
@board_view(Permission.EDIT_MEMBERS)
@post_once
def area_remove(request, board, pk):
    """Take away an area in which nothing was counted."""
    area = area_of(board, pk)
    try:
        remove_area(area, by=request.user)
    except RuleViolation as refused:
        messages.error(request, str(refused))
        return redirect("members:area_page", board.slug, pk)
    messages.success(request, f"{area.name} dihapus.")
    return redirect("members:election_page", board.slug, area.election_id)


@require_POST
@board_view(Permission.EDIT_MEMBERS)
@post_once
def area_doors(request, board, pk):
    """Too few came: go on from door to door."""
    area = area_of(board, pk)
    try:
        go_door_to_door(area, on=board.today(), by=request.user)
    except RuleViolation as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request,
            "Dilanjutkan dari rumah ke rumah. Tambahkan yang memilih dan surat suara"
            " barunya.",
        )
    return redirect("members:area_page", board.slug, pk)


@require_POST
@board_view(Permission.EDIT_MEMBERS)
@post_once
def area_close(request, board, pk):
    """Fix the result."""
    area = area_of(board, pk)
    try:
        close_area(area, by=request.user, at=timezone.now())
    except RuleViolation as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Hasil {area.name} ditetapkan.")
    return redirect("members:area_page", board.slug, pk)
