"""Berita acara pembagian laba: the decision of the RWT and what each purse got.

Source: revolving-loans sheet, section 1.5.
"""

import datetime

from common.money import format_rupiah
from common.words import format_date, format_decimal, no_break
from loans.models import ProfitAllocation
from reports.builders.fund_people import (
    coordinator_knows,
    head_of,
    manager_signs,
    supervisor_signs,
)
from reports.builders.letters import day_and_date, rupiah_words
from reports.builders.register import Column
from reports.builders.sheets import NO, Grid, Row, Sheet, money

_NAME = "Berita acara pembagian laba"
_COLUMNS = (
    NO,
    Column("Bagian"),
    Column("Akun", ""),
    Column("Persen", "w18", "n"),
    Column("Jumlah", "w30", "n"),
)


def build(made: ProfitAllocation, *, number: str, on: datetime.date) -> Sheet:
    """How the profit of a year was shared, once and for all; rupiah."""
    board, year, decision = made.board, made.close.year, made.decision
    return Sheet(
        **head_of(
            board,
            title=f"{_NAME} tahun {year}",
            public=f"{_NAME} tahun {year}",
            number=number,
            on=on,
        ),
        name=_NAME,
        under=f"tahun buku {year}",
        lead=(
            f"Pada {day_and_date(made.on)}, UPK {board} membagi laba tahun {year}"
            f" sebesar {rupiah_words(made.amount)}.",
        ),
        facts=(
            ("Keputusan RWT", no_break(f"{decision.number_text}\n{decision.title}")),
            ("Tanggal keputusan", format_date(decision.held_on, unbroken=True)),
            ("Laba tahun buku", format_rupiah(made.close.profit)),
            ("Dapat dibagi", format_rupiah(made.available)),
            ("Bukti di buku", str(made.voucher)),
        ),
        grids=(_table(made),),
        closing=(
            f"Tiap bagian dibulatkan ke bawah sampai {format_rupiah(made.step)};"
            " modal menerima sisanya. Demikian berita acara ini dibuat dengan"
            " sebenarnya untuk dipergunakan sebagaimana mestinya.",
        ),
        people=(
            supervisor_signs(board, on),
            coordinator_knows(board, on),
            manager_signs(board, on),
        ),
    )


def _table(made: ProfitAllocation) -> Grid:
    shares = list(made.shares.select_related("account"))
    rows = [
        Row(
            (
                str(at),
                share.name,
                str(share.account),
                format_decimal(share.percent.normalize()),
                money(share.amount),
            )
        )
        for at, share in enumerate(shares, start=1)
    ]
    percents = format_decimal(sum(share.percent for share in shares).normalize())
    rows.append(Row(("Jumlah", percents, money(made.amount)), "sum", 3))
    return Grid(_COLUMNS, tuple(rows), caption="Pembagian (rupiah)")
