"""Where loans stood on any day, of one board or of many: one statement each time.

Of today the row that each loan keeps is asked, of a past day plan and receipts. The
same count as `loans.arrears`: rows due on the day and before it, whole months after
the last one, rounded up once. Fractions are added by the database, so their sum is
rounded to nine decimals first: a third three times is one there, too.
"""

import calendar
import datetime
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from boards.models import Board
from loans.arrears import class_of
from loans.models import LoanStanding
from loans.performance import Portfolio
from loans.rules import BookRules, book_rules

# Both databases read it as it stands; days are compared as days, and taken apart as
# text (YYYY-MM-DD), which both write alike.
_LOANS = """
WITH paid AS (
  SELECT p.installment_id AS row_id, SUM(p.principal) AS principal,
         SUM(p.service_charge + p.forgiven) AS charge
  FROM loans_receiptpart p JOIN loans_receipt r ON r.id = p.receipt_id
  WHERE r.board_id {of_boards} AND r."on" <= %(day)s
    AND (r.reversed_on IS NULL OR r.reversed_on > %(day)s)
  GROUP BY p.installment_id
), plan AS (
  SELECT i.loan_id, l.board_id, i.due_on, i.principal AS planned,
         i.principal - COALESCE(p.principal, 0) AS principal,
         i.service_charge - COALESCE(p.charge, 0) AS charge,
         CASE WHEN i.due_on <= %(day)s THEN 1 ELSE 0 END AS due
  FROM loans_installment i
  JOIN loans_loan l ON l.id = i.loan_id
  LEFT JOIN paid p ON p.row_id = i.id
  WHERE l.board_id {of_boards} AND l.disbursed_on <= %(day)s
    AND (l.state NOT IN ('rescheduled', 'written_off', 'taken_back')
         OR l.closed_on > %(day)s)
), loan AS (
  SELECT loan_id, board_id, SUM(principal) AS balance, SUM(charge) AS charge_left,
         SUM(due * principal) AS principal_arrears,
         SUM(due * charge) AS charge_arrears,
         MIN(CASE WHEN due = 1 AND (principal > 0 OR charge > 0) THEN due_on END)
           AS since,
         ROUND(SUM(CASE WHEN due = 1 AND planned > 0
                        THEN 1.0 * principal / planned ELSE 0.0 END), 9) AS behind,
         SUM(CASE WHEN principal = 0 AND charge = 0 THEN 1 ELSE 0 END) AS rows_paid,
         MAX(due_on) AS last_due
  FROM plan GROUP BY loan_id, board_id
), dated AS (
  SELECT loan.*, CAST(SUBSTR(CAST(last_due AS VARCHAR(10)), 1, 4) AS INTEGER) AS y,
         CAST(SUBSTR(CAST(last_due AS VARCHAR(10)), 6, 2) AS INTEGER) AS m,
         CAST(SUBSTR(CAST(last_due AS VARCHAR(10)), 9, 2) AS INTEGER) AS d
  FROM loan
), counted AS (
  SELECT dated.*, COALESCE(s.floor, 1) AS floor,
         CEILING(behind) + CASE
           WHEN principal_arrears > 0 AND last_due <= %(day)s
           THEN (%(year)s - y) * 12 + %(month)s - m
                - CASE WHEN %(dom)s < CASE WHEN d < %(days)s THEN d ELSE %(days)s END
                       THEN 1 ELSE 0 END
           ELSE 0 END AS k
  FROM dated LEFT JOIN loans_reschedule s ON s.loan_id = dated.loan_id
)
"""
_EACH = """
SELECT loan_id, balance, charge_left, principal_arrears, charge_arrears, k, floor,
       rows_paid, since
FROM counted ORDER BY loan_id
"""
# Rows paid matter only where a new plan holds the class.
_SUMS = """
SELECT board_id, k, charge_arrears > 0, floor,
       CASE WHEN floor > 1 THEN rows_paid ELSE 0 END, COUNT(*),
       COUNT(CASE WHEN balance > 0 THEN 1 END), SUM(balance), SUM(charge_left),
       SUM(principal_arrears), SUM(charge_arrears)
FROM counted WHERE balance > 0 OR charge_left > 0 GROUP BY 1, 2, 3, 4, 5
"""
_OF_BOARDS = {
    "sqlite": "IN (SELECT value FROM json_each(%(boards)s))",
    "postgresql": "= ANY(%(boards)s)",
}


