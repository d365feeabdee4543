"""Who sits in the board and its units on a day, and what each of them rests on."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models.functions import Coalesce

from boards.models import Board
from deliberations.models import (
    AppointmentDecision,
    Decision,
    Replacement,
    SeatedMandate,
)
from members.models import Appointment, Mandate, Person, Term, Unit
from members.posts import place_of
from members.terms import Makeup, makeup_of_sexes

NO_BASIS = "tercatat, belum berdasar keputusan"
PAST_SHOWN = 20
Act = AppointmentDecision.Act


@dataclass(frozen=True)
class Officer:
    """One person in one post; `until` is the last day that is known.

    `decision` is the decision behind it; without one `basis` says what there is.
    """

    person: Person
    post: str
    since: datetime.date
    until: datetime.date | None
    basis: str = ""
    decision: Decision | None = None
    appointment: Appointment | None = None
    mandate: Mandate | None = None


@dataclass(frozen=True)
class Body:
    """The board itself, or one of its units, and who is in it."""

    name: str
    officers: tuple[Officer, ...]
    unit: Unit | None = None

    @property
    def makeup(self) -> Makeup:
        """Men and women in it."""
        return makeup_of(self.officers)


@dataclass(frozen=True)
class Past:
    """Somebody who left: when, why, and by which decision."""

    person: Person
    post: str
    since: datetime.date
    last_day: datetime.date
    reason: str
    decision: Decision | None = None


@dataclass(frozen=True)
class Officers:
    """Everybody of one board on one day."""

    day: datetime.date
    term: Term | None
    leaders: Body
    units: tuple[Body, ...]

    @property
    def everybody(self) -> tuple[Officer, ...]:
        """All posts, the board first."""
        staff = (officer for body in self.units for officer in body.officers)
        return (*self.leaders.officers, *staff)

    @property
    def undecided(self) -> int:
        """Appointments that no decision stands behind yet."""
        return sum(
            officer.appointment is not None and officer.decision is None
            for officer in self.everybody
        )


def makeup_of(officers: Iterable[Officer]) -> Makeup:
    """Men and women, each person once."""
    sexes = {officer.person.pk: officer.person.sex for officer in officers}
    return makeup_of_sexes(sexes.values())


def read_officers(board: Board, *, on: datetime.date, empty: bool = False) -> Officers:
    """Read the board and its units as of a day; seven queries.

    With `empty` units in which nobody works are listed, too.
    """
    terms = Term.objects.filter(board=board, starts_on__lte=on, ends_on__gte=on)
    mandates = list(Mandate.objects.filter(board=board).held_on(on))
    seated = _seating(mandates)
    leaders = tuple(_leader(row, seated.get(row.pk)) for row in mandates)
    return Officers(
        day=on,
        term=terms.first(),
        leaders=Body("Pimpinan kolektif", leaders),
        units=tuple(_units(board, on, empty=empty)),
    )


def _leader(row: Mandate, decision: Decision | None) -> Officer:
    return Officer(
        row.person,
        row.get_position_display(),
        row.started_on,
        row.last_day,
        decision.number_text if decision else row.term.decree,
        decision=decision,
        mandate=row,
    )


def _seating(mandates: list[Mandate]) -> dict[int, Decision]:
    """The decision that gave each mandate: an election, or a seat filled anew."""
    elected = SeatedMandate.objects.filter(mandate__in=mandates)
    filled = Replacement.objects.filter(mandate__in=mandates)
    return {
        row.mandate_id: row.seated.decision
        for row in elected.select_related("seated__decision")
    } | {row.mandate_id: row.decision for row in filled.select_related("decision")}


def _units(board: Board, on: datetime.date, *, empty: bool) -> Iterable[Body]:
    held = Appointment.objects.filter(board=board).held_on(on)
    rows = list(held.select_related("person", "unit").order_by("person__name", "pk"))
    decided = _decisions(rows, Act.APPOINTS)
    staff = defaultdict(list)
    for row in sorted(rows, key=lambda row: place_of(row.unit.kind, row.post)):
        staff[row.unit_id].append(_officer(row, decided.get(row.pk)))
    units = Unit.objects.filter(board=board)
    for unit in sorted(units, key=lambda unit: (unit.place, unit.name)):
        if staff[unit.pk] or (empty and unit.closed_on is None):
            yield Body(unit.name, tuple(staff[unit.pk]), unit)


def _officer(row: Appointment, decision: Decision | None) -> Officer:
    return Officer(
        row.person,
        row.get_post_display(),
        row.started_on,
        row.last_day,
        decision.number_text if decision else row.decree,
        decision=decision,
        appointment=row,
    )


def _decisions(rows: list[Appointment], act: str) -> dict[int, Decision]:
    links = AppointmentDecision.objects.filter(appointment__in=rows, act=act)
    return {
        link.appointment_id: link.decision
        for link in links.select_related("decision").order_by()
    }


def past_officers(board: Board, *, on: datetime.date) -> list[Past]:
    """Who left before a day, the last first; at most twenty."""
    ended = Mandate.objects.filter(board=board, ended_on__lt=on)
    left = [
        Past(
            row.person,
            row.get_position_display(),
            row.started_on,
            row.ended_on,
            row.get_end_reason_display(),
        )
        for row in ended.select_related("person").order_by("-ended_on")[:PAST_SHOWN]
    ]
    over = Appointment.objects.filter(board=board).over_on(on)
    last = over.order_by(Coalesce("ended_on", "ends_on").desc(), "-pk")
    rows = list(last.select_related("person", "unit")[:PAST_SHOWN])
    decided = _decisions(rows, Act.ENDS)
    left += [
        Past(
            row.person,
            f"{row.get_post_display()} {row.unit}",
            row.started_on,
            row.last_day,
            row.get_end_reason_display() or "Masa tugas habis",
            decided.get(row.pk),
        )
        for row in rows
    ]
    left.sort(key=lambda past: past.last_day, reverse=True)
    return left[:PAST_SHOWN]
