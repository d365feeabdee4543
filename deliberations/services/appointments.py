"""A ratified decision appoints people to units, ends their work, or is found later."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from boards.audit import record
from boards.models import Board, User
from common.errors import RuleViolation
from deliberations.models import AppointmentDecision, Decision
from members.models import Appointment, Person, Unit
from members.services import appoint

Act = AppointmentDecision.Act


def deciding(board: Board) -> QuerySet[Decision]:
    """Decisions that may appoint: about membership, ratified, carried, newest first.

    One that another changed later still tells why somebody worked; one that a meeting
    dropped does not.
    """
    rows = Decision.objects.filter(board=board, kind=Decision.Kind.MEMBERSHIP)
    held = rows.ratified().carried().with_force().filter(is_dropped=False)
    return held.order_by("-held_on", "-pk")


def appointed_by(decision: Decision) -> QuerySet[AppointmentDecision]:
    """What rests on a decision: appointments and ends, with person and unit."""
    links = decision.appointment_links.select_related(
        "appointment__person", "appointment__unit"
    )
    return links.order_by("pk")


def _check(decision: Decision) -> None:
    if not deciding(decision.board).filter(pk=decision.pk).exists():
        raise RuleViolation(
            "Pilih keputusan berjenis Keanggotaan dan pengurus yang sudah disahkan dan"
            " disetujui.",
            code="appointments.not_decided",
        )


def _refuse_ended(decision: Decision) -> None:
    """Nobody is newly appointed by a decision that was changed or dropped since."""
    if not Decision.objects.in_force().filter(pk=decision.pk).exists():
        raise RuleViolation(
            "Keputusan ini sudah diubah atau gugur. Angkat berdasar keputusan yang"
            " masih berlaku.",
            code="appointments.not_in_force",
        )


@transaction.atomic
def appoint_by_decision(
    decision: Decision,
    *,
    unit: Unit,
    person: Person,
    post: str,
    started_on: date,
    ends_on: date | None = None,
    by: User,
) -> Appointment:
    """Appoint a person by a decision in force; both rows come together.

    Audits `members.appointed` and `deliberations.appointment_decided`. Raises
    RuleViolation `appointments.not_decided`, `appointments.not_in_force`, or as
    `members.services.appoint` does. Source: governance sheet §3.6 (units are appointed
    by a members' meeting).
    """
    _check(decision)
    _refuse_ended(decision)
    if unit.board_id != decision.board_id:
        raise RuleViolation("Unit ini tidak ada.", code="members.other_board")
    appointment = appoint(
        unit, person=person, post=post, started_on=started_on, ends_on=ends_on, by=by
    )
    link_decision(appointment, decision=decision, act=Act.APPOINTS, by=by)
    return appointment


@transaction.atomic
def link_decision(
    appointment: Appointment, *, decision: Decision, act: str, by: User
) -> AppointmentDecision:
    """Say which decision an appointment, or its end, rests on; replaces a wrong one.

    Audits `deliberations.appointment_decided`. Raises RuleViolation
    `appointments.not_decided`, `appointments.other_board` or
    `appointments.not_ended`.
    """
    _check(decision)
    if decision.board_id != appointment.board_id:
        raise RuleViolation("Keputusan ini tidak ada.", code="appointments.other_board")
    held = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if act == Act.ENDS and not held.ended_on:
        raise RuleViolation(
            "Tugas ini belum diakhiri. Catat dulu hari terakhirnya.",
            code="appointments.not_ended",
        )
    before = AppointmentDecision.objects.filter(appointment=held, act=act).first()
    former = before.decision.number_text if before else ""
    link = before or AppointmentDecision(
        board=held.board, appointment=held, act=Act(act)
    )
    link.decision = decision
    link.save()
    verb = "mengangkat" if act == Act.APPOINTS else "memberhentikan"
    record(
        "deliberations.appointment_decided",
        link,
        by=by,
        says=f"mencatat keputusan {decision.number_text} {verb} {appointment}",
        before=former,
        after=decision.number_text,
    )
    return link
