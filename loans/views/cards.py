"""The card of one loan: its plan, its state, and the form that takes money."""

import datetime

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from boards.access import board_view
from boards.models import Board
from boards.roles import Permission
from common.money import format_rupiah
from loans.arrears import class_tag
from loans.card_rows import Card, read_card
from loans.forms import ReceiptForm
from loans.models import Loan
from loans.services import payoff_of, savings_of

STATE_TONES = {
    Loan.State.PAID: "ok",
    Loan.State.RESCHEDULED: "wait",
    Loan.State.WRITTEN_OFF: "bad",
}
LATEST = 5


def lent_loan(board: Board, pk: int) -> Loan:
    """A loan of the board that was paid out, or 404."""
    rows = Loan.objects.filter(board=board, state__in=Loan.PAID_OUT)
    seen = rows.select_related("group", "terms__product", "decision", "standing")
    return get_object_or_404(seen, pk=pk)


def state_tag(loan: Loan, card: Card) -> tuple[str, str]:
    """The class while the loan runs, else how it ended."""
    if loan.state == Loan.State.ACTIVE:
        return class_tag(card.collectibility)
    return STATE_TONES[Loan.State(loan.state)], loan.get_state_display()


@require_GET
@board_view(Permission.VIEW_LOANS)
def loan_card(request, board, pk):
    """One loan that was paid out."""
    loan, today = lent_loan(board, pk), board.today()
    loan.board = board
    card = read_card(loan, on=today)
    receipts = loan.receipts.select_related("voucher")
    context = {
        "loan": loan,
        "card": card,
        "tag": state_tag(loan, card),
        "facts": _facts(loan, card),
        "receipts": receipts[:LATEST],
        "payoff": payoff_of(loan, card.plan, today),
        "form": ReceiptForm(initial={"on": today, "amount": card.asked or None}),
        "late_days": (today - card.behind.since).days if card.behind.since else 0,
        "people": _people(loan, today),
    }
    return render(request, "loans/loan_card.html", context)


def _people(loan: Loan, on: datetime.date) -> dict[str, int]:
    """Members of the group on a day, and how many of them are women."""
    members = loan.group.members.active_on(on)
    return members.aggregate(
        all=Count("pk"), women=Count("pk", filter=Q(person__sex="P"))
    )


def _facts(loan: Loan, card: Card) -> list[dict]:
    return [
        {"label": "Pokok", "value": format_rupiah(loan.principal)},
        {"label": "Angsuran", "value": format_rupiah(card.instalment)},
        {"label": "Saldo pokok", "value": format_rupiah(card.balance)},
        {
            "label": "Tunggakan",
            "value": format_rupiah(card.behind.total),
            "hot": bool(card.behind.total),
        },
        {"label": "Tabungan TR", "value": format_rupiah(savings_of(loan.group))},
    ]
