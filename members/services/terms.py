"""Acts on terms of office and mandates."""

from datetime import date

from django.db import transaction

from boards.audit import record
from boards.forms import EditConflict
from boards.models import Board, User
from boards.parameters import setting_of
from boards.tenants import lock_board
from common.errors import RuleViolation
from common.words import format_date
from members.models import Mandate, Person, Term
from members.posts import BOARD
from members.services.doubling import refuse_doubling
from members.terms import Span, fullest_day


def _judge_term(term: Term) -> None:
    """Raise RuleViolation when the days of a term cannot be."""
    if term.ends_on <= term.starts_on:
        raise RuleViolation(
            "Tanggal berakhir harus sesudah tanggal mulai.",
            code="members.term_backwards",
        )
    span = Span(term.starts_on, term.ends_on)
    for other in Term.objects.filter(board=term.board).exclude(pk=term.pk):
        if span.meets(Span(other.starts_on, other.ends_on)):
            raise RuleViolation(
                f"Bertumpuk dengan masa bakti {format_date(other.starts_on)} sampai "
                f"{format_date(other.ends_on)}. Ubah tanggalnya.",
                code="members.terms_overlap",
            )
    for mandate in term.mandates.select_related("person") if term.pk else ():
        last = mandate.ended_on or mandate.started_on
        if not span.holds(Span(mandate.started_on, last)):
            raise RuleViolation(
                f"{mandate.person.full_name} menjadi anggota mulai "
                f"{format_date(mandate.started_on)}, di luar tanggal itu.",
                code="members.term_cuts_mandate",
            )


@transaction.atomic
def open_term(
    board: Board,
    *,
    starts_on: date,
    ends_on: date,
    decree: str = "",
    seats: int | None = None,
    by: User,
) -> Term:
    """Record a term of office; both days are inside it. Audits `members.term_opened`.

    `seats` are those of its election; without them the board's rule holds. Raises
    RuleViolation `members.term_backwards` or `members.terms_overlap`.
    """
    lock_board(board)
    term = Term(
        board=board, starts_on=starts_on, ends_on=ends_on, decree=decree, seats=seats
    )
    _judge_term(term)
    term.save()
    record(
        "members.term_opened",
        term,
        by=by,
        says=f"mencatat masa bakti {format_date(starts_on)} sampai "
        f"{format_date(ends_on)}",
    )
    return term


@transaction.atomic
def change_term(
    term: Term, *, revision: int, starts_on: date, ends_on: date, decree: str, by: User
) -> Term:
    """Correct the days or the decree of a term. Audits `members.term_changed`.

    Raises EditConflict, or RuleViolation as `open_term` does and
    `members.term_cuts_mandate` when a member would stand outside.
    """
    lock_board(term.board)
    claimed = Term.objects.filter(pk=term.pk, revision=revision)
    if not claimed.update(revision=revision + 1):
        raise EditConflict(Term.objects.get(pk=term.pk))
    term.refresh_from_db()
    before = f"{term.starts_on} {term.ends_on} {term.decree}"
    term.starts_on, term.ends_on, term.decree = starts_on, ends_on, decree
    _judge_term(term)
    term.save()
    record(
        "members.term_changed",
        term,
        by=by,
        says=f"mengubah masa bakti menjadi {format_date(starts_on)} sampai "
        f"{format_date(ends_on)}",
        before=before,
        after=f"{starts_on} {ends_on} {decree}",
    )
    return term


def seats_of(term: Term, *, on: date) -> tuple[int, str]:
    """How many may sit in a term at once, and where that stands."""
    if term.seats:
        return term.seats, "kursi pemilihannya"
    rule = setting_of(term.board, "election_seats", on=on)
    return rule.value, "jumlah kursi menurut aturan"


def _refuse_full(mandate: Mandate, others: list[Mandate], span: Span) -> None:
    """No more sit than there are seats. Raises RuleViolation `members.seats_full`."""
    seats, word = seats_of(mandate.term, on=mandate.started_on)
    spans = [Span(other.started_on, other.last_day) for other in others]
    sitting, day = fullest_day(spans, span)
    if sitting >= seats:
        raise RuleViolation(
            f"Pada {format_date(day)} sudah ada {sitting} anggota, {word} {seats}."
            " Akhiri dulu kedudukan yang berhenti.",
            code="members.seats_full",
        )


