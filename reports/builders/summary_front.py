"""The first and the last words of a summary: cover, key figures, what is lacking."""

import datetime
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from common.money import format_rupiah, format_thousands
from common.words import (
    NO_BREAK_SPACE,
    format_date,
    format_date_short,
    format_decimal,
    join_unit,
)
from reports.builders.board_facts import Told
from reports.builders.dinas_summary import SummaryFacts
from reports.builders.summary_gaps import (
    lacking,
    owing_rows,
    waiting_proposal,
    waiting_rows,
)
from reports.builders.summary_parts import (
    OFFICE,
    Issue,
    Section,
    percent,
    told_words,
)
from reports.charts import bars_svg
from reports.frame import DEFAULT_EMBLEM, Letterhead, Signer

TERM_SOON = datetime.timedelta(days=90)


def front_sections(
    facts: SummaryFacts, issue: Issue, *, chart_digest: str
) -> tuple[Section, Section]:
    """Cover and key figures; `chart_digest` names the chart in the assets."""
    return (
        Section("reports/pdf/_ringkasan_sampul.html", _cover(facts, issue), 10),
        Section(
            "reports/pdf/_ringkasan_pokok.html",
            _figures(facts, issue, chart_digest),
            30,
        ),
    )


def gap_section(facts: SummaryFacts, issue: Issue) -> Section:
    """Who did not report and what data is missing, with the signature."""
    rows = len(facts.owing) + len(facts.waiting) + 20
    return Section("reports/pdf/_ringkasan_kurang.html", _gaps(facts, issue), rows)


def letterhead_of(issue: Issue) -> Letterhead:
    """The kop of the Dinas; the portal ships no crest, so its own mark stands there."""
    return Letterhead(
        kind=f"PEMERINTAH {issue.regency.upper()}",
        # Joined so that the long name breaks after "dan".
        name=f"DINAS PERUMAHAN DAN KAWASAN{NO_BREAK_SPACE}PERMUKIMAN",
        places=f"Provinsi {issue.province}" if issue.province else issue.regency,
        address=issue.portal,
        emblem=DEFAULT_EMBLEM,
    )


def chart_of(facts: SummaryFacts) -> bytes:
    """Bars of spending: a bar a month, or a bar a source when it is one month."""
    return bars_svg(_chart_rows(facts))


def _chart_rows(facts: SummaryFacts) -> list[tuple[str, int]]:
    months = facts.spent_by_month()
    if len(months) > 1:
        return [(month.label.split()[0], _thousand(total)) for month, total in months]
    return [(source.label, _thousand(source.spent)) for source in facts.sources]


def _thousand(amount: int) -> int:
    return int(Decimal(amount).scaleb(-3).to_integral_value(ROUND_HALF_UP))


def short_rupiah(amount: int) -> str:
    """Rupiah to read at a glance: Rp3,25 miliar, Rp88,2 juta, else whole."""
    for size, word in ((9, "miliar"), (6, "juta")):
        if amount >= 10**size:
            short = Decimal(amount).scaleb(-size).quantize(Decimal("0.01"))
            return f"Rp{format_decimal(short)}{NO_BREAK_SPACE}{word}"
    return format_rupiah(amount)


def _cover(facts: SummaryFacts, issue: Issue) -> dict[str, Any]:
    kind = "KECAMATAN" if len(facts.code) == 8 else "KABUPATEN/KOTA"
    return {
        "kind": f"RINGKASAN {kind}",
        "region": facts.region,
        "period": facts.period.label,
        "span": f"{format_date(facts.period.start)} sampai dengan"
        f" {format_date(facts.period.end)}",
        "told": _told_boxes(facts),
        "not_due": facts.told[Told.NOT_DUE],
        "on": format_date_short(issue.on),
        "clock": issue.clock,
        "office": f"{OFFICE} {issue.regency}",
        "month": format_date(issue.on).split(" ", 1)[1],
        "letterhead": letterhead_of(issue),
    }


def _told_boxes(facts: SummaryFacts) -> list[tuple[int, str, str]]:
    """LKM by how they reported; with those that need not, all of them once."""
    return [
        (
            facts.told[Told.WHOLE],
            "melapor lengkap",
            f"dari {len(facts.boards)} LKM/BKM",
        ),
        (facts.told[Told.PART], "melapor sebagian", ""),
        (facts.told[Told.NONE], "belum melapor", ""),
    ]


