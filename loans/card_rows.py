"""The card of a loan as facts: its plan with what was paid, row by row, by member."""

import datetime
from dataclasses import dataclass, replace

from django.db.models import Max

from common.money import format_rupiah
from loans.additions import savings_by_row
from loans.arrears import Arrears, arrears_of, collectibility
from loans.models import Installment, Loan
from loans.payments import OpenLine
from loans.positions import Plan, read_plan
from loans.rules import class_limits


@dataclass(frozen=True)
class CardRow:
    """One row of the plan: what is due, what came in, what is still owed after it."""

    no: int
    due_on: datetime.date
    principal: int
    service_charge: int
    paid_on: datetime.date | None
    paid: int
    # Saldo pokok after this row; None while nothing was paid on it.
    balance: int | None
    word: str
    is_late: bool
    is_coming: bool
    # Rupiah to save with the row, by the product's rule; no debt.
    saving: int = 0

    @property
    def total(self) -> int:
        """Principal and charge of the row."""
        return self.principal + self.service_charge


@dataclass(frozen=True)
class MemberRow:
    """One member's part: what was lent, what came in, what is behind; rupiah."""

    share_id: int
    name: str
    principal: int
    charge: int
    paid: int
    left: int
    arrears: int


@dataclass(frozen=True)
class Card:
    """A loan on a day; `rows` and `members` in the order of the papers."""

    plan: Plan
    rows: list[CardRow]
    members: list[MemberRow]
    behind: Arrears
    collectibility: int

    @property
    def balance(self) -> int:
        """Saldo pokok."""
        return self.plan.balance

    @property
    def paid(self) -> int:
        """Principal and charge that came in."""
        return sum(row.paid for row in self.rows)

    @property
    def charge(self) -> int:
        """Charge of the whole plan."""
        return sum(row.service_charge for row in self.rows)

    @property
    def saves(self) -> int:
        """What is saved with all rows of the plan."""
        return sum(row.saving for row in self.rows)

    @property
    def next_row(self) -> CardRow | None:
        """The first row with something open: what is asked next."""
        return next((row for row in self.rows if row.word != PAID), None)

    @property
    def instalment(self) -> int:
        """Rupiah of the row that is asked next, as planned."""
        row = self.next_row or self.rows[-1]
        return row.total

    @property
    def asked(self) -> int:
        """What brings the loan up to date: arrears, or the rest of the next row."""
        if self.behind.total:
            return self.behind.total
        row = self.next_row
        return row.total - row.paid if row else 0


PAID, UNPAID, COMING = "Lunas", "Belum dibayar", "Belum jatuh tempo"


def read_card(loan: Loan, *, on: datetime.date) -> Card:
    """The card of a loan that was paid out, as it stands now, judged on a day.

    Five queries, however many rows and members there are.
    """
    plan = read_plan(loan)
    behind = arrears_of(plan.lines, as_of=on)
    worst = collectibility(behind, limits=class_limits(loan.board, on=on))
    names = dict(loan.shares.values_list("pk", "name"))
    return Card(
        plan=plan,
        rows=_rows(loan, plan, on),
        members=[
            _member(member.share_id, names[member.share_id], member.lines, on)
            for member in plan.members
        ],
        behind=behind,
        collectibility=max(worst, loan.standing.collectibility_floor),
    )


def _rows(loan: Loan, plan: Plan, on: datetime.date) -> list[CardRow]:
    days = dict(
        Installment.objects.filter(loan=loan, payments__receipt__reversed_on=None)
        .order_by()
        .values_list("pk")
        .annotate(Max("payments__receipt__on"))
    )
    members = [member.lines for member in plan.members]
    saved = savings_by_row(members, loan.terms.saving_rule)
    found, left = [], sum(line.principal for line in plan.lines)
    for pk, line in zip(plan.ids, plan.lines, strict=True):
        left -= line.principal_paid
        row = _row(line, days.get(pk), left, on)
        found.append(replace(row, saving=saved[line.no]))
    return found


def _row(line: OpenLine, paid_on, left: int, on: datetime.date) -> CardRow:
    paid = line.principal_paid + line.service_charge_paid
    missing = line.total_open
    due = line.due_on <= on
    return CardRow(
        no=line.no,
        due_on=line.due_on,
        principal=line.principal,
        service_charge=line.service_charge,
        paid_on=paid_on if paid else None,
        paid=paid,
        balance=left if paid else None,
        word=_word(paid, missing, due=due),
        is_late=bool(missing and due),
        is_coming=bool(missing and not due),
    )


def _word(paid: int, missing: int, *, due: bool) -> str:
    if not missing:
        return PAID
    if paid:
        word = "Kurang" if due else "Dibayar sebagian, sisa"
        return f"{word} {format_rupiah(missing)}"
    return UNPAID if due else COMING


def _member(
    share_id: int, name: str, lines: list[OpenLine], on: datetime.date
) -> MemberRow:
    open_rows = [line.total_open for line in lines]
    return MemberRow(
        share_id=share_id,
        name=name,
        principal=sum(line.principal for line in lines),
        charge=sum(line.service_charge for line in lines),
        paid=sum(line.principal_paid + line.service_charge_paid for line in lines),
        left=sum(open_rows),
        arrears=arrears_of(lines, as_of=on).total,
    )
