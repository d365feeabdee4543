"""The page "Yang Belum Ada": who did not report, where it rests, what that means."""

import datetime
from collections.abc import Callable

from common.words import format_date_short, join_unit
from reports.builders.board_facts import BoardFacts, GapFact
from reports.builders.dinas_summary import SummaryFacts
from reports.duties import DutyState, OpenReport

NAMED = 3


def owing_rows(facts: SummaryFacts, *, on: datetime.date) -> list[tuple[str, ...]]:
    """LKM that have to act: place, name, last report, how late, where it rests."""
    return [
        (
            str(place),
            f"{board.name}, {board.village}",
            board.last_report.label if board.last_report else "belum pernah",
            _lateness(board, on),
            _resting(board),
        )
        for place, board in enumerate(facts.owing, 1)
    ]


def _lateness(board: BoardFacts, on: datetime.date) -> str:
    months = f"{len(board.owed)} laporan bulanan"
    days = (on - min(gap.due_on for gap in board.owed)).days
    if days <= 0:
        return f"{months}, belum lewat batas"
    return f"{months}, paling lama {join_unit(days, 'hari')}"


def _resting(board: BoardFacts) -> str:
    """Where the least advanced report of the latest owed month rests."""
    if board.term_ends_on is None:
        return "Tidak ada pengurus aktif"
    latest: GapFact = board.owed[-1]
    order = list(DutyState)
    row = min(latest.open, key=lambda row: order.index(row.standing))
    return _RESTS[row.standing](row)


def _since(row: OpenReport) -> str:
    return format_date_short(row.since) if row.since else ""


_RESTS: dict[DutyState, Callable[[OpenReport], str]] = {
    DutyState.MISSING: lambda row: "Sekretaris, belum dibuat",
    DutyState.DRAFT: lambda row: "Sekretaris, belum dikirim",
    DutyState.RETURNED: lambda row: f"Sekretaris, dikembalikan {_since(row)}",
}


def waiting_rows(facts: SummaryFacts) -> list[tuple[str, ...]]:
    """What the kelurahan has not answered: place, LKM, how many, where, since when."""
    return [
        (
            str(place),
            board.name,
            join_unit(len(board.waiting), "laporan"),
            board.village,
            _since(min(board.waiting, key=lambda row: row.since)),
        )
        for place, board in enumerate(facts.waiting, 1)
    ]


def waiting_proposal(facts: SummaryFacts) -> str:
    """Whom to remind of the reports that wait: the kelurahan, not the LKM."""
    count = sum(len(board.waiting) for board in facts.waiting)
    villages = list(dict.fromkeys(board.village for board in facts.waiting))
    more = len(villages) - NAMED
    named = ", ".join(villages[:NAMED]) + (f" dan {more} lain" if more > 0 else "")
    return (
        f"{count} laporan dari {len(facts.waiting)} LKM/BKM menunggu pemeriksaan"
        f" kelurahan/desa. Diusulkan mengingatkan {named}."
    )


# What, its unit, what it does to the summary, and how many there are.
_LACKING: tuple[tuple[str, str, str, Callable[[SummaryFacts], int]], ...] = (
    (
        "Laporan kegiatan belum disetujui",
        "laporan",
        "Realisasi dan HOK-nya tidak dijumlahkan",
        lambda facts: facts.open_reports,
    ),
    (
        "Notulen rapat belum disahkan",
        "rapat",
        "Rapat dan keputusannya tidak dihitung",
        lambda facts: sum(board.unratified for board in facts.boards),
    ),
    (
        "Tidak ada pengurus aktif",
        "LKM/BKM",
        "Jumlah anggota tidak disajikan",
        lambda facts: sum(board.term_ends_on is None for board in facts.boards),
    ),
    (
        "Kegiatan belum selaras dengan butir rencana",
        "kegiatan",
        "Dihitung di realisasi, di luar Tabel T-C.33",
        lambda facts: sum(board.unaligned for board in facts.boards),
    ),
    (
        "Butir RKP Desa",
        "butir",
        "Di luar Tabel T-C.33, yang hanya memuat Renja",
        lambda facts: sum(board.village_plans for board in facts.boards),
    ),
    (
        "Butir Renja tanpa indikator atau target",
        "butir",
        "Kolom itu bertanda – di Tabel T-C.33",
        lambda facts: sum(
            not (plan.indicator and plan.target)
            for board in facts.boards
            for plan in board.plans
        ),
    ),
)


def lacking(facts: SummaryFacts) -> list[tuple[str, str, str]]:
    """What is missing in the data of LKM, how much, and what it does to the summary."""
    counted = [(what, unit, effect, of(facts)) for what, unit, effect, of in _LACKING]
    return [
        (what, join_unit(count, unit), effect)
        for what, unit, effect, count in counted
        if count
    ]
