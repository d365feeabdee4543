"""What was said and decided on one agenda item, saved as a whole."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from boards.audit import record
from boards.forms import EditConflict
from boards.models import User
from common.errors import RuleViolation
from common.words import format_date
from deliberations.kinds import missing
from deliberations.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Decision,
    Dissent,
    Meeting,
    MinutePoint,
)
from deliberations.services.attendance import set_recusals
from deliberations.services.citing import cite_decision
from deliberations.services.meetings import lock_running, name_of, note_writer
from members.models import Person


@dataclass(frozen=True)
class Point:
    """One thing said; `speaker` may be empty for a summary."""

    text: str
    speaker: str = ""


@dataclass(frozen=True)
class Objection:
    """A dissent to be written down."""

    name: str
    reason: str


@dataclass(frozen=True)
class Verdict:
    """One decision as typed; votes only for a vote, `amends` for a change."""

    title: str
    text: str
    kind: str = Decision.Kind.GENERAL
    method: str = Decision.Method.CONSENSUS
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstain: int | None = None
    failed_consensus: str = ""
    is_secret: bool = False
    against_names: str = ""
    abstain_names: str = ""
    amount: int | None = None
    fund_source: str = ""
    subject_name: str = ""
    rt: str = ""
    rw: str = ""
    volume: Decimal | None = None
    unit: str = ""
    in_charge_name: str = ""
    due_on: datetime.date | None = None
    amends: Decision | None = None
    amend_reason: str = ""
    objections: tuple[Objection, ...] = ()
    # Articles it rests on, as cited: "ART pasal 14 ayat (2)".
    bases: tuple[str, ...] = ()

    @property
    def is_carried(self) -> bool:
        """Agreed as `Decision.is_carried` says; a count not typed yet is nobody."""
        against = (self.votes_against or 0) + (self.votes_abstain or 0)
        return self.method != Decision.Method.VOTE or (self.votes_for or 0) > against


@dataclass(frozen=True)
class Promise:
    """One follow-up that is no decision."""

    text: str
    owner_name: str
    due_on: datetime.date | None = None


@dataclass(frozen=True)
class ItemMinutes:
    """Everything typed about one agenda item."""

    state: str
    starts_at: datetime.time | None = None
    ends_at: datetime.time | None = None
    points: Sequence[Point] = ()
    verdicts: Sequence[Verdict] = ()
    promises: Sequence[Promise] = ()
    recused: Sequence[Attendance] = field(default_factory=list)


# What a verdict says of its row; who objected stands in rows of its own.
_TYPED = tuple(
    part.name for part in fields(Verdict) if part.name not in ("objections", "bases")
)


@transaction.atomic
def record_item(
    item: AgendaItem, *, seen_revision: int, minutes: ItemMinutes, by: User
) -> AgendaItem:
    """Save one item's minutes as a whole: points, decisions, follow-ups, recusals.

    Raises EditConflict when somebody saved the item after `seen_revision`,
    RuleViolation `meeting.closed`, `meeting.postponed`, `item.order`,
    `decision.due_before_meeting`, `decision.no_failed_consensus`,
    `decision.fact_missing`, `decision.amends_nothing`, `decision.amended_before`
    or, for an article that does not hold that day, `rules.…`; ValidationError from a
    row that does not hold.
    """
    meeting = lock_running(item.meeting)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if item.revision != seen_revision:
        raise EditConflict(item)
    _check_times(meeting, minutes)
    item.state = minutes.state
    item.starts_at, item.ends_at = minutes.starts_at, minutes.ends_at
    item.noted_by, item.revision = str(by), item.revision + 1
    item.full_clean()
    item.save()
    set_recusals(item, attendances=list(minutes.recused), by=by)
    _write_points(item, minutes.points)
    _write_decisions(meeting, item, minutes.verdicts)
    _write_promises(meeting, item, minutes.promises)
    note_writer(meeting, by)
    record(
        "deliberations.item_recorded",
        meeting,
        by=by,
        says=f"mencatat butir {item} pada {name_of(meeting)}",
        points=len(minutes.points),
        decisions=len(minutes.verdicts),
    )
    return item


def _check_times(meeting: Meeting, minutes: ItemMinutes) -> None:
    start, end = minutes.starts_at, minutes.ends_at
    if start and end and end < start:
        raise RuleViolation(
            f"Butir selesai pukul {end:%H.%M}, sebelum mulai pukul {start:%H.%M}."
            " Periksa jamnya.",
            code="item.order",
        )
    if start and start < meeting.starts_at:
        raise RuleViolation(
            f"Butir mulai pukul {start:%H.%M}, sebelum rapat mulai pukul"
            f" {meeting.starts_at:%H.%M}. Periksa jamnya.",
            code="item.order",
        )


def _write_points(item: AgendaItem, points: Sequence[Point]) -> None:
    item.points.all().delete()
    rows = [
        MinutePoint(item=item, position=number, speaker=point.speaker, text=point.text)
        for number, point in enumerate(points, start=1)
    ]
    for row in rows:
        row.full_clean(exclude=["item"])
    MinutePoint.objects.bulk_create(rows)


def _write_decisions(
    meeting: Meeting, item: AgendaItem, verdicts: Sequence[Verdict]
) -> None:
    """Keep the rows of the decisions typed, in order; surplus rows go."""
    _refuse_doubles(meeting, item, verdicts)
    rows = list(item.decisions.order_by("position"))
    for surplus in rows[len(verdicts) :]:
        surplus.delete()
    for number, verdict in enumerate(verdicts, start=1):
        row = rows[number - 1] if number <= len(rows) else Decision()
        _check_verdict(meeting, verdict, number)
        row.board, row.meeting, row.item = meeting.board, meeting, item
        row.position, row.held_on = number, meeting.held_on
        for name in _TYPED:
            setattr(row, name, getattr(verdict, name))
        row.in_charge = _person_named(meeting, verdict.in_charge_name)
        _clean_numbered(row, number)
        row.save()
        cite_decision(row, verdict.bases, number=number)
        row.dissents.all().delete()
        Dissent.objects.bulk_create(
            Dissent(decision=row, name=objection.name, reason=objection.reason)
            for objection in verdict.objections
        )


def _refuse_doubles(
    meeting: Meeting, item: AgendaItem, verdicts: Sequence[Verdict]
) -> None:
    """One meeting changes a decision once, in whatever item; lost votes aside."""
    others = meeting.decisions.exclude(item=item).exclude(amends=None).carried()
    taken = set(others.values_list("amends", flat=True))
    for number, verdict in enumerate(verdicts, start=1):
        old = verdict.amends if verdict.is_carried else None
        if old and old.pk in taken:
            raise RuleViolation(
                f"Keputusan {number}: {old.number_text} sudah diubah oleh keputusan"
                " lain di rapat ini. Gabungkan keduanya.",
                code="decision.amended_before",
            )
        taken |= {old.pk} if old else set()


def _clean_numbered(row: Decision, number: int) -> None:
    """Validate a decision; its faults say which decision they belong to."""
    try:
        row.full_clean(exclude=["meeting", "item", "board"])
    except ValidationError as fault:
        raise ValidationError(
            [f"Keputusan {number}: {message}" for message in fault.messages]
        ) from fault


def _check_verdict(meeting: Meeting, verdict: Verdict, number: int) -> None:
    if verdict.due_on and verdict.due_on < meeting.held_on:
        raise RuleViolation(
            f"Keputusan {number}: batas {format_date(verdict.due_on)} lebih awal dari"
            f" rapat. Pilih {format_date(meeting.held_on)} atau sesudahnya.",
            code="decision.due_before_meeting",
        )
    if verdict.method == Decision.Method.VOTE and not verdict.failed_consensus:
        raise RuleViolation(
            f"Keputusan {number}: tulis mengapa mufakat tidak tercapai sebelum"
            " pemungutan suara.",
            code="decision.no_failed_consensus",
        )
    facts = {name: getattr(verdict, name) for name in _TYPED}
    for sentence in missing(verdict.kind, facts).values():
        raise RuleViolation(
            f"Keputusan {number}: {sentence}", code="decision.fact_missing"
        )
    _check_amended(meeting, verdict, number)


def _check_amended(meeting: Meeting, verdict: Verdict, number: int) -> None:
    old = verdict.amends
    if old is None:
        return
    if old.board_id != meeting.board_id or old.ratified_at is None:
        raise RuleViolation(
            f"Keputusan {number}: keputusan yang diubah belum disahkan.",
            code="decision.amends_nothing",
        )
    if old.amendments.changing().exists():
        raise RuleViolation(
            f"Keputusan {number}: {old.number_text} sudah diubah."
            " Ubah keputusan perubahannya.",
            code="decision.amends_nothing",
        )
    if not verdict.amend_reason:
        raise RuleViolation(
            f"Keputusan {number}: tulis alasan mengubah {old.number_text}.",
            code="decision.amends_nothing",
        )


def _person_named(meeting: Meeting, name: str) -> Person | None:
    """The person on the attendance list who bears exactly this name."""
    if not name:
        return None
    row = (
        meeting.attendances.filter(name=name, person__isnull=False)
        .select_related("person")
        .first()
    )
    return row.person if row else None


def _write_promises(
    meeting: Meeting, item: AgendaItem, promises: Sequence[Promise]
) -> None:
    item.actions.all().delete()
    rows = [
        ActionItem(
            board=meeting.board,
            meeting=meeting,
            item=item,
            position=number,
            text=promise.text,
            owner_name=promise.owner_name,
            due_on=promise.due_on,
        )
        for number, promise in enumerate(promises, start=1)
    ]
    for row in rows:
        row.full_clean(exclude=["meeting", "item", "board"])
    ActionItem.objects.bulk_create(rows)
