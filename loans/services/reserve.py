"""The monthly reserve: what the classes ask for, and the voucher that fills it.

Source: revolving-loans sheet §4.3 and §6.3.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction

from boards.audit import record
from boards.models import User
from boards.parameters import setting_of
from common.errors import RuleViolation
from common.money import format_rupiah
from common.periods import Period
from ledger.balances import balances
from ledger.chart import Use
from ledger.models import Book, Voucher
from ledger.services import Draft, write_voucher
from ledger.services import Line as Side
from ledger.services.vouchers import lock_book
from loans.arrears import ReserveLine, reserve_entry, reserve_lines
from loans.models import ReserveClass, ReserveEntry
from loans.positions import read_group_plans
from loans.rules import reserve_percents
from loans.services.standings import class_on


@dataclass(frozen=True)
class Reserve:
    """The reserve of a day: a line a class, what is in the book, what is missing."""

    on: datetime.date
    lines: list[ReserveLine]
    present: int
    rule: str

    @property
    def balance(self) -> int:
        """Saldo pokok of all classes."""
        return sum(line.balance for line in self.lines)

    @property
    def target(self) -> int:
        """Rupiah that the classes ask for."""
        return sum(line.reserve for line in self.lines)

    @property
    def entry(self) -> int:
        """Rupiah to set aside; below zero to let go."""
        return reserve_entry(self.lines, present=self.present)


def reserve_of(book: Book, on: datetime.date) -> Reserve:
    """What the loans ask for at the end of a day, by the rule of that day."""
    board = book.board
    by_class: dict[int, int] = defaultdict(int)
    for loan, lines in read_group_plans(board, until=on):
        loan.board = board
        by_class[class_on(loan, lines, on)] += sum(row.principal_open for row in lines)
    return Reserve(
        on,
        reserve_lines(by_class, reserve_percents(board, on=on)),
        balances(book, until=on).of_use(Use.RESERVE),
        setting_of(board, "loan_reserve_percents", on=on).source,
    )


@transaction.atomic
def book_reserve(book: Book, *, month: Period, by: User) -> ReserveEntry:
    """Book the reserve of a month on its last day; once a month.

    Nothing to change is kept too, without a voucher. Audits `loans.reserve_booked`.
    Raises RuleViolation `loan.reserve_running`, `loan.reserve_booked`,
    `loan.reserve_later`, or what `ledger.services.write_voucher` raises.
    """
    book = lock_book(book)
    _check_month(book, month)
    reserve = reserve_of(book, month.end)
    entry = ReserveEntry.objects.create(
        board=book.board,
        book=book,
        first_day=month.start,
        last_day=month.end,
        target=reserve.target,
        present=reserve.present,
        amount=reserve.entry,
        rule=reserve.rule[:200],
        voucher=_book(book, month, reserve.entry, by) if reserve.entry else None,
        made_by=by,
    )
    ReserveClass.objects.bulk_create(
        ReserveClass(
            entry=entry,
            collectibility=line.collectibility,
            balance=line.balance,
            percent=line.percent,
            reserve=line.reserve,
        )
        for line in reserve.lines
    )
    says = (
        f"membukukan cadangan risiko {month.label}: menjadi"
        f" {format_rupiah(reserve.target)}"
    )
    record("loans.reserve_booked", entry, by=by, says=says, amount=reserve.entry)
    return entry


def _check_month(book: Book, month: Period) -> None:
    if month.end > book.board.today():
        raise RuleViolation(
            f"{month.label} belum selesai. Bukukan sesudah bulan berganti.",
            code="loan.reserve_running",
        )
    standing = book.reserves.standing()
    if standing.filter(first_day=month.start).exists():
        raise RuleViolation(
            f"Cadangan {month.label} sudah dibukukan.", code="loan.reserve_booked"
        )
    if standing.filter(first_day__gt=month.start).exists():
        raise RuleViolation(
            f"Cadangan bulan sesudah {month.label} sudah dibukukan.",
            code="loan.reserve_later",
        )


def _book(book: Book, month: Period, amount: int, by: User) -> Voucher:
    """Cost to reserve, or back."""
    cost = book.accounts.of_use(Use.RESERVE_COST)
    reserve = book.accounts.of_use(Use.RESERVE)
    debit, credit = (cost, reserve) if amount > 0 else (reserve, cost)
    draft = Draft(
        kind=Voucher.Kind.TRANSFER,
        form="reserve",
        dated=month.end,
        description=f"Cadangan risiko pinjaman {month.label}",
        lines=[Side(debit, debit=abs(amount)), Side(credit, credit=abs(amount))],
    )
    return write_voucher(book, draft, by=by)


def take_back_reserve(voucher: Voucher, reversal: Voucher, by: User) -> None:
    """Let a month be booked anew when its voucher is taken back.

    Called by the books (settings `LEDGER_REVERSALS`). Raises RuleViolation
    `loan.reserve_later` when a later month was booked on top of it.
    """
    entry = ReserveEntry.objects.get(voucher=voucher)
    later = entry.book.reserves.standing().filter(first_day__gt=entry.first_day)
    if later.exists():
        raise RuleViolation(
            "Cadangan bulan sesudahnya sudah dibukukan. Batalkan dulu yang itu.",
            code="loan.reserve_later",
        )
    entry.reversed_on = reversal.dated
    entry.revision += 1
    entry.save(update_fields=["reversed_on", "revision"])
    says = f"membatalkan cadangan risiko, {voucher}"
    record("loans.reserve_reversed", entry, by=by, says=says)


def reserve_missing(book: Book, month: Period) -> list[str]:
    """What close of month reminds of; settings `LEDGER_REMINDERS`."""
    if book.kind != Book.Kind.FUND:
        return []
    if book.reserves.standing().filter(first_day=month.start).exists():
        return []
    reserve = reserve_of(book, month.end)
    if not reserve.entry:
        return []
    return [f"Cadangan {month.label} belum dibukukan."]
