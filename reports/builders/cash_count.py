"""Berita acara pemeriksaan kas: notes and coins, the book, the difference.

Source: revolving-loans sheet, section 1.4 (R4, R6): the Pengawas count the box.
"""

import datetime

from common.money import format_rupiah, format_thousands
from common.words import format_date, no_break
from loans.models import CashCount
from reports.builders.fund_people import coordinator_knows, head_of
from reports.builders.letters import day_and_date, rupiah_words
from reports.builders.register import Column
from reports.builders.sheets import Grid, Row, Sheet, money
from reports.frame import Signer

_NAME = "Berita acara pemeriksaan kas"
_COLUMNS = (
    Column("Pecahan", "", "n"),
    Column("Banyaknya", "", "n"),
    Column("Jumlah", "", "n"),
)


def build(count: CashCount, *, number: str, on: datetime.date) -> Sheet:
    """One count of the cash box; rupiah. What was counted does not change."""
    board, day = count.board, count.counted_on
    title = f"{_NAME} {format_date(day)}"
    head = head_of(board, title=title, public=_NAME, number=number, on=on)
    return Sheet(
        **{**head, "dated": format_date(day, unbroken=True)},
        name=_NAME,
        lead=(
            f"Pada {day_and_date(day)}, {count.made_name} selaku Pengawas UPK"
            f" menghitung uang kas {board}, disaksikan kasir {count.cashier_name},"
            " dengan hasil sebagai berikut.",
        ),
        grids=(
            _pieces(count),
            _against_the_book(count),
        ),
        closing=(
            no_break(_finding(count)),
            "Demikian berita acara ini dibuat dengan sebenarnya dalam rangkap 2 (dua)"
            " untuk dipergunakan sebagaimana mestinya.",
        ),
        people=(
            Signer("Kasir UPK,", count.cashier_name),
            coordinator_knows(board, day),
            Signer("Pengawas UPK,", count.made_name),
        ),
    )


def _pieces(count: CashCount) -> Grid:
    rows = [
        Row(
            (
                format_thousands(piece.value),
                format_thousands(piece.pieces),
                money(piece.amount),
            )
        )
        for piece in count.pieces.order_by("-value")
    ]
    rows.append(Row(("Jumlah uang", money(count.counted)), "sum", 2))
    return Grid(
        _COLUMNS,
        tuple(rows),
        caption="Uang kertas dan logam (rupiah)",
        empty="Tidak ada uang di kas.",
    )


def _against_the_book(count: CashCount) -> Grid:
    rows = (
        Row(("Uang menurut hitungan", money(count.counted))),
        Row(("Saldo buku harian kas", money(count.booked))),
        Row(("Selisih", money(count.gap)), "sum"),
    )
    columns = (Column("Pencocokan"), Column("Rupiah", "w40", "n"))
    return Grid(columns, rows, caption="Dibanding buku")


def _finding(count: CashCount) -> str:
    words = rupiah_words(count.counted)
    if not count.gap:
        return f"Uang kas {words} cocok dengan buku."
    more = "lebih" if count.gap > 0 else "kurang"
    gap = format_rupiah(abs(count.gap))
    return f"Uang kas {words}, {more} {gap} dari buku. Penjelasan: {count.explanation}"
