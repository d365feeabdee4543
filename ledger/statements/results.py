"""Neraca, Laba Rugi and Perubahan Modal as of any day, past days included.

Source: revolving-loans sheet §6.4.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, Sum

from common.periods import Period
from ledger.balances import Balance, Balances, balances
from ledger.chart import GROUP_LABELS, Group, Use
from ledger.models import Account, Book, Entry


@dataclass(frozen=True)
class SheetLine:
    """One line; rupiah as it counts in its section, a contra account below zero."""

    label: str
    amount: int
    code: str = ""
    account_id: int | None = None


@dataclass(frozen=True)
class Section:
    """Lines of one group with their sum."""

    label: str
    lines: tuple[SheetLine, ...]

    @property
    def total(self) -> int:
        """Sum of the lines in rupiah."""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True)
class BalanceSheet:
    """Neraca on a day: what there is, and whose it is."""

    book: Book
    on: datetime.date
    assets: Section
    liabilities: Section
    equity: Section

    @property
    def claims(self) -> int:
        """Debts and capital together."""
        return self.liabilities.total + self.equity.total

    @property
    def gap(self) -> int:
        """Assets less debts and capital: zero in a book that balances."""
        return self.assets.total - self.claims


@dataclass(frozen=True)
class IncomeLine:
    """One account of income or cost: in the month, and since New Year; rupiah."""

    label: str
    code: str
    account_id: int
    month: int
    year: int


@dataclass(frozen=True)
class Income:
    """Laba Rugi of a month beside that of the year up to its end."""

    book: Book
    month: Period
    income: tuple[IncomeLine, ...]
    cost: tuple[IncomeLine, ...]

    @property
    def income_sums(self) -> tuple[int, int]:
        """Income of the month, and of the year so far."""
        return _sums(self.income)

    @property
    def cost_sums(self) -> tuple[int, int]:
        """Cost of the month, and of the year so far."""
        return _sums(self.cost)

    @property
    def profit(self) -> tuple[int, int]:
        """Income less cost, below zero for a loss."""
        (in_month, in_year), (out_month, out_year) = self.income_sums, self.cost_sums
        return in_month - out_month, in_year - out_year


@dataclass(frozen=True)
class EquityLine:
    """One part of the capital: before the span, added, taken, after it; rupiah."""

    label: str
    opening: int
    added: int
    taken: int
    code: str = ""

    @property
    def closing(self) -> int:
        """What stands at the end of the span."""
        return self.opening + self.added - self.taken


@dataclass(frozen=True)
class EquityChange:
    """Perubahan Modal: how the capital came from one day to another."""

    book: Book
    span: Period
    lines: tuple[EquityLine, ...]

    @property
    def total(self) -> EquityLine:
        """All parts together."""
        return EquityLine(
            "Jumlah modal",
            sum(line.opening for line in self.lines),
            sum(line.added for line in self.lines),
            sum(line.taken for line in self.lines),
        )


def _sums(lines: Iterable[IncomeLine]) -> tuple[int, int]:
    kept = tuple(lines)
    return sum(line.month for line in kept), sum(line.year for line in kept)


def balance_sheet(book: Book, on: datetime.date) -> BalanceSheet:
    """Neraca of `book` at the end of a day; four queries.

    The result of the year stands as one line whether or not the year was closed; what
    earlier years earned and nobody carried over stands beside it by its name.
    """
    state = balances(book, until=on)
    year = balances(book, until=on, since=on.replace(month=1, day=1))
    running = state.of_use(Use.CURRENT_PROFIT) + year.profit
    profit = [SheetLine(_name(state, Use.CURRENT_PROFIT), running)]
    if unclosed := state.profit - year.profit:
        past = _name(state, Use.PAST_PROFIT)
        profit.append(SheetLine(f"{past}, belum ditutup", unclosed))
    return BalanceSheet(
        book=book,
        on=on,
        assets=_section(state, Group.ASSET),
        liabilities=_section(state, Group.LIABILITY),
        equity=_section(state, Group.EQUITY, profit),
    )


def _name(state: Balances, use: Use) -> str:
    """What the board calls the account of this use."""
    return next(row.account.name for row in state.rows if row.account.use == use)


def _section(state: Balances, group: Group, more: Iterable[SheetLine] = ()) -> Section:
    """A group with every account that holds something or is used by the portal."""
    lines = [
        SheetLine(row.account.name, row.in_group, row.account.code, row.account.pk)
        for row in state.in_group(group)
        if row.account.use != Use.CURRENT_PROFIT and (row.amount or _stays(row))
    ]
    return Section(GROUP_LABELS[group], (*lines, *more))


def _stays(row: Balance) -> bool:
    """Accounts that people look for even when they hold nothing."""
    return row.account.is_active and row.account.use not in (Use.NONE, Use.CAPITAL)


def income(book: Book, month: Period) -> Income:
    """Laba Rugi of one month and of its year so far; four queries.

    Vouchers that close a year are left out, so that a closed year can still be read.
    """
    new_year = month.start.replace(month=1, day=1)
    facts = {"until": month.end, "with_year_close": False}
    of_month = {
        row.account.pk: row.amount
        for row in balances(book, since=month.start, **facts).rows
    }
    year = balances(book, since=new_year, **facts)
    return Income(
        book=book,
        month=month,
        income=_income_lines(year, of_month, Group.INCOME),
        cost=_income_lines(year, of_month, Group.COST),
    )


def _income_lines(
    year: Balances, of_month: dict[int, int], group: Group
) -> tuple[IncomeLine, ...]:
    """Accounts of a group that moved this year."""
    return tuple(
        IncomeLine(
            row.account.name,
            row.account.code,
            row.account.pk,
            of_month[row.account.pk],
            row.amount,
        )
        for row in year.in_group(group)
        if row.debit or row.credit
    )


def equity_change(book: Book, span: Period) -> EquityChange:
    """Perubahan Modal in a span; two queries.

    Opening balances count as there before; the result of the year is one line, to
    which the vouchers that close a year change nothing.
    """
    before = Q(voucher__dated__lt=span.start) | Q(voucher__form="opening")
    # The voucher that closes a year moves the result inside its own line.
    inside = Q(voucher__dated__gte=span.start) & ~Q(voucher__form="opening")
    moved = inside & ~Q(voucher__form="year_close")
    groups = (Group.EQUITY, Group.INCOME, Group.COST)
    rows = (
        Entry.objects.posted()
        .filter(voucher__book=book, voucher__dated__lte=span.end)
        .filter(account__group__in=groups)
        .order_by()
        .values("account")
        .annotate(
            opening=Sum(F("credit") - F("debit"), filter=before, default=0),
            added=Sum("credit", filter=moved, default=0),
            taken=Sum("debit", filter=moved, default=0),
        )
    )
    found = {row.pop("account"): row for row in rows}
    accounts = Account.objects.filter(book=book, group__in=groups)
    lines, running = [], {"opening": 0, "added": 0, "taken": 0}
    for account in accounts:
        sums = found.get(account.pk)
        if sums is None:
            continue
        if account.group == Group.EQUITY and account.use != Use.CURRENT_PROFIT:
            lines.append(EquityLine(account.name, **sums, code=account.code))
        else:
            running = {name: running[name] + sums[name] for name in running}
    return EquityChange(book, span, (*lines, _running_line(accounts, found, running)))


def _running_line(
    accounts: Iterable[Account], found: dict, sums: dict[str, int]
) -> EquityLine:
    """The result as one line: income less cost is added, a loss and a carry taken."""
    earned = sum(
        found[account.pk]["added"] - found[account.pk]["taken"]
        for account in accounts
        if account.group != Group.EQUITY and account.pk in found
    )
    carried = sums["added"] - sums["taken"] - earned
    running = (row.name for row in accounts if row.use == Use.CURRENT_PROFIT)
    return EquityLine(
        next(running),
        sums["opening"],
        added=max(earned, 0) + max(carried, 0),
        taken=max(-earned, 0) + max(-carried, 0),
    )
