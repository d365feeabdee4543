"""Cadangan risiko and rencana–realisasi: what is set aside, what was to come and came.

Source: revolving-loans sheet, sections 4.3 and 6.4.
"""

import datetime
from collections import defaultdict
from decimal import Decimal

from django.db.models import F, Q, Sum

from common.money import format_rupiah
from common.words import format_date, format_decimal
from ledger.balances import balances
from ledger.chart import Use
from loans.arrears import ReserveLine, reserve_lines
from loans.models import Installment, Receipt
from loans.rules import reserve_percents
from reports.builders.loan_facts import CLASS_NAMES, positions_on
from reports.builders.loan_reports import by_class, over_loans, percent
from reports.builders.register import Column
from reports.builders.sheets import NO, Grid, Row, Sheet, money
from reports.models import FundStatement

# Classes that are not performing: kurang lancar, diragukan, macet (§8.1, trap 12).
_BAD = (3, 4, 5)


def build_reserve(statement: FundStatement, *, number: str, on: datetime.date) -> Sheet:
    """Cadangan: the balance of each class times its per cent of that day; NPL."""
    board, last = statement.board, statement.last_day
    balance_of = by_class(positions_on(board, last))
    lines = reserve_lines(balance_of, reserve_percents(board, on=last))
    total = sum(line.balance for line in lines)
    target = sum(line.reserve for line in lines)
    columns = (
        NO,
        Column("Tingkat kolektibilitas"),
        Column("Persen", "w18", "n"),
        Column("Saldo pinjaman", "w30", "n"),
        Column("Beban penyisihan", "w30", "n"),
    )
    rows = [_reserve_row(line) for line in lines]
    rows.append(Row(("Jumlah", "", money(total), money(target)), "sum", 2))
    bad = sum(balance_of[at] for at in _BAD)
    present = balances(statement.book, until=last).of_use(Use.RESERVE)
    npl = percent(bad, total)
    share = f"{npl} persen" if total else "belum ada pinjaman"
    return Sheet(
        **over_loans(statement, "Perhitungan cadangan risiko", number, on),
        grids=(Grid(columns, tuple(rows)),),
        closing=(
            f"NPL (kurang lancar sampai macet): {format_rupiah(bad)} dari"
            f" {format_rupiah(total)}, {share}.",
            f"Cadangan di buku {format_rupiah(present)}, yang seharusnya"
            f" {format_rupiah(target)}.",
        ),
    )


def _reserve_row(line: ReserveLine) -> Row:
    return Row(
        (
            str(line.collectibility),
            CLASS_NAMES[line.collectibility - 1],
            format_decimal(Decimal(line.percent).normalize()),
            money(line.balance),
            money(line.reserve),
        )
    )


def build_planned(statement: FundStatement, *, number: str, on: datetime.date) -> Sheet:
    """Rencana and realisasi of every month of the year up to the statement's."""
    last = statement.last_day
    planned, received = _planned(statement), _received(statement)
    columns = (
        Column("Bulan"),
        Column("Rencana pokok", "w24", "n"),
        Column("Rencana jasa", "w24", "n"),
        Column("Terima pokok", "w24", "n"),
        Column("Terima jasa", "w24", "n"),
        Column("Selisih pokok", "w24", "n"),
        Column("Selisih jasa", "w24", "n"),
    )
    rows, sums = [], [0] * 6
    for month in range(1, last.month + 1):
        plan, paid = planned[month], received[month]
        cells = (*plan, *paid, paid[0] - plan[0], paid[1] - plan[1])
        sums = [total + cell for total, cell in zip(sums, cells, strict=True)]
        rows.append(Row((_month(last.year, month), *map(money, cells))))
    rows.append(Row(("Jumlah", *map(money, sums)), "sum"))
    return Sheet(
        **over_loans(statement, "Rencana dan realisasi angsuran", number, on),
        grids=(Grid(columns, tuple(rows), dense=True),),
        closing=("Angka dalam kurung: diterima kurang dari rencana.",),
        shape="landscape",
    )


def _month(year: int, month: int) -> str:
    return format_date(datetime.date(year, month, 1)).split(" ", 1)[1]


def _planned(statement: FundStatement) -> dict[int, tuple[int, int]]:
    """Month to pokok and jasa that the plans of all loans ask for."""
    span = (statement.last_day.replace(month=1, day=1), statement.last_day)
    # What a loan that ended would still have asked for is no plan any more.
    asked = Q(loan__closed_on=None) | Q(due_on__lte=F("loan__closed_on"))
    rows = Installment.objects.filter(
        asked, loan__board=statement.board, due_on__range=span
    )
    sums = (
        rows.order_by()
        .values_list("due_on__month")
        .annotate(Sum("principal"), Sum("service_charge"))
    )
    found: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    return found | {month: (pokok, jasa) for month, pokok, jasa in sums}


def _received(statement: FundStatement) -> dict[int, tuple[int, int]]:
    """Month to pokok and jasa that came in and still stood on the last day."""
    first, last = statement.last_day.replace(month=1, day=1), statement.last_day
    rows = Receipt.objects.filter(board=statement.board, on__range=(first, last))
    stood = rows.filter(reversed_on=None) | rows.filter(reversed_on__gt=last)
    sums = (
        stood.order_by()
        .values_list("on__month")
        .annotate(Sum("principal"), Sum("service_charge"))
    )
    found: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    return found | {month: (pokok, jasa) for month, pokok, jasa in sums}
