"""Meetings that come again: the list, a new series, its next turns, its end."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from boards.access import board_view
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.words import format_date
from deliberations.forms import SeriesForm, TurnsForm
from deliberations.models import Meeting, MeetingSeries
from deliberations.services.series import (
    create_series,
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
