"""Acts that seat people by a decision: an election's result, a seat filled anew."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from boards.audit import record
from boards.models import User
from boards.tenants import lock_board
from common.errors import RuleViolation
from common.words import format_date
from deliberations.models import (
    Decision,
    Meeting,
    Replacement,
    SeatedElection,
    SeatedMandate,
)
from deliberations.vacancies import next_reserve, usable_decisions
from members.models import Election, Mandate, Nominee, Person
from members.services import (
    end_mandate,
    give_mandate,
    note_reserve_letter,
    open_term,
)
from members.standings import line_up


def _usable(decision: Decision) -> Decision:
    """The decision under a lock, judged. Raises `seats.decision`."""
    Decision.objects.select_for_update().get(pk=decision.pk)
    found = usable_decisions(decision.board).filter(pk=decision.pk).first()
    if found is None:
        raise RuleViolation(
            "Pilih keputusan keanggotaan yang sudah disahkan, masih berlaku, dan"
            " belum dipakai.",
            code="seats.decision",
        )
    return found


def _finished(election: Election) -> Election:
    """The election, over and not yet turned into a term."""
    election = Election.objects.select_related("board").get(pk=election.pk)
    if not election.finished_at:
        raise RuleViolation("Selesaikan dulu pemilihannya.", code="seats.not_finished")
    if SeatedElection.objects.filter(election=election).exists():
        raise RuleViolation(
            "Hasil pemilihan ini sudah ditetapkan.", code="seats.seated"
        )
    return election


def _judge_coordinator(coordinator: Nominee | None, taking: list[Nominee]) -> None:
    if coordinator and coordinator not in taking:
        raise RuleViolation(
            "Koordinator dipilih dari yang terpilih.", code="seats.coordinator"
        )


@transaction.atomic
def seat_election(
    election: Election,
    *,
    decision: Decision,
    coordinator: Nominee | None = None,
    by: User,
    at: datetime.datetime,
) -> SeatedElection:
    """Make term and mandates of a finished election, by a decision. Once.

    Everybody who takes a seat sits from the first day of the term. Audits
    `deliberations.election_seated`. Raises RuleViolation `seats.not_finished`,
    `seats.seated`, `seats.decision`, `seats.coordinator` and what `open_term` and
    `give_mandate` raise (`members.terms_overlap` …).
    """
    lock_board(election.board)
    election = _finished(election)
    decision = _usable(decision)
    taking = line_up(election).taking
    _judge_coordinator(coordinator, taking)
    term = open_term(
        election.board,
        starts_on=election.starts_on,
        ends_on=election.ends_on,
        decree=decision.number_text,
        seats=election.seats,
        by=by,
    )
    facts = {"board": election.board, "decision": decision, "term": term}
    seated = SeatedElection.objects.create(election=election, at=at, by=by, **facts)
    for nominee in taking:
        _sit(seated, nominee, leads=nominee == coordinator, by=by)
    record(
        "deliberations.election_seated",
        decision,
        by=by,
        says=f"menetapkan {len(taking)} anggota dari {election.title} berdasarkan"
        f" keputusan {decision.number_text}",
    )
    return seated


def _sit(seated: SeatedElection, nominee: Nominee, *, leads: bool, by: User) -> None:
    position = Mandate.Position.COORDINATOR if leads else Mandate.Position.MEMBER
    mandate = give_mandate(
        seated.term,
        person=nominee.person,
        position=position,
        started_on=seated.term.starts_on,
        by=by,
    )
    SeatedMandate.objects.create(
        board=seated.board, seated=seated, mandate=mandate, nominee=nominee
    )


@dataclass(frozen=True)
class Leaving:
    """Last day in office and why; for a member who still sits."""

    ended_on: datetime.date
    reason: str


@dataclass(frozen=True)
class Successor:
    """Who follows: the next reserve with the day of the letter, or another person.

    `person` counts only where no reserve is left. `reserve` is the key of the reserve
    that was on the page, 0 for none; None when no page was read.
    """

    started_on: datetime.date
    willing_on: datetime.date | None = None
    person: Person | None = None
    reserve: int | None = None


@transaction.atomic
def replace_member(
    mandate: Mandate,
    *,
    leaving: Leaving | None,
    successor: Successor,
    decision: Decision,
    by: User,
    at: datetime.datetime,
) -> Replacement:
    """Fill the seat of a member for the rest of the term, by a decision (PAW).

    The next reserve moves up; without one a rembug khusus decides. No letter is of a
    later day than `at`. Audits `deliberations.member_replaced`. Raises RuleViolation
    `seats.…` of the judgements below, and what `end_mandate`, `note_reserve_letter`
    and `give_mandate` raise. Source: governance sheet, section 3.6.
    """
    lock_board(mandate.board)
    mandate = _leave(mandate, leaving, by=by)
    decision = _usable(decision)
    nominee = next_reserve(mandate.term)
    _judge_days(mandate, successor, decision)
    person = _judge_successor(nominee, successor, decision)
    new = _follow(mandate, person, nominee, successor, by=by, at=at)
    replacement = Replacement.objects.create(
        board=mandate.board,
        decision=decision,
        left=mandate,
        mandate=new,
        nominee=nominee,
        at=at,
        by=by,
    )
    record(
        "deliberations.member_replaced",
        decision,
        by=by,
        says=f"mencatat {replacement} mulai {format_date(successor.started_on)}"
        f" berdasarkan keputusan {decision.number_text}",
    )
    return replacement


def _follow(
    mandate, person: Person, nominee, successor: Successor, *, by, at
) -> Mandate:
    """The letter of a reserve, and the mandate for the rest of the term."""
    if nominee and nominee.willing != Nominee.Willing.WILLING:
        note_reserve_letter(
            nominee,
            willing=Nominee.Willing.WILLING,
            on=successor.willing_on,
            note="PAW",
            today=mandate.board.local(at).date(),
            by=by,
        )
    return give_mandate(
        mandate.term,
        person=person,
        position=Mandate.Position.MEMBER,
        started_on=successor.started_on,
        by=by,
    )


def _leave(mandate: Mandate, leaving: Leaving | None, *, by: User) -> Mandate:
    """The seat as it is left: ended now, or before."""
    mandate = Mandate.objects.select_related("term", "person", "board").get(
        pk=mandate.pk
    )
    if Replacement.objects.filter(left=mandate).exists():
        raise RuleViolation("Kursi ini sudah diisi.", code="seats.filled")
    if not mandate.ended_on:
        if leaving is None:
            raise RuleViolation("Isi hari terakhir dan sebabnya.", code="seats.leaving")
        end_mandate(mandate, ended_on=leaving.ended_on, reason=leaving.reason, by=by)
        mandate.refresh_from_db()
    moved = mandate.end_reason == Mandate.EndReason.NEW_POSITION
    if moved or mandate.ended_on >= mandate.term.ends_on:
        raise RuleViolation(
            "Kursi ini tidak kosong: yang bersangkutan berganti kedudukan, atau masa"
            " baktinya sudah habis.",
            code="seats.no_vacancy",
        )
    return mandate


def _judge_successor(
    nominee: Nominee | None, successor: Successor, decision: Decision
) -> Person:
    now = nominee.pk if nominee else 0
    if successor.reserve not in (None, now):
        raise RuleViolation(
            "Urutan cadangan baru saja berubah. Buka halaman ini sekali lagi, lalu"
            " periksa siapa penggantinya.",
            code="seats.reserve_changed",
        )
    if nominee:
        asked = nominee.willing != Nominee.Willing.WILLING
        if asked and successor.willing_on is None:
            raise RuleViolation(
                f"Isi tanggal surat kesediaan {nominee.name}.", code="seats.willing"
            )
        return nominee.person
    if decision.meeting.kind != Meeting.Kind.KHUSUS:
        raise RuleViolation(
            "Tidak ada cadangan yang bersedia. Penggantinya dipilih rembug khusus:"
            " pakai keputusan dari rembug khusus.",
            code="seats.no_reserve",
        )
    if successor.person is None:
        raise RuleViolation("Pilih penggantinya.", code="seats.person")
    return successor.person


def _judge_days(mandate: Mandate, successor: Successor, decision: Decision) -> None:
    earliest = max(mandate.ended_on + datetime.timedelta(1), decision.held_on)
    if successor.started_on < earliest:
        raise RuleViolation(
            f"Pengganti mulai {format_date(earliest)} atau sesudahnya: sesudah hari"
            " terakhir yang diganti dan tidak sebelum rapatnya.",
            code="seats.too_early",
        )
