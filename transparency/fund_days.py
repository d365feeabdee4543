"""On which day the public totals of a fund stand.

Two months subtracted tell what happened between them: where one person borrowed, the
sum is hers. So the totals go on to the end of a month only when many stand behind the
change, or nobody: those who were lent to, those among them who never borrowed before,
and those whose debt moved, each counted since the totals last changed.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator

from boards.parameters import Rules
from common.periods import Period
from ledger.models import Book
from loans.models import Loan, LoanShare, Receipt

# Rules of a board: whether its totals are public, and how many make a figure.
PUBLIC, LEAST = "fund_totals_public", "public_least_borrowers"
Happened = dict[datetime.date, set[int]]


def shown_day(book: Book, until: datetime.date, rules: Rules) -> datetime.date | None:
    """The last month's end up to `until`, a closed day, on which totals may change.

    None before the first. How many are many says the `LEAST` of `rules` at each month's
    end. Three queries; an act of before the book counts as of its first month.
    """
    people = _people(book)
    lent = _by_month(_lendings(book), people, since=book.opened_on)
    moved = _by_month(_moves(book), people, since=book.opened_on)
    shown, known = None, set[int]()
    received, touched = set[int](), set[int]()
    for month in Period(book.opened_on, until).months():
        received |= lent[month.start]
        touched |= moved[month.start]
        least = rules.on(LEAST, month.end).value
        changed = (received, received - known, touched)
        if all(_many(people_behind, least) for people_behind in changed):
            shown, known = month.end, known | received
            received, touched = set(), set()
    return shown


def _many(people: set[int], least: int) -> bool:
    """Nobody, or so many that nobody is told apart."""
    return not people or len(people) >= least


def _people(book: Book) -> dict[int, set[int]]:
    """Loan id to the residents who have a share in it."""
    shares = LoanShare.objects.filter(loan__board=book.board_id, approved__gt=0)
    found: dict[int, set[int]] = defaultdict(set)
    for loan, person in shares.order_by().values_list("loan", "member__person"):
        found[loan].add(person)
    return found


def _lent_out(book: Book):
    rows = Loan.objects.filter(board=book.board_id, state__in=Loan.PAID_OUT).order_by()
    return rows.values_list("pk", "state", "replaces", "disbursed_on", "closed_on")


def _lendings(book: Book) -> Iterator[tuple[int, datetime.date | None]]:
    """Loan id and each day on which what was lent grew, or shrank again."""
    for loan, state, replaces, lent_on, ended_on in _lent_out(book):
        if not replaces:
            yield loan, lent_on
        if state == Loan.State.TAKEN_BACK:
            yield loan, ended_on


def _moves(book: Book) -> Iterator[tuple[int, datetime.date | None]]:
    """Loan id and each day on which its debt moved after the payout."""
    rows = Receipt.objects.filter(board=book.board_id).order_by()
    for loan, on, back_on in rows.values_list("loan", "on", "reversed_on"):
        yield loan, on
        yield loan, back_on
    for loan, state, _replaces, _lent_on, ended_on in _lent_out(book):
        if state in (Loan.State.WRITTEN_OFF, Loan.State.RESCHEDULED):
            yield loan, ended_on


def _by_month(
    happened: Iterator[tuple[int, datetime.date | None]],
    people: dict[int, set[int]],
    *,
    since: datetime.date,
) -> Happened:
    """First day of a month to the residents behind what happened in it."""
    found: Happened = defaultdict(set)
    for loan, on in happened:
        if on:
            found[max(on, since).replace(day=1)] |= people[loan]
    return found
