"""How the fund of each LKM stands on a day: the columns of the report upward.

Sums alone; no group and no person is named, so it may leave the LKM. One statement a
fact, however many LKM. Source: revolving-loans sheet, section 7.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from django.db.models import Case, Count, F, Max, Q, Sum, Value, When

from boards.models import Board
from boards.parameters import Rules
from common.periods import add_months
from ledger.chart import P2KP_CAPITAL, PNPM_CAPITAL, Group, Use, side_of
from ledger.models import Book, Entry
from loans.health import last_month_end
from loans.models import Loan, LoanShare
from loans.performance import Band, Figure, Indicator, Portfolio, Result, figures
from loans.portfolio import portfolios_now, portfolios_on
from loans.rules import DORMANT, capital_day, indicator_rules, limits_on
from members.models import Sex

_SOURCES = {P2KP_CAPITAL: "p2kp", PNPM_CAPITAL: "pnpm"}


@dataclass(frozen=True)
class Capital:
    """Modal by its source, in rupiah; what is left of profits counts as other."""

    p2kp: int = 0
    pnpm: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """All sources together."""
        return self.p2kp + self.pnpm + self.other


@dataclass(frozen=True)
class Lending:
    """What was lent so far, and to how many; people count once in a board.

    `women` and `men` borrow now; `borrowers` ever did.
    """

    lent: int = 0
    groups: int = 0
    borrowers: int = 0
    women: int = 0
    men: int = 0

    @property
    def members(self) -> int:
        """People with a share in a loan that runs."""
        return self.women + self.men


@dataclass(frozen=True)
class Progress:
    """The fund of one LKM, or of many added up; rupiah, whole groups and people.

    `closed_through` is the last day that is locked in all of their books.
    """

    on: datetime.date
    result_until: datetime.date
    boards: int
    villages: frozenset[str]
    books: int
    active: int
    capital: Capital
    lending: Lending
    portfolio: Portfolio
    result: Result
    money: int
    closed_through: datetime.date | None
    figures: Mapping[Indicator, Figure]
    # How many of the five indicators of each LKM are judged how.
    bands: Mapping[Band, int] = field(default_factory=Counter)

    @property
    def state(self) -> str:
        """What to say instead of figures; "" when there are some."""
        if not self.books:
            return "belum ada buku"
        return "" if self.lending.groups else "belum ada pinjaman"

    @property
    def standing(self) -> str:
        """Does the UPK work: one word for a row of one LKM."""
        if not self.books:
            return "Belum ada buku"
        return "Aktif" if self.active else "Tidak bergerak"


def progress_of(
    boards: Sequence[Board], on: datetime.date, *, today: datetime.date | None = None
) -> dict[int, Progress]:
    """Board id to its fund on a day; the same statements for one board and for many.

    Balances are of `on`; income, cost and the capital that ROI divides of the end of
    the last month that was over by then. When `on` is `today`, loans are read from the
    row that each keeps; else counted anew.
    """
    until = last_month_end(on)
    keys = [board.pk for board in boards]
    books = _closed_through(keys, on)
    money, lending = _money(keys, on, until), _lending(keys, on)
    rules = indicator_rules(keys)
    rows = Board.objects.filter(pk__in=keys)
    books_on = portfolios_now(rows) if on == today else portfolios_on(rows, on)
    found = {}
    for board in boards:
        sums, loans = money.get(board.pk, _Money()), books_on[board.pk].portfolio
        limits = limits_on(rules[board.pk], on)
        result = sums.result(until, capital_day(rules[board.pk], until))
        judged = figures(loans, result, limits=limits)
        found[board.pk] = Progress(
            on=on,
            result_until=until,
            boards=1,
            villages=frozenset([board.region_code] if board.pk in books else []),
            books=int(board.pk in books),
            active=int(sums.moved_since(_still_since(rules[board.pk], on))),
            capital=sums.capital,
            lending=lending.get(board.pk, Lending()),
            portfolio=loans,
            result=result,
            money=sums.cash_and_bank,
            closed_through=books.get(board.pk),
            figures=judged,
            bands=Counter(each.band for each in judged.values() if each.band),
        )
    return found


def _still_since(rules: Rules, on: datetime.date) -> datetime.date:
    """An UPK whose money did not move after that day is dormant."""
    return add_months(on, -rules.on(DORMANT, on).value)


def total_of(rows: Iterable[Progress], on: datetime.date) -> Progress:
    """Many funds as one: the indicators from the sums, never a mean of means."""
    kept = list(rows)
    until = last_month_end(on)
    portfolio = sum((row.portfolio for row in kept), start=Portfolio())
    result = Result(
        income=sum(row.result.income for row in kept),
        cost=sum(row.result.cost for row in kept),
        capital=sum(row.result.capital for row in kept),
        months=until.month,
    )
    closed = [row.closed_through for row in kept if row.books]
    bands: Counter[Band] = Counter()
    for row in kept:
        bands.update(row.bands)
    return Progress(
        on=on,
        result_until=until,
        boards=sum(row.boards for row in kept),
        villages=frozenset().union(*(row.villages for row in kept)),
        books=sum(row.books for row in kept),
        active=sum(row.active for row in kept),
        capital=_sum(Capital, (row.capital for row in kept)),
        lending=_sum(Lending, (row.lending for row in kept)),
        portfolio=portfolio,
        result=result,
        money=sum(row.money for row in kept),
        closed_through=min(closed) if closed and None not in closed else None,
        figures=figures(portfolio, result),
        bands=bands,
    )


def _sum(kind: type, rows: Iterable):
    """Add up dataclasses of whole numbers, field by field."""
    kept = list(rows)
    names = [each.name for each in fields(kind)]
    return kind(**{name: sum(getattr(row, name) for row in kept) for name in names})


def _closed_through(
    boards: Sequence[int], on: datetime.date
) -> dict[int, datetime.date | None]:
    """Board id to the last locked day of its fund's book; no key without a book."""
    books = Book.objects.filter(
        board__in=boards, kind=Book.Kind.FUND, opened_on__lte=on
    )
    standing = Q(closes__reopened_at=None)
    last = books.order_by().annotate(last=Max("closes__last_day", filter=standing))
    return dict(last.values_list("board", "last"))


