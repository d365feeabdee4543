"""Laporan keuangan of a month: Neraca, Laba Rugi, Perubahan Modal, kinerja, catatan.

Source: revolving-loans sheet, sections 5.1, 5.2 and 6.4.
"""

import datetime
from collections.abc import Iterable

from common.money import format_rupiah
from common.periods import Period
from common.words import format_date
from ledger.balances import balances
from ledger.chart import Use
from ledger.models import Book, PeriodClose
from ledger.statements import (
    BalanceSheet,
    EquityChange,
    Income,
    IncomeLine,
    Section,
    balance_sheet,
    equity_change,
    income,
)
from loans.cards import differences
from loans.performance import Result, figures
from loans.portfolio import portfolio_on
from loans.rules import RISK, capital_day, indicator_rules, limits_on
from reports.builders.fund_people import (
    coordinator_knows,
    manager_signs,
    secretary_signs,
    supervisor_signs,
)
from reports.builders.ledger_books import statement_head
from reports.builders.loan_performance import performance_grid
from reports.builders.register import Column
from reports.builders.sheets import NONE, Grid, Row, Sheet, money
from reports.frame import Signer
from reports.models import FundStatement

_CODE, _NAME = Column("Kode", "w18", "c"), Column("Perkiraan")


def build(statement: FundStatement, *, number: str, on: datetime.date) -> Sheet:
    """All statements of a month in one paper; whole rupiah."""
    book, month = statement.book, statement.month
    year = Period(month.start.replace(month=1, day=1), month.end)
    sheet, results = balance_sheet(book, month.end), income(book, month)
    grids = [_balance(sheet), _results(results), _equity(equity_change(book, year))]
    if book.kind == Book.Kind.FUND:
        grids.append(_performance(book, results))
    return Sheet(
        **statement_head(statement, name="Laporan keuangan", number=number, on=on),
        grids=tuple(grids),
        closing=(_equal(sheet), *_notes(book, month)),
        people=_people(book, on),
    )


def _people(book: Book, on: datetime.date) -> tuple[Signer, ...]:
    board = book.board
    if book.kind != Book.Kind.FUND:
        return coordinator_knows(board, on), secretary_signs(board, on)
    return (
        coordinator_knows(board, on),
        supervisor_signs(board, on),
        manager_signs(board, on),
    )


def _balance(sheet: BalanceSheet) -> Grid:
    columns = (_CODE, _NAME, Column("Jumlah (Rp)", "w30", "n"))
    rows = [
        row
        for section in (sheet.assets, sheet.liabilities, sheet.equity)
        for row in _section(section)
    ]
    both = Row(("Jumlah hutang dan modal", money(sheet.claims)), "sum", 2)
    day = format_date(sheet.on, unbroken=True)
    return Grid(columns, (*rows, both), caption=f"Neraca per {day}")


def _section(section: Section) -> Iterable[Row]:
    yield Row((section.label,), "group", 3)
    for line in section.lines:
        yield Row((line.code or NONE, line.label, money(line.amount)))
    total = f"Jumlah {section.label.lower()}"
    yield Row((total, money(section.total)), "sum", 2)


def _equal(sheet: BalanceSheet) -> str:
    if sheet.gap:
        return (
            f"Kekayaan {format_rupiah(sheet.assets.total)} tidak sama dengan hutang"
            f" dan modal {format_rupiah(sheet.claims)}."
        )
    return (
        f"Kekayaan sama dengan hutang dan modal: {format_rupiah(sheet.claims)}."
        " Angka dalam kurung mengurangi."
    )


def _results(facts: Income) -> Grid:
    columns = (
        _CODE,
        _NAME,
        Column(facts.month.label, "w30", "n"),
        Column(f"Sejak Januari {facts.month.start.year}", "w30", "n"),
    )
    rows = (
        *_income_part("Pendapatan", facts.income, facts.income_sums),
        *_income_part("Biaya", facts.cost, facts.cost_sums),
        Row(("Laba bersih", *map(money, facts.profit)), "sum", 2),
    )
    return Grid(columns, rows, caption="Laba rugi", new_page=True)


def _income_part(
    label: str, lines: tuple[IncomeLine, ...], sums: tuple[int, int]
) -> Iterable[Row]:
    yield Row((label,), "group", 4)
    for line in lines:
        yield Row((line.code, line.label, money(line.month), money(line.year)))
    if not lines:
        yield Row((NONE, "Tidak ada", NONE, NONE))
    yield Row((f"Jumlah {label.lower()}", *map(money, sums)), "sum", 2)


def _equity(facts: EquityChange) -> Grid:
    columns = (
        _CODE,
        _NAME,
        Column("Awal", "w24", "n"),
        Column("Tambah", "w24", "n"),
        Column("Kurang", "w24", "n"),
        Column("Akhir", "w24", "n"),
    )
    rows = [Row((line.code or NONE, line.label, *_moved(line))) for line in facts.lines]
    total = Row(("Jumlah modal", *_moved(facts.total)), "sum", 2)
    year = facts.span.start.year
    end = format_date(facts.span.end, unbroken=True)
    caption = f"Perubahan modal, 1 Januari {year} sampai dengan {end}"
    return Grid(columns, (*rows, total), caption=caption)


def _moved(line) -> tuple[str, ...]:
    return tuple(map(money, (line.opening, line.added, line.taken, line.closing)))


def _performance(book: Book, results: Income) -> Grid:
    """The five indicators with what was divided by what, by the board's limits."""
    on = results.month.end
    rules = indicator_rules([book.board_id])[book.board_id]
    capital = balances(book, until=capital_day(rules, on)).of_use(Use.CAPITAL)
    result = Result(
        income=results.income_sums[1],
        cost=results.cost_sums[1],
        capital=capital,
        months=on.month,
    )
    portfolio = portfolio_on(book.board, on, risk=rules.on(RISK, on).value)
    found = figures(portfolio, result, limits=limits_on(rules, on))
    return performance_grid(found, rules, on)


def _notes(book: Book, month: Period) -> tuple[str, ...]:
    """Catatan: what was counted when the month was closed, and what the cards say."""
    close = (
        PeriodClose.objects.filter(book=book, first_day=month.start).standing().first()
    )
    if close is None:
        counted = "Bulan ini belum ditutup; kas belum dihitung fisik."
    else:
        counted = " ".join(
            _check(check) for check in close.checks.select_related("account")
        )
    gaps = differences(book, month.end)
    if book.kind != Book.Kind.FUND:
        return (counted,)
    cards = " ".join(gaps) or (
        "Saldo kartu pinjaman dan kartu tabungan sama dengan akunnya di buku."
    )
    return (f"Catatan: {counted}", cards)


def _check(check) -> str:
    counted = f"{check.account.name} dihitung {format_rupiah(check.counted)}"
    if not check.gap:
        return f"{counted}, sama dengan buku."
    return f"{counted}, di buku {format_rupiah(check.booked)}: {check.explanation}."
