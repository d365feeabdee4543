"""The plan of a loan with what was paid on it, read from the rows."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BigIntegerField, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from boards.models import Board
from loans.models import Installment, Loan, Receipt, ReceiptShare, ShareInstallment
from loans.payments import OpenLine, add_lines


@dataclass(frozen=True)
class MemberPlan:
    """One member's rows; `ids` are those of the rows, in the order of the lines."""

    share_id: int
    lines: list[OpenLine]
    ids: list[int]


@dataclass(frozen=True)
class Plan:
    """The group's rows and each member's, with what stands paid on a day."""

    lines: list[OpenLine]
    ids: list[int]
    members: list[MemberPlan]
    # Up to which row fines were judged by the receipts that stand.
    fined_to: int = 0

    @property
    def balance(self) -> int:
        """Saldo pokok."""
        return sum(line.principal_open for line in self.lines)

    @property
    def charge_left(self) -> int:
        """Charge of all rows that is neither paid nor let go."""
        return sum(line.service_charge_open for line in self.lines)


def _paid(until: datetime.date | None, *, prefix: str = "payments__"):
    """Sums of the receipts that stood on a day; None: of those that stand now."""
    counts = Q(**{f"{prefix}receipt__reversed_on": None})
    if until:
        counts |= Q(**{f"{prefix}receipt__reversed_on__gt": until})
        counts &= Q(**{f"{prefix}receipt__on__lte": until})
    return {
        f"paid_{name}": Sum(f"{prefix}{name}", filter=counts, default=0)
        for name in ("principal", "service_charge", "forgiven")
    }


def _paid_beside():
    """The same of a member's row, of the receipts that stand now, without grouping."""
    mine = ReceiptShare.objects.filter(row=OuterRef("pk"), receipt__reversed_on=None)
    return {
        f"paid_{name}": Coalesce(
            Subquery(
                mine.order_by().values("row").annotate(all=Sum(name)).values("all")
            ),
            0,
            output_field=BigIntegerField(),
        )
        for name in ("principal", "service_charge", "forgiven")
    }


def _fined_to(loan: Loan | OuterRef):
    """The last row whose fine was judged; the same beside every row."""
    standing = Receipt.objects.filter(loan=loan, reversed_on=None).order_by()
    last = standing.values("loan").annotate(last=Max("fined_to")).values("last")
    return Coalesce(Subquery(last), 0)


def hold_plan(loan: Loan, **facts) -> tuple[Loan, Plan] | None:
    """A loan with its standing, locked, and its plan as it stands now, in one query.

    `facts` are expressions to read beside each row; the loan gets what they gave. None
    for a loan without a plan. What was paid is right only under the lock of the book:
    a payment that the lock waits for would not be seen.
    """
    rows = list(
        ShareInstallment.objects.filter(share__loan=loan)
        .select_related("installment", *(f"share__loan__{name}" for name in _BESIDE))
        .annotate(**_paid_beside(), **facts, fined_to=_fined_to(loan))
        .select_for_update(of=("share__loan",))
        .order_by("share__position", "installment__no")
    )
    if not rows:
        return None
    members: dict[int, list[ShareInstallment]] = defaultdict(list)
    for row in rows:
        members[row.share_id].append(row)
    plans = [
        MemberPlan(
            share_id,
            [_line(row.installment.no, row.installment.due_on, row) for row in found],
            [row.pk for row in found],
        )
        for share_id, found in members.items()
    ]
    held = rows[0].share.loan
    for name in facts:
        setattr(held, name, getattr(rows[0], name))
    first = next(iter(members.values()))
    ids = [row.installment_id for row in first]
    lines = add_lines([plan.lines for plan in plans])
    return held, Plan(lines, ids, plans, rows[0].fined_to)


_BESIDE = ("board", "group", "terms__product", "standing")


def _line(no: int, due_on: datetime.date, row) -> OpenLine:
    return OpenLine(
        no,
        due_on,
        row.principal,
        row.service_charge,
        principal_paid=row.paid_principal,
        service_charge_paid=row.paid_service_charge + row.paid_forgiven,
    )


def read_plan(loan: Loan, *, until: datetime.date | None = None) -> Plan:
    """The rows of a loan as they stood at the end of a day; None: as they stand now.

    Two queries.
    """
    found = read_plans([loan], until=until)
    return found.get(loan.pk) or Plan([], [], [])


def read_plans(
    loans: Sequence[Loan], *, until: datetime.date | None = None
) -> dict[int, Plan]:
    """The same of several loans, by loan; two queries however many there are."""
    ordered = Installment.objects.filter(loan__in=loans).annotate(
        **_paid(until), fined_to=_fined_to(OuterRef("loan"))
    )
    rows: dict[int, list[Installment]] = defaultdict(list)
    for row in ordered.order_by("loan", "no"):
        rows[row.loan_id].append(row)
    mine = ShareInstallment.objects.filter(installment__loan__in=loans)
    ordered = mine.annotate(**_paid(until)).order_by("share__position", "installment")
    shares: dict[int, list[ShareInstallment]] = defaultdict(list)
    loan_of = {row.pk: pk for pk, found in rows.items() for row in found}
    for row in ordered:
        shares[loan_of[row.installment_id]].append(row)
    return {pk: _plan_of(found, shares[pk]) for pk, found in rows.items()}


def _plan_of(rows: list[Installment], mine: list[ShareInstallment]) -> Plan:
    """One loan's rows of the group and of each member, read already."""
    numbers = {row.pk: (row.no, row.due_on) for row in rows}
    by_share = defaultdict(list)
    for row in mine:
        by_share[row.share_id].append(row)
    return Plan(
        [_line(row.no, row.due_on, row) for row in rows],
        [row.pk for row in rows],
        [
            MemberPlan(
                share_id,
                [_line(*numbers[row.installment_id], row) for row in found],
                [row.pk for row in found],
            )
            for share_id, found in by_share.items()
        ],
        rows[0].fined_to,
    )


def in_book(board: Board, on: datetime.date) -> QuerySet[Loan]:
    """Loans paid out by a day and not replaced, written off or taken back by then.

    Those fully paid are among them.
    """
    gone = Q(state__in=Loan.OUT_OF_BOOK, closed_on__lte=on)
    return Loan.objects.filter(~gone, board=board, disbursed_on__lte=on)


def read_group_plans(
    board: Board, *, until: datetime.date
) -> list[tuple[Loan, list[OpenLine]]]:
    """Every loan in the book with something owed at the end of a day, and its rows.

    Two queries, whatever the number of loans.
    """
    loans = {
        loan.pk: loan
        for loan in in_book(board, until).select_related("group", "reschedule")
    }
    rows = Installment.objects.filter(loan__in=in_book(board, until).values("pk"))
    lines = defaultdict(list)
    for row in rows.annotate(**_paid(until)).order_by("loan", "no"):
        lines[row.loan_id].append(_line(row.no, row.due_on, row))
    return [
        (loans[pk], found)
        for pk, found in lines.items()
        if any(line.principal_open or line.service_charge_open for line in found)
    ]
