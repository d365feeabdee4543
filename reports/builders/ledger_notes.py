"""Catatan atas laporan keuangan: on what the figures rest, and what happened.

From the rows of the book and of the loans, as of a day, and the text of the keeper.
Source: revolving-loans sheet, sections 4.3, 6.2, 6.4 and 8.1 (19, 23).
"""

import datetime
from decimal import Decimal

from django.utils import timezone

from boards.models import Board
from common.money import format_rupiah
from common.periods import Period
from common.words import format_date, format_decimal, join_unit
from ledger.balances import Balances, balances
from ledger.chart import Group, Use
from ledger.models import Book, PeriodClose, YearNote
from loans.arrears import reserve_lines
from loans.models import ProfitAllocation, Reschedule, WriteOff
from loans.portfolio import portfolios_on
from loans.rules import reserve_percents
from reports.builders.fund_people import (
    coordinator_knows,
    manager_signs,
    secretary_signs,
    supervisor_signs,
)
from reports.builders.ledger_books import statement_head
from reports.builders.loan_facts import CLASS_NAMES
from reports.builders.register import Column
from reports.builders.sheets import NO, Grid, Row, Sheet, money, numbered
from reports.models import FundStatement

NAME = "Catatan atas laporan keuangan"
_MONEY = (Column("Perkiraan"), Column("Jumlah (Rp)", "w40", "n"))
_TOLD = (NO, Column("Penjelasan"))


def build(statement: FundStatement, *, number: str, on: datetime.date) -> Sheet:
    """The notes of a month's statements."""
    book, board = statement.book, statement.board
    day = format_date(statement.last_day, unbroken=True)
    people = (coordinator_knows(board, on), secretary_signs(board, on))
    if book.kind == Book.Kind.FUND:
        signs = supervisor_signs(board, on), manager_signs(board, on)
        people = (coordinator_knows(board, on), *signs)
    return Sheet(
        **statement_head(statement, name=NAME, number=number, on=on)
        | {"under": f"{book} per {day}, dalam rupiah"},
        grids=notes_of(book, statement.last_day),
        people=people,
    )


def notes_of(book: Book, day: datetime.date) -> tuple[Grid, ...]:
    """Every note of a book on a day, in the order of the neraca; the same on screen."""
    state, fund = balances(book, until=day), book.kind == Book.Kind.FUND
    loans = (_loans(book.board, state, day),) if fund else ()
    return (
        _told("Dasar pembukuan", _basis(book, day)),
        _money(
            "Kas dan bank", state, {Use.CASH, Use.BANK, Use.SAVINGS_BANK}, Group.ASSET
        ),
        *loans,
        _money("Inventaris", state, {Use.FIXED_ASSETS, Use.DEPRECIATION}, Group.ASSET),
        _money("Hutang, tabungan, dan dana titipan", state, None, Group.LIABILITY),
        _money("Modal menurut sumbernya", state, {Use.CAPITAL}, Group.EQUITY),
        _told("Pembatasan", _restrictions(state) if fund else ()),
        _told("Kejadian tahun ini", _events(book, day)),
        _told(f"Catatan pengelola tahun {day.year}", _own(book, day.year)),
    )


def _told(title: str, texts: tuple[str, ...]) -> Grid:
    rows = numbered((text,) for text in texts)
    return Grid(_TOLD, rows, caption=title, keep=len(rows) < 6, empty="Tidak ada.")


def _money(title: str, state: Balances, uses: set[Use] | None, group: Group) -> Grid:
    """Accounts of a group with something in them, and their sum."""
    found = [
        row
        for row in state.in_group(group)
        if row.amount and (uses is None or row.account.use in uses)
    ]
    rows = [Row((str(row.account), money(row.in_group))) for row in found]
    if found:
        rows.append(Row(("Jumlah", money(sum(row.in_group for row in found))), "sum"))
    return Grid(_MONEY, tuple(rows), caption=title, keep=True, empty="Tidak ada.")


def _basis(book: Book, day: datetime.date) -> tuple[str, ...]:
    opened = format_date(book.opened_on)
    shared = (
        f"Buku dibuka per {opened}; saldo awalnya dicatat pada hari itu. Angka dalam"
        " rupiah penuh.",
        "Pendapatan dan biaya diakui saat uang diterima atau dibayar.",
    )
    if book.kind != Book.Kind.FUND:
        return shared
    return (
        *shared,
        "Jasa pinjaman diakui saat diterima; jasa yang tertunggak tidak dicatat sebagai"
        " piutang.",
        "Pinjaman dinilai sebesar saldo pokok dikurangi cadangan risiko. Cadangan"
        f" dihitung tiap bulan menurut kolektibilitas dan aturan {book.board} yang"
        f" berlaku pada {format_date(day)}.",
        "Inventaris dicatat sebesar harga beli dikurangi penyusutan yang dibukukan.",
    )


