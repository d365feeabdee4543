"""The next meeting, laid out like an earlier one."""

from django.db import transaction

from boards.models import User
from deliberations.agendas import MEMBER_KINDS
from deliberations.models import AgendaItem, Attendance, Meeting
from deliberations.services.meetings import open_draft
from deliberations.services.sources import postponed_items

_GUEST_FACTS = (
    "person",
    "name",
    "sex",
    "rt",
    "rw",
    "element",
    "office",
    "is_entitled",
)


def agenda_after(source: Meeting) -> list[AgendaItem]:
    """Items for the meeting after `source`: what was put off comes first, continued.

    They are not saved and have no meeting yet.
    """
    put_off = AgendaItem.State.DEFERRED
    if source.is_postponed:
        return [_continued(item) for item in source.items.all()]
    waiting = set(postponed_items(source.board).values_list("pk", flat=True))
    items = sorted(source.items.all(), key=lambda item: item.state != put_off)
    return [
        AgendaItem(title=item.title, continues=item if item.pk in waiting else None)
        for item in items
    ]


def _continued(item: AgendaItem) -> AgendaItem:
    """The same item in the meeting that continues the one put off, with its source."""
    return AgendaItem(
        title=item.title,
        continues=item,
        action_id=item.action_id,
        plan_item_id=item.plan_item_id,
        confirms_id=item.confirms_id,
        election_id=item.election_id,
    )


@transaction.atomic
def copy_meeting(source: Meeting, *, by: User, **facts) -> Meeting:
    """Open a draft with the agenda and the guests of `source`.

    `facts` are those of `create_meeting`. The members are those of the new day; a
    guest keeps a vote only where not the members alone decide. Raises ValidationError.
    """
    facts = {"copies": source.copies} | facts
    meeting = open_draft(source.board, by=by, **facts)
    items = agenda_after(source)
    for position, item in enumerate(items, start=1):
        item.meeting, item.position = meeting, position
    AgendaItem.objects.bulk_create(items)
    _invite_guests(meeting, source)
    return meeting


def _invite_guests(meeting: Meeting, source: Meeting) -> None:
    """Put the guests of last time on the list, whether they came or not.

    Who led or took notes then, without a mandate, comes only if chosen again.
    """
    listed = list(meeting.attendances.all())
    people = {row.person_id for row in listed if row.person_id}
    last = max((row.position for row in listed), default=0)
    people |= {source.chair_id, source.note_taker_id} - {None}
    guests = [
        row
        for row in source.attendances.all()
        if row.person_id not in people and not (row.person_id and row.is_entitled)
    ]
    invited = []
    for position, guest in enumerate(guests, start=last + 1):
        facts = {name: getattr(guest, name) for name in _GUEST_FACTS}
        facts["is_entitled"] &= meeting.kind not in MEMBER_KINDS
        invited.append(Attendance(meeting=meeting, position=position, **facts))
    Attendance.objects.bulk_create(invited)
