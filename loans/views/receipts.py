"""Money of groups: taken in three steps (typed, looked at, written), listed, read."""

import datetime
from dataclasses import replace

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.money import format_rupiah
from common.paging import paginate
from ledger.services import check_day
from loans.arrears import arrears_of
from loans.asked import penalty_asked, saving_asked
from loans.card_rows import read_card
from loans.forms import ReceiptForm
from loans.models import Loan, Receipt
from loans.payments import pay
from loans.positions import Plan, read_plan
from loans.services import (
    Money,
    Spread,
    fund_book,
    payoff_of,
    receive_payment,
    savings_of,
    spread_money,
)
from loans.views.cards import lent_loan, reverse_address

CHECK, WRITE = "periksa", "catat"
_FIELDS = {
    "loan.amount": "amount",
    "loan.over_debt": "amount",
    "loan.settle": "amount",
    "loan.penalty": "penalty",
    "loan.penalty_reason": "penalty_reason",
    "loan.savings": "savings",
    "loan.savings_circle": "savings",
    "loan.savings_short": "source",
    "loan.before_payout": "on",
    "loan.future": "on",
    "ledger.future": "on",
    "ledger.before_opening": "on",
    "ledger.month_closed": "on",
}


def field_of(refused: RuleViolation) -> str | None:
    """Beside which field of a receipt a refusal stands."""
    return _FIELDS.get(refused.code)


@require_http_methods(["GET", "POST"])
@board_view(Permission.KEEP_FUND)
@post_once
def receipt_new(request, board, pk):
    """One payment: typed, looked at with its split, written."""
    loan = lent_loan(board, pk)
    plan = read_plan(loan)
    names = dict(loan.shares.values_list("pk", "name"))
    first = _first(loan, plan, board.today(), settles="lunas" in request.GET)
    facts = {"initial": first, "members": names, "terms": loan.terms}
    form = ReceiptForm(request.POST or None, **facts)
    step = request.POST.get("step")
    context = {"form": form, "loan": loan}
    if form.is_valid() and step in (CHECK, WRITE):
        try:
            money, by_plan = _money(form, loan, plan)
            if step == WRITE:
                made = receive_payment(loan, money=money, by=request.user)
                return redirect("loans:receipt_page", board.slug, made.pk)
            check_day(fund_book(board), money.on)
            context |= _preview(form, loan, plan, money, by_plan)
            return render(request, "loans/receipt_check.html", context)
        except RuleViolation as refused:
            form.add_error(field_of(refused), refused)
    return render(request, "loans/receipt_new.html", context)


def _first(loan: Loan, plan: Plan, today: datetime.date, *, settles: bool) -> dict:
    """What stands in the form before anybody typed.

    Today, what is asked beside the plan, and the sum that closes the loan.
    """
    penalty = penalty_asked(loan, plan, on=today)
    first = {"on": today, "penalty": penalty or None}
    if not settles:
        return first | {"savings": saving_asked(loan, plan, on=today) or None}
    amount = payoff_of(loan, plan, today).total + penalty
    return first | {"settles": True, "amount": amount}


def _money(form: ReceiptForm, loan: Loan, plan: Plan) -> tuple[Money, bool]:
    """What came in, and whether its split is the plan's own.

    Fields of a split that say what the plan says anyway are no split by hand.
    """
    money = form.money()
    spread = spread_money(loan, plan, money)
    typed = form.typed_split()
    shares = [member.share_id for member in plan.members]
    planned = dict(zip(shares, spread.split.amounts, strict=True))
    if typed is None or spread.surplus or money.settles or typed == planned:
        return money, True
    return replace(money, members=typed), False


def _preview(
    form: ReceiptForm, loan: Loan, plan: Plan, money: Money, by_plan: bool
) -> dict:
    """What the money fills, and what is left after it."""
    spread = spread_money(loan, plan, money)
    after = pay(plan.lines, spread.split.group.parts)
    balance = sum(line.principal_open for line in after)
    fixed = bool(spread.surplus or money.settles or len(plan.members) == 1)
    ends = not (balance or money.settles)
    return {
        "money": money,
        "spread": spread,
        "fills": _fills(plan, spread),
        "behind": arrears_of(after, as_of=money.on),
        "balance": balance,
        "payoff": payoff_of(loan, plan, money.on) if ends else None,
        "split": _split_rows(form, plan, spread),
        "fixed": fixed,
        "by_plan": by_plan,
    }


