"""The groups' savings (tanggung renteng): a debt of the UPK to its groups."""

import datetime

from django.db import transaction
from django.db.models import Sum

from boards.audit import record
from boards.models import User
from common.errors import RuleViolation
from common.money import format_rupiah
from ledger.chart import Use
from ledger.models import Book, Voucher
from ledger.services import Draft, check_money, write_voucher
from ledger.services import Line as Side
from ledger.services.vouchers import lock_book
from loans.models import SavingsMove
from loans.services.payout import fund_book
from members.models import CommunityGroup


def savings_of(group: CommunityGroup) -> int:
    """Rupiah on the group's savings card."""
    return group.savings_moves.aggregate(total=Sum("amount"))["total"] or 0


def check_savings(group: CommunityGroup, amount: int) -> None:
    """Refuse more than the card holds. Raises RuleViolation `loan.savings_short`."""
    held = savings_of(group)
    if amount > held:
        raise RuleViolation(
            f"Tabungan {group} {format_rupiah(held)}, tidak cukup untuk"
            f" {format_rupiah(amount)}.",
            code="loan.savings_short",
        )


def put_back_savings(voucher: Voucher, reversal: Voucher) -> None:
    """Undo what a voucher moved on savings cards, on the day it is taken back."""
    for move in voucher.savings_moves.all():
        SavingsMove.objects.create(
            board_id=move.board_id,
            region_code=move.region_code,
            group_id=move.group_id,
            loan_id=move.loan_id,
            voucher=reversal,
            on=reversal.dated,
            kind=SavingsMove.Kind.REVERSED,
            amount=-move.amount,
        )


@transaction.atomic
def return_savings(
    group: CommunityGroup,
    *,
    on: datetime.date,
    amount: int,
    source: str,
    received_by: str,
    by: User,
) -> SavingsMove:
    """Give a group its savings back; only while it owes nothing.

    It waits for nobody: savings are a debt to the group. Audits
    `loans.savings_returned`. Raises RuleViolation `loan.running`,
    `loan.savings_short`, `ledger.too_little_money` or what the books raise.
    """
    # The book first: a reversal that takes savings away holds it too.
    book = lock_book(fund_book(group.board))
    group = CommunityGroup.objects.select_for_update().get(pk=group.pk)
    if group.loans.running().exists():
        raise RuleViolation(
            f"{group} masih punya pinjaman berjalan.", code="loan.running"
        )
    check_savings(group, amount)
    voucher = _book_return(book, group, on, amount, source, received_by, by)
    move = SavingsMove.objects.create(
        board=group.board,
        group=group,
        voucher=voucher,
        on=on,
        kind=SavingsMove.Kind.RETURNED,
        amount=-amount,
    )
    says = f"mengembalikan tabungan {group} {format_rupiah(amount)}"
    record("loans.savings_returned", move, by=by, says=says, amount=amount)
    return move


def _book_return(
    book: Book,
    group: CommunityGroup,
    on: datetime.date,
    amount: int,
    source: str,
    received_by: str,
    by: User,
) -> Voucher:
    use = {"cash": Use.CASH, "bank": Use.SAVINGS_BANK}[source]
    money = book.accounts.of_use(use)
    check_money(book, money, amount)
    draft = Draft(
        kind=Voucher.Kind.PAYMENT,
        form="savings_return",
        dated=on,
        description=f"Pengembalian tabungan {group}"[:200],
        party=received_by,
        lines=[
            Side(book.accounts.of_use(Use.SAVINGS), debit=amount),
            Side(money, credit=amount),
        ],
    )
    return write_voucher(book, draft, by=by)
