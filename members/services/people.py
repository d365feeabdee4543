"""Acts on residents: saving one, looking at a NIK, letting the list go out."""

import re

from django.db import transaction

from boards.audit import record
from boards.forms import BoardOwnedForm, save_form
from boards.models import Board, User
from boards.tenants import lock_board
from common.errors import RuleViolation
from members.models import Person
from members.nik import open_nik

SHORTEST_REASON = 8
LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){8}")


@transaction.atomic
def save_person(form: BoardOwnedForm, action: str, *, by: User, says: str) -> Person:
    """Save a resident from a checked form; audits `action`.

    Raises EditConflict, or RuleViolation `members.nik_taken` when somebody else in
    the board has the NIK.
    """
    person: Person = form.instance
    lock_board(person.board)
    same = Person.objects.filter(board=person.board, nik_hmac=person.nik_hmac)
    holder = same.exclude(pk=person.pk).first() if person.nik_hmac else None
    if holder:
        raise RuleViolation(
            f"NIK ini sudah tercatat pada {holder}.", code="members.nik_taken"
        )
    return save_form(form, action, by=by, says=says)


@transaction.atomic
def reveal_nik(person: Person, *, reason: str, by: User) -> str:
    """The NIK in full, once, for a reason that stays in the log.

    Audits `members.nik_revealed` (never the number). Raises RuleViolation
    `members.no_nik`, `members.reason_missing` or `members.reason_with_digits`.
    Source: UU 27/2022; reliability.md §13.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise RuleViolation(
            "Tulis untuk apa NIK ini dibuka, misalnya: surat keterangan ahli waris.",
            code="members.reason_missing",
        )
    if LONG_NUMBER.search(reason):
        raise RuleViolation(
            "Tulis alasan tanpa NIK atau nomor telepon: alasan ini tercatat.",
            code="members.reason_with_digits",
        )
    if not person.nik_sealed:
        raise RuleViolation("NIK warga ini belum diisi.", code="members.no_nik")
    record(
        "members.nik_revealed",
        person,
        by=by,
        says=f"membuka NIK {person.full_name}: {reason.strip()}",
    )
    return open_nik(person)


@transaction.atomic
def record_export(board: Board, *, rows: int, by: User) -> None:
    """Note that the list of residents left the portal. Audits `members.exported`."""
    record(
        "members.exported",
        board,
        by=by,
        says=f"mengunduh daftar {rows} warga, NIK tersamar",
        rows=rows,
    )
