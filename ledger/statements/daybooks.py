"""Books that are written day by day: of one account, and of money in and out.

Source: revolving-loans sheet §6.1: Buku Harian Kas, Buku Besar, Buku Bank; CUM and CUK
are columnar, one pair of debit and credit an account.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, Sum

from common.periods import Period
from ledger.models import Account, Book, Entry, Voucher


@dataclass(frozen=True)
class BookRow:
    """One entry of the account; `balance` stands on the account's own side."""

    voucher_id: int
    dated: datetime.date
    number: str
    description: str
    party: str
    # Names of the accounts on the other side.
    against: tuple[str, ...]
    debit: int
    credit: int
    balance: int


@dataclass(frozen=True)
class AccountBook:
    """One account in a span: what stood there before, each entry, what stands after.

    Rupiah; balances on the account's own side, below zero when it stands reversed.
    """

    account: Account
    span: Period
    opening: int
    rows: tuple[BookRow, ...]

    @property
    def debit(self) -> int:
        """Sum of the debit column."""
        return sum(row.debit for row in self.rows)

    @property
    def credit(self) -> int:
        """Sum of the credit column."""
        return sum(row.credit for row in self.rows)

    @property
    def closing(self) -> int:
        """Balance on the last day of the span."""
        return self.opening + self.account.side * (self.debit - self.credit)


@dataclass(frozen=True)
class JournalRow:
    """One voucher: rupiah (debit, credit) on each column of its journal."""

    voucher_id: int
    dated: datetime.date
    number: str
    description: str
    party: str
    amounts: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class DayJournal:
    """Catatan Uang Masuk or Keluar: vouchers of a kind over the accounts they touch."""

    kind: Voucher.Kind
    span: Period
    columns: tuple[Account, ...]
    rows: tuple[JournalRow, ...]

    @property
    def totals(self) -> tuple[tuple[int, int], ...]:
        """Debit and credit of each column; both sides add up to the same sum."""
        return tuple(
            (
                sum(row.amounts[place][0] for row in self.rows),
                sum(row.amounts[place][1] for row in self.rows),
            )
            for place in range(len(self.columns))
        )

    @property
    def total(self) -> int:
        """Sum of all debits, which is that of all credits."""
        return sum(debit for debit, _credit in self.totals)


def account_book(account: Account, span: Period) -> AccountBook:
    """The entries of one account in a span, by day and voucher. Three queries."""
    own = Entry.objects.posted().filter(account=account)
    before = own.filter(voucher__dated__lt=span.start).aggregate(
        debit=Sum("debit", default=0), credit=Sum("credit", default=0)
    )
    opening = account.side * (before["debit"] - before["credit"])
    entries = own.filter(voucher__dated__range=(span.start, span.end))
    found = list(
        entries.select_related("voucher").order_by(
            "voucher__dated", "voucher__posted_at", "voucher_id", "position"
        )
    )
    others = _other_sides(account, {entry.voucher_id for entry in found})
    balance, rows = opening, []
    for entry in found:
        balance += account.side * (entry.debit - entry.credit)
        rows.append(_row(entry, others, balance))
    return AccountBook(account, span, opening, tuple(rows))


def _row(entry: Entry, others: dict[int, list[Entry]], balance: int) -> BookRow:
    """An entry beside the accounts that stand on the other side of its voucher."""
    voucher = entry.voucher
    against = [
        other.account.name
        for other in others.get(voucher.pk, ())
        if bool(other.debit) != bool(entry.debit)
    ]
    return BookRow(
        voucher_id=voucher.pk,
        dated=voucher.dated,
        number=voucher.number_text,
        description=voucher.description,
        party=voucher.party,
        against=tuple(dict.fromkeys(against)),
        debit=entry.debit,
        credit=entry.credit,
        balance=balance,
    )


def _other_sides(account: Account, vouchers: Iterable[int]) -> dict[int, list[Entry]]:
    """The entries of these vouchers on other accounts, by voucher."""
    rows = Entry.objects.filter(voucher__in=vouchers).exclude(account=account)
    found: dict[int, list[Entry]] = {}
    for entry in rows.select_related("account").order_by("voucher", "position"):
        found.setdefault(entry.voucher_id, []).append(entry)
    return found


def day_journal(book: Book, kind: str, span: Period) -> DayJournal:
    """The vouchers of a kind in a span, and those that took one of them back.

    A reversal is a Bukti Pemindahbukuan, but it belongs where the wrong voucher
    stands: else money that never came in would stay in this journal. One query.
    """
    entries = (
        Entry.objects.posted()
        .filter(
            Q(voucher__kind=kind, voucher__reverses=None)
            | Q(voucher__reverses__kind=kind),
            voucher__book=book,
            voucher__dated__range=(span.start, span.end),
        )
        .select_related("voucher", "account")
        .order_by("voucher__dated", "voucher__posted_at", "voucher_id", "position")
    )
    found = list(entries)
    accounts = {entry.account_id: entry.account for entry in found}
    columns = tuple(sorted(accounts.values(), key=lambda account: account.code))
    by_voucher: dict[int, list[Entry]] = {}
    for entry in found:
        by_voucher.setdefault(entry.voucher_id, []).append(entry)
    rows = tuple(_journal_row(lines, columns) for lines in by_voucher.values())
    return DayJournal(Voucher.Kind(kind), span, columns, rows)


def _journal_row(entries: list[Entry], columns: tuple[Account, ...]) -> JournalRow:
    """One voucher laid out over the columns."""
    voucher = entries[0].voucher
    amounts = []
    for account in columns:
        own = [entry for entry in entries if entry.account_id == account.pk]
        amounts.append(
            (sum(entry.debit for entry in own), sum(entry.credit for entry in own))
        )
    return JournalRow(
        voucher_id=voucher.pk,
        dated=voucher.dated,
        number=voucher.number_text,
        description=voucher.description,
        party=voucher.party,
        amounts=tuple(amounts),
    )
