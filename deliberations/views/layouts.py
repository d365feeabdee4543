"""The layouts of a board's meetings: one a kind, own or usual."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from boards.access import board_view
from boards.forms import EditConflict
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.reading import read_count
from deliberations.agendas import ELEMENTS
from deliberations.forms import LayoutSheet
from deliberations.models import Meeting, MeetingTemplate
from deliberations.services.layouts import (
    as_layout,
    own_layout,
    reset_layout,
    save_layout,
    usual_layout,
)


@require_GET
@board_view(Permission.EDIT_MEETINGS)
def layout_list(request, board):
    """Every kind of meeting with what it begins with."""
    rows = MeetingTemplate.objects.filter(board=board).prefetch_related("guests_listed")
    own = {row.kind: as_layout(row) for row in rows}
    lines = [
        {
            "kind": kind,
            "label": label,
            "layout": own.get(kind) or usual_layout(kind),
            "is_own": kind in own,
        }
        for kind, label in Meeting.Kind.choices
    ]
    return render(request, "deliberations/layout_list.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
@post_once
def layout_edit(request, board, kind):
    """Change what meetings of one kind begin with."""
    own = _own(board, kind)
    layout = as_layout(own) if own else usual_layout(kind)
    sheet = LayoutSheet(layout, kind=kind, data=request.POST or None)
    seen = read_count(request.POST.get("revision", str(own.revision if own else 0)))
    if request.method != "POST" or not sheet.is_valid():
        return _page(request, sheet, own, revision=seen)
    facts = {"layout": sheet.layout(), "seen_revision": seen, "by": request.user}
    try:
        save_layout(board, kind, **facts)
    except EditConflict as clash:
        sheet.head.add_error(None, clash)
        return _page(request, sheet, own, revision=clash.current.revision, status=409)
    except (RuleViolation, ValidationError) as fault:
        sheet.head.add_error(FIELDS.get(getattr(fault, "code", "")), fault)
        return _page(request, sheet, own, revision=seen)
    messages.success(request, "Susunan rapat tersimpan.")
    return redirect("deliberations:layout_list", board_slug=board.slug)


def _page(
    request: HttpRequest,
    sheet: LayoutSheet,
    own: MeetingTemplate | None,
    *,
    revision: int | None,
    status: int = 200,
) -> HttpResponse:
    """The form; beside a clash what is stored now."""
    stored = as_layout(own) if own else usual_layout(sheet.kind)
    context = {
        "sheet": sheet,
        "own": own,
        "kind": sheet.kind,
        "label": Meeting.Kind(sheet.kind).label,
        "elements": ELEMENTS,
        "revision": revision,
        "conflict": stored if status == 409 else None,
    }
    return render(request, "deliberations/layout_edit.html", context, status=status)


FIELDS = {"layout.agenda": "agenda", "layout.copies": "copies"}


def _own(board: Board, kind: str) -> MeetingTemplate | None:
    """The board's own layout; a kind that does not exist is no page."""
    if kind not in Meeting.Kind.values:
        raise Http404("kind")
    return own_layout(board, kind)


@require_POST
@board_view(Permission.EDIT_MEETINGS)
@post_once
def layout_reset(request, board, kind):
    """Go back to the usual layout."""
    _own(board, kind)
    reset_layout(board, kind, by=request.user)
    messages.success(request, "Susunan rapat kembali ke baku.")
    return redirect("deliberations:layout_list", board_slug=board.slug)
