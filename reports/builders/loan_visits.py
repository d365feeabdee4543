"""Laporan kunjungan after a payout: what was seen at the business and at home.

Source: revolving-loans sheet, section 2.1 (R16) and 2.2.
"""

import datetime
from collections.abc import Sequence

from boards.parameters import rules_of
from common.words import format_date, format_date_short, no_break
from loans.models import ArrearsStep, Loan
from reports.builders.fund_people import head_of, manager_signs, officer_signs
from reports.builders.loan_cards import ON_ONE_PAGE
from reports.builders.loan_people import chair_signs, lent_shares, loan_facts
from reports.builders.loan_ready import check_ready
from reports.builders.register import Column
from reports.builders.sheets import NO, Grid, Row, Sheet, money, numbered

CODE = "laporan-kunjungan"
# Aims are rules of the board, under their headings.
_AIMS_AT = {
    "visit_aims_business": "Di tempat usaha",
    "visit_aims_home": "Di rumah",
}
# Facts of the loan that matter on a visit.
_FACTS = ("Kelompok", "Alamat", "Ketua", "Rekening pinjaman", "Tanggal cair", "Pokok")
_AIMS = (
    NO,
    Column("Tujuan kunjungan"),
    Column("Ya/tidak", "w18"),
    Column("Temuan"),
)
_MEMBERS = (
    NO,
    Column("Nama", "w40"),
    Column("Pinjaman", "w24", "n"),
    Column("Usaha"),
    Column("Dikunjungi", "w24"),
    Column("Paraf", "w18"),
)
_VISITS = (
    NO,
    Column("Tanggal", "w18", "c"),
    Column("Kunjungan", "w40"),
    Column("Hasil"),
    Column("Oleh", "w30"),
)


def build(loan: Loan, *, number: str, on: datetime.date) -> Sheet:
    """The visits noted so far, and the form of the next one to fill by hand."""
    check_ready(CODE, loan, on)
    facts = tuple(fact for fact in loan_facts(loan) if fact[0] in _FACTS)
    return Sheet(
        **head_of(
            loan.board,
            title=f"Laporan kunjungan {loan.group}",
            public="Laporan kunjungan",
            number=number,
            on=on,
        ),
        name="Laporan kunjungan",
        facts=(*facts, ("Tanggal kunjungan", "." * 40)),
        grids=(
            *_visits(loan, on),
            *_all_aims(loan, on),
            _members(loan),
        ),
        closing=("Kesimpulan dan tindak lanjut: " + "." * 100, "." * 146),
        people=(
            chair_signs(loan, on),
            officer_signs(loan.board, on),
            manager_signs(loan.board, on),
        ),
    )


def _visits(loan: Loan, on: datetime.date) -> tuple[Grid, ...]:
    """The table of visits noted up to a day; nothing before the first."""
    done = loan.steps.filter(kind__in=ArrearsStep.VISITS, on__lte=on).by_day()
    rows = numbered(
        (
            format_date_short(step.on),
            step.get_kind_display(),
            no_break(step.note),
            step.made_name,
        )
        for step in done
    )
    caption = f"Kunjungan yang tercatat sampai {format_date(on, unbroken=True)}"
    return (Grid(_VISITS, rows, caption=caption, dense=True),) if rows else ()


def _all_aims(loan: Loan, on: datetime.date) -> list[Grid]:
    """What a visit is for by the rules of the day of the paper, in one query."""
    rules = rules_of([loan.board_id], _AIMS_AT)[loan.board_id]
    return [
        _aims(rules.on(name, on).value, caption) for name, caption in _AIMS_AT.items()
    ]


def _aims(aims: Sequence[str], caption: str) -> Grid:
    rows = numbered((no_break(aim), "", "") for aim in aims)
    return Grid(_AIMS, rows, caption=caption, dense=True, sheet=True, keep=True)


def _members(loan: Loan) -> Grid:
    rows: tuple[Row, ...] = numbered(
        (share.name, money(share.approved), no_break(share.use), "", "")
        for share in lent_shares(loan)
    )
    return Grid(
        _MEMBERS,
        rows,
        caption="Anggota (rupiah)",
        dense=True,
        sheet=True,
        keep=len(rows) <= ON_ONE_PAGE,
    )