@dataclass
class _Money:
    """Sums of one book as they are read."""

    p2kp: int = 0
    pnpm: int = 0
    other: int = 0
    cash_and_bank: int = 0
    income: int = 0
    cost: int = 0
    capital_until: int = 0
    capital_opening: int = 0
    last: datetime.date | None = None

    @property
    def capital(self) -> Capital:
        """By source, on the day."""
        return Capital(self.p2kp, self.pnpm, self.other)

    def result(self, until: datetime.date, capital_on: datetime.date) -> Result:
        """Since New Year, up to the end of a month; the capital of then, or before."""
        at_end = capital_on == until
        capital = self.capital_until if at_end else self.capital_opening
        return Result(self.income, self.cost, capital, until.month)

    def moved_since(self, day: datetime.date) -> bool:
        """Did cash or bank move after a day?"""
        return self.last is not None and self.last > day

    def add(self, row: dict) -> None:
        """Take in one row of the statement below."""
        group, use = Group(row["account__group"]), row["account__use"]
        side = side_of(group, contra=False)
        if group == Group.INCOME:
            self.income += side * row["year"]
        elif group == Group.COST:
            self.cost += side * row["year"]
        elif use == Use.CAPITAL:
            name = {P2KP_CAPITAL: "p2kp", PNPM_CAPITAL: "pnpm"}.get(
                row["source"], "other"
            )
            setattr(self, name, getattr(self, name) + side * row["balance"])
            self.capital_until += side * row["until"]
            self.capital_opening += side * row["opening"]
        elif use in (Use.CASH, Use.BANK):
            self.cash_and_bank += side * row["balance"]
            self.last = max(filter(None, (self.last, row["last"])))


def _money(
    boards: Sequence[int], on: datetime.date, until: datetime.date
) -> dict[int, _Money]:
    """Capital, money, income and cost of every fund, in one statement."""
    debit = F("debit") - F("credit")
    new_year = until.replace(month=1, day=1)
    year = Q(voucher__dated__range=(new_year, until))
    # What closes a year empties income and cost; the year had them all the same.
    year &= ~Q(voucher__form="year_close")
    source = Case(
        When(account__use=Use.CAPITAL, then=F("account__code")), default=Value("")
    )
    rows = (
        Entry.objects.posted()
        .filter(
            voucher__board__in=boards,
            voucher__book__kind=Book.Kind.FUND,
            voucher__dated__lte=on,
        )
        .values("voucher__board", "account__group", "account__use", source=source)
        .annotate(
            balance=Sum(debit, default=0),
            until=Sum(debit, filter=Q(voucher__dated__lte=until), default=0),
            opening=Sum(debit, filter=Q(voucher__dated__lt=new_year), default=0),
            year=Sum(debit, filter=year, default=0),
            last=Max("voucher__dated"),
        )
        .order_by()
    )
    found: dict[int, _Money] = {}
    for row in rows:
        found.setdefault(row["voucher__board"], _Money()).add(row)
    return found


def _lending(boards: Sequence[int], on: datetime.date) -> dict[int, Lending]:
    """What was lent, and to whom, of every fund; two statements."""
    out = Q(state__in=Loan.PAID_OUT, disbursed_on__lte=on)
    # A payout that was taken back by then was none.
    undone = Q(state=Loan.State.TAKEN_BACK, closed_on__lte=on)
    # A new plan for an old loan lends nothing anew.
    fresh = Q(replaces=None)
    lent = Loan.objects.filter(out, ~undone, board__in=boards)
    loans = (
        lent.order_by()
        .values("board")
        .annotate(
            lent=Sum("principal", filter=fresh, default=0),
            groups=Count("group", distinct=True),
        )
    )
    found = {row.pop("board"): row for row in loans}
    runs = Q(loan__closed_on=None) | Q(loan__closed_on__gt=on)
    shares = (
        LoanShare.objects.filter(loan__in=lent, approved__gt=0)
        .order_by()
        .values("board", "member__person__sex")
        .annotate(
            ever=Count("member__person", distinct=True),
            now=Count("member__person", filter=runs, distinct=True),
        )
    )
    for row in shares:
        facts = found[row["board"]]
        woman = row["member__person__sex"] == Sex.FEMALE
        facts["women" if woman else "men"] = row["now"]
        facts["borrowers"] = facts.get("borrowers", 0) + row["ever"]
    return {board: Lending(**facts) for board, facts in found.items()}
