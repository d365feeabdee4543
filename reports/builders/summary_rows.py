"""The rows of a summary as data: the CSV inside the PDF, and the workbook beside it."""

from common.sheets import Column, Sheet, write_csv, write_xlsx
from reports.builders.board_facts import BoardFacts
from reports.builders.dinas_summary import SummaryFacts

CSV_NAME = "ringkasan-lkm.csv"
CSV_HEADER = (
    "lkm",
    "kelurahan_desa",
    "kecamatan",
    "anggota_l",
    "anggota_p",
    "akhir_masa_bakti",
    "rapat",
    "keputusan",
    "kegiatan",
    "realisasi_rp",
    "hok",
    "hok_perempuan",
    "laporan_disetujui",
    "laporan_belum",
    "butir_renja",
    "pagu_renja_rp",
    "lapor",
)
_SHEET_COLUMNS = (
    Column("LKM/BKM", 26),
    Column("Kelurahan/desa", 24),
    Column("Kecamatan", 24),
    Column("Anggota L", 10),
    Column("Anggota P", 10),
    Column("Akhir masa bakti", 16),
    Column("Rapat", 10),
    Column("Keputusan", 11),
    Column("Kegiatan", 10),
    Column("Realisasi (Rp)", 18, money=True),
    Column("HOK", 10),
    Column("HOK perempuan", 15),
    Column("Laporan disetujui", 17),
    Column("Laporan belum", 14),
    Column("Butir Renja", 12),
    Column("Pagu Renja (Rp)", 18, money=True),
    Column("Lapor", 14),
)


def board_cells(board: BoardFacts) -> tuple:
    """One LKM as typed cells in the order of `CSV_HEADER`; None is not reported."""
    works: tuple = (None, None, None, None)
    if board.has_figures:
        works = (board.activities, board.spent, board.days, board.days_women)
    return (
        board.name,
        board.village,
        board.district,
        board.men,
        board.women,
        board.term_ends_on,
        len(board.meetings),
        len(board.decisions),
        *works,
        len(board.reports),
        board.open_reports,
        len(board.plans),
        board.ceiling,
        str(board.told),
    )


def total_cells(facts: SummaryFacts) -> tuple:
    """The last row of the workbook: the same sums as under the table of the paper."""
    return (
        "Jumlah",
        "",
        "",
        sum(board.men for board in facts.boards),
        sum(board.women for board in facts.boards),
        None,
        facts.meetings,
        facts.decisions,
        facts.activities,
        facts.spent,
        facts.days,
        facts.days_women,
        facts.reports,
        facts.open_reports,
        facts.plans,
        facts.ceiling,
        "",
    )


def csv_of(facts: SummaryFacts) -> bytes:
    """The rows of the table per LKM, as they travel inside the PDF."""
    return write_csv(CSV_HEADER, (board_cells(board) for board in facts.boards))


def workbook_of(facts: SummaryFacts) -> bytes:
    """The twin of the PDF: a sheet for each of its tables."""
    rows = [*(board_cells(row) for row in facts.boards), total_cells(facts)]
    return write_xlsx(
        (
            Sheet("LKM", _SHEET_COLUMNS, rows),
            _reports(facts),
            _sources(facts),
            _renja(facts),
            _gaps(facts),
        )
    )


def _reports(facts: SummaryFacts) -> Sheet:
    return Sheet(
        "Laporan kegiatan",
        (
            Column("LKM/BKM", 26),
            Column("Bulan", 16),
            Column("Kegiatan", 14),
            Column("Nama kegiatan", 40),
            Column("Nomor laporan", 26),
            Column("Disetujui", 12),
            Column("Realisasi (Rp)", 18, money=True),
            Column("Upah (Rp)", 18, money=True),
            Column("HOK perempuan", 15),
            Column("HOK laki-laki", 15),
            Column("Kemajuan fisik (%)", 18),
        ),
        (
            (
                board.name,
                row.month.label,
                row.activity,
                row.title,
                row.number,
                row.approved_on,
                row.spent,
                row.wages,
                row.women,
                row.men,
                row.progress,
            )
            for board in facts.boards
            for row in board.reports
        ),
    )


def _sources(facts: SummaryFacts) -> Sheet:
    return Sheet(
        "Sumber dana",
        (
            Column("Sumber dana", 18),
            Column("LKM/BKM", 26),
            Column("Kegiatan", 14),
            Column("Nama kegiatan", 40),
            Column("Lokasi", 24),
            Column("Anggaran (Rp)", 18, money=True),
            Column("Realisasi (Rp)", 18, money=True),
        ),
        (
            (
                source.label,
                board.name,
                row.activity,
                row.title,
                row.places,
                row.budget,
                row.spent,
            )
            for source in facts.sources
            for board, row in source.rows
        ),
    )


def _renja(facts: SummaryFacts) -> Sheet:
    return Sheet(
        "T-C.33",
        (
            Column("Kode", 20),
            Column("Urusan, program, kegiatan, subkegiatan", 50),
            Column("Indikator kinerja", 40),
            Column("Lokasi", 24),
            Column("Target", 16),
            Column("Pagu indikatif (Rp)", 18, money=True),
            Column("Sumber dana", 16),
            Column("Catatan penting", 30),
            Column("Target tahun berikutnya", 16),
            Column("Pagu tahun berikutnya (Rp)", 18, money=True),
        ),
        (
            (
                row.code,
                row.title,
                row.indicator,
                row.location,
                row.target,
                row.ceiling,
                row.source,
                row.note,
                row.next_target,
                row.next_ceiling,
            )
            for row in facts.renja.rows
        ),
    )


def _gaps(facts: SummaryFacts) -> Sheet:
    return Sheet(
        "Yang belum ada",
        (
            Column("LKM/BKM", 26),
            Column("Kelurahan/desa", 24),
            Column("Bulan", 16),
            Column("Kegiatan", 14),
            Column("Keadaan", 16),
            Column("Sejak", 12),
            Column("Batas", 12),
        ),
        (
            (
                board.name,
                board.village,
                gap.month.label,
                row.activity,
                str(row.standing),
                row.since,
                gap.due_on,
            )
            for board in facts.boards
            for gap in board.gaps
            for row in gap.open
        ),
    )
