"""Rekap kehadiran: how often each member came to the members' meetings of a period."""

from boards.models import Board
from common.periods import Period
from deliberations.recap import MemberRow, Recap, recap_of
from reports.builders.register import Column, Table


def build(board: Board, period: Period) -> Table:
    """The recap of a period; absences in a row are counted up to its last meeting."""
    recap = recap_of(board, period)
    columns = (
        Column("No", "w8", "c", 6),
        Column("Nama", "", "", 30),
        Column("Jabatan", "w30", "", 22),
        Column("Diundang", "w15", "c", 10),
        Column("Hadir", "w15", "c", 10),
        Column("Izin", "w15", "c", 10),
        Column("Tanpa keterangan", "w24", "c", 12),
        Column("Terlambat", "w18", "c", 10),
        Column("Pulang awal", "w15", "c", 10),
        Column("Persen hadir", "w15", "c", 10),
        Column("Absen berturut-turut", "w24", "c", 14),
        Column("Keterangan", "w30", "", 26),
    )
    rows = tuple(_row(place, row) for place, row in enumerate(recap.rows, start=1))
    return Table(columns, rows, note_of(recap), "Tidak ada rapat anggota yang sah.")


def _row(place: int, row: MemberRow) -> tuple:
    counted = row.turnout
    return (
        place,
        row.name,
        row.office,
        counted.invited,
        counted.present,
        counted.excused,
        counted.absent,
        counted.late,
        counted.left_early,
        counted.percent,
        counted.in_a_row,
        remark_of(row),
    )


def remark_of(row: MemberRow) -> str:
    """ "3 kali berturut-turut" for who reached the limit, and what nobody noted."""
    parts = [f"{row.turnout.in_a_row} kali berturut-turut"] if row.is_over else []
    if row.turnout.unknown:
        parts.append(f"{row.turnout.unknown} belum dicatat")
    return ", ".join(parts)


def note_of(recap: Recap) -> str:
    """Over which meetings it counts, and by which rule somebody is marked."""
    if not recap.meetings:
        return ""
    excuse = "ikut dihitung" if recap.excused_too else "memutus hitungan"
    basis = recap.article or "anggapan, belum ada dasar di AD/ART"
    return (
        f"Dihitung dari {recap.meetings} rapat anggota yang notulennya disahkan."
        f" Ditandai bila {recap.limit} kali berturut-turut tidak hadir ({basis});"
        f" izin {excuse}."
    )
