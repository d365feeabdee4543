"""A receipt is taken back with its voucher: rows, savings and standing as before it."""

from boards.audit import record
from boards.models import User
from common.errors import RuleViolation
from ledger.models import Voucher
from loans.models import Loan, Receipt
from loans.positions import read_plan
from loans.services.applications import lock_loan
from loans.services.receipts import close_if_paid
from loans.services.savings import put_back_savings
from loans.services.standings import recount


def take_back_receipt(voucher: Voucher, reversal: Voucher, by: User) -> None:
    """Undo a receipt when the voucher that takes its voucher back is posted.

    Called by the books (settings `LEDGER_REVERSALS`). Raises RuleViolation
    `loan.group_borrowed_since` when the group has a newer loan, `loan.out_of_book`
    when this one was rescheduled or written off.
    """
    receipt = Receipt.objects.select_related("loan").get(voucher=voucher)
    loan = lock_loan(receipt.loan)
    if loan.state in Loan.OUT_OF_BOOK:
        raise RuleViolation(
            f"Pinjaman ini sudah {loan.get_state_display().lower()}, jadi"
            " angsurannya tidak dibatalkan lagi.",
            code="loan.out_of_book",
        )
    newer = loan.group.loans.running().exclude(pk=loan.pk)
    if loan.state == Loan.State.PAID and newer.exists():
        raise RuleViolation(
            f"{loan.group} sudah meminjam lagi, jadi pinjaman ini tidak dibuka lagi.",
            code="loan.group_borrowed_since",
        )
    receipt.reversed_on = reversal.dated
    receipt.revision += 1
    receipt.save(update_fields=["reversed_on", "revision"])
    put_back_savings(voucher, reversal)
    plan = read_plan(loan)
    recount(loan, plan)
    close_if_paid(loan, plan, reversal.dated)
    says = f"membatalkan penerimaan {voucher} dari {loan.group}"
    record("loans.receipt_reversed", receipt, by=by, says=says)
