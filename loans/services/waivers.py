"""A claim outside the book is given up by decision: hapus tagih.

Source: revolving-loans sheet §4.4 (3): a second decision, after the write-off.
"""

import datetime

from django.db import transaction

from boards.audit import record
from boards.models import User
from common.errors import RuleViolation
from common.money import format_rupiah
from deliberations.models import Decision
from loans.models import ClaimWaiver, Loan
from loans.services.applications import lock_loan
from loans.services.decision_money import check_covers
from loans.services.problem_decisions import (
    alone_words,
    check_decision,
    check_meeting,
)
from loans.services.recoveries import claim_left


@transaction.atomic
def waive_claim(
    loan: Loan, *, on: datetime.date, decision: Decision, reason: str, by: User
) -> ClaimWaiver:
    """Give up all that is left of a claim outside the book; nothing is booked.

    Only by a ratified decision of its own; one with an amount covers no more than
    that. Audits `loans.claim_waived`. Raises RuleViolation `loan.decision`,
    `loan.decision_day`, `loan.ratifier_books`, `loan.not_rwt`,
    `loan.second_decision`, `loan.no_claim`, `loan.before_claim`, `loan.future` or
    `loan.over_decision`.
    """
    # The decision is locked: two claims at once may not take the same money.
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    loan = lock_loan(loan)
    left = claim_left(loan)
    if left <= 0:
        raise RuleViolation(
            "Tidak ada tagihan di luar buku untuk pinjaman ini.", code="loan.no_claim"
        )
    check_decision(loan.board, decision, on, by)
    check_meeting(decision)
    _check_day(loan, on)
    _check_own(loan, decision, left)
    made = ClaimWaiver.objects.create(
        board=loan.board,
        loan=loan,
        decision=decision,
        on=on,
        amount=left,
        reason=reason,
        made_by=by,
    )
    says = f"menghapus tagih {loan} sebesar {format_rupiah(left)}"
    says += alone_words(decision, by)
    record("loans.claim_waived", made, by=by, says=says, amount=left)
    return made


def _check_day(loan: Loan, on: datetime.date) -> None:
    last = loan.recoveries.standing().order_by("-on").first()
    if on < max(loan.closed_on, last.on if last else loan.closed_on):
        raise RuleViolation(
            "Isi tanggal pinjaman keluar dari buku, atau uang terakhir diterima, atau"
            " sesudahnya.",
            code="loan.before_claim",
        )
    if on > loan.board.today():
        raise RuleViolation("Isi hari ini atau sebelumnya.", code="loan.future")


def _check_own(loan: Loan, decision: Decision, amount: int) -> None:
    """Not the decision by which the loan left the book; and it covers the amount."""
    written_off = loan.state == Loan.State.WRITTEN_OFF
    first = loan.write_off if written_off else loan.rescheduled_by
    if first.decision_id == decision.pk:
        raise RuleViolation(
            "Hapus tagih minta keputusan tersendiri, bukan keputusan yang"
            " mengeluarkan pinjaman dari buku.",
            code="loan.second_decision",
        )
    check_covers(decision, amount)
