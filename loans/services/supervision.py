"""What the Pengawas do, and what the UPK answers.

Source: revolving-loans sheet §1.4 (R4, R6).
"""

import datetime
import secrets
from collections.abc import Mapping

from django.db import transaction

from boards.audit import record
from boards.models import Board, User
from common.errors import RuleViolation
from common.money import format_rupiah
from common.words import format_date
from ledger.balances import balances
from ledger.chart import Use
from ledger.models import Book
from loans.models import (
    CashCount,
    CashPieces,
    Finding,
    Loan,
    LoanSample,
    SampledLoan,
)
from loans.sampling import draw

SEEDS = 1_000_000


@transaction.atomic
def draw_sample(
    board: Board, *, size: int, by: User, seed: int | None = None
) -> LoanSample:
    """Draw running loans by lot; the machine picks the seed and keeps it.

    Audits `loans.sample_drawn`. Raises RuleViolation `supervision.no_loans`.
    """
    running = Loan.objects.running().filter(board=board)
    known = dict(running.values_list("pk", "standing__balance"))
    if not known:
        raise RuleViolation("Belum ada pinjaman berjalan.", code="supervision.no_loans")
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    drawn = draw(known, size=size, seed=seed)
    sample = LoanSample.objects.create(
        board=board,
        drawn_on=board.today(),
        seed=seed,
        size=len(drawn),
        population=len(known),
        drawn_by=by,
        drawn_name=str(by),
    )
    SampledLoan.objects.bulk_create(
        SampledLoan(
            board=board,
            region_code=board.region_code,
            sample=sample,
            loan_id=pk,
            position=position,
            booked=known[pk],
        )
        for position, pk in enumerate(drawn, 1)
    )
    says = f"mengundi {len(drawn)} dari {len(known)} pinjaman, angka undian {seed}"
    record("loans.sample_drawn", sample, by=by, says=says)
    return sample


@transaction.atomic
def note_visit(
    row: SampledLoan, *, visited_on: datetime.date, seen: int, note: str, by: User
) -> SampledLoan:
    """Write what the group's own card says, and what the visit showed.

    Audits `loans.sample_visited`. Raises RuleViolation `supervision.visit_day`.
    """
    row = SampledLoan.objects.select_for_update().get(pk=row.pk)
    drawn_on, today = row.sample.drawn_on, row.board.today()
    if not drawn_on <= visited_on <= today:
        raise RuleViolation(
            f"Isi tanggal antara {format_date(drawn_on)} dan hari ini.",
            code="supervision.visit_day",
        )
    row.visited_on, row.seen, row.note = visited_on, seen, note
    row.noted_by, row.noted_name = by, str(by)
    row.revision += 1
    row.full_clean()
    row.save()
    says = f"mencatat kunjungan Pengawas ke {row.loan.group}"
    record("loans.sample_visited", row, by=by, says=says)
    return row


@transaction.atomic
def count_cash(
    book: Book,
    *,
    pieces: Mapping[int, int],
    cashier_name: str,
    explanation: str,
    by: User,
) -> CashCount:
    """Keep a count of the cash box against the book of today.

    `pieces` is how many notes and coins of each value. Audits `loans.cash_counted`.
    Raises RuleViolation `supervision.unexplained`.
    """
    today = book.board.today()
    booked = balances(book, until=today).of_use(Use.CASH)
    counted = sum(value * number for value, number in pieces.items())
    if counted != booked and not explanation:
        raise RuleViolation(
            _difference(counted, booked), code="supervision.unexplained"
        )
    made = CashCount.objects.create(
        board=book.board,
        book=book,
        counted_on=today,
        counted=counted,
        booked=booked,
        cashier_name=cashier_name,
        explanation=explanation if counted != booked else "",
        made_by=by,
        made_name=str(by),
    )
    CashPieces.objects.bulk_create(
        CashPieces(count=made, value=value, pieces=number)
        for value, number in pieces.items()
        if number
    )
    word = "sama dengan buku" if counted == booked else "berbeda dari buku"
    record("loans.cash_counted", made, by=by, says=f"menghitung kas UPK: {word}")
    return made


def _difference(counted: int, booked: int) -> str:
    word = "kurang" if counted < booked else "lebih"
    return (
        f"Uang di kas {format_rupiah(counted)}, di buku {format_rupiah(booked)}:"
        f" {word} {format_rupiah(abs(counted - booked))}. Hitung ulang, lalu tulis"
        " penjelasan kasir."
    )


@transaction.atomic
def note_finding(finding: Finding, *, by: User) -> Finding:
    """Keep a finding; `finding` is a row not yet saved, with its board.

    Audits `loans.finding_noted`. Raises RuleViolation `supervision.due_day`.
    """
    finding.found_on = finding.board.today()
    if finding.due_on < finding.found_on:
        raise RuleViolation("Isi hari ini atau sesudahnya.", code="supervision.due_day")
    finding.made_by, finding.made_name = by, str(by)
    finding.full_clean()
    finding.save(force_insert=True)
    says = f"mencatat temuan, jawaban paling lambat {format_date(finding.due_on)}"
    record("loans.finding_noted", finding, by=by, says=says)
    return finding


def _lock(finding: Finding) -> Finding:
    """Raises RuleViolation `supervision.closed`."""
    rows = Finding.objects.select_related("board").select_for_update(of=("self",))
    current = rows.get(pk=finding.pk)
    if current.closed_on:
        raise RuleViolation("Temuan ini sudah selesai.", code="supervision.closed")
    return current


@transaction.atomic
def answer_finding(finding: Finding, *, answer: str, by: User) -> Finding:
    """The UPK answers; it may answer anew until the Pengawas closes the finding.

    Audits `loans.finding_answered`. Raises RuleViolation `supervision.closed`.
    """
    current = _lock(finding)
    current.answer, current.answered_on = answer, current.board.today()
    current.answered_by, current.answered_name = by, str(by)
    current.revision += 1
    current.full_clean()
    current.save()
    record("loans.finding_answered", current, by=by, says="menjawab temuan Pengawas")
    return current


@transaction.atomic
def close_finding(finding: Finding, *, note: str, by: User) -> Finding:
    """The Pengawas are satisfied with the answer; the finding is final.

    Audits `loans.finding_closed`. Raises RuleViolation `supervision.closed`,
    `supervision.no_answer` or `supervision.second_person`.
    """
    current = _lock(finding)
    if not current.answered_on:
        raise RuleViolation("UPK belum menjawab.", code="supervision.no_answer")
    if current.answered_by_id == by.pk:
        raise RuleViolation(
            "Anda yang menjawab. Yang menyelesaikan: Pengawas lain.",
            code="supervision.second_person",
        )
    current.closed_on, current.closed_by = current.board.today(), by
    current.close_note = note
    current.revision += 1
    current.full_clean()
    current.save()
    record("loans.finding_closed", current, by=by, says="menyelesaikan temuan Pengawas")
    return current