def _figures(facts: SummaryFacts, issue: Issue, chart_digest: str) -> dict[str, Any]:
    rows = _chart_rows(facts)
    by = "bulan" if len(facts.period.months()) > 1 else "sumber dana"
    listed = "; ".join(f"{label} {format_thousands(value)}" for label, value in rows)
    return {
        "line": f"Per {format_date(issue.on)} · {len(facts.boards)} LKM/BKM:"
        f" {told_words(facts.told)}",
        "story": _story(facts),
        "boxes": _boxes(facts),
        "chart": f"berkas:{chart_digest}" if chart_digest and facts.spent else "",
        "chart_title": f"Realisasi kegiatan per {by} (ribu rupiah)",
        "chart_says": f"Diagram batang realisasi per {by} dalam ribu rupiah: {listed}.",
        "proposals": list(_proposals(facts, issue)),
    }


def _story(facts: SummaryFacts) -> str:
    villages = len({(board.village, board.district) for board in facts.boards})
    told, due = facts.told, len(facts.boards) - facts.told[Told.NOT_DUE]
    free = f", {told[Told.NOT_DUE]} tidak wajib" if told[Told.NOT_DUE] else ""
    waiting = sum(len(board.waiting) for board in facts.boards)
    resting = f"; {waiting} di antaranya menunggu kelurahan/desa" if waiting else ""
    left = (
        f" {facts.open_reports} laporan yang belum disetujui tidak ikut dijumlahkan"
        f"{resting}."
        if facts.open_reports
        else ""
    )
    return (
        f"{len(facts.boards)} LKM/BKM berkedudukan di {villages} kelurahan/desa. Sampai"
        f" dengan tanggal data, {told[Told.WHOLE]} dari {due} yang wajib"
        f" ({percent(told[Told.WHOLE], due)} persen) sudah melapor lengkap,"
        f" {told[Told.PART]} sebagian, {told[Told.NONE]} belum{free}."
        f" {facts.reports} laporan kegiatan sudah disetujui kelurahan/desa.{left}"
    )


def _boxes(facts: SummaryFacts) -> list[tuple[str, str, str]]:
    renja = facts.renja
    return [
        (
            format_thousands(facts.meetings),
            "rapat dan rembug disahkan",
            f"{format_thousands(facts.decisions)} keputusan",
        ),
        (
            short_rupiah(facts.spent),
            "kegiatan terlaksana",
            f"{format_rupiah(facts.spent)}, {len(facts.in_sums)} LKM/BKM",
        ),
        (
            join_unit(facts.days, "HOK"),
            "padat karya",
            f"{percent(facts.days_women, facts.days)} persen oleh perempuan",
        ),
        (
            format_thousands(facts.activities),
            "kegiatan dilaporkan",
            f"{format_thousands(facts.reports)} laporan disetujui",
        ),
        (
            f"{percent(facts.wages, facts.spent)} persen",
            "menjadi upah warga",
            format_rupiah(facts.wages),
        ),
        (
            format_thousands(facts.plans),
            f"butir Renja {renja.year}",
            f"pagu {format_rupiah(facts.ceiling)}",
        ),
    ]


def _proposals(facts: SummaryFacts, issue: Issue) -> Iterator[str]:
    if facts.owing:
        yield (
            f"{len(facts.owing)} LKM/BKM belum melapor lengkap. Diusulkan"
            " pembinaan melalui kecamatan."
        )
    if facts.waiting:
        yield waiting_proposal(facts)
    ending = [
        board
        for board in facts.boards
        if board.term_ends_on and board.term_ends_on <= issue.on + TERM_SOON
    ]
    if ending:
        yield (
            f"Masa bakti {len(ending)} LKM/BKM berakhir dalam 90 hari. Diusulkan surat"
            " pemberitahuan pemilihan anggota kepada lurah/kepala desa."
        )
    headless = sum(board.term_ends_on is None for board in facts.boards)
    if headless:
        yield (
            f"{headless} LKM/BKM tidak mempunyai pengurus aktif. Diusulkan fasilitasi"
            " pemilihan anggota."
        )


def _gaps(facts: SummaryFacts, issue: Issue) -> dict[str, Any]:
    return {
        "line": f"Kekurangan per {format_date(issue.on, unbroken=True)}",
        "boards": owing_rows(facts, on=issue.on),
        "waiting": waiting_rows(facts),
        "lacking": lacking(facts),
        "signers": (Signer(), _signer(issue)),
    }


def _signer(issue: Issue) -> Signer:
    civil_id = (f"NIP {issue.by_civil_id}",) if issue.by_civil_id else ()
    return Signer(
        role=f"Penyusun, {issue.by_title or 'Staf ' + OFFICE},",
        name=issue.by_name,
        above=f"{issue.town}, {format_date(issue.on, unbroken=True)}",
        below=civil_id,
    )
