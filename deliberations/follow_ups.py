"""Follow-ups as their pages show them: the list, the steps, who is late where."""

import datetime
from collections.abc import Collection

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.urls import reverse

from boards.models import Board
from boards.roles import FIELD_GRANTS, Permission
from deliberations.models import ActionItem, ActionMove, Meeting
from deliberations.reminders import Promise, reminder_text, whatsapp_number
from members.models import Person

OPEN, LATE, CLOSED = "", "lewat", "selesai"
STATES = ((OPEN, "Terbuka"), (LATE, "Lewat tenggat"), (CLOSED, "Selesai atau batal"))


def actions_in(
    board: Board, state: str, *, owner: str, today: datetime.date
) -> QuerySet[ActionItem]:
    """Follow-ups of a board in one of STATES, of one person or ("") of everybody."""
    rows = ActionItem.objects.filter(board=board).select_related("meeting")
    if owner:
        rows = rows.filter(owner_name=owner)
    if state == CLOSED:
        return rows.closed()
    found = rows.overdue(on=today) if state == LATE else rows.open()
    return found.by_urgency()


def as_of(actions: QuerySet[ActionItem], *, on: datetime.date) -> QuerySet[ActionItem]:
    """Annotate `stood`, the status at the end of a day, and `stood_on`, since when.

    Read from the steps, which stay when an action is opened again. An action without
    any step was open, unless its own row was closed by then.
    """
    steps = ActionMove.objects.filter(action=OuterRef("pk"))
    last = steps.filter(moved_on__lte=on).order_by("-pk")
    unstepped = ~Exists(steps) & Q(closed_on__lte=on)
    return actions.annotate(
        stood=Case(
            When(Exists(last), then=Subquery(last.values("status")[:1])),
            When(unstepped, then=F("status")),
            default=Value(ActionItem.Status.OPEN),
            output_field=CharField(),
        ),
        stood_on=Case(
            When(Exists(last), then=Subquery(last.values("moved_on")[:1])),
            When(unstepped, then=F("closed_on")),
            default=None,
            output_field=DateField(),
        ),
    )


def promises_before(meeting: Meeting) -> QuerySet[ActionItem]:
    """Promises of earlier meetings `as_of` the day of this one, by their day.

    Those open then, and those done since the meeting before. Once these minutes are
    ratified, earlier ones that were ratified after them add nothing any more.
    """
    earlier = Meeting.objects.ratified().filter(
        board=meeting.board, held_on__lt=meeting.held_on
    )
    if meeting.ratified_at:
        earlier = earlier.filter(ratified_at__lte=meeting.ratified_at)
    last = earlier.order_by("-held_on", "-pk").first()
    if last is None:
        return ActionItem.objects.none()
    rows = as_of(ActionItem.objects.filter(meeting__in=earlier), on=meeting.held_on)
    waits = Q(stood__in=(ActionItem.Status.OPEN, ActionItem.Status.DOING))
    done = Q(stood=ActionItem.Status.DONE, stood_on__gt=last.held_on)
    return rows.filter(waits | done).by_urgency()


def owners_of(board: Board, *, most: int = 200) -> list[str]:
    """Everybody who promised something in ratified minutes, by name."""
    rows = ActionItem.objects.filter(
        board=board, meeting__state=Meeting.State.RATIFIED
    ).order_by("owner_name")
    return list(rows.values_list("owner_name", flat=True).distinct()[:most])


def reminder_of(
    board: Board,
    owner: str,
    actions: Collection[ActionItem],
    *,
    today: datetime.date,
    rights: Collection[Permission],
) -> dict[str, str]:
    """`text` and `number` for the WhatsApp button; no number without the right."""
    path = reverse("deliberations:action_list", args=[board.slug])
    if len(actions) == 1:
        (only,) = actions
        path = reverse("deliberations:action_page", args=[board.slug, only.pk])
    text = reminder_text(
        str(board),
        owner,
        [Promise(action.text, action.due_on) for action in actions],
        today=today,
        url=settings.PORTAL_URL.rstrip("/") + path,
    )
    return {"text": text, "number": _phone_of(board, owner, rights)}


def _phone_of(board: Board, owner: str, rights: Collection[Permission]) -> str:
    """The mobile number of the one person who bears this very name; or ""."""
    if FIELD_GRANTS["person.phone"] not in rights:
        return ""
    wanted = owner.casefold()
    near = Person.objects.filter(board=board).alias(said=Value(owner))
    same = [
        person.phone
        for person in near.filter(said__icontains=F("name"))
        if wanted in (person.name.casefold(), person.full_name.casefold())
    ]
    return whatsapp_number(same[0]) if len(same) == 1 else ""


def late_boards(code: str, *, on: datetime.date) -> QuerySet[Board]:
    """Boards of a region with promises past their day.

    Each brings how many (`late`) and the key of the oldest (`oldest`).
    """
    late = ActionItem.objects.overdue(on=on).filter(board=OuterRef("pk")).order_by()
    counted = late.values("board").annotate(found=Count("pk")).values("found")
    oldest = late.order_by("due_on", "pk").values("pk")[:1]
    boards = Board.objects.in_region(code).active(on=on)
    return boards.annotate(late=Subquery(counted), oldest=Subquery(oldest)).filter(
        late__gt=0
    )
