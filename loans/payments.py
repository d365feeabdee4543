"""What a payment pays: rows in order, money over, the share of each member. Pure.

A payment is spread over the rows of a plan once, by the order that is stored with the
loan; what it paid is stored, so a later change of the rule moves nothing.

Source: revolving-loans sheet, section 3.2 (payments), E6 and E7.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import chain

from common.figures import BadFigure
from common.money import LARGEST_RUPIAH, format_rupiah
from loans.schedule import Line


class Order(StrEnum):
    """What a payment pays first.

    `ROW_CHARGE_FIRST`: the oldest row, in it the charge and then the principal.
    `ALL_CHARGE_FIRST`: the charges of all rows due on the day, then their principal,
    then the rows to come in their order.
    """

    ROW_CHARGE_FIRST = "row_charge_first"
    ALL_CHARGE_FIRST = "all_charge_first"


class Settlement(StrEnum):
    """What is asked of who pays everything early."""

    FULL_CHARGE = "full_charge"
    CURRENT_ROW = "current_row"


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in."""

    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A row of a plan with what was paid on it; whole rupiah."""

    no: int
    due_on: date
    principal: int
    service_charge: int
    principal_paid: int = 0
    service_charge_paid: int = 0

    @property
    def principal_open(self) -> int:
        """Principal of this row that is not paid yet."""
        return self.principal - self.principal_paid

    @property
    def service_charge_open(self) -> int:
        """Charge of this row that is not paid yet."""
        return self.service_charge - self.service_charge_paid

    @property
    def total_open(self) -> int:
        """Principal and charge of this row that are not paid yet."""
        return self.principal_open + self.service_charge_open


@dataclass(frozen=True, slots=True)
class Part:
    """What one payment pays on one row."""

    no: int
    principal: int
    service_charge: int

    @property
    def total(self) -> int:
        """Principal and charge."""
        return self.principal + self.service_charge


@dataclass(frozen=True, slots=True)
class Allocation:
    """One payment spread over rows; `refund` is more than the whole debt."""

    parts: tuple[Part, ...]
    refund: int


@dataclass(frozen=True, slots=True)
class Split:
    """One payment of a group: its parts, and those of each member in order.

    In every row the members' parts add up to the part of the group.
    """

    group: Allocation
    members: tuple[tuple[Part, ...], ...]

    @property
    def amounts(self) -> list[int]:
        """Rupiah of each member."""
        return [sum(part.total for part in parts) for parts in self.members]


@dataclass(frozen=True, slots=True)
class Position:
    """A loan on a day: its rows, the principal still owed, the money paid over."""

    lines: list[OpenLine]
    refund: int

    @property
    def balance(self) -> int:
        """Saldo pokok: principal that is not paid yet, due or not."""
        return sum(line.principal_open for line in self.lines)


@dataclass(frozen=True, slots=True)
class Payoff:
    """What closes a loan today, and the charge that is let go."""

    principal: int
    service_charge: int
    forgiven: int

    @property
    def total(self) -> int:
        """Rupiah to pay."""
        return self.principal + self.service_charge


def open_lines(lines: Iterable[Line]) -> list[OpenLine]:
    """A fresh plan, on which nothing was paid."""
    return [
        OpenLine(line.no, line.due_on, line.principal, line.service_charge)
        for line in lines
    ]


def check_payment(payment: Payment, *, disbursed_on: date) -> None:
    """Refuse money of nothing or less, and money before the loan. Raises BadFigure."""
    if not 1 <= payment.amount <= LARGEST_RUPIAH:
        sentence = f"Jumlah bayar Rp1 sampai {format_rupiah(LARGEST_RUPIAH)}."
        raise BadFigure("amount", sentence)
    if payment.on < disbursed_on:
        raise BadFigure("on", "Tanggal bayar lebih dulu dari tanggal pencairan.")


def _in_turn(
    lines: Sequence[OpenLine], on: date, order: Order
) -> Iterator[tuple[int, bool]]:
    """Position of a row and whether its charge is meant, in the order of paying."""
    later = list(range(len(lines)))
    if order == Order.ALL_CHARGE_FIRST:
        due = [at for at in later if lines[at].due_on <= on]
        yield from ((at, True) for at in due)
        yield from ((at, False) for at in due)
        later = [at for at in later if lines[at].due_on > on]
    for at in later:
        yield at, True
        yield at, False


def allocate(
    lines: Sequence[OpenLine], amount: int, *, on: date, order: Order
) -> Allocation:
    """Spread one payment over the rows, which stand in the order of their days.

    Rows to come are paid as planned, charge and principal; nothing is paid twice.
    """
    charges, principals = [0] * len(lines), [0] * len(lines)
    left = amount
    for at, is_charge in _in_turn(lines, on, order):
        if not left:
            break
        line = lines[at]
        owed = line.service_charge_open if is_charge else line.principal_open
        paid = min(left, owed)
        (charges if is_charge else principals)[at] = paid
        left -= paid
    parts = tuple(
        Part(line.no, principal, charge)
        for line, principal, charge in zip(lines, principals, charges, strict=True)
        if principal or charge
    )
    return Allocation(parts, left)


def pay(lines: Sequence[OpenLine], parts: Iterable[Part]) -> list[OpenLine]:
    """The rows after these parts were paid on them."""
    by_row = {part.no: part for part in parts}
    return [
        replace(
            line,
            principal_paid=line.principal_paid + by_row[line.no].principal,
            service_charge_paid=line.service_charge_paid
            + by_row[line.no].service_charge,
        )
        if line.no in by_row
        else line
        for line in lines
    ]


def settle(
    lines: Sequence[Line], payments: Iterable[Payment], *, order: Order, as_of: date
) -> Position:
    """A loan on a day, from its plan and the payments up to that day.

    Payments count by their day, those of one day as they stand; later ones do not
    count.
    """
    counted = [payment for payment in payments if payment.on <= as_of]
    rows, refund = open_lines(lines), 0
    for payment in sorted(counted, key=lambda payment: payment.on):
        found = allocate(rows, payment.amount, on=payment.on, order=order)
        rows = pay(rows, found.parts)
        refund += found.refund
    return Position(rows, refund)


def early_payoff(lines: Sequence[OpenLine], *, on: date, rule: Settlement) -> Payoff:
    """What closes a loan on a day, by the rule of its product.

    `CURRENT_ROW` asks for the charges of rows due and of the row that runs: the first
    one due on the day or after it. Source: revolving-loans sheet, 3.2 and E7.
    """
    principal = sum(line.principal_open for line in lines)
    charge = sum(line.service_charge_open for line in lines)
    if rule == Settlement.FULL_CHARGE:
        return Payoff(principal, charge, 0)
    running = min((line.due_on for line in lines if line.due_on >= on), default=on)
    asked = sum(line.service_charge_open for line in lines if line.due_on <= running)
    return Payoff(principal, asked, charge - asked)


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Whole rupiah by weight, exact to the last one: largest remainder first.

    Of equal remainders the earlier gets the rupiah. No share is above its weight when
    `total` is not above their sum. Raises ValueError when nobody has a weight.
    """
    whole = sum(weights)
    if min(weights, default=-1) < 0 or total < 0 or (total and not whole):
        raise ValueError("share_out needs weights of zero or more, one above zero")
    if not total:
        return [0] * len(weights)
    shares = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    neediest = sorted(range(len(weights)), key=lambda at: -remainders[at])
    for at in neediest[: total - sum(shares)]:
        shares[at] += 1
    return shares


