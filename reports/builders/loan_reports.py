"""Statements over all loans: LPP, tunggakan, kolektibilitas.

Source: revolving-loans sheet, section 6.4: columns and their order.
"""

import datetime
from collections import Counter

from common.money import format_rupiah
from common.shares import percent_of
from common.words import format_date, format_date_short, format_decimal
from ledger.balances import balances
from ledger.chart import Use
from reports.builders.fund_people import manager_signs, officer_signs, supervisor_signs
from reports.builders.ledger_books import statement_head
from reports.builders.loan_facts import (
    CLASS_NAMES,
    Position,
    member_arrears,
    positions_on,
)
from reports.builders.register import Column
from reports.builders.sheets import NO, NONE, Grid, Row, Sheet, money, pair
from reports.frame import Signer
from reports.models import FundStatement

_GROUP = Column("Kelompok – rekening")
_TWO = "w24"

_PROGRESS = (
    NO,
    _GROUP,
    Column("Jatuh tempo", "w18", "c"),
    Column("Alokasi", _TWO, "n"),
    Column("% alokasi", "w15", "n"),
    Column("Target", _TWO, "n"),
    Column("S.d. bulan lalu", _TWO, "n"),
    Column("Bulan ini", _TWO, "n"),
    Column("S.d. bulan ini", _TWO, "n"),
    Column("Saldo", _TWO, "n"),
    Column("% saldo", "w15", "n"),
    Column("Tunggakan", _TWO, "n"),
)
_PROGRESS_GROUPS = (("", 6), ("Realisasi", 3), ("", 3))
_CLASSES = (
    NO,
    _GROUP,
    Column("Saldo", "w24", "n"),
    Column("Tunggakan", "w24", "n"),
    *(
        Column(f"Kol {at} {name}", "w24", "n")
        for at, name in enumerate(CLASS_NAMES, start=1)
    ),
)


def over_loans(
    statement: FundStatement, name: str, number: str, on: datetime.date
) -> dict:
    """Head, day and signers of a statement over loans."""
    board = statement.board
    day = format_date(statement.last_day, unbroken=True)
    head = statement_head(statement, name=name, number=number, on=on)
    return {
        **head,
        "under": f"per {day}, dalam rupiah",
        "people": _people(board, on),
    }


def _people(board, on: datetime.date) -> tuple[Signer, ...]:
    return (
        supervisor_signs(board, on),
        officer_signs(board, on),
        manager_signs(board, on),
    )


def _named(each: Position) -> str:
    return f"{each.loan.group}\n{each.loan.account_number}"


def percent(part: int, whole: int) -> str:
    """A share with two decimals; a dash without a whole."""
    value = percent_of(part, whole) if whole else None
    return NONE if value is None else format_decimal(value, 2)


def build_progress(
    statement: FundStatement, *, number: str, on: datetime.date
) -> Sheet:
    """LPP: every loan that ran in the month; pokok above jasa in each cell."""
    first, last = statement.first_day, statement.last_day
    rows = positions_on(statement.board, last, since=first)
    lent = sum(each.loan.principal for each in rows)
    body = [_progress(at, each, lent) for at, each in enumerate(rows, start=1)]
    if rows:
        body.append(_progress_sum(rows, lent))
    return Sheet(
        **over_loans(statement, "Laporan perkembangan pinjaman (LPP)", number, on),
        lead=(
            "Di setiap kolom pokok di baris atas, jasa di baris bawah. Persen alokasi"
            " dari seluruh alokasi; persen saldo dari alokasi pinjaman itu.",
        ),
        grids=(
            Grid(
                _PROGRESS,
                tuple(body),
                groups=_PROGRESS_GROUPS,
                dense=True,
                empty="Tidak ada pinjaman pada bulan ini.",
            ),
        ),
        closing=(_agrees(statement, sum(each.balance for each in rows)),),
        shape="landscape",
    )


def _progress(at: int, each: Position, lent: int) -> Row:
    paid, before, target = each.paid, each.paid_before, each.target
    now, behind = paid - before, each.arrears
    return Row(
        (
            str(at),
            _named(each),
            format_date_short(each.last_due),
            money(each.loan.principal),
            percent(each.loan.principal, lent),
            pair(target.principal, target.service_charge),
            pair(before.principal, before.service_charge),
            pair(now.principal, now.service_charge),
            pair(paid.principal, paid.service_charge),
            pair(each.balance, each.charge_left),
            percent(each.balance, each.loan.principal),
            pair(behind.principal, behind.service_charge),
        )
    )


def _progress_sum(rows: list[Position], lent: int) -> Row:
    def both(get) -> str:
        found = [get(each) for each in rows]
        return pair(
            sum(each.principal for each in found),
            sum(each.service_charge for each in found),
        )

    balance = sum(each.balance for each in rows)
    left = sum(each.charge_left for each in rows)
    cells = (
        "Jumlah",
        money(lent),
        percent(lent, lent),
        both(lambda each: each.target),
        both(lambda each: each.paid_before),
        both(lambda each: each.paid - each.paid_before),
        both(lambda each: each.paid),
        pair(balance, left),
        percent(balance, lent),
        both(lambda each: each.arrears),
    )
    return Row(cells, "sum", 3)


