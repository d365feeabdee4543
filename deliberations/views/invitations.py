"""Calling people together: a text to send, and a file for their calendars."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from boards.access import board_view
from boards.roles import Permission
from deliberations.ics import calendar_file
from deliberations.invitation import invitation_event, invitation_text
from deliberations.models import Meeting
from deliberations.overview import url_of


@require_GET
@board_view(Permission.VIEW_MEETINGS)
def meeting_invite(request, board, pk):
    """The words of the invitation, to copy or to send by WhatsApp."""
    meeting = _readable(request, board, pk)
    context = {"meeting": meeting, "text": invitation_text(meeting)}
    return render(request, "deliberations/meeting_invite.html", context)


@require_GET
@board_view(Permission.VIEW_MEETINGS)
def meeting_calendar(request, board, pk):
    """The meeting as a calendar file; no names and no numbers of people in it."""
    meeting = _readable(request, board, pk)
    url = settings.PORTAL_URL.rstrip("/") + url_of("meeting_page", meeting)
    event = invitation_event(meeting, url=url)
    return HttpResponse(
        calendar_file(event, made_at=timezone.now()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="rapat-{pk}.ics"'},
    )


def _readable(request, board, pk: int) -> Meeting:
    rows = Meeting.objects.filter(board=board).readable_with(request.permissions)
    meeting = get_object_or_404(rows, pk=pk)
    meeting.board = board
    return meeting
