"""Perkembangan UPK: the paper of one LKM for kelurahan and Dinas, and that of a region.

Totals alone: no group and no person is named. Source: revolving-loans sheet, section 7.
"""

import datetime
from urllib.parse import urlsplit

from django.conf import settings

from boards.rulebook import PARAMETERS
from common.money import format_rupiah
from common.words import format_date, join_unit
from loans.performance import Band
from loans.rules import DORMANT, indicator_rules
from reports.builders.fund_people import (
    coordinator_knows,
    manager_signs,
    supervisor_signs,
)
from reports.builders.fund_table import (
    CAPITAL,
    STANDING,
    Field,
    Line,
    bands_of,
    cells,
    standing_of,
)
from reports.builders.ledger_books import statement_head
from reports.builders.loan_performance import performance_grid
from reports.builders.register import Column
from reports.builders.sheets import NO, Grid, Row, Sheet, money
from reports.frame import Letterhead
from reports.fund_progress import Progress, progress_of
from reports.fund_region import Funds, numbered
from reports.models import FundStatement

NAME = "Laporan perkembangan UPK"
_STILL = PARAMETERS[DORMANT]
# A table of so many rows stays on one page.
ROWS_KEPT = 12


def build(statement: FundStatement, *, number: str, on: datetime.date) -> Sheet:
    """The fund of one LKM at the end of a month."""
    board, day = statement.board, statement.last_day
    one = progress_of([board], day)[board.pk]
    rules = indicator_rules([board.pk])[board.pk]
    words = format_date(day, unbroken=True)
    return Sheet(
        **statement_head(statement, name=NAME, number=number, on=on)
        | {"under": f"per {words}, dalam rupiah"},
        facts=(
            ("Wilayah", board.place),
            ("UPK", one.standing),
            ("Tanggal data", words),
            ("Buku", _closed_words(one)),
        ),
        grids=(
            Grid(
                (Column("Uraian"), Column("Nilai", "w40", "n")),
                _rows(one),
                caption="Modal, pelayanan, dan saldo",
            ),
            performance_grid(one.figures, rules, day),
        ),
        closing=(_judged(one), "Laporan ini memuat jumlah saja, tanpa nama KSM."),
        people=(
            coordinator_knows(board, on),
            supervisor_signs(board, on),
            manager_signs(board, on),
        ),
    )


def _rows(one: Progress) -> tuple[Row, ...]:
    capital, lending, loans = one.capital, one.lending, one.portfolio
    told = (
        ("Modal P2KP", money(capital.p2kp)),
        ("Modal PNPM", money(capital.pnpm)),
        ("Modal lain, termasuk penambahan dari laba", money(capital.other)),
        ("Pinjaman disalurkan sejak awal", money(lending.lent)),
        ("KSM dilayani sejak awal", money(lending.groups)),
        ("KSM aktif (punya saldo)", money(loans.loans)),
        ("Anggota peminjam laki-laki", money(lending.men)),
        ("Anggota peminjam perempuan", money(lending.women)),
        ("Saldo pinjaman", money(loans.balance)),
        ("Tunggakan berisiko", money(loans.arrears_at_risk)),
        ("Kas dan bank UPK yang belum disalurkan", money(one.money)),
    )
    total = Row(("Jumlah modal", money(capital.total)), "sum")
    return (*(Row(each) for each in told[:3]), total, *(Row(each) for each in told[3:]))


def _closed_words(one: Progress) -> str:
    if one.closed_through is None:
        return "Belum ada bulan yang ditutup"
    words = f"Ditutup sampai {format_date(one.closed_through, unbroken=True)}"
    return words if one.closed_through >= one.on else f"{words}; sesudahnya sementara"


def _judged(one: Progress) -> str:
    words = ", ".join(f"{band.value} {one.bands.get(band, 0)}" for band in Band)
    until = format_date(one.result_until, unbroken=True)
    return (
        f"Penilaian lima ukuran: {words}. Pendapatan"
        f" {format_rupiah(one.result.income)} dan biaya"
        f" {format_rupiah(one.result.cost)} sejak Januari sampai {until}."
    )


