"""Where every loan of a board stood on any day: one statement over plan and receipts.

The same count as `loans.arrears`: rows due on the day and before it, whole months after
the last one, rounded up once. Fractions are added by the database, so their sum is
rounded to nine decimals first: a third three times is one there, too.
"""

import calendar
import datetime
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q, Sum

from boards.models import Board
from loans.models import Loan, LoanStanding
from loans.performance import LoanState, Portfolio, portfolio_of

# Both databases read it as it stands; days are compared as days, and taken apart as
# text (YYYY-MM-DD), which both write alike.
_POSITIONS = """
WITH paid AS (
  SELECT p.installment_id AS row_id, SUM(p.principal) AS principal,
         SUM(p.service_charge + p.forgiven) AS charge
  FROM loans_receiptpart p JOIN loans_receipt r ON r.id = p.receipt_id
  WHERE r.board_id = %(board)s AND r."on" <= %(day)s
    AND (r.reversed_on IS NULL OR r.reversed_on > %(day)s)
  GROUP BY p.installment_id
), plan AS (
  SELECT i.loan_id, i.due_on, i.principal AS planned,
         i.principal - COALESCE(p.principal, 0) AS principal,
         i.service_charge - COALESCE(p.charge, 0) AS charge,
         CASE WHEN i.due_on <= %(day)s THEN 1 ELSE 0 END AS due
  FROM loans_installment i
  JOIN loans_loan l ON l.id = i.loan_id
  LEFT JOIN paid p ON p.row_id = i.id
  WHERE l.board_id = %(board)s AND l.disbursed_on <= %(day)s
    AND (l.state NOT IN ('rescheduled', 'written_off') OR l.closed_on > %(day)s)
), loan AS (
  SELECT loan_id, SUM(principal) AS balance, SUM(charge) AS charge_left,
         SUM(due * principal) AS principal_arrears,
         SUM(due * charge) AS charge_arrears,
         MIN(CASE WHEN due = 1 AND (principal > 0 OR charge > 0) THEN due_on END)
           AS since,
         ROUND(SUM(CASE WHEN due = 1 AND planned > 0
                        THEN 1.0 * principal / planned ELSE 0.0 END), 9) AS behind,
         MAX(due_on) AS last_due
  FROM plan GROUP BY loan_id
), dated AS (
  SELECT loan.*, CAST(SUBSTR(CAST(last_due AS VARCHAR(10)), 1, 4) AS INTEGER) AS y,
         CAST(SUBSTR(CAST(last_due AS VARCHAR(10)), 6, 2) AS INTEGER) AS m,
         CAST(SUBSTR(CAST(last_due AS VARCHAR(10)), 9, 2) AS INTEGER) AS d
  FROM loan
)
SELECT loan_id, balance, charge_left, principal_arrears, charge_arrears, since,
       CEILING(behind) + CASE
         WHEN principal_arrears > 0 AND last_due <= %(day)s
         THEN (%(year)s - y) * 12 + %(month)s - m
              - CASE WHEN %(dom)s < CASE WHEN d < %(days)s THEN d ELSE %(days)s END
                     THEN 1 ELSE 0 END
         ELSE 0 END AS k
FROM dated ORDER BY loan_id
"""


@dataclass(frozen=True, slots=True)
class LoanPosition:
    """One loan on a day, in rupiah; `k` whole instalments. Zeros when paid in full."""

    loan_id: int
    balance: int
    charge_left: int
    principal_arrears: int
    charge_arrears: int
    since: datetime.date | None
    k: int


def positions_on(board: Board, day: datetime.date) -> list[LoanPosition]:
    """Every loan of the board's book on a day, from its rows alone; one statement.

    Loans that were rescheduled or written off by then are not in the book.
    """
    facts = {
        "board": board.pk,
        "day": day.isoformat() if connection.vendor == "sqlite" else day,
        "year": day.year,
        "month": day.month,
        "dom": day.day,
        "days": calendar.monthrange(day.year, day.month)[1],
    }
    with connection.cursor() as cursor:
        cursor.execute(_POSITIONS, facts)
        rows = cursor.fetchall()
    return [
        LoanPosition(pk, *(int(amount) for amount in amounts), _day(since), int(k))
        for pk, *amounts, since, k in rows
    ]


def _day(value: str | datetime.date | None) -> datetime.date | None:
    """SQLite keeps days as text."""
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


def portfolio_on(board: Board, day: datetime.date, *, risk: int) -> Portfolio:
    """Sums of a past day; `risk` instalments behind put a loan at risk."""
    states = (
        LoanState(one.balance, one.principal_arrears, one.k)
        for one in positions_on(board, day)
    )
    return portfolio_of(states, risk_instalments=risk)


def portfolio_now(board: Board, *, risk: int) -> Portfolio:
    """Sums of today, from the row that each loan keeps; one query over few rows."""
    risky = Q(late_count__gte=risk)
    rows = LoanStanding.objects.filter(
        board=board, balance__gt=0, loan__state=Loan.State.ACTIVE
    )
    sums = rows.aggregate(
        all_loans=Count("pk"),
        whole=Sum("balance", default=0),
        risky_loans=Count("pk", filter=risky),
        risky_whole=Sum("balance", filter=risky, default=0),
        risky_arrears=Sum("principal_arrears", filter=risky, default=0),
    )
    return Portfolio(
        loans=sums["all_loans"],
        balance=sums["whole"],
        loans_at_risk=sums["risky_loans"],
        balance_at_risk=sums["risky_whole"],
        arrears_at_risk=sums["risky_arrears"],
    )
