"""The correction round: agreeing with minutes, asking to mend them, answering."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from boards.access import board_view
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from deliberations.forms import AnswerForm, CorrectionForm, ToldConfirmationForm
from deliberations.models import Correction, Meeting
from deliberations.services.correction import (
    answer_correction,
    ask_correction,
    confirm_minutes,
    note_confirmation,
    recall_meeting,
    without_account,
)
from deliberations.views.meetings import meeting_of


def _to_check(meeting: Meeting) -> HttpResponse:
    return redirect(
        "deliberations:meeting_check", board_slug=meeting.board.slug, pk=meeting.pk
    )


def _act(request: HttpRequest, meeting: Meeting, act, *, done: str) -> HttpResponse:
    """Do it, say what happened, and go back to the check."""
    try:
        act()
    except RuleViolation as violation:
        messages.error(request, str(violation))
    else:
        messages.success(request, done)
    return _to_check(meeting)


@require_POST
@board_view(Permission.CORRECT_MINUTES)
@post_once
def minutes_confirm(request, board, pk):
    """A member who came agrees with the minutes."""
    meeting = meeting_of(board, pk)
    return _act(
        request,
        meeting,
        lambda: confirm_minutes(meeting, by=request.user, at=timezone.now()),
        done="Persetujuan Anda tercatat.",
    )


@require_POST
@board_view(Permission.EDIT_MEETINGS)
@post_once
def meeting_recall(request, board, pk):
    """The secretary takes the minutes back to mend what was asked."""
    meeting = meeting_of(board, pk)
    return _act(
        request,
        meeting,
        lambda: recall_meeting(meeting, by=request.user),
        done="Notulen dapat diubah lagi. Jawab tiap permintaan, lalu ajukan.",
    )


@require_http_methods(["GET", "POST"])
@board_view(Permission.CORRECT_MINUTES)
@post_once
def correction_ask(request, board, pk):
    """Ask to mend one part of the minutes."""
    meeting = meeting_of(board, pk)
    form = CorrectionForm(request.POST or None, meeting=meeting)
    if form.is_valid():
        try:
            ask_correction(
                meeting, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, "Permintaan koreksi terkirim ke sekretaris.")
            return _to_check(meeting)
    context = {"meeting": meeting, "form": form}
    return render(request, "deliberations/correction_ask.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
@post_once
def correction_answer(request, board, pk, correction_pk):
    """Say what came of one request."""
    meeting = meeting_of(board, pk)
    rows = Correction.objects.select_related("item")
    correction = get_object_or_404(rows, meeting=meeting, pk=correction_pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            answer_correction(
                correction, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, "Jawaban tersimpan.")
            return _to_check(meeting)
    context = {"meeting": meeting, "correction": correction, "form": form}
    return render(request, "deliberations/correction_answer.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
@post_once
def confirmation_note(request, board, pk):
    """Note the agreement of a member who has no account."""
    meeting = meeting_of(board, pk)
    form = ToldConfirmationForm(request.POST or None, waiting=without_account(meeting))
    if form.is_valid():
        try:
            note_confirmation(
                meeting, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, "Persetujuan tercatat.")
            return _to_check(meeting)
    context = {"meeting": meeting, "form": form}
    return render(request, "deliberations/confirmation_note.html", context)
