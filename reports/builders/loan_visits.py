"""Laporan kunjungan after a payout: four aims at the business, three at home.

Source: revolving-loans sheet, section 2.1 (R16) and 2.2; the sources count the aims
and do not list them, so the words are ours and the form leaves room for more.
"""

import datetime

from common.words import format_date, format_date_short, no_break
from loans.models import ArrearsStep, Loan
from reports.builders.fund_people import head_of, manager_signs, officer_signs
from reports.builders.loan_cards import ON_ONE_PAGE
from reports.builders.loan_people import chair_signs, lent_shares, loan_facts
from reports.builders.loan_ready import check_ready
from reports.builders.register import Column
from reports.builders.sheets import NO, Grid, Row, Sheet, money, numbered

CODE = "laporan-kunjungan"
AT_BUSINESS = (
    "Pinjaman dipakai untuk usaha yang diajukan",
    "Usaha berjalan; hasil dan modalnya bertambah",
    "Penjualan dan biaya dicatat",
    "Kesulitan usaha dan bantuan yang diperlukan",
)
AT_HOME = (
    "Keluarga mengetahui dan menyetujui pinjaman",
    "Penghasilan cukup untuk angsuran dan kebutuhan keluarga",
    "Keadaan keluarga dan rumah dibanding sebelum meminjam",
)
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
            _aims(AT_BUSINESS, "Di tempat usaha"),
            _aims(AT_HOME, "Di rumah"),
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


def _aims(aims: tuple[str, ...], caption: str) -> Grid:
    rows = numbered((aim, "", "") for aim in aims)
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
