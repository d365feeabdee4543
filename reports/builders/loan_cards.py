"""Rencana angsuran, kartu angsuran (also to be filled by hand), rekening koran.

Source: revolving-loans sheet, section 2.2 (R20).
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from common.money import format_rupiah
from common.words import format_date, format_date_short, no_break
from loans.arrears import arrears_of, class_of
from loans.models import Loan, Receipt, SavingsMove
from loans.payments import OpenLine
from loans.positions import Plan, read_plan
from loans.rules import class_limits
from reports.builders.fund_people import cashier_signs, head_of, manager_signs
from reports.builders.loan_contract import saving_words
from reports.builders.loan_facts import CLASS_NAMES
from reports.builders.loan_people import (
    chair_signs,
    left_words,
    lent_shares,
    loan_facts,
)
from reports.builders.loan_ready import check_ready
from reports.builders.register import Column
from reports.builders.sheets import NO, Grid, Row, Sheet, money
from reports.frame import Signer

# Rows with room for a pen that fit on a page with the signatures below.
ON_ONE_PAGE = 20
_NTH, _DAY = Column("Ke", "w8", "c"), Column("Tanggal", "w18", "c")


def _rupiah(title: str, width: str = "w24") -> Column:
    return Column(title, width, "n")


def _sheet(loan: Loan, code: str, name: str, number: str, on: datetime.date) -> dict:
    check_ready(code, loan, on)
    head = head_of(
        loan.board,
        title=f"{name} {loan.group}",
        public=name,
        number=number,
        on=on,
    )
    return {**head, "name": name, "facts": loan_facts(loan)}


def _two(loan: Loan, on: datetime.date) -> tuple[Signer, ...]:
    return chair_signs(loan, on), manager_signs(loan.board, on)


def build_plan(loan: Loan, *, number: str, on: datetime.date) -> Sheet:
    """What is due when, of the group and below of each member; whole rupiah."""
    head = _sheet(loan, "rencana-angsuran", "Rencana angsuran", number, on)
    plan = read_plan(loan)
    shares = {share.pk: share for share in lent_shares(loan)}
    members = [
        Grid(
            _MEMBER_COLUMNS,
            tuple(_member_rows(each.lines)),
            caption=f"{shares[each.share_id].name},"
            f" {format_rupiah(shares[each.share_id].approved)}",
            dense=True,
            keep=len(each.lines) <= 24,
        )
        for each in plan.members
    ]
    group = Grid(_PLAN_COLUMNS, tuple(_plan_rows(plan.lines)), caption="Kelompok")
    return Sheet(
        **head,
        grids=(group, *members),
        closing=(
            "Jumlah angsuran anggota sama dengan angsuran kelompok.",
            *saving_words(loan),
        ),
        people=_two(loan, on),
    )


_PLAN_COLUMNS = (
    _NTH,
    _DAY,
    _rupiah("Pokok"),
    _rupiah("Jasa", "w18"),
    _rupiah("Jumlah"),
    _rupiah("Total target"),
    _rupiah("Saldo pokok"),
    _rupiah("Saldo jasa", ""),
)
_MEMBER_COLUMNS = (
    _NTH,
    _DAY,
    _rupiah("Pokok", ""),
    _rupiah("Jasa", ""),
    _rupiah("Jumlah", ""),
    _rupiah("Saldo pokok", ""),
)


def _plan_rows(lines: list[OpenLine]) -> Iterable[Row]:
    principal = sum(line.principal for line in lines)
    charge = sum(line.service_charge for line in lines)
    left, jasa, target = principal, charge, 0
    for line in lines:
        due = line.principal + line.service_charge
        left, jasa, target = (
            left - line.principal,
            jasa - line.service_charge,
            target + due,
        )
        cells = (line.principal, line.service_charge, due, target, left, jasa)
        yield Row((str(line.no), format_date_short(line.due_on), *map(money, cells)))
    sums = (principal, charge, principal + charge)
    yield Row(("Jumlah", *map(money, sums), "", "", ""), "sum", 2)


def _member_rows(lines: list[OpenLine]) -> Iterable[Row]:
    principal = sum(line.principal for line in lines)
    charge = sum(line.service_charge for line in lines)
    left = principal
    for line in lines:
        left -= line.principal
        due = line.principal + line.service_charge
        cells = (line.principal, line.service_charge, due, left)
        yield Row((str(line.no), format_date_short(line.due_on), *map(money, cells)))
    sums = map(money, (principal, charge, principal + charge))
    yield Row(("Jumlah", *sums, ""), "sum", 2)


_CARD_PLAN = (
    _NTH,
    _DAY,
    _rupiah("Pokok", ""),
    _rupiah("Jasa", ""),
    _rupiah("Jumlah", ""),
)
_CARD_PAID = (
    NO,
    Column("Tanggal", "w18", "c"),
    _rupiah("Pokok dibayar", "w18"),
    _rupiah("Pokok tunggakan", "w18"),
    _rupiah("Jasa dibayar", "w18"),
    _rupiah("Jasa tunggakan", "w18"),
    _rupiah("Saldo pokok", "w18"),
    _rupiah("Saldo jasa", "w18"),
    Column("Tanda tangan"),
)


@dataclass(frozen=True)
class Step:
    """One receipt on the card: what it paid, what stood behind and left after it."""

    on: datetime.date
    principal: int
    service_charge: int
    principal_behind: int
    charge_behind: int
    principal_left: int
    charge_left: int


def steps_of(loan: Loan, lines: list[OpenLine], until: datetime.date) -> list[Step]:
    """The receipts that stood on a day, with arrears as of the day of each.

    Charge that was let go leaves the arrears and the balance, too.
    """
    stood = Receipt.objects.filter(loan=loan, on__lte=until)
    rows = [
        row
        for row in stood.order_by("on", "pk")
        if row.reversed_on is None or row.reversed_on > until
    ]
    planned = sum(line.principal for line in lines)
    charge = sum(line.service_charge for line in lines)
    paid = jasa = 0
    steps = []
    for row in rows:
        paid += row.principal
        jasa += row.service_charge + row.forgiven
        due = [line for line in lines if line.due_on <= row.on]
        steps.append(
            Step(
                on=row.on,
                principal=row.principal,
                service_charge=row.service_charge,
                principal_behind=max(0, sum(line.principal for line in due) - paid),
                charge_behind=max(0, sum(line.service_charge for line in due) - jasa),
                principal_left=planned - paid,
                charge_left=charge - jasa,
            )
        )
    return steps


def _card_plan(lines: list[OpenLine]) -> Grid:
    rows = [
        Row(
            (
                str(line.no),
                format_date_short(line.due_on),
                money(line.principal),
                money(line.service_charge),
                money(line.principal + line.service_charge),
            )
        )
        for line in lines
    ]
    sums = (
        sum(line.principal for line in lines),
        sum(line.service_charge for line in lines),
    )
    rows.append(Row(("Jumlah", *map(money, (*sums, sum(sums)))), "sum", 2))
    return Grid(_CARD_PLAN, tuple(rows), caption="Rencana (rupiah)", dense=True)


def build(loan: Loan, *, number: str, on: datetime.date) -> Sheet:
    """The card of a loan as it stands on a day."""
    head = _sheet(loan, "kartu-angsuran", "Kartu angsuran KSM", number, on)
    plan = read_plan(loan, until=on)
    rows = [
        Row(
            (
                str(at),
                format_date_short(step.on),
                money(step.principal),
                money(step.principal_behind),
                money(step.service_charge),
                money(step.charge_behind),
                money(step.principal_left),
                money(step.charge_left),
                "",
            )
        )
        for at, step in enumerate(steps_of(loan, plan.lines, on), start=1)
    ]
    paid = Grid(
        _CARD_PAID,
        tuple(rows),
        caption="Realisasi (rupiah)",
        dense=True,
        sheet=True,
        keep=len(rows) <= ON_ONE_PAGE,
        empty="Belum ada angsuran yang dibayar.",
    )
    return Sheet(
        **head,
        grids=(_card_plan(plan.lines), paid),
        closing=(_standing(loan, plan, on), *left_words(loan, on)),
        people=_two(loan, on),
    )


def _standing(loan: Loan, plan: Plan, on: datetime.date) -> str:
    behind = arrears_of(plan.lines, as_of=on)
    limits = class_limits(loan.board, on=on)
    found = class_of(behind.k, charge_open=bool(behind.service_charge), limits=limits)
    arrears = (
        f"tunggakan pokok {format_rupiah(behind.principal)} dan jasa"
        f" {format_rupiah(behind.service_charge)}"
        if behind.total
        else "tunggakan tidak ada"
    )
    moves = SavingsMove.objects.filter(group=loan.group, on__lte=on)
    saved = moves.aggregate(total=Sum("amount"))["total"] or 0
    return (
        f"Keadaan per {format_date(on, unbroken=True)}: kolektibilitas"
        f" {CLASS_NAMES[found - 1]}, {arrears}, saldo pokok"
        f" {format_rupiah(plan.balance)}. Tabungan tanggung renteng kelompok"
        f" {format_rupiah(saved)}."
    )


def build_blank(loan: Loan, *, number: str, on: datetime.date) -> Sheet:
    """The card with its plan, and empty rows for the pen: one an instalment and two."""
    head = _sheet(loan, "kartu-kosong", "Kartu angsuran KSM", number, on)
    lines = read_plan(loan).lines
    rows = tuple(
        Row((str(at), *[""] * (len(_CARD_PAID) - 1))) for at in range(1, len(lines) + 3)
    )
    blank = Grid(
        _CARD_PAID,
        rows,
        caption="Realisasi, diisi dengan tangan",
        dense=True,
        sheet=True,
        keep=len(rows) <= ON_ONE_PAGE,
    )
    return Sheet(
        **head | {"under": "untuk diisi, rangkap 2: KSM dan arsip UPK"},
        grids=(_card_plan(lines), blank),
        closing=(
            "Setiap pembayaran ditulis pada kedua kartu dan ditandatangani kasir.",
        ),
        people=_two(loan, on),
    )


_MOVES = (
    NO,
    _DAY,
    Column("ID transaksi", "w40"),
    Column("Keterangan"),
    _rupiah("Pencairan"),
    _rupiah("Pokok"),
    _rupiah("Jasa"),
    _rupiah("Denda", "w18"),
    Column("Paraf", "w18"),
)


def build_moves(loan: Loan, *, number: str, on: datetime.date) -> Sheet:
    """Every movement of a loan up to a day; what was taken back stands below zero."""
    head = _sheet(loan, "rekening-koran", "Rekening koran pinjaman", number, on)
    moves = list(_moves(loan, on))
    rows = [
        Row(
            (
                str(at),
                format_date_short(day),
                text,
                no_break(words),
                *map(money, amounts),
                "",
            )
        )
        for at, (day, text, words, amounts) in enumerate(moves, start=1)
    ]
    sums = [sum(amounts[place] for *_, amounts in moves) for place in range(4)]
    rows.append(Row(("Jumlah", *map(money, sums), ""), "sum", 4))
    return Sheet(
        **head,
        grids=(Grid(_MOVES, tuple(rows), dense=True),),
        closing=(
            f"Saldo pokok per {format_date(on, unbroken=True)}:"
            f" {format_rupiah(sums[0] - sums[1])}.",
            *left_words(loan, on),
        ),
        people=(manager_signs(loan.board, on), cashier_signs(loan.board, on)),
        shape="landscape",
    )


def _moves(loan: Loan, on: datetime.date) -> Iterable[tuple]:
    """Day, number, words and the four sums of each movement, by day."""
    paid_out = loan.voucher.number_text if loan.voucher_id else loan.account_number
    found = [(loan.disbursed_on, 0, paid_out, "Pencairan", (loan.principal, 0, 0, 0))]
    rows = Receipt.objects.filter(loan=loan, on__lte=on).select_related("voucher")
    for row in rows:
        sums = (0, row.principal, row.service_charge, row.penalty)
        number, words = row.voucher.number_text, f"Angsuran, {row.payer}"
        found.append((row.on, row.pk, number, words, sums))
        if row.reversed_on and row.reversed_on <= on:
            back = tuple(-amount for amount in sums)
            words = f"Pembatalan {number}"
            found.append((row.reversed_on, row.pk, number, words, back))
    ordered = sorted(found, key=lambda each: each[:2])
    return ((day, number, words, sums) for day, _, number, words, sums in ordered)
