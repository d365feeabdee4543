"""Daftar penghapusan: loans taken out of the book, whose claim stays.

Source: revolving-loans sheet, section 6.4: columns and their order.
"""

import datetime

from common.money import format_rupiah
from common.words import format_date_short, no_break
from loans.models import WriteOff
from reports.builders.loan_reports import over_loans
from reports.builders.register import Column
from reports.builders.sheets import NO, Grid, Row, Sheet, money, numbered
from reports.models import FundStatement

_COLUMNS = (
    NO,
    Column("Kelompok", "w40"),
    Column("Tanggal cair", "w18", "c"),
    Column("Tanggal hapus", "w18", "c"),
    Column("Alokasi", "w24", "n"),
    Column("Jumlah dihapus", "w24", "n"),
    Column("Catatan"),
)


def build(statement: FundStatement, *, number: str, on: datetime.date) -> Sheet:
    """Every loan written off up to the end of the month; whole rupiah."""
    found = WriteOff.objects.filter(board=statement.board, on__lte=statement.last_day)
    lost = list(
        found.select_related("loan__group", "loan__waiver", "decision").order_by(
            "on", "pk"
        )
    )
    rows = numbered(_cells(each, statement.last_day) for each in lost)
    total = sum(each.principal for each in lost)
    lent = sum(each.loan.principal for each in lost)
    if lost:
        rows += (Row(("Jumlah", money(lent), money(total), ""), "sum", 4),)
    claims = sum(each.claim for each in lost)
    waived = sum(_waived(each, statement.last_day) for each in lost)
    given_up = f", {format_rupiah(waived)} dihapus tagih" if waived else ""
    return Sheet(
        **over_loans(statement, "Daftar penghapusan pinjaman", number, on),
        grids=(
            Grid(
                _COLUMNS,
                rows,
                dense=True,
                empty="Tidak ada pinjaman yang dihapus dari buku.",
            ),
        ),
        closing=(
            "Penghapusan mengeluarkan pinjaman dari buku; tagihannya tetap ada:"
            f" {format_rupiah(claims)} sebelum yang tertagih kembali{given_up}."
            if lost
            else "Penghapusan: tidak ada.",
        ),
        shape="landscape",
    )


def _waived(each: WriteOff, last: datetime.date) -> int:
    """What was given up of the claim by a day; rupiah."""
    waiver = getattr(each.loan, "waiver", None)
    return waiver.amount if waiver and waiver.on <= last else 0


def _cells(each: WriteOff, last: datetime.date) -> tuple[str, ...]:
    loan, waived = each.loan, _waived(each, last)
    given_up = f" Dihapus tagih {money(waived)}." if waived else ""
    funds = (
        ("tabungan TR", each.from_savings),
        ("cadangan", each.from_reserve),
        ("biaya", each.from_cost),
    )
    paid = ", ".join(f"{name} {money(amount)}" for name, amount in funds if amount)
    return (
        f"{loan.group}\n{loan.account_number}",
        format_date_short(loan.disbursed_on),
        format_date_short(each.on),
        money(loan.principal),
        money(each.principal),
        no_break(f"Keputusan {each.decision}. {each.reason}. Dari {paid}.{given_up}"),
    )
