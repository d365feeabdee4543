"""Meetings that come again: the list, a new series, its next turns, its end."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from boards.access import board_view
from boards.forms import EditConflict
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.reading import read_count
from common.words import format_date
from deliberations.forms import SeriesEditForm, SeriesForm, TurnsForm
from deliberations.models import Meeting, MeetingSeries
from deliberations.services.series import (
    create_series,
    edit_series,
    open_turns,
    prepare_turns,
    stop_series,
    taken_turns,
)


def series_of(board: Board, pk: int) -> MeetingSeries:
    """A series of this board."""
    series = get_object_or_404(MeetingSeries, board=board, pk=pk)
    series.board = board
    return series


@require_GET
@board_view(Permission.EDIT_MEETINGS)
def series_list(request, board):
    """Every series with its next turn."""
    return _list(request, board)


def _list(request, board: Board, *, fault: str = ""):
    today = board.today()
    ahead = Q(meetings__held_on__gt=today, meetings__state=Meeting.State.DRAFT)
    rows = MeetingSeries.objects.filter(board=board).annotate(
        ahead=Count("meetings", filter=ahead)
    )
    rows = list(rows[:MOST_LISTED])
    taken = taken_turns(rows)
    lines = [
        (row, next(open_turns(row, on=today, taken=taken[row.pk]))) for row in rows
    ]
    context = {"lines": lines, "fault": fault}
    return render(request, "deliberations/series_list.html", context)


MOST_LISTED = 30


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
@post_once
def series_new(request, board):
    """Begin a series."""
    last = Meeting.objects.filter(board=board).first()
    usual = {"starts_at": last.starts_at, "place": last.place} if last else {}
    form = SeriesForm(request.POST or None, initial=usual)
    if form.is_valid():
        try:
            create_series(board, **form.cleaned_data, by=request.user)
        except (RuleViolation, ValidationError) as fault:
            form.add_error(None, fault)
        else:
            messages.success(request, "Rapat berkala tersimpan.")
            return redirect("deliberations:series_list", board_slug=board.slug)
    return render(request, "deliberations/series_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
@post_once
def series_edit(request, board, pk):
    """Change a series; drafts that were not called yet follow."""
    series = series_of(board, pk)
    initial = {name: getattr(series, name) for name in SeriesEditForm.base_fields}
    form = SeriesEditForm(request.POST or None, initial=initial)
    shown = {"series": series, "form": form, "revision": series.revision}
    if request.method == "POST":
        shown["revision"] = read_count(request.POST.get("revision", ""))
    if not form.is_valid():
        return render(request, EDIT_PAGE, shown)
    how = {"on": board.today(), "by": request.user, **form.cleaned_data}
    try:
        done = edit_series(series, seen_revision=shown["revision"], **how)
    except EditConflict as clash:
        form.add_error(None, clash)
        shown |= {"conflict": clash.current, "revision": clash.current.revision}
        return render(request, EDIT_PAGE, shown, status=409)
    except (RuleViolation, ValidationError) as fault:
        form.add_error(None, fault)
        return render(request, EDIT_PAGE, shown)
    messages.success(request, _changed_words(*done))
    return redirect("deliberations:series_list", board_slug=board.slug)


EDIT_PAGE = "deliberations/series_edit.html"


def _changed_words(changed: int, kept: int) -> str:
    """What became of the drafts: "2 draf ikut berubah, 1 rapat tetap"."""
    parts = [f"{changed} draf ikut berubah"] if changed else []
    if kept:
        parts.append(f"{kept} rapat tetap")
    return ". ".join(["Rapat berkala tersimpan", ", ".join(parts)]).rstrip(". ") + "."


@require_POST
@board_view(Permission.EDIT_MEETINGS)
@post_once
def series_prepare(request, board, pk):
    """Open the drafts of the next turns."""
    series, form = series_of(board, pk), TurnsForm(request.POST)
    if not form.is_valid():
        return _list(request, board, fault=form.errors["count"][0])
    facts = {"count": form.cleaned_data["count"], "on": board.today()}
    try:
        made = prepare_turns(series, **facts, by=request.user)
    except RuleViolation as violation:
        return _list(request, board, fault=str(violation))
    days = ", ".join(format_date(meeting.held_on) for meeting in made)
    messages.success(request, f"Draf rapat disiapkan: {days}.")
    return redirect("deliberations:series_list", board_slug=board.slug)


@require_POST
@board_view(Permission.EDIT_MEETINGS)
@post_once
def series_stop(request, board, pk):
    """End a series; its drafts stay."""
    stop_series(series_of(board, pk), on=board.today(), by=request.user)
    messages.success(request, "Rapat berkala berhenti. Draf yang sudah ada tetap.")
    return redirect("deliberations:series_list", board_slug=board.slug)
