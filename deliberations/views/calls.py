"""A meeting without quorum: put it off, or call a second time."""

import datetime

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from boards.access import board_view
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from deliberations.calls import second_call_of
from deliberations.forms import PostponeForm, SecondCallForm
from deliberations.models import Meeting
from deliberations.overview import quorum_sentence
from deliberations.presence import Room
from deliberations.services.calls import (
    call_second,
    postpone_meeting,
    undo_postponement,
    undo_second_call,
)
from deliberations.views.meetings import meeting_of

WEEK = datetime.timedelta(days=7)


def present_time(meeting: Meeting) -> datetime.time | None:
    """The board's clock, while the meeting is today; else nothing to propose."""
    now = meeting.board.local(timezone.now())
    if now.date() != meeting.held_on:
        return None
    return now.time().replace(second=0, microsecond=0)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
@post_once
def second_call(request, board, pk):
    """Open the meeting again: from now the quorum of the second call holds."""
    meeting = meeting_of(board, pk)
    form = SecondCallForm(request.POST or None, initial={"at": present_time(meeting)})
    if form.is_valid():
        try:
            call_second(meeting, **form.cleaned_data, by=request.user)
        except RuleViolation as violation:
            form.add_error("at", violation)
        else:
            return _back(board, pk)
    return _call_page(request, meeting, "deliberations/second_call.html", form)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
@post_once
def meeting_postpone(request, board, pk):
    """Close this meeting for want of a quorum, and prepare the one that follows it."""
    meeting = meeting_of(board, pk)
    usual = {
        "at": present_time(meeting),
        "held_on": meeting.held_on + WEEK,
        "starts_at": meeting.starts_at,
        "place": meeting.place,
    }
    form = PostponeForm(request.POST or None, initial=usual)
    if form.is_valid():
        try:
            postpone_meeting(meeting, **form.cleaned_data, by=request.user)
        except (RuleViolation, ValidationError) as fault:
            form.add_error(FIELDS.get(getattr(fault, "code", "")), fault)
        else:
            return _back(board, pk)
    return _call_page(request, meeting, "deliberations/meeting_postpone.html", form)


FIELDS = {"meeting.too_early": "at", "meeting.backwards": "held_on"}


def _call_page(request, meeting: Meeting, page: str, form):
    room = Room(meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "sentence": quorum_sentence(room, room.quorum()),
        "call": second_call_of(room),
    }
    return render(request, page, context)


def _back(board, pk: int):
    return redirect("deliberations:meeting_page", board_slug=board.slug, pk=pk)


@require_POST
@board_view(Permission.EDIT_MEETINGS)
@post_once
def second_call_undo(request, board, pk):
    """Take the second call back."""
    meeting = meeting_of(board, pk)
    try:
        undo_second_call(meeting, by=request.user)
    except RuleViolation as violation:
        return _refused(request, meeting, violation)
    return _back(board, pk)


@require_POST
@board_view(Permission.EDIT_MEETINGS)
@post_once
def postpone_undo(request, board, pk):
    """The meeting is held after all."""
    meeting = meeting_of(board, pk)
    try:
        undo_postponement(meeting, by=request.user)
    except RuleViolation as violation:
        return _refused(request, meeting, violation)
    return _back(board, pk)


def _refused(request, meeting: Meeting, violation: RuleViolation):
    context = {"meeting": meeting, "fault": str(violation)}
    return render(request, "deliberations/call_refused.html", context)
