"""Daftar tunggu and register pinjaman: who waits for a loan, and who got one.

Source: revolving-loans sheet, section 2.2, registers.
"""

import datetime

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from common.money import format_rupiah
from common.words import format_date_short
from loans.models import Loan
from loans.positions import in_book
from reports.builders.loan_reports import over_loans
from reports.builders.register import Column
from reports.builders.sheets import NO, NONE, Grid, Row, Sheet, money, numbered
from reports.models import FundStatement

_WAITING = (
    NO,
    Column("KSM", "w40"),
    Column("Nomor permohonan"),
    Column("Diajukan", "w18", "c"),
    Column("Ke", "w8", "c"),
    Column("Anggota", "w15", "n"),
    Column("Permohonan", "w24", "n"),
    Column("Diperiksa", "w18", "c"),
    Column("Diputus", "w18", "c"),
    Column("Menunggu hari", "w18", "n"),
)
_LENT = (
    NO,
    Column("KSM", "w40"),
    Column("Perjanjian dan rekening"),
    Column("Ke", "w8", "c"),
    Column("Cair", "w18", "c"),
    Column("Angsuran", "w15", "n"),
    Column("Pokok", "w24", "n"),
    Column("Jasa", "w24", "n"),
    Column("Selesai", "w18", "c"),
    Column("Keadaan", "w24"),
)


def build_waiting(statement: FundStatement, *, number: str, on: datetime.date) -> Sheet:
    """Applications that stood open at the end of the month, oldest first; rupiah."""
    last = statement.last_day
    paid = Q(disbursed_on=None) | Q(disbursed_on__gt=last)
    ended = Q(closed_on=None) | Q(closed_on__gt=last)
    found = Loan.objects.filter(
        paid, ended, board=statement.board, applied_on__lte=last
    ).exclude(Q(is_opening=True) | Q(replaces__isnull=False))
    loans = found.select_related("group").annotate(
        asked=Coalesce(Sum("shares__requested"), 0)
    )
    waiting = list(
        loans.prefetch_related("shares").order_by("applied_on", "application_number")
    )
    rows = numbered(_waits(loan, last) for loan in waiting)
    asked = sum(loan.asked for loan in waiting)
    if waiting:
        rows += (Row(("Jumlah", money(asked), "", "", ""), "sum", 6),)
    return Sheet(
        **over_loans(statement, "Daftar tunggu pinjaman", number, on),
        grids=(Grid(_WAITING, rows, dense=True, empty="Tidak ada KSM yang menunggu."),),
        closing=(
            f"Menunggu {len(waiting)} permohonan, {format_rupiah(asked)}."
            if waiting
            else "Permohonan yang menunggu: tidak ada.",
        ),
        shape="landscape",
    )


def _waits(loan: Loan, last: datetime.date) -> tuple[str, ...]:
    return (
        str(loan.group),
        loan.application_number,
        format_date_short(loan.applied_on),
        str(loan.round_no),
        str(len(loan.shares.all())),
        money(loan.asked),
        _day(loan.checked_on, last),
        _day(loan.decided_on, last),
        str((last - loan.applied_on).days),
    )


def _day(day: datetime.date | None, last: datetime.date) -> str:
    return format_date_short(day) if day and day <= last else NONE


def build_register(
    statement: FundStatement, *, number: str, on: datetime.date
) -> Sheet:
    """Every loan of the book up to the end of the month that ran in its year."""
    last = statement.last_day
    ran = Q(closed_on=None) | Q(closed_on__gte=last.replace(month=1, day=1))
    found = in_book(statement.board, last).filter(ran).select_related("group")
    loans = list(found.order_by(F("disbursed_on"), "account_number", "pk"))
    rows = numbered(_lent(loan, last) for loan in loans)
    if loans:
        sums = (
            sum(loan.principal for loan in loans),
            sum(loan.service_charge for loan in loans),
        )
        rows += (Row(("Jumlah", *map(money, sums), "", ""), "sum", 6),)
    running = sum(loan.closed_on is None or loan.closed_on > last for loan in loans)
    return Sheet(
        **over_loans(statement, "Register pinjaman", number, on),
        grids=(Grid(_LENT, rows, dense=True, empty="Belum ada pinjaman."),),
        closing=(
            f"Tercatat {len(loans)} pinjaman yang berjalan pada tahun {last.year};"
            f" {running} masih berjalan.",
        ),
        shape="landscape",
    )


def _lent(loan: Loan, last: datetime.date) -> tuple[str, ...]:
    over = loan.closed_on is not None and loan.closed_on <= last
    papers = "\n".join(filter(None, (loan.contract_number, loan.account_number)))
    return (
        str(loan.group),
        papers or NONE,
        str(loan.round_no),
        format_date_short(loan.disbursed_on),
        str(loan.instalments),
        money(loan.principal),
        money(loan.service_charge),
        format_date_short(loan.closed_on) if over else NONE,
        loan.get_state_display() if over else "Berjalan",
    )
