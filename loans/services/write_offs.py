"""A loan leaves the book by decision; the claim stays and may still be collected.

Source: revolving-loans sheet §4.4 (3) and §6.3.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction

from boards.audit import record
from boards.models import User
from boards.parameters import setting_of
from common.errors import RuleViolation
from common.money import format_rupiah
from deliberations.models import Decision
from ledger.balances import balances
from ledger.chart import Use
from ledger.models import Book, Voucher
from ledger.services import Draft, write_voucher
from ledger.services import Line as Side
from ledger.services.vouchers import check_day, lock_book
from loans.arrears import arrears_of
from loans.models import Loan, SavingsMove, WriteOff
from loans.positions import Plan, read_plan
from loans.services.applications import lock_loan
from loans.services.decision_money import check_covers
from loans.services.payout import fund_book
from loans.services.problem_decisions import (
    alone_words,
    check_decision,
    check_meeting,
    check_running,
    ratifier_of,
)
from loans.services.savings import savings_of
from loans.services.standings import leave_book


@dataclass(frozen=True)
class Funds:
    """Who pays for a loan that is written off, in the board's order; rupiah."""

    principal: int
    savings: int
    reserve: int
    cost: int


# Which funds pay before what is cost, in the order of the rule `write_off_order`.
_ORDERS = {
    "savings": ("savings", "reserve"),
    "reserve": ("reserve", "savings"),
    "no_savings": ("reserve",),
}


def funds_for(loan: Loan, book: Book, principal: int, on: datetime.date) -> Funds:
    """Savings of the group and reserve in the order of the day, the rest is cost."""
    held = [balances(book, until=day) for day in (on, book.board.today())]
    there = {
        "savings": savings_of(loan.group),
        "reserve": min(state.of_use(Use.RESERVE) for state in held),
    }
    paid, left = {"savings": 0, "reserve": 0}, principal
    for name in _ORDERS[setting_of(book.board, "write_off_order", on=on).value]:
        paid[name] = min(left, max(0, there[name]))
        left -= paid[name]
    return Funds(principal, **paid, cost=left)


@transaction.atomic
def write_off_loan(
    loan: Loan, *, on: datetime.date, decision: Decision, reason: str, by: User
) -> WriteOff:
    """Take what is left of a running loan out of the book.

    Only by a ratified decision; one with an amount covers no more than that. Audits
    `loans.written_off`. Raises RuleViolation `loan.decision`, `loan.decision_day`,
    `loan.not_rwt`, `loan.ratifier_books`, `loan.over_decision`, `loan.not_running`,
    `loan.paid_since`, `loan.nothing_owed`, or what `ledger.services.write_voucher`
    raises.
    """
    # The decision is locked: two loans at once may not take the same money.
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    loan = lock_loan(loan)
    book = lock_book(fund_book(loan.board))
    plan = _judged(loan, book, decision, on, by)
    funds = funds_for(loan, book, plan.balance, on)
    made = WriteOff.objects.create(
        board=loan.board,
        loan=loan,
        decision=decision,
        on=on,
        principal=plan.balance,
        charge=arrears_of(plan.lines, as_of=on).service_charge,
        from_savings=funds.savings,
        from_reserve=funds.reserve,
        from_cost=funds.cost,
        reason=reason,
        voucher=_book(loan, book, on, funds, decision, by),
        made_by=by,
    )
    _use_savings(made)
    leave_book(loan, Loan.State.WRITTEN_OFF, on)
    says = f"menghapus buku {loan} sebesar {format_rupiah(made.principal)}"
    says += alone_words(decision, by)
    record("loans.written_off", made, by=by, says=says, amount=made.principal)
    return made


def preview_write_off(
    loan: Loan, *, on: datetime.date, decision: Decision, by: User
) -> Funds:
    """Who would pay, after the same questions; nothing is written.

    Raises what `write_off_loan` raises.
    """
    book = fund_book(loan.board)
    plan = _judged(loan, book, decision, on, by)
    return funds_for(loan, book, plan.balance, on)


def _judged(
    loan: Loan, book: Book, decision: Decision, on: datetime.date, by: User
) -> Plan:
    """The plan of a loan that may leave the book."""
    check_decision(loan.board, decision, on, by)
    check_meeting(decision)
    check_running(loan, on)
    check_day(book, on)
    plan = read_plan(loan)
    _check_amount(decision, plan.balance)
    return plan


def _check_amount(decision: Decision, principal: int) -> None:
    if not principal:
        raise RuleViolation(
            "Pokok pinjaman ini sudah lunas, tidak ada yang dihapus.",
            code="loan.nothing_owed",
        )
    check_covers(decision, principal)


def _book(
    loan: Loan,
    book: Book,
    on: datetime.date,
    funds: Funds,
    decision: Decision,
    by: User,
) -> Voucher:
    debits = (
        (Use.SAVINGS, funds.savings),
        (Use.RESERVE, funds.reserve),
        (Use.RESERVE_COST, funds.cost),
    )
    lines = [
        Side(book.accounts.of_use(use), debit=amount)
        for use, amount in debits
        if amount
    ]
    lines.append(Side(book.accounts.of_use(Use.LOANS), credit=funds.principal))
    draft = Draft(
        kind=Voucher.Kind.TRANSFER,
        form="write_off",
        dated=on,
        description=f"Hapus buku pinjaman {loan.account_number} {loan.group}"[:200],
        party=str(loan.group)[:120],
        lines=lines,
    )
    # Two names stand on it: who ratified the decision, and who booked it.
    ratifier = ratifier_of(decision)
    return write_voucher(
        book, draft, by=by, approved_by=None if ratifier == by else ratifier
    )


def _use_savings(made: WriteOff) -> None:
    if made.from_savings:
        SavingsMove.objects.create(
            board=made.board,
            group_id=made.loan.group_id,
            loan=made.loan,
            voucher=made.voucher,
            on=made.on,
            kind=SavingsMove.Kind.USED,
            amount=-made.from_savings,
        )
