"""Keeping the row that says where a loan stands."""

import datetime

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from boards.models import BoardSetting
from common.periods import add_months
from loans.arrears import arrears_of, collectibility, held_class, rows_paid
from loans.models import Loan, LoanStanding
from loans.payments import OpenLine
from loans.positions import Plan, read_plan
from loans.rules import CLASS_RULES, class_limits, floor_instalments


def recount(
    loan: Loan, plan: Plan | None = None, *, limits: tuple[int, ...] | None = None
) -> LoanStanding:
    """Write the standing of a loan anew, as of the board's today.

    `plan` and `limits` save reading what the caller has at hand; so does a loan whose
    standing was read with it. Runs in the act's transaction, under the loan's lock.
    """
    today = loan.board.today()
    plan = plan or read_plan(loan)
    row = loan.standing
    row.collectibility_floor = floor_of(loan, plan.lines, on=today)
    _fill(row, plan, today, limits or class_limits(loan.board, on=today))
    row.save(update_fields=_COUNTED)
    return row


def first_standings(
    loans: list[Loan], plans: list[list[OpenLine]]
) -> list[LoanStanding]:
    """Unsaved standings of new loans of one board, as of its today."""
    board = loans[0].board
    today = board.today()
    limits = class_limits(board, on=today)
    found = []
    for loan, lines in zip(loans, plans, strict=True):
        row = LoanStanding(board=board, region_code=board.region_code, loan=loan)
        _fill(row, Plan(lines, [], []), today, limits)
        found.append(row)
    return found


_COUNTED = (
    *("counted_on", "stale_on", "balance", "charge_left", "principal_arrears"),
    *("charge_arrears", "arrears_since", "late_count", "collectibility"),
    "collectibility_floor",
)


def floor_of(loan: Loan, lines: list[OpenLine], *, on: datetime.date) -> int:
    """The best class that a rescheduled loan may have on a day; 1 for all others."""
    if not loan.replaces_id:
        return 1
    needed = floor_instalments(loan.board, on=on)
    return held_class(
        1, floor=loan.reschedule.floor, paid=rows_paid(lines), needed=needed
    )


def class_on(loan: Loan, lines: list[OpenLine], on: datetime.date) -> int:
    """Kolektibilitas of a loan on a day, from its rows as they stood then."""
    limits = class_limits(loan.board, on=on)
    found = collectibility(arrears_of(lines, as_of=on), limits=limits)
    return max(found, floor_of(loan, lines, on=on))


def leave_book(loan: Loan, state: str, on: datetime.date) -> None:
    """A loan that left the book owes nothing there, and changes no more."""
    loan.state, loan.closed_on = state, on
    loan.revision += 1
    loan.save(update_fields=["state", "closed_on", "revision"])
    row = LoanStanding.objects.get(loan=loan)
    row.counted_on, row.stale_on = loan.board.today(), None
    row.balance = row.charge_left = row.principal_arrears = row.charge_arrears = 0
    row.arrears_since, row.late_count, row.collectibility = None, 0, 1
    row.save()


def _fill(
    row: LoanStanding, plan: Plan, today: datetime.date, limits: tuple[int, ...]
) -> None:
    behind = arrears_of(plan.lines, as_of=today)
    row.counted_on = today
    row.stale_on = next_change(plan.lines, today)
    row.balance, row.charge_left = plan.balance, plan.charge_left
    row.principal_arrears = behind.principal
    row.charge_arrears = behind.service_charge
    row.arrears_since, row.late_count = behind.since, behind.k
    row.collectibility = max(
        collectibility(behind, limits=limits), row.collectibility_floor
    )


def next_change(lines: list[OpenLine], today: datetime.date) -> datetime.date | None:
    """The next day on which arrears change though nobody pays.

    A row falls due; after the last one each whole month adds to the count.
    """
    if not any(line.principal_open or line.service_charge_open for line in lines):
        return None
    coming = [line.due_on for line in lines if line.due_on > today]
    if coming:
        return min(coming)
    last, months = max(line.due_on for line in lines), 1
    while add_months(last, months) <= today:
        months += 1
    return add_months(last, months)


@transaction.atomic
def sweep_standings() -> int:
    """Count anew what changed though nobody paid; how many loans there were.

    A row fell due, or a rule of the board's own about classes begins to hold. Each
    board's own day counts. Safe to run twice.
    """
    done = 0
    latest = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    # On the day itself as well: a rule may be set after the loan was counted.
    begins = BoardSetting.objects.filter(
        board=OuterRef("board"),
        name__in=CLASS_RULES,
        starts_on__gte=OuterRef("counted_on"),
        starts_on__lte=latest,
    ).order_by("starts_on")
    rows = LoanStanding.objects.filter(stale_on__isnull=False).annotate(
        begins_on=Subquery(begins.values("starts_on")[:1])
    )
    rows = rows.filter(Q(stale_on__lte=latest) | Q(begins_on__isnull=False))
    for row in rows.select_related("loan__board", "loan__terms"):
        if min(row.stale_on, row.begins_on or row.stale_on) <= row.loan.board.today():
            Loan.objects.select_for_update().get(pk=row.loan_id)
            recount(row.loan)
            done += 1
    return done
