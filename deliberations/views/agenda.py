"""The agenda: add, rename, move by buttons or number, remove."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from boards.access import board_view
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.reading import read_count
from deliberations.forms import AgendaItemForm
from deliberations.models import ActionItem, AgendaItem, Decision, Meeting
from deliberations.services.meetings import (
    add_agenda_item,
    place_agenda_item,
    remove_agenda_item,
    rename_agenda_item,
)
from deliberations.services.sources import (
    open_actions,
    open_circulars,
    open_elections,
    plan_items,
    postponed_items,
    take_action,
    take_circular,
    take_election,
    take_plan_item,
    take_postponed,
)
from deliberations.views.meetings import meeting_of
from members.models import Election
from planning.models import PlanItem

SHOWN = 8  # sources beside the agenda, of each kind


def item_of(meeting: Meeting, item_pk: int) -> AgendaItem:
    """An item of this meeting."""
    item = get_object_or_404(AgendaItem, meeting=meeting, pk=item_pk)
    item.meeting = meeting
    return item


def _agenda(request, meeting: Meeting, form: AgendaItemForm, *, fault: str = ""):
    items = meeting.items.select_related(
        "action", "continues__meeting", "confirms", "plan_item", "election"
    )
    words = request.GET.get("rencana", "").strip()[:60]
    context = {
        "meeting": meeting,
        "items": list(items),
        "form": form,
        "fault": fault,
        "open_actions": list(open_actions(meeting)[:SHOWN]),
        "circulars": list(open_circulars(meeting)[:SHOWN]),
        "elections": list(open_elections(meeting)[:SHOWN]),
        "postponed": list(postponed_items(meeting.board)[:SHOWN]),
        "plan_items": list(plan_items(meeting, words=words)[:SHOWN]),
        "words": words,
    }
    return render(request, "deliberations/agenda_page.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
@post_once
def agenda_page(request, board, pk):
    """The agenda as a list to put in order, with a field for the next point."""
    meeting = meeting_of(board, pk)
    form = AgendaItemForm(request.POST or None)
    if form.is_valid():
        try:
            add_agenda_item(meeting, **form.cleaned_data, by=request.user)
        except (RuleViolation, ValidationError) as fault:
            form.add_error(None, fault)
        else:
            return redirect("deliberations:agenda_page", board_slug=board.slug, pk=pk)
    return _agenda(request, meeting, form)


def _sources(board: Board) -> dict:
    """Field of the button -> rows of the board it may name, and the act."""
    return {
        "action": (ActionItem.objects.filter(board=board), take_action),
        "item": (AgendaItem.objects.filter(meeting__board=board), take_postponed),
        "circular": (Decision.objects.filter(board=board), take_circular),
        "plan": (PlanItem.objects.filter(board=board), take_plan_item),
        "election": (Election.objects.filter(board=board), take_election),
    }


@require_POST
@board_view(Permission.EDIT_MEETINGS)
@post_once
def agenda_take(request, board, pk):
    """Take up an `action`, a put-off `item`, a `circular`, `plan` item, `election`."""
    meeting = meeting_of(board, pk)
    try:
        for name, (rows, take) in _sources(board).items():
            chosen = read_count(request.POST.get(name, ""))
            if chosen is not None:
                take(meeting, get_object_or_404(rows, pk=chosen), by=request.user)
                break
        else:
            raise RuleViolation("Pilih bahan agenda dulu.", code="agenda.source")
    except RuleViolation as violation:
        return _agenda(request, meeting, AgendaItemForm(), fault=str(violation))
    return redirect("deliberations:agenda_page", board_slug=board.slug, pk=pk)


@require_POST
@board_view(Permission.EDIT_MEETINGS)
@post_once
def agenda_move(request, board, pk, item_pk):
    """Put one point at another position."""
    meeting = meeting_of(board, pk)
    wanted = read_count(request.POST.get("position", ""))
    try:
        if wanted is None:
            raise RuleViolation("Tulis nomor urut, misalnya 2.", code="agenda.position")
        place_agenda_item(item_of(meeting, item_pk), position=wanted, by=request.user)
    except RuleViolation as violation:
        return _agenda(request, meeting, AgendaItemForm(), fault=str(violation))
    return redirect("deliberations:agenda_page", board_slug=board.slug, pk=pk)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
@post_once
def agenda_rename(request, board, pk, item_pk):
    """Give one point another title."""
    meeting = meeting_of(board, pk)
    item = item_of(meeting, item_pk)
    form = AgendaItemForm(request.POST or None, initial={"title": item.title})
    if form.is_valid():
        try:
            rename_agenda_item(item, **form.cleaned_data, by=request.user)
        except (RuleViolation, ValidationError) as fault:
            form.add_error(None, fault)
        else:
            return redirect("deliberations:agenda_page", board_slug=board.slug, pk=pk)
    context = {"meeting": meeting, "item": item, "form": form}
    return render(request, "deliberations/agenda_rename.html", context)


@require_POST
@board_view(Permission.EDIT_MEETINGS)
@post_once
def agenda_remove(request, board, pk, item_pk):
    """Take one empty point off the agenda."""
    meeting = meeting_of(board, pk)
    try:
        remove_agenda_item(item_of(meeting, item_pk), by=request.user)
    except RuleViolation as violation:
        return _agenda(request, meeting, AgendaItemForm(), fault=str(violation))
    return redirect("deliberations:agenda_page", board_slug=board.slug, pk=pk)
