"""Meetings: the list, the facts, and the page that leads through the work."""

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.forms import EditConflict
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.paging import paginate
from common.reading import read_count
from deliberations.calls import opens_without_quorum, second_call_of
from deliberations.filters import MeetingFilter
from deliberations.forms import MeetingForm, NewMeetingForm
from deliberations.models import Decision, Meeting
from deliberations.overview import parts_of
from deliberations.presence import Room, brought_rule, with_quorum_rule
from deliberations.rows import meeting_rows
from deliberations.services.layouts import layout_of
from deliberations.services.meetings import delete_meeting, edit_meeting
from deliberations.services.opening import open_meeting
from deliberations.services.ratification import ratifier

FACTS = (
    "kind",
    "title",
    "held_on",
    "starts_at",
    "ends_at",
    "place",
    "purpose",
    "chair",
    "note_taker",
    "copies",
)


def meeting_of(board: Board, pk: int) -> Meeting:
    """A meeting of this board, with its people; another board's does not exist."""
    meetings = Meeting.objects.select_related("chair", "note_taker")
    meeting = get_object_or_404(meetings, board=board, pk=pk)
    meeting.board = board
    return meeting


@require_GET
@board_view(Permission.VIEW_MEETINGS)
def meeting_list(request, board):
    """Meetings, newest first, by year, kind and words."""
    readable = Meeting.objects.filter(board=board).readable_with(request.permissions)
    asked = MeetingFilter(request.GET, readable)
    page = paginate(asked.qs.defer("purpose"), request, by="held_on")
    context = {
        "page": page,
        "rows": meeting_rows(page.rows, board),
        "q": asked.wanted["q"],
        "kind": asked.wanted["jenis"],
        "state": asked.wanted["keadaan"],
        "kinds": Meeting.Kind.choices,
        "states": Meeting.State.choices,
        "filtered": any(asked.wanted.values()),
    }
    return render(request, "deliberations/meeting_list.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
@post_once
def meeting_new(request, board):
    """Open a meeting: kind, day, place; the members of that day are invited.

    `?salin=<key>` lays it out like an earlier one.
    """
    source, last = _source(request, board), Meeting.objects.filter(board=board).first()
    initial = _usual(request, board, source or last)
    if source:
        initial |= {name: getattr(source, name) for name in ("title", "copies")}
    form = NewMeetingForm(request.POST or None, board=board, initial=initial)
    if form.is_valid():
        facts = form.facts()
        try:
            meeting = open_meeting(board, source=source, **facts, by=request.user)
        except (RuleViolation, ValidationError) as fault:
            form.add_error(None, fault)
        else:
            return redirect(
                "deliberations:agenda_page", board_slug=board.slug, pk=meeting.pk
            )
    context = {"form": form, "source": source, "last": last}
    return render(request, "deliberations/meeting_new.html", context)


def _source(request: HttpRequest, board: Board) -> Meeting | None:
    """The meeting that the new one is copied from, if the address names one."""
    if "salin" not in request.GET:
        return None
    pk = read_count(request.GET["salin"])
    readable = Meeting.objects.filter(board=board).readable_with(request.permissions)
    return get_object_or_404(readable, pk=pk)


def _usual(request: HttpRequest, board: Board, like: Meeting | None) -> dict:
    """What is filled in before anything is typed: the habits of an earlier meeting."""
    kind = request.GET.get("jenis") or (like.kind if like else "")
    kind = kind if kind in Meeting.Kind.values else Meeting.Kind.RUTIN
    layout = layout_of(board, kind)
    return {
        "kind": kind,
        "held_on": board.today(),
        "starts_at": layout.starts_at or (like.starts_at if like else None),
        "place": layout.place or (like.place if like else ""),
        "copies": "\n".join(layout.copies),
        "chair": like.chair_id if like else None,
        "note_taker": like.note_taker_id if like else None,
    }


@require_GET
@board_view(Permission.VIEW_MEETINGS)
def meeting_page(request, board, pk):
    """One meeting: what is still to do, or, once ratified, what was decided."""
    own = Meeting.objects.filter(board=board).readable_with(request.permissions)
    meeting, following = _with_following(own.with_wrote(request.user), pk)
    meeting.board = board
    room, parts = Room(meeting, rule=brought_rule(meeting)), []
    may_edit = meeting.is_open and Permission.EDIT_MEETINGS in request.permissions
    if may_edit:
        parts = parts_of(meeting, room, now=timezone.now())
    else:
        prefetch_related_objects(room.items, "points")
    context = {
        "meeting": meeting,
        "room": room,
        "quorum": room.quorum(),
        "decisions": meeting.decisions.all(),
        "parts": parts,
        "may_ratify": ratifier(meeting, request.user, wrote=meeting.wrote).may,
        "following": following,
        "may_edit": may_edit,
        "call": second_call_of(room) if opens_without_quorum(room) else None,
    }
    return render(request, "deliberations/meeting_page.html", context)


def _with_following(own: QuerySet[Meeting], pk: int) -> tuple[Meeting, Meeting | None]:
    """A meeting of `own` with its rule and decisions, and the one that follows.

    Both meetings come in one query: the second is named by a subquery.
    """
    later = own.filter(held_on__gt=Subquery(own.filter(pk=pk).values("held_on")))
    following = later.order_by("held_on", "pk").values("pk")[:1]
    rows = with_quorum_rule(own.filter(Q(pk=pk) | Q(pk=Subquery(following))))
    found = list(rows.select_related("chair", "note_taker").order_by("held_on"))
    if not found:
        raise Http404("meeting")
    meeting = found[0]
    decisions = Decision.objects.to_read()
    prefetch_related_objects([meeting], Prefetch("decisions", queryset=decisions))
    return meeting, found[1] if len(found) > 1 else None


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
@post_once
def meeting_edit(request, board, pk):
    """Change the facts of a draft."""
    meeting = meeting_of(board, pk)
    form = MeetingForm(request.POST or None, board=board, initial=_facts(meeting))
    shown = {"meeting": meeting, "form": form, "conflict": None}
    revision, status = request.POST.get("revision", meeting.revision), 200
    if form.is_valid():
        seen = _number(revision)
        try:
            edit_meeting(meeting, **form.facts(), seen_revision=seen, by=request.user)
        except EditConflict as clash:
            shown["conflict"] = clash.current
            revision, status = clash.current.revision, 409
            form.add_error(None, clash)
        except (RuleViolation, ValidationError) as fault:
            form.add_error(None, fault)
        else:
            return redirect("deliberations:meeting_page", board_slug=board.slug, pk=pk)
    context = {**shown, "revision": revision}
    return render(request, "deliberations/meeting_edit.html", context, status=status)


def _facts(meeting: Meeting) -> dict:
    """The facts of a meeting as the form shows them."""
    officers = {"chair": meeting.chair_id, "note_taker": meeting.note_taker_id}
    return {name: getattr(meeting, name) for name in FACTS} | officers


def _number(text: object) -> int:
    """A revision as sent; nonsense counts as never seen."""
    number = read_count(str(text))
    return -1 if number is None else number


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
@post_once
def meeting_delete(request, board, pk):
    """Throw a draft away; asks on a page of its own."""
    meeting = meeting_of(board, pk)
    fault = ""
    if request.method == "POST":
        try:
            delete_meeting(meeting, by=request.user)
        except RuleViolation as violation:
            fault = str(violation)
        else:
            return redirect("deliberations:meeting_list", board_slug=board.slug)
    context = {"meeting": meeting, "fault": fault}
    return render(request, "deliberations/meeting_delete.html", context)
