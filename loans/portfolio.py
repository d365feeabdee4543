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
from loans.models import LoanStanding
from loans.performance import Portfolio
from loans.portfolio_sql import EACH, SUMS, statement
from loans.rules import BookRules, book_rules


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
        SUMS, board_ids, day
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
        for *figures, since in _asked(EACH, [board.pk], day)
    ]


def _asked(asked: str, board_ids: Iterable[int], day: datetime.date) -> list[tuple]:
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
        cursor.execute(statement(asked, connection.vendor), facts)
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
