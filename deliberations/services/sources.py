"""What the next agenda is made of: promises still open, and items put off."""

from django.db import transaction
from django.db.models import Q, QuerySet

from boards.models import Board, User
from common.errors import RuleViolation
from deliberations.agendas import MEMBER_KINDS
from deliberations.circular import waiting_circulars
from deliberations.models import ActionItem, AgendaItem, Decision, Meeting
from deliberations.services.meetings import add_agenda_item, lock_running, move_to
from deliberations.vacancies import unseated_elections
from members.models import Election
from planning.models import PlanItem


def postponed_items(board: Board) -> QuerySet[AgendaItem]:
    """Items put off in ratified minutes that no agenda took up yet, oldest first."""
    return (
        AgendaItem.objects.filter(
            meeting__board=board,
            meeting__state=Meeting.State.RATIFIED,
            state=AgendaItem.State.DEFERRED,
            continued_by=None,
        )
        .select_related("meeting")
        .order_by("meeting__held_on", "position")
    )


def open_actions(meeting: Meeting) -> QuerySet[ActionItem]:
    """Promises still open that are not on this agenda, the most urgent first."""
    taken = meeting.items.exclude(action=None).values("action")
    actions = ActionItem.objects.filter(board=meeting.board).open()
    return actions.exclude(pk__in=taken).by_urgency()


@transaction.atomic
def take_action(meeting: Meeting, action: ActionItem, *, by: User) -> AgendaItem:
    """Put an open promise on the agenda, behind what was already taken up.

    Raises RuleViolation `agenda.taken` when it is there, or is closed by now.
    """
    lock_running(meeting)
    if not open_actions(meeting).filter(pk=action.pk).exists():
        raise RuleViolation(
            "Tindak lanjut ini sudah ada di agenda, atau sudah selesai.",
            code="agenda.taken",
        )
    return _take(meeting, action.text, by=by, action=action)


@transaction.atomic
def take_postponed(meeting: Meeting, item: AgendaItem, *, by: User) -> AgendaItem:
    """Put an item that was put off on the agenda, behind what was already taken up.

    Raises RuleViolation `agenda.taken` when an agenda holds it already.
    """
    lock_running(meeting)
    if not postponed_items(meeting.board).filter(pk=item.pk).exists():
        raise RuleViolation(
            "Butir ini sudah masuk agenda sebuah rapat.", code="agenda.taken"
        )
    return _take(meeting, item.title, by=by, continues=item)


@transaction.atomic
def take_circular(meeting: Meeting, decision: Decision, *, by: User) -> AgendaItem:
    """Put a circular decision before the members, behind what was taken up.

    Raises RuleViolation `agenda.taken` when it is there, or a meeting spoke already.
    """
    lock_running(meeting)
    if not open_circulars(meeting).filter(pk=decision.pk).exists():
        raise RuleViolation(
            "Keputusan sirkuler ini sudah ada di agenda, atau sudah dibahas.",
            code="agenda.taken",
        )
    title = f"Pengukuhan keputusan sirkuler: {decision.title}"
    return _take(meeting, title, by=by, confirms=decision)


def open_circulars(meeting: Meeting) -> QuerySet[Decision]:
    """Circular decisions that wait for a meeting and are not on this agenda."""
    if meeting.kind not in MEMBER_KINDS or meeting.kind == Meeting.Kind.SIRKULER:
        return Decision.objects.none()
    taken = meeting.items.exclude(confirms=None).values("confirms")
    return waiting_circulars(meeting.board).exclude(pk__in=taken)


def plan_items(meeting: Meeting, *, words: str = "") -> QuerySet[PlanItem]:
    """Plan items of the meeting's year and the next that are not on this agenda.

    `words` are looked for in code and title.
    """
    taken = meeting.items.exclude(plan_item=None).values("plan_item")
    years = (meeting.held_on.year, meeting.held_on.year + 1)
    rows = PlanItem.objects.filter(board=meeting.board, year__in=years)
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(code__startswith=words))
    return rows.exclude(pk__in=taken).order_by("year", "code", "pk")


@transaction.atomic
def take_plan_item(meeting: Meeting, row: PlanItem, *, by: User) -> AgendaItem:
    """Put a plan item on the agenda, behind what was already taken up.

    Raises RuleViolation `agenda.taken` when it is there, or is of another year.
    """
    lock_running(meeting)
    if not plan_items(meeting).filter(pk=row.pk).exists():
        raise RuleViolation(
            "Butir rencana ini sudah ada di agenda, atau bukan untuk tahun ini dan"
            " tahun depan.",
            code="agenda.taken",
        )
    return _take(meeting, row.title, by=by, plan_item=row)


def open_elections(meeting: Meeting) -> QuerySet[Election]:
    """Finished elections that no decision seated yet and this agenda does not hold."""
    taken = meeting.items.exclude(election=None).values("election")
    return unseated_elections(meeting.board).exclude(pk__in=taken)


@transaction.atomic
def take_election(meeting: Meeting, election: Election, *, by: User) -> AgendaItem:
    """Put the result of an election before the meeting, behind what was taken up.

    The decree of its decision names the elected as they stood when the election ended.
    Raises RuleViolation `agenda.taken` when it is there, or was seated already.
    """
    lock_running(meeting)
    if not open_elections(meeting).filter(pk=election.pk).exists():
        raise RuleViolation(
            "Hasil pemilihan ini sudah ada di agenda, atau sudah ditetapkan.",
            code="agenda.taken",
        )
    title = f"Penetapan hasil: {election.title}"
    return _take(meeting, title, by=by, election=election)


SOURCES = ("action", "continues", "confirms", "plan_item", "election")


def _take(meeting: Meeting, title: str, *, by: User, **source) -> AgendaItem:
    most = AgendaItem._meta.get_field("title").max_length
    shown = title if len(title) <= most else f"{title[: most - 1]}…"
    taken = meeting.items.exclude(**dict.fromkeys(SOURCES)).count()
    item = add_agenda_item(meeting, title=shown, by=by)
    AgendaItem.objects.filter(pk=item.pk).update(**source)
    move_to(item, taken + 1)
    return AgendaItem.objects.get(pk=item.pk)
