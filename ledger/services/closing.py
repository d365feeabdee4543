"""Closing months after counting the money, opening one again, closing the year."""

import datetime
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from boards.audit import record
from boards.clock import check_clock
from boards.models import User
from common.errors import RuleViolation
from common.money import format_rupiah
from common.periods import Period
from ledger.balances import Balances, balances, closed_through
from ledger.chart import MONEY_USES, Group, Use
from ledger.models import Account, Book, MoneyCheck, PeriodClose, Voucher, YearClose
from ledger.services.vouchers import Draft, Line, lock_book, write_voucher

Counts = Mapping[int, tuple[int, str]]


def next_month(book: Book) -> Period:
    """The month that is closed next: the first that is not locked."""
    return month_after(book, closed_through(book))


def month_after(book: Book, locked: datetime.date | None) -> Period:
    """The month after the last day that is locked; the first one when none is."""
    day = locked + datetime.timedelta(days=1) if locked else book.opened_on
    return Period.month(day.year, day.month)


def year_to_close(book: Book) -> int | None:
    """The year whose December is the last month closed, if it was not carried over."""
    locked = closed_through(book)
    if not locked or locked.month != 12:
        return None
    done = YearClose.objects.filter(book=book, year__gte=locked.year).exists()
    return None if done else locked.year


def money_accounts(book: Book):
    """Cash and bank accounts, counted at each close."""
    return book.accounts.filter(use__in=sorted(MONEY_USES))


def troubles_of(book: Book, on: datetime.date) -> list[str]:
    """What does not agree in a book on a day, a sentence each.

    The rooms above the books add theirs (cards against account): settings
    `LEDGER_CHECKS`, functions of (book, day).
    """
    state = balances(book, until=on)
    found = []
    if state.gap:
        found.append(f"Debet dan kredit selisih {format_rupiah(abs(state.gap))}.")
    if state.of_use(Use.CASH) < 0:
        found.append("Kas kurang dari nol.")
    for path in settings.LEDGER_CHECKS:
        found.extend(import_string(path)(book, on))
    return found


def reminders_of(book: Book, month: Period) -> list[str]:
    """What is usually done before a month is closed and was not, a sentence each.

    Nothing here stops the close. The rooms above the books say it: settings
    `LEDGER_REMINDERS`, functions of (book, month).
    """
    found: list[str] = []
    for path in settings.LEDGER_REMINDERS:
        found.extend(import_string(path)(book, month))
    return found


def _check_ready(book: Book, month: Period) -> None:
    """Raises `ledger.month_running`, `ledger.vouchers_wait` or `ledger.disagrees`."""
    if month.end > book.board.today():
        raise RuleViolation(
            f"{month.label} belum selesai. Tutup sesudah bulan berganti.",
            code="ledger.month_running",
        )
    waiting = book.vouchers.waiting().filter(dated__lte=month.end).count()
    if waiting:
        raise RuleViolation(
            f"Masih ada {waiting} bukti yang menunggu persetujuan. Setujui atau"
            " batalkan dulu.",
            code="ledger.vouchers_wait",
        )
    troubles = troubles_of(book, month.end)
    if troubles:
        raise RuleViolation(" ".join(troubles), code="ledger.disagrees")


def _checks(close: PeriodClose, state: Balances, counts: Counts) -> list[MoneyCheck]:
    """One row for each money account. Raises `ledger.not_counted`, `….unexplained`."""
    made = []
    for row in state.rows:
        account = row.account
        if account.use not in MONEY_USES:
            continue
        if account.pk not in counts:
            raise RuleViolation(
                f"Isi jumlah nyata {account.name}.", code="ledger.not_counted"
            )
        counted, explanation = counts[account.pk]
        if counted != row.amount and not explanation:
            gap = format_rupiah(abs(counted - row.amount))
            raise RuleViolation(
                f"{account.name} selisih {gap} dari buku"
                f" ({format_rupiah(row.amount)}). Tulis penjelasannya.",
                code="ledger.unexplained",
            )
        made.append(
            MoneyCheck(
                close=close,
                account=account,
                counted=counted,
                booked=row.amount,
                explanation=explanation if counted != row.amount else "",
            )
        )
    return made


@transaction.atomic
def close_month(book: Book, *, month: Period, counts: Counts, by: User) -> PeriodClose:
    """Lock a month after its money was counted; months are closed in order.

    `counts` gives for each cash and bank account (id) the rupiah counted and, where
    they differ from the book, why. Audits `ledger.month_closed`. Raises RuleViolation
    `ledger.not_next`, `ledger.month_running`, `ledger.vouchers_wait`,
    `ledger.disagrees`, `ledger.not_counted` or `ledger.unexplained`.
    """
    check_clock()
    book = lock_book(book)
    if month != next_month(book):
        raise RuleViolation(
            f"Tutup dulu {next_month(book).label}.", code="ledger.not_next"
        )
    _check_ready(book, month)
    close = PeriodClose.objects.create(
        board=book.board,
        book=book,
        first_day=month.start,
        last_day=month.end,
        closed_by=by,
        closed_name=str(by),
    )
    for check in _checks(close, balances(book, until=month.end), counts):
        check.full_clean(exclude=["close"])
        check.save(force_insert=True)
    record("ledger.month_closed", close, by=by, says=f"menutup {book}, {month.label}")
    return close


