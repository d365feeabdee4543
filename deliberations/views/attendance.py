"""Who came, from when to when; made for a phone in the meeting room."""

import datetime

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from boards.access import board_view
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from deliberations.agendas import ELEMENTS
from deliberations.forms import AttendanceForm, GuestForm, QuickGuestForm
from deliberations.models import Attendance, Meeting
from deliberations.overview import (
    attendance_line,
    element_counts,
    quorum_sentence,
    rule_sentence,
)
from deliberations.presence import Room
from deliberations.services.attendance import (
    add_guest,
    mark_all_present,
    mark_attendance,
    mark_left,
    remove_guest,
)
from deliberations.views.meetings import meeting_of


def attendance_of(meeting: Meeting, pk: int) -> Attendance:
    """A row of this meeting's list."""
    row = get_object_or_404(Attendance, meeting=meeting, pk=pk)
    row.meeting = meeting
    return row


def _back(board, pk: int):
    return redirect("deliberations:attendance_page", board_slug=board.slug, pk=pk)


@require_GET
@board_view(Permission.VIEW_DRAFTS)
def attendance_page(request, board, pk):
    """The list with one button a person, and the quorum above it."""
    meeting = meeting_of(board, pk)
    return _page(request, meeting)


def _page(request, meeting: Meeting, *, fault: str = "", status: int = 200):
    room = Room(meeting)
    quorum = room.quorum()
    context = {
        "meeting": meeting,
        "room": room,
        "quorum": quorum,
        "sentence": quorum_sentence(room, quorum),
        "rule": rule_sentence(room),
        "line": attendance_line(room),
        "fault": fault,
        "now": _now_within(meeting),
        "counts": element_counts(room.attendances),
        "quick": QuickGuestForm(),
        "elements": ELEMENTS,
    }
    page = "deliberations/attendance_page.html"
    return render(request, page, context, status=status)


@require_POST
@board_view(Permission.EDIT_MEETINGS)
@post_once
def attendance_here(request, board, pk, attendance_pk):
    """One tap: this person is here, now if the meeting is today."""
    meeting = meeting_of(board, pk)
    row = attendance_of(meeting, attendance_pk)
    arrives = _now_within(meeting)
    try:
        mark_attendance(
            row, status=Attendance.Status.PRESENT, arrives_at=arrives, by=request.user
        )
    except RuleViolation as violation:
        return _page(request, meeting, fault=str(violation))
    return _back(board, pk)


@require_POST
@board_view(Permission.EDIT_MEETINGS)
@post_once
def attendance_left(request, board, pk, attendance_pk):
    """One tap: this person goes now; another day the hour is asked for."""
    meeting = meeting_of(board, pk)
    row, now = attendance_of(meeting, attendance_pk), _now_within(meeting)
    if now is None:
        kwargs = {"pk": pk, "attendance_pk": attendance_pk}
        name = "deliberations:attendance_mark"
        return redirect(name, board_slug=board.slug, **kwargs)
    try:
        mark_left(row, leaves_at=now, by=request.user)
    except (RuleViolation, ValidationError) as fault:
        return _page(request, meeting, fault=" ".join(fault.messages))
    return _back(board, pk)


def _now_within(meeting: Meeting) -> datetime.time | None:
    """The board's clock once a meeting of today has begun; None on any other day."""
    now = meeting.board.local(timezone.now())
    if meeting.held_on != now.date() or now.time() <= meeting.starts_at:
        return None
    return now.time().replace(second=0, microsecond=0)


@require_POST
@board_view(Permission.EDIT_MEETINGS)
@post_once
def attendance_all(request, board, pk):
    """Everybody still expected came at the beginning."""
    meeting = meeting_of(board, pk)
    try:
        mark_all_present(meeting, by=request.user)
    except RuleViolation as violation:
        return _page(request, meeting, fault=str(violation))
    return _back(board, pk)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
@post_once
def attendance_mark(request, board, pk, attendance_pk):
    """Times, excuse or absence of one person."""
    meeting = meeting_of(board, pk)
    row = attendance_of(meeting, attendance_pk)
    initial = {
        name: getattr(row, name)
        for name in ("status", "arrives_at", "leaves_at", "note")
    }
    form = AttendanceForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            mark_attendance(row, **form.cleaned_data, by=request.user)
        except (RuleViolation, ValidationError) as fault:
            form.add_error(None, fault)
        else:
            return _back(board, pk)
    context = {"meeting": meeting, "row": row, "form": form}
    return render(request, "deliberations/attendance_mark.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
@post_once
def guest_add(request, board, pk):
    """Somebody who came and was not on the list."""
    meeting = meeting_of(board, pk)
    form = GuestForm(request.POST or None, meeting=meeting)
    if form.is_valid():
        now = _now_within(meeting)
        try:
            add_guest(meeting, **form.cleaned_data, arrives_at=now, by=request.user)
        except (RuleViolation, ValidationError) as fault:
            form.add_error(None, fault)
        else:
            return _back(board, pk)
    context = {"meeting": meeting, "form": form, "elements": ELEMENTS}
    return render(request, "deliberations/guest_add.html", context)


@require_POST
@board_view(Permission.EDIT_MEETINGS)
@post_once
def guest_remove(request, board, pk, attendance_pk):
    """Take somebody off the list who was put there by mistake."""
    meeting = meeting_of(board, pk)
    try:
        remove_guest(attendance_of(meeting, attendance_pk), by=request.user)
    except RuleViolation as violation:
        return _page(request, meeting, fault=str(violation))
    return _back(board, pk)
