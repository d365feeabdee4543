"""Lembar setoran: what each group and member is asked for, with room for a pen.

Groups and members stand in the order of the form that types it back.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence

from boards.models import Board
from common.money import format_rupiah
from common.words import format_date
from loans.collection import Expected
from loans.models import Loan, ShareInstallment
from reports.builders.fund_people import cashier_signs, head_of, officer_signs
from reports.builders.loan_facts import line_of, paid_until
from reports.builders.register import Column
from reports.builders.sheets import NO, Grid, Row, Sheet, money

NAME = "Lembar setoran"
_COLUMNS = (
    NO,
    Column("KSM dan anggota"),
    Column("Tunggakan", "w24", "n"),
    Column("Jatuh tempo", "w24", "n"),
    Column("Jumlah", "w24", "n"),
    Column("Diterima", "w30"),
    Column("Disetor oleh", "w40"),
    Column("Paraf", "w24"),
)


def build(
    board: Board,
    rows: Sequence[Expected],
    *,
    until: datetime.date,
    on: datetime.date,
) -> Sheet:
    """The sheet of one round up to the day `until`, as the book stands on `on`.

    Rupiah; two queries besides those of `rows`.
    """
    day = format_date(until, unbroken=True)
    head = head_of(board, title=f"{NAME} sampai {day}", public=NAME, number="", on=on)
    return Sheet(
        # The day of the round is written by whoever comes back from it.
        **{**head, "dated": "." * 28},
        name=NAME,
        under=f"jatuh tempo sampai {day}, dalam rupiah",
        lead=(
            "Tulis uang yang diterima di baris anggota, jumlahkan di baris KSM, lalu"
            " isikan baris KSM di portal dengan urutan yang sama.",
        ),
        grids=(_table(rows, until, on),),
        closing=(
            f"Yang ditagih {format_rupiah(sum(row.total for row in rows))}. Uang"
            " terhitung: Rp ........................................",
        ),
        people=(officer_signs(board, on), cashier_signs(board, on)),
        shape="landscape",
    )


def _table(rows: Sequence[Expected], until: datetime.date, on: datetime.date) -> Grid:
    members = _members([row.loan for row in rows], until, on)
    body = [
        line
        for at, row in enumerate(rows, start=1)
        for line in _group(at, row, members[row.loan.pk])
    ]
    if rows:
        body.append(_sum(rows))
    return Grid(
        _COLUMNS,
        tuple(body),
        dense=True,
        sheet=True,
        empty="Tidak ada angsuran yang jatuh tempo atau tertunggak.",
    )


def _group(
    at: int, row: Expected, members: Sequence[tuple[str, int, int]]
) -> Iterable[Row]:
    name = f"{row.loan.group}, {row.loan.account_number}"
    sums = map(money, (row.arrears, row.coming, row.total))
    yield Row((str(at), name, *sums, "", "", ""), "group")
    for member, arrears, coming in members:
        sums = map(money, (arrears, coming, arrears + coming))
        yield Row(("", member, *sums, "", "", ""))
    for name, amount in (("Denda", row.penalty), ("Tabungan TR", row.savings)):
        if amount:
            yield Row(("", name, "", "", money(amount), "", "", ""))


def _sum(rows: Sequence[Expected]) -> Row:
    sums = (
        sum(row.arrears for row in rows),
        sum(row.coming for row in rows),
        sum(row.total for row in rows),
    )
    return Row(("Jumlah", *map(money, sums), "", "", ""), "sum", 2)


def _members(
    loans: Sequence[Loan], until: datetime.date, on: datetime.date
) -> dict[int, list[tuple[str, int, int]]]:
    """Loan id to name, arrears and what is coming of each member, in their order."""
    rows = (
        ShareInstallment.objects.filter(
            share__loan__in=loans, installment__due_on__lte=until
        )
        .annotate(**paid_until(on))
        .select_related("share", "installment")
        .order_by("share__loan", "share__position", "installment__no")
    )
    open_of: dict = defaultdict(lambda: [0, 0])
    for row in rows:
        due_on = row.installment.due_on
        line = line_of(row, row.installment.no, due_on)
        open_of[row.share][due_on > on] += line.total_open
    found = defaultdict(list)
    for share, (arrears, coming) in open_of.items():
        found[share.loan_id].append((share.name, arrears, coming))
    return found
