"""The annex of a decree on members: who takes which seat, from when to when."""

from dataclasses import dataclass

from common.words import format_date, no_break
from deliberations.models import (
    AppointmentDecision,
    Decision,
    Replacement,
    SeatedElection,
    SeatedMandate,
)
from members.models import Mandate, Person
from members.standings import line_up


@dataclass(frozen=True)
class Seat:
    """One line of the annex."""

    number: int
    name: str
    sex: str
    home: str
    post: str
    period: str
    note: str


def seats_of(decision: Decision) -> tuple[Seat, ...]:
    """Everybody whom a decision on members seats, noted already or still to be seated.

    Source: governance sheet, sections 3.4 and 3.6.
    """
    if decision.kind != Decision.Kind.MEMBERSHIP:
        return ()
    rows = [*_elected(decision), *_replaced(decision), *_appointed(decision)]
    return tuple(Seat(at, *row) for at, row in enumerate(rows, start=1))


def _line(person: Person, post: str, starts_on, ends_on, note: str = "") -> tuple:
    period = f"{format_date(starts_on)} sampai {format_date(ends_on)}"
    if ends_on is None:
        period = f"mulai {format_date(starts_on)}"
    return (
        no_break(person.full_name),
        person.sex,
        person.neighbourhood,
        no_break(post),
        no_break(period),
        no_break(note),
    )


def _of_mandate(mandate: Mandate, note: str = "") -> tuple:
    post = mandate.get_position_display()
    return _line(mandate.person, post, mandate.started_on, mandate.last_day, note)


def _elected(decision: Decision) -> list[tuple]:
    rows = SeatedMandate.objects.filter(seated__decision=decision)
    rows = rows.select_related("mandate__person", "mandate__term")
    if not rows:
        return _to_be_seated(decision)
    found = sorted(rows, key=lambda row: (row.mandate.position, row.pk))
    return [_of_mandate(row.mandate) for row in found]


def _to_be_seated(decision: Decision) -> list[tuple]:
    """The elected whom the decision names, before their mandates are noted.

    As they stood when the election ended; nobody once another decision seated them.
    """
    election = decision.item.election
    first = decision.item.decisions.filter(kind=decision.kind).order_by("position")
    if election is None or first.first() != decision:
        return []
    if SeatedElection.objects.filter(election=election).exists():
        return []
    period = f"{format_date(election.starts_on)} sampai {format_date(election.ends_on)}"
    return [
        (
            no_break(row.name),
            row.sex,
            row.address,
            Mandate.Position.MEMBER.label,
            no_break(period),
            "",
        )
        for row in line_up(election).taking
    ]


def _replaced(decision: Decision) -> list[tuple]:
    rows = Replacement.objects.filter(decision=decision).select_related(
        "mandate__person", "mandate__term", "left__person"
    )
    return [
        _of_mandate(row.mandate, f"menggantikan {row.left.person.full_name}")
        for row in rows
    ]


def _appointed(decision: Decision) -> list[tuple]:
    rows = AppointmentDecision.objects.filter(decision=decision).select_related(
        "appointment__person", "appointment__unit"
    )
    return [
        _line(
            row.appointment.person,
            f"{row.appointment.get_post_display()} {row.appointment.unit}",
            row.appointment.started_on,
            row.appointment.ends_on,
            row.get_act_display().lower(),
        )
        for row in rows
    ]