@dataclass(frozen=True, slots=True)
class LoanPosition:
    """One loan on a day, in rupiah; `k` whole instalments. Zeros when paid in full.

    `floor` is the class that a new plan holds until it has earned better, 1 for all
    others; `rows_paid` are its rows with nothing left to pay.
    """

    loan_id: int
    balance: int
    charge_left: int
    principal_arrears: int
    charge_arrears: int
    k: int
    floor: int
    rows_paid: int
    since: datetime.date | None

    def collectibility(self, rules: BookRules) -> int:
        """The class by the rules of the board and the day."""
        held = self.floor if self.rows_paid < rules.floor_instalments else 1
        found = class_of(
            self.k, charge_open=self.charge_arrears > 0, limits=rules.class_limits
        )
        return max(found, held)


@dataclass(frozen=True, slots=True)
class Sums:
    """Loans with something left to pay, added up; rupiah."""

    loans: int = 0
    balance: int = 0
    charge_left: int = 0
    principal_arrears: int = 0
    charge_arrears: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        """Both together."""
        return Sums(
            self.loans + other.loans,
            self.balance + other.balance,
            self.charge_left + other.charge_left,
            self.principal_arrears + other.principal_arrears,
            self.charge_arrears + other.charge_arrears,
        )


@dataclass(frozen=True, slots=True)
class BookPortfolio:
    """The loans of a board, or of several, on a day.

    `classes` are keyed by collectibility (a class without loans is missing); a loan of
    which only the charge is left is in them, but not in `portfolio`, which is what the
    indicators divide (saldo pokok above zero).
    """

    portfolio: Portfolio
    classes: Mapping[int, Sums]

    @property
    def all(self) -> Sums:
        """All classes together."""
        return sum(self.classes.values(), start=Sums())


NO_LOANS = BookPortfolio(Portfolio(), {})


@dataclass(frozen=True, slots=True)
class _Heap:
    """Loans of one board that no rule can tell apart."""

    board_id: int
    k: int
    charge_open: bool
    floor: int
    rows_paid: int
    with_balance: int
    sums: Sums

    def collectibility(self, rules: BookRules) -> int:
        """Their class."""
        found = class_of(
            self.k, charge_open=self.charge_open, limits=rules.class_limits
        )
        held = self.floor if self.rows_paid < rules.floor_instalments else 1
        return max(found, held)

    def portfolio(self, *, risk: int) -> Portfolio:
        """What they add to the sums of the indicators."""
        lent, sums = self.with_balance, self.sums
        if not lent or self.k < risk:
            return Portfolio(lent, sums.balance)
        late = sums.principal_arrears
        return Portfolio(lent, sums.balance, lent, sums.balance, late)


def portfolios_on(
    boards: QuerySet[Board], day: datetime.date
) -> dict[int, BookPortfolio]:
    """Board id to its book at the end of a day, from plan and receipts alone.

    Each board by its own rules of that day. Three queries, whatever the number of
    boards and loans: the boards, their rules, and one statement over the loans. A
    board without loans gets `NO_LOANS`.
    """
    rules = book_rules(dict.fromkeys(boards.values_list("pk", flat=True), day))
    return _by_board(_heaps_on(rules, day), rules)


def portfolios_now(boards: QuerySet[Board]) -> dict[int, BookPortfolio]:
    """Board id to its book today, from the row that each loan keeps; three queries."""
    rules = book_rules({board.pk: board.today() for board in boards})
    return _by_board(_heaps_now(rules), rules)


def _by_board(
    heaps: Iterable[_Heap], rules: Mapping[int, BookRules]
) -> dict[int, BookPortfolio]:
    found = defaultdict(list)
    for heap in heaps:
        found[heap.board_id].append(heap)
    return {pk: _judged(found[pk], rule) for pk, rule in rules.items()}