def _fills(plan: Plan, spread: Spread) -> list[tuple[str, int]]:
    """ "Angsuran 8, sisa pokok", rupiah: in the order of the rows."""
    lines = {line.no: line for line in plan.lines}
    found = []
    for part in spread.split.group.parts:
        line = lines[part.no]
        for word, paid, before in (
            ("jasa", part.service_charge, line.service_charge_paid),
            ("pokok", part.principal, line.principal_paid),
        ):
            if paid:
                rest = "sisa " if before else ""
                found.append((f"Angsuran {part.no}, {rest}{word}", paid))
    return found


def _split_rows(form: ReceiptForm, plan: Plan, spread: Spread) -> list[dict]:
    """Each member's amount, beside the field in which it can be changed."""
    owed = {
        member.share_id: sum(line.total_open for line in member.lines)
        for member in plan.members
    }
    amounts = dict(zip(owed, spread.split.amounts, strict=True))
    return [
        {
            "field": f"member{share}",
            "name": name,
            "amount": amounts[share],
            "left": owed[share] - amounts[share],
        }
        for share, name in form.members.items()
    ]


@require_GET
@board_view(Permission.VIEW_LOANS)
def receipt_list(request, board):
    """Every receipt of the board, the newest first."""
    rows = Receipt.objects.filter(board=board).select_related("voucher", "loan__group")
    page = paginate(rows, request, by="on")
    return render(request, "loans/receipt_list.html", {"page": page})


@require_GET
@board_view(Permission.VIEW_LOANS)
def receipt_page(request, board, pk):
    """One receipt: what it paid, by whom, and what comes next."""
    rows = Receipt.objects.select_related("voucher__book", "loan__group", "made_by")
    receipt = get_object_or_404(rows, board=board, pk=pk)
    loan = lent_loan(board, receipt.loan_id)
    loan.board = board
    card = read_card(loan, on=board.today())
    parts = receipt.parts.select_related("installment").order_by("installment__no")
    context = {
        "receipt": receipt,
        "loan": loan,
        "parts": parts,
        "split": _split_of(receipt, card),
        "card": card,
        "facts": _receipt_facts(receipt),
        "savings": savings_of(loan.group) if loan.state == Loan.State.PAID else 0,
        "waiting": receipt.voucher.reversals.filter(
            posted_at=None, dropped_at=None
        ).first(),
        "reverse_url": ""
        if receipt.reversed_on
        else reverse_address(request, receipt.voucher),
    }
    return render(request, "loans/receipt_page.html", context)


def _split_of(receipt: Receipt, card) -> list[tuple[str, int]]:
    """Each member's part of a receipt, in the order of the papers."""
    names = {member.share_id: member.name for member in card.members}
    sums = dict.fromkeys(names, 0)
    for share in receipt.shares.select_related("row"):
        sums[share.row.share_id] += share.principal + share.service_charge
    return [(names[share], amount) for share, amount in sums.items() if amount]


def _receipt_facts(receipt: Receipt) -> list[dict]:
    rows = [
        {"label": "Disetor oleh", "value": receipt.payer},
        {"label": "Cara bayar", "value": receipt.get_source_display()},
        {"label": "Pokok", "value": format_rupiah(receipt.principal)},
        {"label": "Jasa", "value": format_rupiah(receipt.service_charge)},
    ]
    extra = (
        ("Denda", receipt.penalty),
        ("Tabungan TR", receipt.saved),
        ("Masuk tabungan", receipt.to_savings),
        ("Jasa yang dibebaskan", receipt.forgiven),
    )
    rows += [
        {"label": label, "value": format_rupiah(amount)}
        for label, amount in extra
        if amount
    ]
    if receipt.penalty_reason:
        rows.append({"label": "Alasan denda", "value": receipt.penalty_reason})
    return [*rows, {"label": "Dicatat oleh", "value": str(receipt.made_by)}]
