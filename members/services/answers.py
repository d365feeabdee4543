"""Letters and objections round an election: who accepts, who objects, what was said."""

from datetime import date

from django.db import transaction

from boards.audit import record
from boards.forms import EditConflict
from boards.models import User
from common.errors import RuleViolation
from common.words import format_date
from members.models import (
    Election,
    ElectionArea,
    FinalPlace,
    Nominee,
    Objection,
)
from members.services.elections import lock_running

PLACED = (Nominee.Outcome.ELECTED, Nominee.Outcome.RESERVE)


def judge_day(day: date, *, earliest: date | None, today: date, what: str) -> None:
    """What was written or said happened by today, and not before the vote.

    Raises RuleViolation `election.day_future` or `election.day_early`; forms show both
    beside the day.
    """
    if day > today:
        raise RuleViolation(
            f"{what} tidak boleh sesudah hari ini, {format_date(today)}.",
            code="election.day_future",
        )
    if earliest and day < earliest:
        raise RuleViolation(
            f"{what} tidak boleh sebelum {format_date(earliest)}.",
            code="election.day_early",
        )


def _first_day(election: Election, area: ElectionArea | None) -> date:
    """The day of the vote that is objected to; of the whole election its opening."""
    return (area and area.held_on) or election.opened_on


@transaction.atomic
def raise_objection(
    election: Election, *, facts: dict, today: date, by: User
) -> Objection:
    """Note that somebody objects. Audits `members.objection_raised`.

    Raises RuleViolation `election.finished` and what `judge_day` raises.
    """
    current = lock_running(election)
    judge_day(
        facts["raised_on"],
        earliest=_first_day(current, facts.get("area")),
        today=today,
        what="Tanggal keberatan",
    )
    objection = Objection(board=current.board, election=current, **facts)
    objection.full_clean()
    objection.save()
    record(
        "members.objection_raised",
        current,
        by=by,
        says=f"mencatat keberatan {objection.name} atas {current.title}",
    )
    return objection


@transaction.atomic
def answer_objection(
    objection: Objection, *, answer: str, answered_on: date, today: date, by: User
) -> Objection:
    """Note the committee's answer. Audits `members.objection_answered`.

    Raises RuleViolation `election.answered`, what `judge_day` raises, and
    ValidationError.
    """
    current = lock_running(objection.election)
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    if objection.answered_on:
        raise RuleViolation(
            f"Sudah dijawab {format_date(objection.answered_on)}.",
            code="election.answered",
        )
    judge_day(
        answered_on, earliest=objection.raised_on, today=today, what="Tanggal jawaban"
    )
    objection.answer, objection.answered_on = answer, answered_on
    objection.revision += 1
    objection.full_clean()
    objection.save()
    record(
        "members.objection_answered",
        current,
        by=by,
        says=f"mencatat jawaban atas keberatan {objection.name}",
    )
    return objection


@transaction.atomic
def note_willingness(
    nominee: Nominee,
    *,
    willing: str,
    on: date,
    note: str = "",
    today: date,
    by: User,
    seen_revision: int | None = None,
) -> Nominee:
    """Note the letter by which somebody accepts or declines a place.

    Whoever declines is passed over, and the next reserve moves up, until the election
    is over. Audits `members.willingness_noted`. Raises RuleViolation
    `election.finished`, `election.not_placed`, what `judge_day` raises, and
    EditConflict when another answer was noted after `seen_revision`.
    """
    lock_running(nominee.area.election)
    row = _lock_placed(nominee, seen_revision)
    return _note(row, willing=willing, on=on, note=note, today=today, by=by)


@transaction.atomic
def note_reserve_letter(
    nominee: Nominee,
    *,
    willing: str,
    on: date,
    note: str = "",
    today: date,
    by: User,
    seen_revision: int | None = None,
) -> Nominee:
    """Note whether a reserve of a finished election still accepts a seat (PAW).

    The line-up that was settled stays as it is. Audits `members.willingness_noted`.
    Raises RuleViolation `election.not_reserve`, and what `note_willingness` raises.
    Source: governance sheet, section 3.6.
    """
    row = _lock_placed(nominee, seen_revision)
    final = FinalPlace.objects.filter(nominee=row).first()
    if final is None or final.place != FinalPlace.Place.RESERVE:
        raise RuleViolation(
            "Hanya cadangan dari pemilihan yang sudah selesai yang dicatat di sini.",
            code="election.not_reserve",
        )
    return _note(row, willing=willing, on=on, note=note, today=today, by=by)


def _lock_placed(nominee: Nominee, seen_revision: int | None) -> Nominee:
    rows = Nominee.objects.select_for_update(of=("self",)).select_related("area")
    row = rows.get(pk=nominee.pk)
    if seen_revision not in (None, row.revision):
        raise EditConflict(row)
    if row.outcome not in PLACED:
        raise RuleViolation(
            "Kesediaan dicatat sesudah hasil ditetapkan, bagi yang terpilih atau"
            " cadangan.",
            code="election.not_placed",
        )
    return row


def _note(
    row: Nominee, *, willing: str, on: date, note: str, today: date, by: User
) -> Nominee:
    judge_day(on, earliest=row.area.held_on, today=today, what="Tanggal surat")
    row.willing, row.willing_on, row.willing_note = willing, on, note
    row.revision += 1
    row.full_clean()
    row.save()
    record(
        "members.willingness_noted",
        row,
        by=by,
        says=f"mencatat {row.name} {row.get_willing_display().lower()}"
        f" pada {format_date(on)}",
    )
    return row
