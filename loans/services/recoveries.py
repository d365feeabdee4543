"""Money that comes in on a claim outside the book.

A loan that was written off, or the old charge of one with a new plan.
Source: revolving-loans sheet §4.4 and §6.3.
"""

import datetime

from django.db import transaction
from django.db.models import Sum

from boards.audit import record
from boards.models import Board, User
from boards.parameters import setting_of
from common.errors import RuleViolation
from common.money import format_rupiah
from ledger.chart import Use
from ledger.models import Voucher
from ledger.services import Draft, write_voucher
from ledger.services import Line as Side
from loans.models import ClaimWaiver, Loan, Recovery
from loans.services.applications import lock_loan
from loans.services.payout import SOURCES, fund_book


def claim_of(loan: Loan) -> int:
    """Rupiah that was left to collect outside the book when the loan ended."""
    if loan.state == Loan.State.WRITTEN_OFF:
        return loan.write_off.claim
    if loan.state == Loan.State.RESCHEDULED:
        return loan.rescheduled_by.charge_claim
    return 0


def recovered_of(loan: Loan) -> int:
    """Rupiah that came in on the claim."""
    rows = loan.recoveries.standing()
    return rows.aggregate(total=Sum("amount"))["total"] or 0


def waived_of(loan: Loan) -> int:
    """Rupiah of the claim that was given up."""
    rows = ClaimWaiver.objects.filter(loan=loan)
    return rows.aggregate(total=Sum("amount"))["total"] or 0


def claim_left(loan: Loan) -> int:
    """Rupiah that may still be collected outside the book."""
    return claim_of(loan) - recovered_of(loan) - waived_of(loan)


@transaction.atomic
def receive_recovery(
    loan: Loan, *, on: datetime.date, amount: int, source: str, payer: str, by: User
) -> Recovery:
    """Take money on a claim; never more than is claimed.

    Audits `loans.recovered`. Raises RuleViolation `loan.no_claim`, `loan.amount`,
    `loan.before_claim`, `loan.over_claim`, or what `write_voucher` raises.
    """
    loan = lock_loan(loan)
    _check(loan, on, amount)
    made = Recovery(
        board=loan.board,
        loan=loan,
        on=on,
        source=source,
        payer=payer,
        amount=amount,
        made_by=by,
        voucher=_book(loan, on, amount, source, payer, by),
    )
    made.full_clean()
    made.save(force_insert=True)
    says = f"menerima tagihan {loan} {format_rupiah(amount)}, {made.voucher}"
    record("loans.recovered", made, by=by, says=says, amount=amount)
    return made


def _check(loan: Loan, on: datetime.date, amount: int) -> None:
    left = claim_left(loan)
    if left <= 0:
        raise RuleViolation(
            "Tidak ada tagihan di luar buku untuk pinjaman ini.", code="loan.no_claim"
        )
    if amount <= 0:
        raise RuleViolation("Isi jumlah lebih dari nol.", code="loan.amount")
    if on < loan.closed_on:
        raise RuleViolation(
            "Isi tanggal pinjaman keluar dari buku atau sesudahnya.",
            code="loan.before_claim",
        )
    if amount > left:
        raise RuleViolation(
            f"Sisa tagihan tinggal {format_rupiah(left)}.", code="loan.over_claim"
        )


def _credit(loan: Loan, board: Board, on: datetime.date) -> Use:
    """Old charge is income from loans; the rest as the board's rule says."""
    if loan.state == Loan.State.RESCHEDULED:
        return Use.SERVICE_CHARGE
    rule = setting_of(board, "recovery_account", on=on).value
    return Use.RESERVE if rule == "reserve" else Use.RECOVERY


def _book(
    loan: Loan, on: datetime.date, amount: int, source: str, payer: str, by: User
) -> Voucher:
    book = fund_book(loan.board)
    accounts = book.accounts
    draft = Draft(
        kind=Voucher.Kind.RECEIPT,
        form="recovery",
        dated=on,
        description=f"Tagihan di luar buku {loan.account_number} {loan.group}"[:200],
        party=payer,
        lines=[
            Side(accounts.of_use(SOURCES[source]), debit=amount),
            Side(accounts.of_use(_credit(loan, loan.board, on)), credit=amount),
        ],
    )
    return write_voucher(book, draft, by=by)


def take_back_recovery(voucher: Voucher, reversal: Voucher, by: User) -> None:
    """The claim is open again when the voucher of a recovery is taken back.

    Called by the books (settings `LEDGER_REVERSALS`).
    """
    made = Recovery.objects.select_related("loan").get(voucher=voucher)
    lock_loan(made.loan)
    made.reversed_on = reversal.dated
    made.revision += 1
    made.save(update_fields=["reversed_on", "revision"])
    says = f"membatalkan penerimaan tagihan {voucher}"
    record("loans.recovery_reversed", made, by=by, says=says)
