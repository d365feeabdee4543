"""Kartu tabungan tanggung renteng of the group of a loan.

Source: revolving-loans sheet, section 2.2, registers.
"""

import datetime

from common.money import format_rupiah
from common.words import format_date, format_date_short
from loans.models import Loan
from loans.moves import SavingsLine, savings_moves
from reports.builders.fund_people import cashier_signs, head_of
from reports.builders.loan_people import address_of, chair_of, chair_signs
from reports.builders.loan_ready import check_ready
from reports.builders.register import Column
from reports.builders.sheets import NO, Grid, Row, Sheet, money
from reports.frame import Signer

_COLUMNS = (
    NO,
    Column("Tanggal", "w18", "c"),
    Column("Keterangan dan bukti"),
    Column("Setor", "w24", "n"),
    Column("Ambil", "w24", "n"),
    Column("Saldo", "w24", "n"),
    Column("Paraf", "w18"),
)


def build(loan: Loan, *, number: str, on: datetime.date) -> Sheet:
    """What the group saved and used up to a day, over all its loans; rupiah."""
    check_ready("kartu-tabungan", loan, on)
    lines = [line for line in savings_moves(loan.group) if line.on <= on]
    balance = lines[-1].balance if lines else 0
    day = format_date(on, unbroken=True)
    return Sheet(
        **head_of(
            loan.board,
            title=f"Kartu tabungan {loan.group}",
            public="Kartu tabungan",
            number=number,
            on=on,
        ),
        name="Kartu tabungan tanggung renteng",
        facts=(
            ("KSM", str(loan.group)),
            ("Ketua", chair_of(loan, on)),
            ("Alamat", address_of(loan)),
            ("Pinjaman", str(loan.account_number or loan.application_number)),
        ),
        grids=(_table(lines),),
        closing=(
            f"Saldo pada {day}: {format_rupiah(balance)}. Tabungan ditahan selama KSM"
            " masih punya pinjaman, lalu dikembalikan.",
        ),
        people=_two(loan, on),
    )


def _table(lines: list[SavingsLine]) -> Grid:
    rows = [
        Row(
            (
                str(at),
                format_date_short(line.on),
                f"{line.words}, {line.voucher_text}",
                money(line.put_in),
                money(line.taken_out),
                money(line.balance),
                "",
            )
        )
        for at, line in enumerate(lines, start=1)
    ]
    if rows:
        put_in = sum(line.put_in for line in lines)
        taken = sum(line.taken_out for line in lines)
        sums = (put_in, taken, lines[-1].balance)
        rows.append(Row(("Jumlah", *map(money, sums), ""), "sum", 3))
    return Grid(_COLUMNS, tuple(rows), sheet=True, empty="Belum ada tabungan.")


def _two(loan: Loan, on: datetime.date) -> tuple[Signer, ...]:
    return chair_signs(loan, on), cashier_signs(loan.board, on)
