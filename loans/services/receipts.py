"""Stage 6: groups pay back; each payment is split once, booked once, and kept.

Source: revolving-loans sheet §3.2 and §6.3.
"""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Subquery

from boards.audit import record, record_all
from boards.models import AuditEvent, User
from common.errors import RuleViolation
from common.money import format_rupiah
from ledger.chart import Use
from ledger.models import Book, Voucher
from ledger.services import Draft, HeldBook, hold_book, write_held
from ledger.services import Line as Side
from loans.asked import fined_through
from loans.models import Loan, Receipt, ReceiptPart, ReceiptShare, SavingsMove
from loans.payments import (
    Part,
    pay,
)
from loans.positions import Plan, hold_plan
from loans.rules import class_limits_in_query, limits_of_row
from loans.services.applications import lock_loan
from loans.services.spreading import Money, Spread, spread_money
from loans.services.standings import recount

Source = Receipt.Source


@transaction.atomic
def receive_payment(loan: Loan, *, money: Money, by: User) -> Receipt:
    """Take one payment of a group: spread it, book it, keep the standing.

    Audits `loans.receipt_noted`. Raises what `spread_money` raises, `loan.no_book`,
    or what `ledger.services.write_voucher` raises.
    """
    # The book first, as who lets a reversal through holds it too.
    held = hold_book(loan.board, Book.Kind.FUND)
    loan, plan = _hold(loan)
    events: list[AuditEvent] = []
    spread = spread_money(loan, plan, money)
    if held is None:
        raise RuleViolation("Buka dulu Buku UPK.", code="loan.no_book")
    voucher = _book(loan, held, money, spread, by, events)
    fined_to = fined_through(loan, plan, on=money.on)
    receipt = _keep(loan, voucher, money, spread, by, fined_to)
    _keep_parts(receipt, plan, spread)
    _move_savings(receipt)
    after = _after(plan, spread)
    recount(loan, after, limits=limits_of_row(loan.limits))
    close_if_paid(loan, after, max(money.on, loan.last_paid_on or money.on))
    says = f"menerima {format_rupiah(money.amount)} dari {loan.group}, {voucher}"
    if money.penalty_reason:
        fine = format_rupiah(money.penalty)
        says += f"; denda {fine}, karena {money.penalty_reason}"
    amount = money.amount
    record(
        "loans.receipt_noted", receipt, by=by, says=says, later=events, amount=amount
    )
    record_all(events, seen=held.log_end)
    return receipt


def _hold(loan: Loan) -> tuple[Loan, Plan]:
    """The loan as it stands now, locked, its plan, and the board's classes in it."""
    limits = class_limits_in_query(loan.board, loan.board.today())
    # Money may be noted out of turn: a loan is paid off on the day of the last of it.
    paid = Receipt.objects.standing().filter(loan=loan).order_by("-on").values("on")
    found = hold_plan(loan, limits=limits, last_paid_on=Subquery(paid[:1]))
    return found or (lock_loan(loan), Plan([], [], []))


def _after(plan: Plan, spread: Spread) -> Plan:
    """The rows of the group once this money is in; nothing is read again."""
    if spread.forgiven:
        return Plan([], [], [])
    return Plan(pay(plan.lines, spread.split.group.parts), plan.ids, [])


_TAKEN_FROM = {
    Source.CASH: Use.CASH,
    Source.BANK: Use.BANK,
    Source.SAVINGS: Use.SAVINGS,
}


def _book(
    loan: Loan,
    held: HeldBook,
    money: Money,
    spread: Spread,
    by: User,
    events: list[AuditEvent],
) -> Voucher:
    """Money in on one side; pokok, jasa, denda and savings on the other."""
    accounts = held.accounts
    credits = (
        (Use.LOANS, spread.principal),
        (Use.SERVICE_CHARGE, spread.service_charge),
        (Use.PENALTY, money.penalty),
        (Use.SAVINGS, spread.surplus + money.savings),
    )
    lines = [Side(accounts[_TAKEN_FROM[Source(money.source)]], debit=money.amount)]
    lines += [Side(accounts[use], credit=amount) for use, amount in credits if amount]
    inside = money.source == Source.SAVINGS
    draft = Draft(
        kind=Voucher.Kind.TRANSFER if inside else Voucher.Kind.RECEIPT,
        form="instalment",
        dated=money.on,
        description=f"Angsuran pinjaman {loan.account_number} {loan.group}"[:200],
        party=money.payer,
        lines=lines,
    )
    return write_held(held, draft, by=by, later=events)