def region_sheet(funds: Funds, *, printed_on: datetime.date) -> Sheet:
    """The table of a region as a paper: the same cells as on screen."""
    region, day = funds.region, format_date(funds.on, unbroken=True)
    title = f"Perkembangan dana bergulir {region.title}"
    notes = notes_of(funds)
    standing = ("UPK aktif", standing_of)
    bands = ("Penilaian", lambda line: bands_of(line.progress))
    return Sheet(
        letterhead=Letterhead(
            kind="PERKEMBANGAN DANA BERGULIR LKM/BKM",
            name=region.title.upper(),
            places=region.within,
            address=urlsplit(settings.PORTAL_URL).netloc,
        ),
        title=title,
        public_title=title,
        place="",
        dated_on=printed_on,
        number="",
        name=title,
        dated="",
        people=(),
        under=f"per {day}, dalam rupiah",
        lead=notes[:1],
        grids=(
            _grid("Modal dan pelayanan", funds, CAPITAL, standing),
            _grid("Saldo dan kinerja", funds, STANDING, bands),
        ),
        closing=(
            *notes[1:],
            f"Dicetak {format_date(printed_on, unbroken=True)} dari pembukuan"
            f" {join_unit(funds.total.progress.boards, 'LKM/BKM')}.",
        ),
        shape="landscape",
    )


def _grid(caption: str, funds: Funds, fields: tuple[Field, ...], extra) -> Grid:
    title, words = extra
    columns = (
        NO,
        Column("Kabupaten/kota" if funds.by_regency else "LKM/BKM"),
        Column(title, "w18", "c"),
        *(Column(each.title, each.width, "n") for each in fields),
    )
    rows = tuple(
        _region_row(at, line, words, fields) for at, line in numbered(funds.all_lines)
    )
    empty = "Belum ada LKM di wilayah ini."
    few = len(rows) <= ROWS_KEPT
    return Grid(columns, rows, caption=caption, dense=True, keep=few, empty=empty)


def _region_row(at: str, line: Line, words, fields: tuple[Field, ...]) -> Row:
    values = [text for _, text in cells(line, fields)]
    under = line.state or ("" if line.is_many else line.note.split(",")[0])
    name = f"{line.name}\n{under}" if under else line.name
    if line.is_total:
        return Row((f"Jumlah, {line.note}", words(line), *values), "sum", 2)
    return Row((at, name, words(line), *values))


def notes_of(funds: Funds) -> tuple[str, ...]:
    """How to read the table; the same words on screen and on paper."""
    until = format_date(funds.total.progress.result_until, unbroken=True)
    return (
        closed_words(funds),
        "LAR, PAR, RR, CCr, dan ROI di baris Jumlah dihitung dari jumlah rupiah dan"
        " KSM, bukan rata-rata persen. CCr dan ROI memakai pendapatan dan biaya sejak"
        f" Januari sampai {until}. Tanda – berarti tidak ada yang dibagi.",
        "Penilaian: berapa dari lima ukuran yang memuaskan / minimum / penundaan"
        " menurut aturan tiap LKM. UPK aktif: ada uang masuk atau keluar dalam"
        f" {_STILL.in_words(_STILL.default)} terakhir, kecuali LKM menetapkan jangka"
        " lain. Anggota: yang sedang meminjam. Kas dan bank: Kas dan Bank UPK, tanpa"
        " Bank TR.",
    )


def closed_words(funds: Funds) -> str:
    """Whether the months of that day are closed everywhere."""
    day = format_date(funds.on, unbroken=True)
    books = funds.total.progress.books
    if not books:
        return f"Data per {day}. Belum ada buku UPK di wilayah ini."
    if not funds.open_books:
        return f"Data per {day}. Semua buku UPK sudah ditutup sampai tanggal itu."
    return (
        f"Data per {day}. {funds.open_books} dari {join_unit(books, 'buku UPK')} belum"
        " ditutup sampai tanggal itu; angkanya masih dapat berubah."
    )