def _judged(heaps: list[_Heap], rules: BookRules) -> BookPortfolio:
    """Heaps of one board put into its classes."""
    classes: dict[int, Sums] = defaultdict(Sums)
    for heap in heaps:
        classes[heap.collectibility(rules)] += heap.sums
    counted = _portfolio(heaps, risk=rules.risk_instalments)
    return BookPortfolio(counted, dict(sorted(classes.items())))


def _portfolio(heaps: Iterable[_Heap], *, risk: int) -> Portfolio:
    return sum((heap.portfolio(risk=risk) for heap in heaps), start=Portfolio())


def _heaps_on(board_ids: Iterable[int], day: datetime.date) -> Iterator[_Heap]:
    for board_id, k, charge_open, floor, paid, loans, lent, *sums in _asked(
        _SUMS, board_ids, day
    ):
        found = Sums(loans, *map(int, sums))
        yield _Heap(board_id, int(k), bool(charge_open), floor, paid, lent, found)


_SUMMED = ("balance", "charge_left", "principal_arrears", "charge_arrears")


def _heaps_now(board_ids: Iterable[int]) -> Iterator[_Heap]:
    """The row of a loan holds its floor only while it has not earned better."""
    rows = (
        LoanStanding.objects.filter(board__in=list(board_ids))
        .filter(Q(balance__gt=0) | Q(charge_left__gt=0))
        .annotate(charge_open=Q(charge_arrears__gt=0))
        .values_list("board_id", "late_count", "charge_open", "collectibility_floor")
        .annotate(
            loans=Count("pk"),
            lent=Count("pk", filter=Q(balance__gt=0)),
            **{f"{name}_sum": Sum(name) for name in _SUMMED},
        )
        .order_by()
    )
    for board_id, k, charge_open, floor, loans, lent, *sums in rows:
        yield _Heap(board_id, k, charge_open, floor, 0, lent, Sums(loans, *sums))


def summed(books: Iterable[BookPortfolio]) -> BookPortfolio:
    """The books of many boards as one; each was judged by its own rules."""
    classes: dict[int, Sums] = defaultdict(Sums)
    counted = Portfolio()
    for book in books:
        counted += book.portfolio
        for number, sums in book.classes.items():
            classes[number] += sums
    return BookPortfolio(counted, dict(sorted(classes.items())))


def positions_on(board: Board, day: datetime.date) -> list[LoanPosition]:
    """Every loan of the board's book on a day, from its rows alone; one statement.

    Loans that were rescheduled or written off by then are not in the book.
    """
    return [
        LoanPosition(*map(int, figures), since=_day(since))
        for *figures, since in _asked(_EACH, [board.pk], day)
    ]


def _asked(select: str, board_ids: Iterable[int], day: datetime.date) -> list[tuple]:
    """Rows of a statement over the loans of these boards as they stood on a day."""
    of_sqlite, ids = connection.vendor == "sqlite", list(board_ids)
    facts = {
        "boards": json.dumps(ids) if of_sqlite else ids,
        "day": day.isoformat() if of_sqlite else day,
        "year": day.year,
        "month": day.month,
        "dom": day.day,
        "days": calendar.monthrange(day.year, day.month)[1],
    }
    statement = _LOANS.format(of_boards=_OF_BOARDS[connection.vendor]) + select
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        return cursor.fetchall()


def _day(value: str | datetime.date | None) -> datetime.date | None:
    """SQLite keeps days as text."""
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


def portfolio_on(board: Board, day: datetime.date, *, risk: int) -> Portfolio:
    """Sums of a past day; `risk` instalments behind put a loan at risk. One query."""
    return _portfolio(_heaps_on([board.pk], day), risk=risk)


def portfolio_now(board: Board, *, risk: int) -> Portfolio:
    """Sums of today, from the row that each loan keeps. One query."""
    return _portfolio(_heaps_now([board.pk]), risk=risk)