def _keep(
    loan: Loan,
    voucher: Voucher,
    money: Money,
    spread: Spread,
    by: User,
    fined_to: int,
) -> Receipt:
    receipt = Receipt(
        board=loan.board,
        loan=loan,
        voucher=voucher,
        on=money.on,
        source=money.source,
        payer=money.payer,
        amount=money.amount,
        principal=spread.principal,
        service_charge=spread.service_charge,
        penalty=money.penalty,
        penalty_reason=money.penalty_reason,
        fined_to=fined_to,
        saved=money.savings,
        to_savings=spread.surplus,
        forgiven=spread.forgiven,
        made_by=by,
    )
    receipt.clean_fields(exclude=("board", "loan", "voucher", "made_by"))
    receipt.save(force_insert=True)
    return receipt


def _keep_parts(receipt: Receipt, plan: Plan, spread: Spread) -> None:
    """The rows paid, for the group and for each member; what was let go beside it."""
    rows = dict(zip(plan.ids, plan.lines, strict=True))
    ReceiptPart.objects.bulk_create(
        ReceiptPart(
            receipt=receipt,
            installment_id=pk,
            loan_id=receipt.loan_id,
            paid_on=receipt.on,
            due_on=rows[pk].due_on,
            planned=rows[pk].principal,
            **facts,
        )
        for pk, facts in _paid_rows(
            plan.lines, plan.ids, spread.split.group.parts, spread
        )
    )
    ReceiptShare.objects.bulk_create(
        ReceiptShare(receipt=receipt, row_id=pk, **facts)
        for member, parts in zip(plan.members, spread.split.members, strict=True)
        for pk, facts in _paid_rows(member.lines, member.ids, parts, spread)
    )


def _paid_rows(lines, ids: Sequence[int], parts: Sequence[Part], spread: Spread):
    """Row id and what was paid on it, for rows with something paid or let go."""
    by_no = {part.no: part for part in parts}
    for line, pk in zip(lines, ids, strict=True):
        part = by_no.get(line.no, Part(line.no, 0, 0))
        left = line.service_charge_open - part.service_charge
        forgiven = left if spread.forgiven else 0
        if part.total or forgiven:
            yield (
                pk,
                {
                    "principal": part.principal,
                    "service_charge": part.service_charge,
                    "forgiven": forgiven,
                },
            )


def _move_savings(receipt: Receipt) -> None:
    """Savings used for this payment, or put by with it, or a surplus put there."""
    kinds = SavingsMove.Kind
    moves = []
    if receipt.source == Source.SAVINGS:
        moves.append((kinds.USED, -receipt.amount))
    if receipt.saved:
        moves.append((kinds.PAID_IN, receipt.saved))
    if receipt.to_savings:
        moves.append((kinds.SURPLUS, receipt.to_savings))
    for kind, amount in moves:
        SavingsMove.objects.create(
            board=receipt.board,
            group_id=receipt.loan.group_id,
            loan=receipt.loan,
            voucher=receipt.voucher,
            on=receipt.on,
            kind=kind,
            amount=amount,
        )


def close_if_paid(loan: Loan, plan: Plan, on: datetime.date) -> None:
    """A loan with nothing left to pay is lunas; one that has again is running."""
    state = Loan.State.ACTIVE if plan.balance or plan.charge_left else Loan.State.PAID
    if state != loan.state:
        loan.state = state
        loan.closed_on = on if state == Loan.State.PAID else None
        loan.revision += 1
        loan.save(update_fields=["state", "closed_on", "revision"])