def add_lines(members: Sequence[Sequence[OpenLine]]) -> list[OpenLine]:
    """Row by row the sum of the members: how the group stands."""
    return [
        OpenLine(
            row[0].no,
            row[0].due_on,
            sum(line.principal for line in row),
            sum(line.service_charge for line in row),
            sum(line.principal_paid for line in row),
            sum(line.service_charge_paid for line in row),
        )
        for row in zip(*members, strict=True)
    ]


def split_payment(
    members: Sequence[Sequence[OpenLine]], amount: int, *, on: date, order: Order
) -> Split:
    """Spread a payment of the group, and each part of it over the members.

    In a row each member takes the part that he or she still owes there; who is behind
    is paid for first, because the oldest rows are. All members have the same rows.
    """
    group = allocate(add_lines(members), amount, on=on, order=order)
    position = {line.no: at for at, line in enumerate(members[0])}
    shares: list[list[Part]] = [[] for _ in members]
    for part in group.parts:
        rows = [lines[position[part.no]] for lines in members]
        principal = share_out(part.principal, [row.principal_open for row in rows])
        charge = share_out(
            part.service_charge, [row.service_charge_open for row in rows]
        )
        for parts, mine, due in zip(shares, principal, charge, strict=True):
            if mine or due:
                parts.append(Part(part.no, mine, due))
    return Split(group, tuple(tuple(parts) for parts in shares))


def split_by_hand(
    members: Sequence[Sequence[OpenLine]],
    amounts: Sequence[int],
    *,
    on: date,
    order: Order,
) -> Split:
    """The same when somebody said how much each member gave; zero for who gave none.

    Each amount pays the rows of its member. Raises BadFigure with
    `members.<position>.amount` when it is below zero or above what the member owes.
    """
    found: list[tuple[Part, ...]] = []
    for at, (lines, amount) in enumerate(zip(members, amounts, strict=True)):
        own = allocate(lines, amount, on=on, order=order)
        if amount < 0 or own.refund:
            sentence = "Bagian anggota tidak boleh minus atau melebihi sisa utangnya."
            raise BadFigure(f"members.{at}.amount", sentence)
        found.append(own.parts)
    return Split(Allocation(_added(found), 0), tuple(found))


def _added(members: Iterable[Iterable[Part]]) -> tuple[Part, ...]:
    """Parts of all members, one a row."""
    rows: dict[int, Part] = {}
    for part in chain.from_iterable(members):
        before = rows.get(part.no, Part(part.no, 0, 0))
        rows[part.no] = Part(
            part.no,
            before.principal + part.principal,
            before.service_charge + part.service_charge,
        )
    return tuple(rows[no] for no in sorted(rows))