@transaction.atomic
def reopen_month(close: PeriodClose, *, reason: str, by: User) -> PeriodClose:
    """Open the last closed month again; another person than who closed it.

    Audits `ledger.month_reopened`. Raises RuleViolation `ledger.not_closed`,
    `ledger.not_last`, `ledger.year_closed` or `ledger.second_person`.
    """
    book = lock_book(close.book)
    current = PeriodClose.objects.get(pk=close.pk)
    month = Period(current.first_day, current.last_day)
    if current.reopened_at:
        raise RuleViolation(f"{month.label} sudah dibuka.", code="ledger.not_closed")
    if closed_through(book) != current.last_day:
        raise RuleViolation(
            "Buka dulu bulan sesudahnya yang sudah ditutup.", code="ledger.not_last"
        )
    if YearClose.objects.filter(book=book, last_day__gte=current.last_day).exists():
        raise RuleViolation(
            f"Tahun {current.last_day.year} sudah ditutup. Catat perbaikan di tahun"
            " berjalan.",
            code="ledger.year_closed",
        )
    if current.closed_by_id == by.pk:
        raise RuleViolation(
            "Anda yang menutup bulan ini. Mintalah petugas lain membukanya.",
            code="ledger.second_person",
        )
    current.reopened_at, current.reopened_by = timezone.now(), by
    current.reopen_reason = reason
    current.revision += 1
    current.full_clean()
    current.save()
    says = f"membuka lagi {book}, {month.label} ({reason})"
    record("ledger.month_reopened", current, by=by, says=says)
    return current


def _closing_lines(state: Balances, result: Account) -> list[Line]:
    """Income and cost set to nothing, the difference to `result`."""
    lines = []
    for row in state.rows:
        if row.account.group not in (Group.INCOME, Group.COST):
            continue
        net = row.debit - row.credit
        if net > 0:
            lines.append(Line(row.account, credit=net))
        elif net < 0:
            lines.append(Line(row.account, debit=-net))
    if state.profit:
        lines.append(_signed(result, state.profit))
    return lines


def _signed(account: Account, amount: int) -> Line:
    """A line that adds `amount` to an account of equity; below zero takes."""
    if amount > 0:
        return Line(account, credit=amount)
    return Line(account, debit=-amount)


@transaction.atomic
def close_year(book: Book, *, year: int, by: User) -> YearClose:
    """Carry the result of a year over, once all its months are closed.

    On the last day income and cost go to Laba Tahun Berjalan; on the first day of the
    next year that goes to Laba Tahun Lalu, where it waits for the RWT. Audits
    `ledger.year_closed`. Raises RuleViolation `ledger.months_open`,
    `ledger.year_closed` or `ledger.next_month_closed`.

    Source: revolving-loans sheet §6.3, year close.
    """
    check_clock()
    book = lock_book(book)
    last_day = datetime.date(year, 12, 31)
    _check_year(book, last_day)
    state = balances(book, until=last_day)
    closing, carrying = _carry(book, year, state, by)
    close = YearClose.objects.create(
        board=book.board,
        book=book,
        year=year,
        last_day=last_day,
        profit=state.profit,
        closing=closing,
        carrying=carrying,
        closed_by=by,
        closed_name=str(by),
    )
    says = f"menutup tahun buku {year}, {book}: {_result_words(state.profit)}"
    record("ledger.year_closed", close, by=by, says=says, profit=state.profit)
    return close


def _check_year(book: Book, last_day: datetime.date) -> None:
    """May the year that ends on `last_day` be closed now?"""
    year = last_day.year
    if YearClose.objects.filter(book=book, year__gte=year).exists():
        raise RuleViolation(f"Tahun {year} sudah ditutup.", code="ledger.year_closed")
    locked = closed_through(book)
    if not locked or locked < last_day:
        raise RuleViolation(
            f"Tutup dulu {next_month(book).label}. Tahun ditutup sesudah Desember.",
            code="ledger.months_open",
        )
    if locked > last_day:
        raise RuleViolation(
            f"Bulan sesudah Desember {year} sudah ditutup. Buka dulu bulan itu.",
            code="ledger.next_month_closed",
        )


def _result_words(profit: int) -> str:
    word = "laba" if profit >= 0 else "rugi"
    return f"{word} {format_rupiah(abs(profit))}"


def _carry(
    book: Book, year: int, state: Balances, by: User
) -> tuple[Voucher | None, Voucher | None]:
    """The two vouchers of a year's end, or None where there is nothing to carry."""
    running = book.accounts.of_use(Use.CURRENT_PROFIT)
    past = book.accounts.of_use(Use.PAST_PROFIT)
    lines = _closing_lines(state, running)
    closing = carrying = None
    if lines:
        closing = _close_voucher(
            book,
            form="year_close",
            dated=datetime.date(year, 12, 31),
            description=f"Tutup buku tahun {year}: {_result_words(state.profit)}",
            lines=lines,
            by=by,
        )
    if state.profit:
        carrying = _close_voucher(
            book,
            form="year_carry",
            dated=datetime.date(year + 1, 1, 1),
            description=f"Hasil tahun {year} ke tahun lalu",
            lines=[_signed(running, -state.profit), _signed(past, state.profit)],
            by=by,
        )
    return closing, carrying


def _close_voucher(book: Book, *, by: User, **facts) -> Voucher:
    draft = Draft(kind=Voucher.Kind.TRANSFER, **facts)
    return write_voucher(book, draft, by=by)
