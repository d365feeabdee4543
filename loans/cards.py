"""Do the cards of loans and savings agree with their accounts in the book?"""

import datetime

from django.db.models import Sum

from common.money import format_rupiah
from ledger.balances import balances
from ledger.chart import Use
from ledger.models import Book
from loans.models import Loan, Receipt, Reschedule, SavingsMove, WriteOff


def differences(book: Book, on: datetime.date) -> list[str]:
    """What differs on a day, a sentence each; settings `LEDGER_CHECKS`.

    Source: revolving-loans sheet §6.4, identities.
    """
    if book.kind != Book.Kind.FUND:
        return []
    state = balances(book, until=on)
    pairs = (
        ("Saldo kartu pinjaman", card_balance(book, on), state.of_use(Use.LOANS)),
        ("Saldo kartu tabungan", savings_balance(book, on), state.of_use(Use.SAVINGS)),
    )
    return [
        f"{name} {format_rupiah(cards)}, di buku {format_rupiah(booked)}."
        for name, cards, booked in pairs
        if cards != booked
    ]


def card_balance(book: Book, on: datetime.date) -> int:
    """Principal lent less principal paid or taken out, over all loans, as of a day.

    A loan with a new plan hands its rest over to the loan that replaces it; one whose
    payout was taken back owes nothing from that day on.
    """
    lent = Loan.objects.filter(board=book.board, disbursed_on__lte=on)
    paid = Receipt.objects.filter(board=book.board, on__lte=on)
    back = paid.filter(reversed_on__lte=on)
    moved = Reschedule.objects.filter(board=book.board, on__lte=on)
    undone = lent.filter(state=Loan.State.TAKEN_BACK, closed_on__lte=on)
    written_off = WriteOff.objects.filter(board=book.board, on__lte=on)
    return (
        (lent.aggregate(total=Sum("principal"))["total"] or 0)
        - (paid.aggregate(total=Sum("principal"))["total"] or 0)
        + (back.aggregate(total=Sum("principal"))["total"] or 0)
        - (undone.aggregate(total=Sum("principal"))["total"] or 0)
        - (moved.aggregate(total=Sum("principal"))["total"] or 0)
        - (written_off.aggregate(total=Sum("principal"))["total"] or 0)
    )


def savings_balance(book: Book, on: datetime.date) -> int:
    """What all groups have saved, as of a day."""
    moves = SavingsMove.objects.filter(board=book.board, on__lte=on)
    return moves.aggregate(total=Sum("amount"))["total"] or 0