def _loans(board: Board, state: Balances, day: datetime.date) -> Grid:
    """Balance and reserve of each class, beside the accounts of the book."""
    classes = portfolios_on(Board.objects.filter(pk=board.pk), day)[board.pk].classes
    balance_of = {number: sums.balance for number, sums in classes.items()}
    lines = reserve_lines(balance_of, reserve_percents(board, on=day))
    columns = (
        Column("Kol"),
        Column("Saldo pokok", "w30", "n"),
        Column("%", "w18", "n"),
        Column("Cadangan", "w30", "n"),
    )
    rows = [
        Row(
            (
                f"{line.collectibility}. {CLASS_NAMES[line.collectibility - 1]}",
                money(line.balance),
                format_decimal(Decimal(line.percent)),
                money(line.reserve),
            )
        )
        for line in lines
    ]
    needed = sum(line.reserve for line in lines)
    balance = sum(line.balance for line in lines)
    rows.append(Row(("Jumlah", money(balance), "", money(needed)), "sum"))
    booked = money(state.of_use(Use.LOANS)), "", money(state.of_use(Use.RESERVE))
    rows.append(Row(("Menurut buku", *booked)))
    title = "Pinjaman KSM dan cadangan risiko"
    return Grid(columns, tuple(rows), caption=title, keep=True)


def _restrictions(state: Balances) -> tuple[str, ...]:
    saved, kept = state.of_use(Use.SAVINGS), state.of_use(Use.SAVINGS_BANK)
    held = (
        f"Tabungan KSM {format_rupiah(saved)} adalah milik KSM dan tidak dipakai untuk"
        f" pinjaman atau biaya. Di Bank TR ada {format_rupiah(kept)}."
    )
    short = saved - kept
    if short > 0:
        held += f" Kurang {format_rupiah(short)}."
    return (
        held,
        "Dana sosial, dana lingkungan, BOP LKM, dan honor Pengawas hanya dipakai untuk"
        " tujuannya.",
    )


def _events(book: Book, day: datetime.date) -> tuple[str, ...]:
    """Months opened again, and what was decided, since New Year; oldest first."""
    year = Period(day.replace(month=1, day=1), day)
    found = _reopened(book, year)
    if book.kind == Book.Kind.FUND:
        found += _decided(book.board, year)
    return tuple(
        f"{format_date(when)}: {text}" for when, text in sorted(found, key=_when)
    )


def _when(event: tuple[datetime.date, str]) -> datetime.date:
    return event[0]


def _reopened(book: Book, year: Period) -> list[tuple[datetime.date, str]]:
    closes = PeriodClose.objects.filter(book=book).exclude(reopened_at=None)
    days = [
        (book.board.local(close.reopened_at).date(), close)
        for close in closes.filter(reopened_at__gte=_midnight(book, year.start))
    ]
    return [
        (when, f"{close.month.label} dibuka lagi: {close.reopen_reason}.")
        for when, close in days
        if year.start <= when <= year.end
    ]


def _midnight(book: Book, day: datetime.date) -> datetime.datetime:
    """A day before, so that no clock of the country cuts anything off."""
    early = datetime.datetime.combine(day, datetime.time.min)
    return timezone.make_aware(early - datetime.timedelta(days=1))


def _decided(board: Board, year: Period) -> list[tuple[datetime.date, str]]:
    """Write-offs, new plans and shared profits, each with its decision."""
    span = {"board": board, "on__range": (year.start, year.end)}

    def rows(model):
        return model.objects.filter(**span).select_related("decision")

    found = [
        (
            row.on,
            f"pinjaman {format_rupiah(row.principal)} dihapus dari buku menurut"
            f" keputusan {row.decision.number_text}; dari tabungan"
            f" {format_rupiah(row.from_savings)}, cadangan"
            f" {format_rupiah(row.from_reserve)}, biaya"
            f" {format_rupiah(row.from_cost)}.",
        )
        for row in rows(WriteOff)
    ]
    found += [
        (
            row.on,
            f"pinjaman {format_rupiah(row.principal)} dijadwal ulang menurut keputusan"
            f" {row.decision.number_text}.",
        )
        for row in rows(Reschedule)
    ]
    return found + [
        (
            row.on,
            f"laba tahun {row.close.year} dibagi {format_rupiah(row.amount)} menurut"
            f" keputusan {row.decision.number_text}, dalam"
            f" {join_unit(row.shares.count(), 'bagian')}.",
        )
        for row in rows(ProfitAllocation).select_related("decision", "close")
    ]


def _own(book: Book, year: int) -> tuple[str, ...]:
    note = YearNote.objects.filter(book=book, year=year).first()
    lines = note.text.splitlines() if note else []
    return tuple(line.strip() for line in lines if line.strip())
