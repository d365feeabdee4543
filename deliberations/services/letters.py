"""The book of letters that came in: recording, correcting, cancelling one."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from boards.audit import record
from boards.files import keep_file
from boards.forms import EditConflict
from boards.models import Board, User
from boards.numbers import cancel_number, give_number
from boards.uploads import ReadFile
from common.errors import RuleViolation
from common.words import format_date_short
from deliberations.models import IncomingLetter

NUMBER_TYPE = "SM"


@dataclass(frozen=True)
class Scan:
    """A scan that was looked at; its bytes are on the disk under `digest`."""

    file: ReadFile
    digest: str


@transaction.atomic
def record_letter(
    board: Board,
    *,
    facts: dict[str, Any],
    scan: Scan | None,
    on: datetime.date,
    by: User,
) -> IncomingLetter:
    """Enter a letter into the book and give it its agenda number of that year.

    `facts` are columns of IncomingLetter. Raises RuleViolation `letter.future`,
    ValidationError. Source: governance sheet, section 4.5 (running numbers).
    """
    _refuse_future(facts["received_on"], on)
    letter = IncomingLetter(board=board, created_by=by, **facts)
    number = give_number(
        board, NUMBER_TYPE, on=letter.received_on, subject_name=letter.subject
    )
    letter.number, letter.number_text = number, number.text
    _keep_scan(letter, scan, by=by)
    letter.full_clean()
    letter.save(force_insert=True)
    record(
        "deliberations.letter_recorded",
        letter,
        by=by,
        # Who wrote it is read inside the board alone; the log is read further off.
        says=f"mencatat surat masuk {letter.number_text}",
    )
    return letter


@transaction.atomic
def change_letter(
    letter: IncomingLetter,
    *,
    facts: dict[str, Any],
    scan: Scan | None,
    seen_revision: int,
    on: datetime.date,
    by: User,
) -> IncomingLetter:
    """Correct what is written about a letter, or add disposition, scan, meeting.

    A scan that is there stays until another takes its place. Raises EditConflict,
    ValidationError, or RuleViolation `letter.cancelled`, `letter.future`,
    `letter.other_year`.
    """
    current = _lock(letter)
    if current.revision != seen_revision:
        raise EditConflict(current)
    refuse_cancelled(current)
    _refuse_future(facts["received_on"], on)
    _refuse_other_year(current, facts["received_on"])
    changed = [name for name in facts if getattr(current, name) != facts[name]]
    for name, value in facts.items():
        setattr(current, name, value)
    _keep_scan(current, scan, by=by)
    current.revision += 1
    current.full_clean()
    current.save()
    labels = [str(current._meta.get_field(name).verbose_name) for name in changed]
    labels += ["pindaian"] if scan else []
    record(
        "deliberations.letter_changed",
        current,
        by=by,
        says=f"mengubah surat masuk {current.number_text}"
        + (f": {', '.join(labels)}" if labels else ""),
    )
    return current


@transaction.atomic
def cancel_letter(
    letter: IncomingLetter, *, reason: str, on: datetime.date, by: User
) -> IncomingLetter:
    """Strike a wrong entry out; its number stays in the book.

    Raises RuleViolation `letter.cancelled`.
    """
    current = _lock(letter)
    refuse_cancelled(current)
    current.cancelled_on, current.cancel_reason = on, reason
    current.revision += 1
    current.save()
    cancel_number(current.number, on=max(on, current.number.given_on))
    record(
        "deliberations.letter_cancelled",
        current,
        by=by,
        says=f"membatalkan surat masuk {current.number_text}: {reason}",
    )
    return current


def refuse_cancelled(letter: IncomingLetter) -> None:
    """Raise RuleViolation `letter.cancelled`, before any upload."""
    if letter.cancelled_on:
        raise RuleViolation(
            f"Surat masuk {letter.number_text} sudah dibatalkan.",
            code="letter.cancelled",
        )


def _lock(letter: IncomingLetter) -> IncomingLetter:
    rows = IncomingLetter.objects.select_for_update(of=("self",))
    return rows.select_related("board", "number").get(pk=letter.pk)


def _refuse_future(received_on: datetime.date, today: datetime.date) -> None:
    if received_on > today:
        raise RuleViolation(
            f"Tanggal terima paling akhir hari ini, {format_date_short(today)}.",
            code="letter.future",
        )


def _refuse_other_year(letter: IncomingLetter, received_on: datetime.date) -> None:
    """Agenda numbers begin anew each year."""
    year = letter.number.year
    if received_on.year != year:
        raise RuleViolation(
            f"Nomor agenda {letter.number_text} milik tahun {year}. Tanggal terima"
            " harus di tahun itu.",
            code="letter.other_year",
        )


def _keep_scan(letter: IncomingLetter, scan: Scan | None, *, by: User) -> None:
    if scan:
        letter.file = keep_file(scan.file, scan.digest, board=letter.board, by=by)