def _judge_mandate(mandate: Mandate) -> None:
    """Raise RuleViolation when a mandate cannot stand beside the others."""
    term = mandate.term
    if not term.starts_on <= mandate.started_on <= term.ends_on:
        raise RuleViolation(
            f"Tanggal mulai harus antara {format_date(term.starts_on)} dan "
            f"{format_date(term.ends_on)}, di dalam masa bakti.",
            code="members.mandate_outside_term",
        )
    span = Span(mandate.started_on, mandate.last_day)
    rows = term.mandates.exclude(pk=mandate.pk).select_related("person", "term")
    others = list(rows)
    for other in others:
        if not span.meets(Span(other.started_on, other.last_day)):
            continue
        if other.person_id == mandate.person_id:
            raise RuleViolation(
                f"{other.person.full_name} sudah anggota pada tanggal itu. Akhiri dulu "
                "yang lama.",
                code="members.twice_a_member",
            )
        if other.position == mandate.position == Mandate.Position.COORDINATOR:
            raise RuleViolation(
                f"{other.person.full_name} masih koordinator pada tanggal itu. Akhiri "
                "dulu kedudukannya.",
                code="members.two_coordinators",
            )
    _refuse_full(mandate, others, span)
    refuse_doubling(mandate.person, BOARD, span, on=mandate.started_on)


@transaction.atomic
def give_mandate(
    term: Term, *, person: Person, position: str, started_on: date, by: User
) -> Mandate:
    """Make a person a member of the board inside a term, from a day on.

    Audits `members.mandate_given`. Raises RuleViolation `members.mandate_outside_term`,
    `members.twice_a_member`, `members.two_coordinators`, `members.seats_full` or
    `members.other_board`. Source: governance sheet §3.1 (number of members) and §3.6
    (the members' meeting picks the koordinator).
    """
    lock_board(term.board)
    if person.board_id != term.board_id:
        raise RuleViolation("Warga ini tidak ada.", code="members.other_board")
    mandate = Mandate(
        board=term.board,
        term=term,
        person=person,
        position=Mandate.Position(position),
        started_on=started_on,
    )
    _judge_mandate(mandate)
    mandate.save()
    record(
        "members.mandate_given",
        mandate,
        by=by,
        says=f"mencatat {person.full_name} sebagai "
        f"{mandate.get_position_display().lower()} mulai {format_date(started_on)}",
    )
    return mandate


@transaction.atomic
def end_mandate(mandate: Mandate, *, ended_on: date, reason: str, by: User) -> Mandate:
    """End a mandate; `ended_on` is the last day in office.

    Audits `members.mandate_ended`. Raises RuleViolation `members.mandate_ended`,
    `members.ends_before_start` or `members.mandate_outside_term`.
    """
    lock_board(mandate.board)
    mandate = Mandate.objects.select_related("person", "term").get(pk=mandate.pk)
    if mandate.ended_on:
        raise RuleViolation(
            f"Sudah berakhir pada {format_date(mandate.ended_on)}.",
            code="members.mandate_ended",
        )
    if ended_on < mandate.started_on:
        raise RuleViolation(
            f"Hari terakhir harus {format_date(mandate.started_on)} atau sesudahnya.",
            code="members.ends_before_start",
        )
    if ended_on > mandate.term.ends_on:
        raise RuleViolation(
            f"Masa bakti berakhir {format_date(mandate.term.ends_on)}. Pilih hari itu "
            "atau sebelumnya.",
            code="members.mandate_outside_term",
        )
    mandate.ended_on, mandate.end_reason = ended_on, Mandate.EndReason(reason)
    mandate.revision += 1
    mandate.save()
    record(
        "members.mandate_ended",
        mandate,
        by=by,
        says=f"mengakhiri kedudukan {mandate.person.full_name} per "
        f"{format_date(ended_on)}: {mandate.get_end_reason_display().lower()}",
    )
    return mandate
