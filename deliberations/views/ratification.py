"""Check, send, return, ratify: the last steps of a meeting."""

from django.db.models import prefetch_related_objects
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from boards.access import board_view, fresh_password
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from deliberations.forms import ReturnForm
from deliberations.models import Meeting
from deliberations.overview import attendance_line, gap_url, quorum_sentence, url_of
from deliberations.presence import Room
from deliberations.readiness import gaps_of
from deliberations.services.correction import round_of
from deliberations.services.ratification import (
    ratifier,
    ratify_meeting,
    return_meeting,
    send_meeting,
)
from deliberations.views.meetings import meeting_of


def _check(request, meeting: Meeting, *, fault: str = "", status: int = 200):
    """The check-answers page, the same for the sender and for the ratifier."""
    room = Room(meeting)
    prefetch_related_objects(room.items, "points")
    gaps = gaps_of(meeting, room, now=timezone.now())
    context = {
        "meeting": meeting,
        "decisions": list(meeting.decisions.to_read().prefetch_related("dissents")),
        "room": room,
        "line": attendance_line(room),
        "quorums": [
            (item, quorum_sentence(room, room.quorum(item))) for item in room.items
        ],
        "gaps": [(gap.says, gap_url(meeting, gap)) for gap in gaps],
        "fault": fault,
        "ratifier": ratifier(meeting, request.user),
        "round": round_of(meeting, request.user),
    }
    page = "deliberations/meeting_check.html"
    return render(request, page, context, status=status)


@require_GET
@board_view(Permission.VIEW_DRAFTS)
def meeting_check(request, board, pk):
    """Everything once more before it is sent or frozen."""
    meeting = meeting_of(board, pk)
    if meeting.is_ratified:
        return redirect("deliberations:meeting_page", board_slug=board.slug, pk=pk)
    return _check(request, meeting)


@require_POST
@board_view(Permission.EDIT_MEETINGS)
@post_once
def meeting_send(request, board, pk):
    """The secretary hands the minutes over."""
    meeting = meeting_of(board, pk)
    try:
        send_meeting(meeting, by=request.user, at=timezone.now())
    except RuleViolation as violation:
        return _check(request, meeting, fault=str(violation))
    return redirect("deliberations:meeting_sent", board_slug=board.slug, pk=pk)


@require_GET
@board_view(Permission.VIEW_DRAFTS)
def meeting_sent(request, board, pk):
    """What happens next, and how to tell the koordinator."""
    meeting = meeting_of(board, pk)
    link = request.build_absolute_uri(url_of("meeting_check", meeting))
    text = f"Notulen {meeting.title} menunggu pengesahan: {link}"
    return render(
        request, "deliberations/meeting_sent.html", {"meeting": meeting, "text": text}
    )


@require_http_methods(["GET", "POST"])
@board_view(Permission.RATIFY_MEETING)
@post_once
def meeting_return(request, board, pk):
    """Give the minutes back with what must be mended."""
    meeting = meeting_of(board, pk)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        try:
            return_meeting(meeting, **form.cleaned_data, by=request.user)
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            return redirect("deliberations:meeting_page", board_slug=board.slug, pk=pk)
    context = {"meeting": meeting, "form": form}
    return render(request, "deliberations/meeting_return.html", context)


@require_POST
@board_view(Permission.RATIFY_MEETING)
@fresh_password
@post_once
def meeting_ratify(request, board, pk):
    """Freeze the minutes."""
    meeting = meeting_of(board, pk)
    try:
        ratify_meeting(meeting, by=request.user, at=timezone.now())
    except RuleViolation as violation:
        if violation.code == "meeting.ratified":
            return redirect("deliberations:meeting_done", board_slug=board.slug, pk=pk)
        return _check(request, meeting, fault=str(violation))
    return redirect("deliberations:meeting_done", board_slug=board.slug, pk=pk)


@require_GET
@board_view(Permission.VIEW_MEETINGS)
def meeting_done(request, board, pk):
    """What was frozen, which numbers were given, and what happens next."""
    meeting = meeting_of(board, pk)
    if not meeting.is_ratified:
        return redirect("deliberations:meeting_page", board_slug=board.slug, pk=pk)
    decisions = list(meeting.decisions.select_related("item"))
    owners = [row.in_charge_name for row in decisions if row.in_charge_name]
    context = {
        "meeting": meeting,
        "decisions": decisions,
        "numbers": [(meeting.number_text, "Berita acara")]
        + [(row.number_text, row.title) for row in decisions],
        "owners": list(dict.fromkeys(owners)),
    }
    return render(request, "deliberations/meeting_done.html", context)
