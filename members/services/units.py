"""Acts on units and on who works in them."""

from datetime import date

from django.db import transaction

from boards.audit import record
from boards.forms import BoardOwnedForm, EditConflict, save_form
from boards.models import Board, User
from boards.tenants import lock_board
from common.errors import RuleViolation
from common.words import format_date
from members.models import Appointment, Person, Unit
from members.posts import FOREVER, POSTS, span_of
from members.services.doubling import refuse_doubling


def _refuse_taken_name(board: Board, name: str, *, but: Unit | None = None) -> None:
    same = Unit.objects.filter(board=board, name__iexact=name, closed_on=None)
    if same.exclude(pk=but.pk if but else None).exists():
        raise RuleViolation(
            f"Unit {name} sudah ada. Pakai nama lain.", code="members.unit_taken"
        )


@transaction.atomic
def open_unit(board: Board, *, kind: str, name: str, by: User) -> Unit:
    """Record a unit of the board under its own name. Audits `members.unit_opened`.

    Raises RuleViolation `members.unit_taken`.
    """
    lock_board(board)
    _refuse_taken_name(board, name)
    unit = Unit.objects.create(board=board, kind=Unit.Kind(kind), name=name)
    record("members.unit_opened", unit, by=by, says=f"mencatat unit {unit}")
    return unit


@transaction.atomic
def open_usual_units(board: Board, *, by: User) -> list[Unit]:
    """Record the units every board has, as far as a kind is missing.

    Raises RuleViolation `members.no_unit_missing` when there is nothing to add.
    Source: governance sheet §1 (UPK, UPL, UPS, secretariat, Pengawas UPK, Penasehat).
    """
    lock_board(board)
    known = set(Unit.objects.filter(board=board, closed_on=None).values_list("kind"))
    missing = [kind for kind in Unit.USUAL_NAMES if (kind.value,) not in known]
    if not missing:
        raise RuleViolation(
            "Semua unit baku sudah tercatat.", code="members.no_unit_missing"
        )
    return [
        open_unit(board, kind=kind, name=Unit.USUAL_NAMES[kind], by=by)
        for kind in missing
    ]


@transaction.atomic
def rename_unit(form: BoardOwnedForm, *, by: User, says: str) -> Unit:
    """Save another name of a unit. Audits `members.unit_changed`.

    Raises EditConflict, or RuleViolation `members.unit_taken`.
    """
    lock_board(form.board)
    _refuse_taken_name(form.board, form.cleaned_data["name"], but=form.instance)
    return save_form(form, "members.unit_changed", by=by, says=says)


@transaction.atomic
def close_unit(unit: Unit, *, closed_on: date, by: User) -> Unit:
    """Dissolve a unit; `closed_on` is its last day. Audits `members.unit_closed`.

    Raises RuleViolation `members.unit_closed` or `members.unit_staffed`.
    """
    lock_board(unit.board)
    unit = Unit.objects.get(pk=unit.pk)
    if unit.closed_on:
        raise RuleViolation(
            f"Sudah dibubarkan per {format_date(unit.closed_on)}.",
            code="members.unit_closed",
        )
    staff = [
        row.person.full_name
        for row in unit.appointments.select_related("person")
        if (row.last_day or FOREVER) > closed_on
    ]
    if staff:
        raise RuleViolation(
            f"Masih bertugas sesudah hari itu: {', '.join(staff)}. Akhiri dulu"
            " tugasnya.",
            code="members.unit_staffed",
        )
    unit.closed_on = closed_on
    unit.revision += 1
    unit.save()
    says = f"membubarkan unit {unit} per {format_date(closed_on)}"
    record("members.unit_closed", unit, by=by, says=says)
    return unit


def _judge_appointment(appointment: Appointment) -> None:
    """Raise RuleViolation when an appointment cannot stand beside the others.

    Codes `members.appointment_backwards`, `members.appointment_outlives_unit`,
    `members.appointed_twice`, `members.doubling`.
    """
    unit, last = appointment.unit, appointment.last_day
    if last and last < appointment.started_on:
        raise RuleViolation(
            f"Berlaku sampai {format_date(appointment.started_on)} atau sesudahnya.",
            code="members.appointment_backwards",
        )
    if unit.closed_on and (last or FOREVER) > unit.closed_on:
        raise RuleViolation(
            f"{unit} dibubarkan per {format_date(unit.closed_on)}. Isi berlaku sampai"
            " hari itu atau sebelumnya.",
            code="members.appointment_outlives_unit",
        )
    span = span_of(appointment.started_on, last)
    same = unit.appointments.filter(person=appointment.person, post=appointment.post)
    for other in same.exclude(pk=appointment.pk):
        if span.meets(span_of(other.started_on, other.last_day)):
            raise RuleViolation(
                f"{appointment.person.full_name} sudah {appointment.title} mulai"
                f" {format_date(other.started_on)}. Akhiri dulu yang lama.",
                code="members.appointed_twice",
            )
    refuse_doubling(appointment.person, unit.kind, span, on=appointment.started_on)


