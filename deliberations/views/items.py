"""The page where one agenda item is written down."""

import datetime

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from boards.access import board_view
from boards.drafts import draft_of, drop_draft, writing_now
from boards.forms import EditConflict
from boards.models import Draft
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.reading import read_count
from deliberations.forms import ItemSheet
from deliberations.forms.clash import clashes
from deliberations.models import AgendaItem
from deliberations.overview import quorum_sentence, rule_sentence, url_of
from deliberations.presence import MOST_NAMED, Room
from deliberations.services.citing import citable
from deliberations.services.minutes import record_item
from deliberations.views.agenda import item_of
from deliberations.views.meetings import meeting_of

FORM = "deliberations.item"


def draft_object(item: AgendaItem) -> str:
    """Key of the item's draft within the board.

    The meeting first: colleagues in its other items are found by the beginning.
    """
    return f"rapat-{item.meeting_id}/butir-{item.pk}"


def _draft_key(item: AgendaItem) -> str:
    return f"{item.meeting.board_id}:{draft_object(item)}"


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
@post_once
def item_page(request, board, pk, item_pk):
    """Points, decisions and follow-ups of one item; saved as a whole."""
    meeting = meeting_of(board, pk)
    item = item_of(meeting, item_pk)
    room = Room(meeting)
    if request.method == "POST":
        return _save(request, item, room)
    draft = _open_draft(request, item) if meeting.is_open else None
    sheet = ItemSheet(item, room, draft=draft)
    return _page(request, item, room, sheet, draft=draft, revision=item.revision)


def _open_draft(request: HttpRequest, item: AgendaItem) -> Draft | None:
    """What this user left unsaved; a draft that was overtaken by a save is none."""
    draft = draft_of(request.user, FORM, _draft_key(item))
    return draft if draft and draft.base_revision >= item.revision else None


def _save(request: HttpRequest, item: AgendaItem, room: Room):
    sheet = ItemSheet(item, room, data=request.POST)
    seen = read_count(request.POST.get("revision", ""))
    revision = -1 if seen is None else seen
    if not sheet.is_valid():
        return _page(request, item, room, sheet, revision=revision)
    try:
        record_item(
            item, seen_revision=revision, minutes=sheet.minutes(), by=request.user
        )
    except EditConflict as clash:
        sheet.head.add_error(None, clash)
        current = clash.current
        return _page(
            request,
            item,
            room,
            sheet,
            revision=current.revision,
            conflict=current,
            status=409,
        )
    except (RuleViolation, ValidationError) as fault:
        sheet.head.add_error(None, fault)
        return _page(request, item, room, sheet, revision=revision)
    drop_draft(request.user, FORM, _draft_key(item))
    return redirect(_onward(request, item))


def _onward(request: HttpRequest, item: AgendaItem) -> str:
    """The next item, this one again, or the check, as the button said."""
    meeting = item.meeting
    if request.POST.get("then") == "check":
        return url_of("meeting_check", meeting)
    following = meeting.items.filter(position__gt=item.position).first()
    if request.POST.get("then") == "next" and following:
        return url_of("item_page", meeting, item_pk=following.pk)
    return url_of("meeting_page", meeting)


def _page(
    request: HttpRequest,
    item: AgendaItem,
    room: Room,
    sheet: ItemSheet,
    *,
    revision: int,
    draft: Draft | None = None,
    conflict: AgendaItem | None = None,
    status: int = 200,
):
    quorum = room.quorum(next(row for row in room.items if row.pk == item.pk))
    board, named = item.meeting.board, len(room.entitled) <= MOST_NAMED
    context = {
        "meeting": item.meeting,
        "item": item,
        "items": room.items,
        "is_last": room.items[-1].pk == item.pk,
        "room": room,
        "sheet": sheet,
        "form": sheet.head,
        "revision": revision,
        "draft": draft,
        "draft_object": draft_object(item),
        "saved_at": f"{board.local(draft.updated_at):%H.%M}" if draft else "",
        "saved_ms": _milliseconds(draft.updated_at) if draft else 0,
        "conflict": conflict,
        "clashes": clashes(conflict, sheet) if conflict else [],
        "peers": _peers(request, item),
        "quorum": quorum,
        "sentence": quorum_sentence(room, quorum),
        "rule": rule_sentence(room),
        "seats": room.seats(item) if named else [],
        "people": room.people(item) if named else None,
        "names": [row.name for row in room.attendances],
        "citable": citable(board, on=item.meeting.held_on),
    }
    return render(request, "deliberations/item_page.html", context, status=status)


def _peers(request: HttpRequest, item: AgendaItem) -> list[dict[str, str]]:
    """Colleagues who write in this meeting now, and where."""
    prefix = f"{item.meeting.board_id}:rapat-{item.meeting_id}/"
    return [
        {"name": str(peer.user), "part": peer.part or "butir lain", "since": ""}
        for peer in writing_now(request.user, FORM, object_prefix=prefix)
    ]


def _milliseconds(moment: datetime.datetime) -> int:
    return int(moment.timestamp() * 1000)
