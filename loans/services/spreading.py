"""How money of a group is judged and spread over its plan, before it is booked.

Source: revolving-loans sheet §3.2.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from common.errors import RuleViolation
from common.figures import BadFigure
from common.money import format_rupiah
from common.words import format_date
from loans.asked import penalty_asked
from loans.models import Loan, Receipt
from loans.payments import (
    Allocation,
    Order,
    Part,
    Payoff,
    Settlement,
    Split,
    early_payoff,
    split_by_hand,
    split_payment,
)
from loans.positions import Plan
from loans.services.savings import check_savings

Source = Receipt.Source


@dataclass(frozen=True)
class Money:
    """What came in: when, how much, from where, by whose hand.

    `members` (share id to rupiah) is given when the group said how it is split.
    `penalty`, `savings` and what is over are part of `amount`; another penalty than
    the product asks has its reason. With `settles` the rest of the charge is let go as
    the product's rule says.
    """

    on: datetime.date
    amount: int
    source: str
    payer: str
    penalty: int = 0
    penalty_reason: str = ""
    savings: int = 0
    surplus_to_savings: bool = False
    settles: bool = False
    members: Mapping[int, int] | None = None

    @property
    def beside(self) -> int:
        """Rupiah that pay no row of the plan."""
        return self.penalty + self.savings


@dataclass(frozen=True)
class Spread:
    """How money is spread before it is booked: shown to the person, then posted."""

    split: Split
    surplus: int
    forgiven: int

    @property
    def principal(self) -> int:
        """Pokok paid."""
        return sum(part.principal for part in self.split.group.parts)

    @property
    def service_charge(self) -> int:
        """Jasa paid."""
        return sum(part.service_charge for part in self.split.group.parts)


def spread_money(loan: Loan, plan: Plan, money: Money) -> Spread:
    """Judge money and spread it over the rows of the group and of each member.

    Raises RuleViolation `loan.not_running`, `loan.amount`, `loan.before_payout`,
    `loan.future`, `loan.penalty`, `loan.penalty_reason`, `loan.savings`,
    `loan.savings_short`, `loan.savings_circle`, `loan.split`, `loan.split_sum`,
    `loan.settle` or `loan.over_debt`.
    """
    _check_money(loan, money)
    _check_beside(loan, plan, money)
    order = Order(loan.terms.payment_order)
    paid = money.amount - money.beside
    if money.settles:
        return _settled(loan, plan, money, paid)
    members = [member.lines for member in plan.members]
    if money.members is not None:
        split = _by_hand(plan, money, paid, order)
    else:
        split = split_payment(members, paid, on=money.on, order=order)
    surplus = split.group.refund
    if surplus and not money.surplus_to_savings:
        owed = plan.balance + plan.charge_left
        raise RuleViolation(
            f"Sisa hutang tinggal {format_rupiah(owed)}. Kelebihan"
            f" {format_rupiah(surplus)} dikembalikan, atau masukkan ke tabungan.",
            code="loan.over_debt",
        )
    return Spread(split, surplus, 0)


def _check_money(loan: Loan, money: Money) -> None:
    if loan.state != Loan.State.ACTIVE:
        raise RuleViolation(
            f"Pinjaman ini {loan.get_state_display().lower()}, tidak menerima"
            " angsuran.",
            code="loan.not_running",
        )
    if money.amount <= 0:
        raise RuleViolation("Isi jumlah lebih dari nol.", code="loan.amount")
    if money.on < loan.disbursed_on:
        raise RuleViolation(
            f"Pinjaman cair {format_date(loan.disbursed_on)}. Isi tanggal itu atau"
            " sesudahnya.",
            code="loan.before_payout",
        )
    if money.on > loan.board.today():
        raise RuleViolation("Isi hari ini atau sebelumnya.", code="loan.future")
    if money.source == Source.SAVINGS:
        check_savings(loan.group, money.amount)


def _check_beside(loan: Loan, plan: Plan, money: Money) -> None:
    """Fine and savings are part of the money; another fine has its reason."""
    if not 0 <= money.penalty <= money.amount:
        raise RuleViolation(
            "Denda tidak boleh melebihi jumlah diterima.", code="loan.penalty"
        )
    if not 0 <= money.savings <= money.amount - money.penalty:
        raise RuleViolation(
            "Denda dan tabungan tidak boleh melebihi jumlah diterima.",
            code="loan.savings",
        )
    if money.savings and money.source == Source.SAVINGS:
        raise RuleViolation(
            "Uang dari tabungan tidak ditabung lagi. Kosongkan tabungannya.",
            code="loan.savings_circle",
        )
    asked = penalty_asked(loan, plan, on=money.on)
    differs = bool(loan.terms.penalty_rule) and money.penalty != asked
    if differs and not money.penalty_reason:
        raise RuleViolation(
            f"Denda menurut ketentuan produk {format_rupiah(asked)}. Tulis alasannya"
            " bila lain.",
            code="loan.penalty_reason",
        )


def _by_hand(plan: Plan, money: Money, paid: int, order: Order) -> Split:
    amounts = [money.members.get(member.share_id, 0) for member in plan.members]
    if sum(amounts) != paid:
        raise RuleViolation(
            f"Jumlah bagian anggota {format_rupiah(sum(amounts))}, tidak sama dengan"
            f" {format_rupiah(paid)}.",
            code="loan.split_sum",
        )
    members = [member.lines for member in plan.members]
    try:
        return split_by_hand(members, amounts, on=money.on, order=order)
    except BadFigure as bad:
        raise RuleViolation(str(bad), code="loan.split") from bad


def payoff_of(loan: Loan, plan: Plan, on: datetime.date) -> Payoff:
    """What closes the loan on a day by the rule of its product."""
    rule = Settlement(loan.terms.settlement)
    return early_payoff(plan.lines, on=on, rule=rule)


def _settled(loan: Loan, plan: Plan, money: Money, paid: int) -> Spread:
    """Everything at once: charges of rows to come are let go by the rule."""
    payoff = payoff_of(loan, plan, money.on)
    if paid != payoff.total:
        raise RuleViolation(
            f"Untuk melunasi perlu {format_rupiah(payoff.total)}.", code="loan.settle"
        )
    running = min(
        (line.due_on for line in plan.lines if line.due_on >= money.on),
        default=money.on,
    )
    keeps = loan.terms.settlement == Settlement.FULL_CHARGE

    def parts(lines) -> tuple[Part, ...]:
        found = (
            Part(
                line.no,
                line.principal_open,
                line.service_charge_open if keeps or line.due_on <= running else 0,
            )
            for line in lines
        )
        return tuple(part for part in found if part.total)

    members = tuple(parts(member.lines) for member in plan.members)
    group = Allocation(parts(plan.lines), 0)
    return Spread(Split(group, members), 0, payoff.forgiven)
