"""Noting what was done about a loan that is behind, or visited after its payout."""

import datetime

from django.db import transaction

from boards.audit import record
from boards.models import User
from common.errors import RuleViolation
from common.words import format_date, inside_sentence
from loans.models import ArrearsStep, Loan
from loans.services.applications import lock_loan


@transaction.atomic
def note_step(
    loan: Loan,
    *,
    kind: str,
    on: datetime.date,
    by: User,
    note: str = "",
    next_on: datetime.date | None = None,
) -> ArrearsStep:
    """Add a step to the thread of a running loan; it is not changed later.

    Audits `loans.step_noted`, without figures. Raises RuleViolation
    `loan.not_running`, `loan.before_payout`, `loan.future`, `loan.next_early` or
    `loan.visit_unsaid`.
    """
    loan = lock_loan(loan)
    _check_step(loan, kind, on, note, next_on)
    step = ArrearsStep(
        board=loan.board,
        loan=loan,
        kind=kind,
        on=on,
        note=note,
        next_on=next_on,
        made_by=by,
        made_name=str(by),
    )
    step.full_clean()
    step.save(force_insert=True)
    what = inside_sentence(step.get_kind_display())
    says = f"mencatat {what} {format_date(on)} untuk {loan.group}"
    record("loans.step_noted", step, by=by, says=says)
    return step


def _check_step(
    loan: Loan,
    kind: str,
    on: datetime.date,
    note: str,
    next_on: datetime.date | None,
) -> None:
    if loan.state != Loan.State.ACTIVE:
        state = loan.get_state_display().lower()
        raise RuleViolation(f"Pinjaman ini {state}.", code="loan.not_running")
    if on < loan.disbursed_on:
        raise RuleViolation(
            f"Pinjaman cair {format_date(loan.disbursed_on)}. Isi tanggal itu atau"
            " sesudahnya.",
            code="loan.before_payout",
        )
    if on > loan.board.today():
        raise RuleViolation("Isi hari ini atau sebelumnya.", code="loan.future")
    if next_on and next_on < on:
        raise RuleViolation(
            "Tanggal berikutnya tidak sebelum langkah ini.", code="loan.next_early"
        )
    if kind in ArrearsStep.VISITS and not note:
        raise RuleViolation(
            "Tulis apa yang dilihat dan disepakati saat berkunjung.",
            code="loan.visit_unsaid",
        )
