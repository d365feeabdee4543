"""Where every loan of a board stood at the end of a day: bulk facts for its reports.

Three queries, however many loans there are. Source: revolving-loans sheet, section 4.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, Sum

from boards.models import Board
from loans.arrears import CLASS_WORDS, Arrears, arrears_of, collectibility
from loans.models import Installment, Loan, ShareInstallment
from loans.payments import OpenLine
from loans.positions import in_book
from loans.rules import class_limits
from loans.services.standings import floor_of

CLASS_NAMES = tuple(CLASS_WORDS.values())


@dataclass(frozen=True)
class Paid:
    """Pokok and jasa in rupiah."""

    principal: int = 0
    service_charge: int = 0

    def __sub__(self, other: "Paid") -> "Paid":
        """What came in between two days."""
        return Paid(
            self.principal - other.principal,
            self.service_charge - other.service_charge,
        )


@dataclass(frozen=True)
class Position:
    """One loan on a day: paid up to it (`paid`), and up to the month before."""

    loan: Loan
    lines: tuple[OpenLine, ...]
    paid: Paid
    paid_before: Paid
    arrears: Arrears
    collectibility: int
    on: datetime.date

    @property
    def balance(self) -> int:
        """Saldo pokok."""
        return sum(line.principal_open for line in self.lines)

    @property
    def charge_left(self) -> int:
        """Jasa of the whole plan that is neither paid nor let go."""
        return sum(line.service_charge_open for line in self.lines)

    @property
    def target(self) -> Paid:
        """What the plan asks for up to the day."""
        due = [line for line in self.lines if line.due_on <= self.on]
        return Paid(
            sum(line.principal for line in due),
            sum(line.service_charge for line in due),
        )

    @property
    def last_due(self) -> datetime.date:
        """Jatuh tempo of the loan."""
        return self.lines[-1].due_on


def standing_until(on: datetime.date, *, prefix: str = "payments__") -> Q:
    """Parts of receipts that counted at the end of a day."""
    receipt = f"{prefix}receipt__"
    stood = Q(**{f"{receipt}reversed_on": None}) | Q(
        **{f"{receipt}reversed_on__gt": on}
    )
    return stood & Q(**{f"{receipt}on__lte": on})


def paid_until(on: datetime.date, *, name: str = "paid") -> dict:
    """Annotations of a row of a plan: pokok, jasa and jasa let go, up to a day."""
    counts = standing_until(on)
    return {
        f"{name}_{field}": Sum(f"payments__{field}", filter=counts, default=0)
        for field in ("principal", "service_charge", "forgiven")
    }


def line_of(row, no: int, due_on: datetime.date) -> OpenLine:
    """A row of a plan with what was paid on it; needs `paid_until`."""
    return OpenLine(
        no,
        due_on,
        row.principal,
        row.service_charge,
        principal_paid=row.paid_principal,
        service_charge_paid=row.paid_service_charge + row.paid_forgiven,
    )


def loans_on(board: Board, on: datetime.date, *, since: datetime.date | None = None):
    """Loans in the book on a day and not paid off; `since`: paid off after it, too."""
    ended = Q(closed_on=None) | Q(closed_on__gt=on)
    if since:
        ended |= Q(closed_on__gte=since)
    rows = in_book(board, on).filter(ended)
    return rows.select_related("group", "terms__product", "reschedule").order_by(
        "account_number", "pk"
    )


def positions_on(
    board: Board, on: datetime.date, *, since: datetime.date | None = None
) -> list[Position]:
    """Every loan of `loans_on` as it stood; `since` is the first day of the month."""
    loans = {loan.pk: loan for loan in loans_on(board, on, since=since)}
    for loan in loans.values():
        loan.board = board
    before = (since or on) - datetime.timedelta(days=1)
    rows = Installment.objects.filter(loan__in=loans).annotate(
        **paid_until(on), **paid_until(before, name="before")
    )
    plans = defaultdict(list)
    for row in rows.order_by("loan", "no"):
        plans[row.loan_id].append(row)
    limits = class_limits(board, on=on)
    return [_position(loan, plans[pk], on, limits) for pk, loan in loans.items()]


def _position(loan: Loan, rows: list, on: datetime.date, limits) -> Position:
    lines = tuple(line_of(row, row.no, row.due_on) for row in rows)
    behind = arrears_of(lines, as_of=on)
    found = collectibility(behind, limits=limits)
    floor = floor_of(loan, lines, on=on)
    return Position(
        loan=loan,
        lines=lines,
        paid=_sum(rows, "paid"),
        paid_before=_sum(rows, "before"),
        arrears=behind,
        collectibility=max(found, floor),
        on=on,
    )


def _sum(rows: list, name: str) -> Paid:
    return Paid(
        sum(getattr(row, f"{name}_principal") for row in rows),
        sum(getattr(row, f"{name}_service_charge") for row in rows),
    )


@dataclass(frozen=True)
class MemberArrears:
    """One member who is behind; rupiah."""

    name: str
    approved: int
    balance: int
    arrears: Arrears


def member_arrears(
    loans: list[Loan], on: datetime.date
) -> dict[int, list[MemberArrears]]:
    """Loan id to its members who are behind on a day. One query."""
    rows = (
        ShareInstallment.objects.filter(share__loan__in=loans)
        .annotate(**paid_until(on))
        .select_related("share", "installment")
        .order_by("share__loan", "share__position", "installment__no")
    )
    plans = defaultdict(list)
    for row in rows:
        plans[row.share].append(
            line_of(row, row.installment.no, row.installment.due_on)
        )
    found = defaultdict(list)
    for share, lines in plans.items():
        behind = arrears_of(lines, as_of=on)
        if behind.total:
            balance = sum(line.principal_open for line in lines)
            approved = share.approved or 0
            found[share.loan_id].append(
                MemberArrears(share.name, approved, balance, behind)
            )
    return found
