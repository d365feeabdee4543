"""A payout that was wrong is taken back; the application stands approved again.

The loan that was paid out stays to be read, with its plan and its days in the book, so
statements of a past day say the same as then. A new row carries on with the decision.
"""

import datetime

from django.db import transaction

from boards.audit import record
from boards.models import LetterNumber, User
from boards.numbers import cancel_number
from common.errors import RuleViolation
from common.money import format_rupiah
from ledger.models import Voucher
from loans.models import Loan, LoanShare
from loans.services.applications import lock_loan
from loans.services.savings import put_back_savings, savings_of
from loans.services.standings import leave_book

# What the payout itself gave the loan; the row that carries on gets its own.
_OF_PAYOUT = {
    "state": Loan.State.APPROVED,
    "contract_number": "",
    "account_number": "",
    "service_charge": 0,
    "disbursed_on": None,
    "voucher": None,
    "received_by": "",
    "closed_on": None,
    "revision": 0,
}


def check_payout_undone(voucher: Voucher) -> None:
    """May the payout of this voucher be taken back as things stand?

    Asked by the books when the reversal is written (settings `LEDGER_REVERSAL_CHECKS`)
    and once more when it is let through. Raises RuleViolation `loan.not_running`,
    `loan.receipts_stand` or `loan.savings_used`.
    """
    loan = voucher.disburses
    standing = loan.receipts.standing().select_related("voucher")
    if receipts := list(standing.order_by("-on", "-pk")):
        numbers = ", ".join(str(one.voucher) for one in receipts)
        raise RuleViolation(
            f"Pinjaman ini sudah menerima angsuran. Batalkan dulu {numbers}.",
            code="loan.receipts_stand",
        )
    if loan.state != Loan.State.ACTIVE:
        raise RuleViolation(
            f"Pinjaman ini sudah {loan.get_state_display().lower()}, jadi pencairannya"
            " tidak dibatalkan.",
            code="loan.not_running",
        )
    cut = sum(move.amount for move in voucher.savings_moves.all())
    held = savings_of(loan.group)
    if cut > held:
        raise RuleViolation(
            f"Tabungan {loan.group} tinggal {format_rupiah(held)}, padahal"
            f" {format_rupiah(cut)} dipotong saat cair. Batalkan dulu pemakaiannya.",
            code="loan.savings_used",
        )


@transaction.atomic
def take_back_payout(voucher: Voucher, reversal: Voucher, by: User) -> None:
    """Undo a payout when the voucher that takes its voucher back is posted.

    The savings that were cut go back, the number of the contract is cancelled, and the
    application waits for its payout again, decided as it was. Audits
    `loans.payout_taken_back`. Called by the books (settings `LEDGER_REVERSALS`).
    Raises what `check_payout_undone` raises.
    """
    loan = lock_loan(voucher.disburses)
    voucher.disburses = loan
    check_payout_undone(voucher)
    put_back_savings(voucher, reversal)
    leave_book(loan, Loan.State.TAKEN_BACK, reversal.dated)
    _cancel_contract(loan, reversal.dated)
    again = _again(loan)
    says = (
        f"membatalkan pencairan {loan} sebesar {format_rupiah(loan.principal)}:"
        f" {reversal.description}"
    )
    for row in (loan, again):
        record("loans.payout_taken_back", row, by=by, says=says, amount=loan.principal)


def _cancel_contract(loan: Loan, on: datetime.date) -> None:
    """Its number stays in the register and is never given again."""
    found = LetterNumber.objects.filter(board=loan.board, text=loan.contract_number)
    for number in found:
        cancel_number(number, on=max(on, number.given_on))


def _again(loan: Loan) -> Loan:
    """The same application, checked and decided as before, not paid out."""
    kept = _copied(loan) | _OF_PAYOUT | {"resumes": loan}
    again = Loan(**kept)
    again.full_clean()
    again.save(force_insert=True)
    LoanShare.objects.bulk_create(
        LoanShare(**(_copied(share) | {"loan": again, "revision": 0}))
        for share in loan.shares.all()
    )
    return again


def _copied(row: Loan | LoanShare) -> dict:
    """Every column of a row but its key."""
    columns = (one.name for one in row._meta.concrete_fields if not one.primary_key)
    return {name: getattr(row, name) for name in columns}
