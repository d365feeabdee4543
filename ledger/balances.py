"""Balances of a book as of a day, read from its entries."""

import datetime
from dataclasses import dataclass

from ledger.chart import Group, Use
from ledger.models import Account, Book, Entry, PeriodClose


@dataclass(frozen=True)
class Balance:
    """One account on a day: sums of both sides, and what stands on its own side."""

    account: Account
    debit: int
    credit: int

    @property
    def amount(self) -> int:
        """Rupiah on the account's own side; below zero when it stands reversed."""
        return self.account.side * (self.debit - self.credit)

    @property
    def in_group(self) -> int:
        """Rupiah that the account gives to its group: a contra account takes."""
        return -self.amount if self.account.contra else self.amount


@dataclass(frozen=True)
class Balances:
    """Every account of one book with what was posted within a span."""

    rows: tuple[Balance, ...]

    def of_use(self, use: Use) -> int:
        """Sum of the accounts with this use, in rupiah."""
        return sum(row.amount for row in self.rows if row.account.use == use)

    def of_group(self, group: Group) -> int:
        """Sum of a group; contra accounts count against it."""
        return sum(row.in_group for row in self.rows if row.account.group == group)

    def in_group(self, group: Group) -> list[Balance]:
        """The accounts of a group, by code."""
        return [row for row in self.rows if row.account.group == group]

    @property
    def profit(self) -> int:
        """Income less cost in rupiah; below zero for a loss."""
        return self.of_group(Group.INCOME) - self.of_group(Group.COST)

    @property
    def gap(self) -> int:
        """Debit less credit over all accounts: zero in a book that balances."""
        return sum(row.debit - row.credit for row in self.rows)


def balances(
    book: Book,
    *,
    until: datetime.date,
    since: datetime.date | None = None,
    with_year_close: bool = True,
) -> Balances:
    """What was posted from `since` (or ever) to `until`, both days included.

    Without the vouchers that close a year, income and cost of a closed year can still
    be read. Two queries.
    """
    entries = Entry.objects.posted().filter(
        voucher__book=book, voucher__dated__lte=until
    )
    if since:
        entries = entries.filter(voucher__dated__gte=since)
    if not with_year_close:
        entries = entries.exclude(voucher__form="year_close")
    sums = entries.sums_by_account()
    accounts = Account.objects.filter(book=book)
    return Balances(
        tuple(Balance(account, *sums.get(account.pk, (0, 0))) for account in accounts)
    )


def closed_through(book: Book) -> datetime.date | None:
    """The last day that is locked, if any month was closed."""
    last = PeriodClose.objects.filter(book=book).standing().first()
    return last.last_day if last else None