def _agrees(statement: FundStatement, balance: int) -> str:
    booked = balances(statement.book, until=statement.last_day).of_use(Use.LOANS)
    if booked == balance:
        return f"Saldo pokok sama dengan akun Pinjaman KSM: {format_rupiah(balance)}."
    return (
        f"Saldo pokok {format_rupiah(balance)}, akun Pinjaman KSM"
        f" {format_rupiah(booked)}; selisihnya perlu diperiksa."
    )


def build_arrears(statement: FundStatement, *, number: str, on: datetime.date) -> Sheet:
    """Tunggakan by group and, below it, by member."""
    last = statement.last_day
    rows = [each for each in positions_on(statement.board, last) if each.arrears.total]
    behind = member_arrears([each.loan for each in rows], last)
    columns = (
        NO,
        Column("Kelompok"),
        Column("Anggota"),
        Column("Tanggal cair", "w18", "c"),
        Column("Jatuh tempo", "w18", "c"),
        Column("Alokasi", "w24", "n"),
        Column("Saldo", "w24", "n"),
        Column("Tunggakan pokok", "w24", "n"),
        Column("Tunggakan jasa", "w24", "n"),
    )
    body = [
        row
        for at, each in enumerate(rows, start=1)
        for row in _arrears_rows(at, each, behind[each.loan.pk])
    ]
    if rows:
        sums = (
            sum(each.loan.principal for each in rows),
            sum(each.balance for each in rows),
            sum(each.arrears.principal for each in rows),
            sum(each.arrears.service_charge for each in rows),
        )
        body.append(Row(("Jumlah kelompok", *map(money, sums)), "sum", 5))
    count = len(rows)
    return Sheet(
        **over_loans(statement, "Daftar tunggakan", number, on),
        grids=(
            Grid(columns, tuple(body), dense=True, empty="Tidak ada yang menunggak."),
        ),
        closing=(f"{count} kelompok menunggak." if count else "Tunggakan: tidak ada.",),
        shape="landscape",
    )


def _arrears_rows(at: int, each: Position, members: list) -> list[Row]:
    loan = each.loan
    days = (format_date_short(loan.disbursed_on), format_date_short(each.last_due))
    name = str(loan.group)
    group = Row(
        (
            str(at),
            name,
            "Kelompok",
            *days,
            money(loan.principal),
            money(each.balance),
            money(each.arrears.principal),
            money(each.arrears.service_charge),
        ),
        "group",
    )
    return [
        group,
        *(
            Row(
                (
                    "",
                    name,
                    one.name,
                    *days,
                    money(one.approved),
                    money(one.balance),
                    money(one.arrears.principal),
                    money(one.arrears.service_charge),
                )
            )
            for one in members
        ),
    ]


def build_classes(statement: FundStatement, *, number: str, on: datetime.date) -> Sheet:
    """Kolektibilitas: the balance of each group in the column of its class."""
    rows = [
        each
        for each in positions_on(statement.board, statement.last_day)
        if each.balance
    ]
    body = [
        Row(
            (
                str(at),
                _named(each),
                money(each.balance),
                money(each.arrears.total),
                *_in_class(each.collectibility, each.balance),
            )
        )
        for at, each in enumerate(rows, start=1)
    ]
    if rows:
        found = by_class(rows)
        sums = (
            sum(each.balance for each in rows),
            sum(each.arrears.total for each in rows),
            *(found[at] for at in range(1, len(CLASS_NAMES) + 1)),
        )
        body.append(Row(("Jumlah", *map(money, sums)), "sum", 2))
    return Sheet(
        **over_loans(statement, "Daftar kolektibilitas", number, on),
        grids=(
            Grid(_CLASSES, tuple(body), dense=True, empty="Tidak ada saldo pinjaman."),
        ),
        closing=(_classes_words(rows),),
        shape="landscape",
    )


def _in_class(found: int, balance: int) -> tuple[str, ...]:
    return tuple(
        money(balance) if at == found else NONE for at in range(1, len(CLASS_NAMES) + 1)
    )


def by_class(rows: list[Position]) -> Counter[int]:
    """Class to the balance in it."""
    sums: Counter[int] = Counter()
    for each in rows:
        sums[each.collectibility] += each.balance
    return sums


def _classes_words(rows: list[Position]) -> str:
    counts = Counter(each.collectibility for each in rows)
    words = ", ".join(
        f"{name.lower()} {counts[at]}"
        for at, name in enumerate(CLASS_NAMES, start=1)
        if counts[at]
    )
    return f"Jumlah KSM menurut kolektibilitas: {words or 'tidak ada'}."