@transaction.atomic
def appoint(
    unit: Unit,
    *,
    person: Person,
    post: str,
    started_on: date,
    ends_on: date | None = None,
    decree: str = "",
    by: User,
) -> Appointment:
    """Record that a person works in a unit from a day on.

    The decision behind it is linked by `deliberations`. Audits `members.appointed`.
    Raises RuleViolation `members.other_board`, `members.post_unknown`, or as
    `_judge_appointment` does. Source: governance sheet §3.6 (the members' meeting
    appoints and dismisses units and secretariat).
    """
    lock_board(unit.board)
    unit = Unit.objects.get(pk=unit.pk)
    if person.board_id != unit.board_id:
        raise RuleViolation("Warga ini tidak ada.", code="members.other_board")
    if post not in POSTS[unit.kind]:
        raise RuleViolation(
            f"Tugas itu tidak ada di {unit}.", code="members.post_unknown"
        )
    appointment = Appointment(
        board=unit.board,
        unit=unit,
        person=person,
        post=Appointment.Post(post),
        started_on=started_on,
        ends_on=ends_on,
        decree=decree,
    )
    _judge_appointment(appointment)
    appointment.save()
    since = format_date(started_on)
    says = f"mencatat {person.full_name} sebagai {appointment.title} mulai {since}"
    record("members.appointed", appointment, by=by, says=says)
    return appointment


@transaction.atomic
def change_appointment(
    appointment: Appointment,
    *,
    revision: int,
    started_on: date,
    ends_on: date | None,
    decree: str,
    by: User,
) -> Appointment:
    """Correct the days or the old decree. Audits `members.appointment_changed`.

    Raises EditConflict, or RuleViolation as `appoint` does and
    `members.appointment_ended` when it was ended already.
    """
    lock_board(appointment.board)
    claimed = Appointment.objects.filter(pk=appointment.pk, revision=revision)
    rows = Appointment.objects.select_related("person", "unit")
    if not claimed.update(revision=revision + 1):
        raise EditConflict(rows.get(pk=appointment.pk))
    appointment = rows.get(pk=appointment.pk)
    _refuse_ended(appointment)
    before = _facts_of(appointment)
    appointment.started_on, appointment.ends_on = started_on, ends_on
    appointment.decree = decree
    _judge_appointment(appointment)
    appointment.save()
    record(
        "members.appointment_changed",
        appointment,
        by=by,
        says=f"mengubah masa tugas {appointment}",
        before=before,
        after=_facts_of(appointment),
    )
    return appointment


def _facts_of(appointment: Appointment) -> str:
    """Days and old decree, as the log keeps them before and after."""
    facts = (appointment.started_on, appointment.ends_on, appointment.decree)
    return " ".join(str(fact) for fact in facts if fact)


def _refuse_ended(appointment: Appointment) -> None:
    if appointment.ended_on:
        raise RuleViolation(
            f"Sudah berakhir pada {format_date(appointment.ended_on)}.",
            code="members.appointment_ended",
        )


@transaction.atomic
def end_appointment(
    appointment: Appointment, *, ended_on: date, reason: str, by: User
) -> Appointment:
    """End an appointment; `ended_on` is the last day.

    Audits `members.appointment_ended`. Raises RuleViolation
    `members.appointment_ended` or `members.ends_outside`.
    """
    lock_board(appointment.board)
    rows = Appointment.objects.select_related("person", "unit")
    appointment = rows.get(pk=appointment.pk)
    _refuse_ended(appointment)
    if ended_on < appointment.started_on:
        raise RuleViolation(
            f"Hari terakhir harus {format_date(appointment.started_on)} atau"
            " sesudahnya.",
            code="members.ends_outside",
        )
    if appointment.ends_on and ended_on > appointment.ends_on:
        raise RuleViolation(
            f"Tugas ini berlaku sampai {format_date(appointment.ends_on)}. Pilih hari"
            " itu atau sebelumnya.",
            code="members.ends_outside",
        )
    appointment.ended_on = ended_on
    appointment.end_reason = Appointment.EndReason(reason)
    appointment.revision += 1
    appointment.save()
    record(
        "members.appointment_ended",
        appointment,
        by=by,
        says=f"mengakhiri tugas {appointment} per {format_date(ended_on)}:"
        f" {appointment.get_end_reason_display().lower()}",
    )
    return appointment
