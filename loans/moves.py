"""Every move on a loan and on a group's savings, in order, with its balance."""

import datetime
from dataclasses import dataclass

from loans.models import Loan, SavingsMove
from members.models import CommunityGroup


@dataclass(frozen=True)
class Move:
    """One line of the rekening koran, in rupiah; amounts of a reversal are below zero.

    Columns: revolving-loans sheet §2.2 (R20).
    """

    on: datetime.date
    voucher_text: str
    words: str
    paid_out: int
    principal: int
    service_charge: int
    penalty: int
    balance: int


@dataclass(frozen=True)
class SavingsLine:
    """One line of a savings card, in rupiah."""

    on: datetime.date
    voucher_text: str
    words: str
    put_in: int
    taken_out: int
    balance: int


def loan_moves(loan: Loan) -> list[Move]:
    """Payout, payments and what was taken back, by day. Two queries."""
    found = [
        (
            loan.disbursed_on,
            str(loan.voucher or "–"),
            "Pencairan" if loan.voucher_id else "Saldo dari buku lama",
            (loan.principal, 0, 0, 0),
        )
    ]
    if loan.state == Loan.State.TAKEN_BACK:
        undone = loan.voucher.reversals.filter(posted_at__isnull=False).get()
        words, back = f"Pembatalan {loan.voucher}", (-loan.principal, 0, 0, 0)
        found.append((loan.closed_on, str(undone), words, back))
    receipts = loan.receipts.select_related("voucher").order_by("on", "pk")
    for receipt in receipts.prefetch_related("voucher__reversals"):
        parts = (receipt.principal, receipt.service_charge, receipt.penalty)
        number = str(receipt.voucher)
        words = f"Angsuran dari {receipt.payer}"
        found.append((receipt.on, number, words, (0, *parts)))
        if receipt.reversed_on:
            posted = [one for one in receipt.voucher.reversals.all() if one.posted_at]
            back = (0, *(-part for part in parts))
            words = f"Pembatalan {number}"
            found.append((receipt.reversed_on, str(posted[0]), words, back))
    # Moves of one day keep the order in which they were made.
    found.sort(key=lambda move: move[0])
    return _with_balance(found)


def _with_balance(found: list) -> list[Move]:
    moves, balance = [], 0
    for on, number, words, amounts in found:
        balance += amounts[0] - amounts[1]
        moves.append(Move(on, number, words, *amounts, balance))
    return moves


def savings_moves(group: CommunityGroup) -> list[SavingsLine]:
    """What a group saved and used, by day, with the balance after it. One query."""
    lines, balance = [], 0
    moves = SavingsMove.objects.filter(group=group).select_related("voucher")
    for move in moves.order_by("on", "pk"):
        balance += move.amount
        lines.append(
            SavingsLine(
                move.on,
                str(move.voucher),
                move.get_kind_display(),
                max(move.amount, 0),
                max(-move.amount, 0),
                balance,
            )
        )
    return lines
