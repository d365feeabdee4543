"""Follow-ups: the list, one with its story, where it stands now; and who is late."""

from collections.abc import Collection

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view, region_view
from boards.files import check_quota, fresh_bytes
from boards.forms import EditConflict
from boards.models import Board, LetterNumber
from boards.roles import Permission
from boards.submissions import post_once
from boards.uploads import read_receipt
from common.errors import RuleViolation
from common.paging import paginate, paginate_by_day, paginate_by_name
from deliberations.follow_ups import (
    CLOSED,
    STATES,
    actions_in,
    late_boards,
    owners_of,
    reminder_of,
)
from deliberations.forms import ActionForm
from deliberations.models import ActionItem
from deliberations.reminders import late_words
from deliberations.services.actions import Evidence, move_action, refuse_draft

NUMBERS_OFFERED = 20
# Which field of the form a refusal belongs to; the others are about the words.
_FIELDS = {"action.not_a_decision": "number", "action.nothing": "status"}


@require_GET
@board_view(Permission.VIEW_MEETINGS)
def action_list(request, board):
    """Follow-ups in pages: open ones, the most urgent first; done ones on request."""
    state, owner = request.GET.get("keadaan", ""), request.GET.get("siapa", "")
    owners, today = owners_of(board), board.today()
    owner = owner if owner in owners else ""
    found = actions_in(board, state, owner=owner, today=today)
    is_closed = state == CLOSED
    cut, by = (paginate, "closed_on") if is_closed else (paginate_by_day, "urgency")
    page = cut(found.with_moves(), request, by=by)
    who = {"today": today, "rights": request.permissions}
    context = {
        "rows": page.rows,
        "page": page,
        "is_closed": is_closed,
        "states": STATES,
        "state": state if state in dict(STATES) else "",
        "owners": owners,
        "owner": owner,
        "today": today,
        "remind": None,
    }
    if owner and page.rows and not is_closed:
        context["remind"] = reminder_of(board, owner, list(found), **who)
    return render(request, "deliberations/action_list.html", context)


def action_of(board: Board, pk: int, rights: Collection[Permission]) -> ActionItem:
    """A follow-up of this board with what it hangs from, if these rights read it."""
    actions = ActionItem.objects.select_related("meeting", "decision", "item")
    action = get_object_or_404(actions.readable_with(rights), board=board, pk=pk)
    action.board = action.meeting.board = board
    return action


@require_GET
@board_view(Permission.VIEW_MEETINGS)
def action_page(request, board, pk):
    """One follow-up: who promised what where, how it went on, and the reminder."""
    action, today = action_of(board, pk, request.permissions), board.today()
    who = {"today": today, "rights": request.permissions}
    remind = None
    if action.meeting.is_ratified and not action.is_closed:
        remind = reminder_of(board, action.owner_name, [action], **who)
    context = {
        "action": action,
        "moves": action.moves.select_related("file", "number"),
        "late": "" if action.is_closed else late_words(action.due_on, today=today),
        "remind": remind,
    }
    return render(request, "deliberations/action_page.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEETINGS)
def action_move(request, board, pk):
    """Say where one follow-up stands; a file is looked at before the row is added."""
    action, status = action_of(board, pk, request.permissions), 200
    shown = {"board": board, "initial": ActionForm.shown(action)}
    form = ActionForm(request.POST or None, request.FILES or None, **shown)
    if form.is_valid():
        try:
            refuse_draft(action)
            return _store_move(request, action, dict(form.cleaned_data))
        except EditConflict as clash:
            form.add_error(None, clash)
            action.status, status = clash.current.status, 409
        except RuleViolation as violation:
            form.add_error(_field_of(violation), violation)
    context = {"action": action, "form": form, "numbers": _last_numbers(board)}
    return render(request, "deliberations/action_move.html", context, status=status)


def _field_of(violation: RuleViolation) -> str:
    area = violation.code.partition(".")[0]
    return "file" if area == "files" else _FIELDS.get(violation.code, "evidence")


def _last_numbers(board: Board):
    """Numbers to choose from while typing: the last ones given."""
    given = LetterNumber.objects.filter(board=board, cancelled_on=None)
    return given.order_by("-pk")[:NUMBERS_OFFERED]


def _store_move(request, action, typed: dict):
    """Read the file and write it, if there is one; then add the step."""
    board, upload = action.board, typed["file"]
    file = read_receipt(upload, zone=board.time_zone) if upload else None
    with fresh_bytes() as fresh:
        digest = ""
        if file:
            check_quota([file], board=board, by=request.user)
            digest = fresh.put(file.data)
        evidence = Evidence(typed["evidence"], typed["number"], file, digest)
        return _keep_move(request, action, evidence=evidence, typed=typed)


@post_once
def _keep_move(request, action, *, evidence, typed):
    move_action(
        action,
        status=typed["status"],
        evidence=evidence,
        seen_revision=typed["revision"],
        on=action.board.today(),
        by=request.user,
    )
    return redirect("deliberations:action_page", action.board.slug, action.pk)


@require_GET
@region_view(Permission.VIEW_MEETINGS)
def late_list(request, region):
    """LKM of the region with promises past their day, each with its oldest."""
    today = timezone.localdate()
    page = paginate_by_name(late_boards(region.code, on=today), request)
    oldest = ActionItem.objects.in_bulk([board.oldest for board in page.rows])
    rows = [
        {
            "board": board,
            "action": oldest[board.oldest],
            "late": late_words(oldest[board.oldest].due_on, today=today),
        }
        for board in page.rows
    ]
    context = {"page": page, "rows": rows}
    return render(request, "deliberations/late_list.html", context)
