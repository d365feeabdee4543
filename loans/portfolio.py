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
from loans.arrears import class_of, held_class
from loans.models import Loan, LoanStanding
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
    AND (l.state NOT IN ({gone})
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
), counted AS (
  SELECT loan.*, COALESCE(s.floor, 1) AS floor, CEILING(behind) + {months} AS k
  FROM loan LEFT JOIN loans_reschedule s ON s.loan_id = loan.loan_id
)
"""
_EACH = """
SELECT loan_id, balance, charge_left, principal_arrears, charge_arrears, k, floor,
       rows_paid, since
FROM counted ORDER BY loan_id
"""
# The same of many boards, by loan: of each plan what was asked, and what was paid on
# its rows; both read in the order of an index, without the rows themselves. A loan
# that ended by the day owes nothing there and is passed over. Rows paid matter only
# where a new plan holds the class.
_SUMS = """
WITH plan AS (
  SELECT l.id AS loan_id, b.id AS board_id, SUM(i.principal) AS principal,
         SUM(i.service_charge) AS charge,
         SUM(CASE WHEN i.due_on <= %(day)s THEN i.principal ELSE 0 END) AS due,
         SUM(CASE WHEN i.due_on <= %(day)s THEN i.service_charge ELSE 0 END)
           AS charge_due,
         COUNT(CASE WHEN i.due_on <= %(day)s AND i.principal > 0 THEN 1 END)
           AS rows_due,
         MAX(i.due_on) AS last_due
  FROM boards_board b CROSS JOIN loans_loan l CROSS JOIN loans_installment i
  WHERE {book} AND i.loan_id = l.id
  GROUP BY b.id, l.id
), paid AS (
  SELECT l.id AS loan_id, SUM(p.principal) AS principal,
         SUM(p.service_charge + p.forgiven) AS charge,
         SUM(CASE WHEN p.due_on <= %(day)s THEN p.principal ELSE 0 END) AS due,
         SUM(CASE WHEN p.due_on <= %(day)s THEN p.service_charge + p.forgiven
                  ELSE 0 END) AS charge_due,
         SUM(CASE WHEN p.due_on <= %(day)s AND p.planned > 0
                  THEN 1.0 * p.principal / p.planned ELSE 0.0 END) AS rows_due
  FROM boards_board b CROSS JOIN loans_loan l CROSS JOIN loans_receiptpart p
  WHERE {book} AND p.loan_id = l.id AND {counts}
  GROUP BY b.id, l.id
), held AS (
  SELECT loan_id, floor, SUM(CASE WHEN given >= asked THEN 1 ELSE 0 END) AS rows_paid
  FROM (
    SELECT s.loan_id, s.floor, i.id, i.principal + i.service_charge AS asked,
           COALESCE(SUM(p.principal + p.service_charge + p.forgiven), 0) AS given
    FROM loans_reschedule s JOIN loans_installment i ON i.loan_id = s.loan_id
    LEFT JOIN loans_receiptpart p ON p.installment_id = i.id AND {counts}
    WHERE s.board_id {of_boards} AND s.floor > 1
    GROUP BY s.loan_id, s.floor, i.id, i.principal + i.service_charge
  ) AS row_of GROUP BY loan_id, floor
), owed AS (
  SELECT plan.loan_id, board_id, last_due,
         plan.principal - COALESCE(paid.principal, 0) AS balance,
         plan.charge - COALESCE(paid.charge, 0) AS charge_left,
         plan.due - COALESCE(paid.due, 0) AS principal_arrears,
         plan.charge_due - COALESCE(paid.charge_due, 0) AS charge_arrears,
         ROUND(plan.rows_due - COALESCE(paid.rows_due, 0.0), 9) AS behind
  FROM plan LEFT JOIN paid ON paid.loan_id = plan.loan_id
), late AS (
  SELECT owed.*, CEILING(behind) + {months} AS k
  FROM owed WHERE balance > 0 OR charge_left > 0
)
SELECT late.board_id, k, charge_arrears > 0, COALESCE(held.floor, 1),
       COALESCE(held.rows_paid, 0), COUNT(*), COUNT(CASE WHEN balance > 0 THEN 1 END),
       SUM(balance), SUM(charge_left), SUM(principal_arrears), SUM(charge_arrears)
FROM late LEFT JOIN held ON held.loan_id = late.loan_id
GROUP BY 1, 2, 3, 4, 5
"""
# Whole months since the last row fell due, while principal is open after it.
_YEAR, _MONTH, _DAY = (
    f"CAST(SUBSTR(CAST(last_due AS VARCHAR(10)), {place}) AS INTEGER)"
    for place in ("1, 4", "6, 2", "9, 2")
)
_MONTHS = f"""
  CASE WHEN principal_arrears > 0 AND last_due <= %(day)s
  THEN (%(year)s - {_YEAR}) * 12 + %(month)s - {_MONTH}
       - CASE WHEN %(dom)s < CASE WHEN {_DAY} < %(days)s THEN {_DAY} ELSE %(days)s END
              THEN 1 ELSE 0 END
  ELSE 0 END"""
_IN_BOOK = """
  l.board_id = b.id AND l.disbursed_on <= %(day)s
  AND (l.closed_on IS NULL OR l.closed_on > %(day)s)"""
_COUNTS = "p.paid_on <= %(day)s AND"
_GONE = ", ".join(f"'{state.value}'" for state in Loan.OUT_OF_BOOK)
# Each engine in the words that it makes least of: SQLite walks the boards in their
# order, so that nothing is sorted, and keeps the few receipts that do not count;
# PostgreSQL joins all at once.
_WORDS = {
    "sqlite": {
        "of_boards": "IN (SELECT value FROM json_each(%(boards)s))",
        "book": f"+b.id IN (SELECT value FROM json_each(%(boards)s)) AND {_IN_BOOK}",
        "counts": f"{_COUNTS} p.receipt_id NOT IN (SELECT r.id FROM loans_receipt r"
        " WHERE r.reversed_on <= %(day)s)",
        "months": _MONTHS,
    },
    "postgresql": {
        "of_boards": "= ANY(%(boards)s)",
        "book": f"b.id = ANY(%(boards)s) AND {_IN_BOOK}",
        "counts": f"{_COUNTS} NOT EXISTS (SELECT 1 FROM loans_receipt r WHERE"
        " r.id = p.receipt_id AND r.reversed_on <= %(day)s)",
        "months": _MONTHS,
    },
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
        late = self.charge_arrears > 0
        return _class(rules, self.k, late, self.floor, self.rows_paid)


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
        return _class(rules, self.k, self.charge_open, self.floor, self.rows_paid)

    def portfolio(self, *, risk: int) -> Portfolio:
        """What they add to the sums of the indicators."""
        lent, sums = self.with_balance, self.sums
        if not lent or self.k < risk:
            return Portfolio(lent, sums.balance)
        late = sums.principal_arrears
        return Portfolio(lent, sums.balance, lent, sums.balance, late)


def _class(rules: BookRules, k: int, charge_open: bool, floor: int, paid: int) -> int:
    """The class by the rules, held for a while where the plan is a new one."""
    found = class_of(k, charge_open=charge_open, limits=rules.class_limits)
    return held_class(found, floor=floor, paid=paid, needed=rules.floor_instalments)


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
        for *figures, since in _asked(_LOANS + _EACH, [board.pk], day)
    ]


def _asked(statement: str, board_ids: Iterable[int], day: datetime.date) -> list[tuple]:
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
    with connection.cursor() as cursor:
        cursor.execute(statement.format(gone=_GONE, **_WORDS[connection.vendor]), facts)
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
