"""A receipt is taken back with its voucher: rows, savings and standing as before it."""

from boards.audit import record
from boards.models import User
from common.errors import RuleViolation
from common.money import format_rupiah
from ledger.models import Voucher
from loans.models import Loan, Receipt
from loans.positions import read_plan
from loans.services.applications import lock_loan
from loans.services.receipts import close_if_paid
from loans.services.savings import put_back_savings, savings_of
from loans.services.standings import recount


def check_receipt_undone(voucher: Voucher) -> None:
    """May the receipt of this voucher be taken back as things stand?

    Asked by the books when the reversal is written (settings `LEDGER_REVERSAL_CHECKS`)
    and once more when it is let through. Raises RuleViolation `loan.savings_used`.
    """
    brought = sum(move.amount for move in voucher.savings_moves.all())
    group = voucher.receipt.loan.group
    held = savings_of(group)
    if brought > max(0, held):
        raise RuleViolation(
            f"Tabungan {group} tinggal {format_rupiah(held)}, padahal"
            f" {format_rupiah(brought)} masuk dengan penerimaan ini. Batalkan dulu"
            " pemakaiannya.",
            code="loan.savings_used",
        )


def take_back_receipt(voucher: Voucher, reversal: Voucher, by: User) -> None:
    """Undo a receipt when the voucher that takes its voucher back is posted.

    Called by the books (settings `LEDGER_REVERSALS`). Raises RuleViolation
    `loan.group_borrowed_since` when the group has a newer loan, `loan.out_of_book`
    when this one was rescheduled or written off, or what `check_receipt_undone` raises.
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
    check_receipt_undone(voucher)
    receipt.reversed_on = reversal.dated
    receipt.revision += 1
    receipt.save(update_fields=["reversed_on", "revision"])
    put_back_savings(voucher, reversal)
    plan = read_plan(loan)
    recount(loan, plan)
    close_if_paid(loan, plan, reversal.dated)
    says = f"membatalkan penerimaan {voucher} dari {loan.group}"
    record("loans.receipt_reversed", receipt, by=by, says=says)
