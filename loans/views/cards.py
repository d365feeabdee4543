"""The card of one loan: its plan, its state, and the form that takes money."""

import datetime

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from boards.access import board_view
from boards.models import Board
from boards.parameters import rules_of
from boards.roles import Permission
from common.money import format_rupiah
from common.words import format_date, format_date_short
from ledger.models import Voucher
from loans.arrears import class_tag
from loans.asked import penalty_asked, saving_asked
from loans.card_rows import Card, read_card
from loans.forms import ReceiptForm
from loans.models import ArrearsStep, Loan
from loans.rules import LADDER
from loans.services import payoff_of, savings_of
from loans.stages import TAGS

LATEST = 5
_REMIND = "loan_reminder_days"


def lent_loan(board: Board, pk: int) -> Loan:
    """A loan of the board that was paid out, or 404."""
    rows = Loan.objects.filter(board=board, state__in=Loan.PAID_OUT)
    seen = rows.select_related("group", "terms__product", "decision", "standing")
    seen = seen.select_related("voucher__book")
    return get_object_or_404(seen, pk=pk)


def state_tag(loan: Loan, card: Card) -> tuple[str, str]:
    """The class while the loan runs, else how it ended."""
    if loan.state == Loan.State.ACTIVE:
        return class_tag(card.collectibility)
    return TAGS[loan.state], loan.get_state_display()


def reverse_address(request, voucher: Voucher | None) -> str:
    """Where the books take a voucher back, for who keeps them."""
    if voucher is None or Permission.KEEP_FUND not in request.permissions:
        return ""
    at = [request.board.slug, voucher.book.kind, voucher.pk]
    return reverse("ledger:voucher_reverse", args=at)


def _payout_undone(request, loan: Loan) -> dict:
    """Where the payout is taken back while it may be, and whether that waits."""
    running = loan.state == Loan.State.ACTIVE and loan.voucher is not None
    if not running:
        return {"undo_url": "", "undo_waits": False}
    waits = loan.voucher.reversals.filter(posted_at=None, dropped_at=None).exists()
    url = "" if waits else reverse_address(request, loan.voucher)
    return {"undo_url": url, "undo_waits": waits}


@require_GET
@board_view(Permission.VIEW_LOANS)
def loan_card(request, board, pk):
    """One loan that was paid out."""
    loan, today = lent_loan(board, pk), board.today()
    loan.board = board
    card = read_card(loan, on=today)
    receipts = loan.receipts.select_related("voucher")
    rules = rules_of([board.pk], (LADDER, _REMIND))[board.pk]
    context = {
        "loan": loan,
        "card": card,
        "tag": state_tag(loan, card),
        "facts": _facts(loan, card),
        "receipts": receipts[:LATEST],
        "payoff": payoff_of(loan, card.plan, today),
        "form": _form(loan, card, today),
        "late_days": (today - card.behind.since).days if card.behind.since else 0,
        "people": _people(loan, today),
        "steps": thread_of(loan, card, rules.on(LADDER, today).value),
        "remind": _reminder(loan, card, today, rules.on(_REMIND, today).value),
        **_payout_undone(request, loan),
        "may_note": loan.state == Loan.State.ACTIVE
        and Permission.EDIT_LOANS in request.permissions,
    }
    return render(request, "loans/loan_card.html", context)


def _form(loan: Loan, card: Card, today: datetime.date) -> ReceiptForm:
    """What the group is asked for today stands in the form."""
    penalty = penalty_asked(loan, card.plan, on=today)
    savings = saving_asked(loan, card.plan, on=today)
    first = {
        "on": today,
        "amount": card.asked + penalty + savings or None,
        "penalty": penalty or None,
        "savings": savings or None,
    }
    return ReceiptForm(initial=first, terms=loan.terms)


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


def thread_of(loan: Loan, card: Card, ladder: list[str]) -> list[dict]:
    """What was done about a loan, and what is next while it is behind."""
    done = list(loan.steps.by_day())
    items = [
        {
            "title": step.get_kind_display(),
            "note": f"{format_date_short(step.on)}, {step.made_name}",
            "value": step.note,
            "state": "on" if step == done[-1] else "",
        }
        for step in done
    ]
    if loan.state == Loan.State.ACTIVE and card.behind.total:
        kind = ArrearsStep.after([step.kind for step in done], ladder)
        agreed = done[-1].next_on if done else None
        when = f" pada {format_date_short(agreed)}" if agreed else ""
        title = ArrearsStep.TO_DO[kind]
        note = f"bila masih menunggak{when}"
        items.append({"title": title, "note": note, "state": "todo"})
    return items


def _reminder(loan: Loan, card: Card, today: datetime.date, days: int) -> str:
    """Words to send to the officers of a group; no amount stands in them."""
    row = card.next_row
    if row is None or loan.state != Loan.State.ACTIVE:
        return ""
    if row.due_on > today + datetime.timedelta(days=days):
        return ""
    state = "dan belum lunas" if row.is_late else "sebentar lagi"
    return (
        f"Kepada pengurus {loan.group}: angsuran ke-{row.no} pinjaman"
        f" {loan.account_number} jatuh tempo {format_date(row.due_on)} {state}."
        f" Hubungi UPK bila ada kesulitan. {loan.board}"
    )
