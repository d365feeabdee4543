"""The tables of a summary, cut so that a long one can be printed in pieces."""

from collections.abc import Iterator
from typing import Any

from common.money import format_thousands
from common.words import (
    format_date,
    format_date_short,
    format_decimal,
    join_unit,
    no_break,
)
from reports.builders.board_facts import BoardFacts, Told
from reports.builders.dinas_summary import SummaryFacts
from reports.builders.summary_parts import (
    OFFICE,
    Issue,
    Section,
    percent,
    slices,
    span_line,
)
from reports.builders.summary_rows import CSV_NAME


def board_sections(facts: SummaryFacts, issue: Issue) -> Iterator[Section]:
    """One row per LKM."""
    rows = [_board_row(place, board) for place, board in enumerate(facts.boards, 1)]
    for piece, first, last in slices(rows):
        data = {
            "first": first,
            "last": last,
            "line": span_line(facts, issue),
            "year": facts.renja.year,
            "rows": piece,
            "total": _board_total(facts),
            "csv": CSV_NAME,
        }
        yield Section("reports/pdf/_ringkasan_lkm.html", data, len(piece) + 5)


def _works(board: BoardFacts) -> tuple[str, str, str, str]:
    return (
        format_thousands(board.activities),
        format_thousands(board.spent),
        format_decimal(board.days),
        percent(board.days_women, board.days),
    )


def _board_row(place: int, board: BoardFacts) -> dict[str, Any]:
    ends = board.term_ends_on
    return {
        "head": (place, board.name, board.village),
        "members": (board.men, board.women) if ends else ("–", "–"),
        "term": format_date_short(ends) if ends else "tidak ada",
        "acts": (len(board.meetings), len(board.decisions)),
        "works": _works(board) if board.has_figures else None,
        "lacks": "belum melapor" if board.told == Told.NONE else "belum disetujui",
        "reports": (len(board.reports), board.open_reports),
        "plans": (len(board.plans), format_thousands(board.ceiling)),
    }


def _board_total(facts: SummaryFacts) -> dict[str, Any]:
    boards = facts.boards
    return {
        "label": (
            f"Jumlah {len(boards)} LKM/BKM; kegiatan {len(facts.in_sums)} LKM/BKM"
        ),
        "members": (sum(b.men for b in boards), sum(b.women for b in boards)),
        "acts": (format_thousands(facts.meetings), format_thousands(facts.decisions)),
        "works": (
            format_thousands(facts.activities),
            format_thousands(facts.spent),
            format_decimal(facts.days),
            percent(facts.days_women, facts.days),
        ),
        "reports": (facts.reports, facts.open_reports),
        "plans": (format_thousands(facts.plans), format_thousands(facts.ceiling)),
    }


def source_sections(facts: SummaryFacts, issue: Issue) -> Iterator[Section]:
    """Activities by source of money."""
    lines: list[dict[str, Any]] = []
    for source in facts.sources:
        lines.append(
            {
                "group": f"{source.label}: {len(source.rows)} kegiatan,"
                f" {source.boards} LKM/BKM",
                "budget": format_thousands(source.budget),
                "spent": format_thousands(source.spent),
            }
        )
        lines += [_funding_line(board, row) for board, row in source.rows]
    totals = {
        "budget": format_thousands(sum(source.budget for source in facts.sources)),
        "spent": format_thousands(sum(source.spent for source in facts.sources)),
    }
    for piece, first, last in slices(lines):
        data = {
            "first": first,
            "last": last,
            "line": span_line(facts, issue),
            "rows": piece,
            "total": totals,
        }
        yield Section("reports/pdf/_ringkasan_sumber.html", data, len(piece) + 5)


def _funding_line(board: BoardFacts, row) -> dict[str, Any]:
    return {
        "group": "",
        "cells": (
            board.name,
            row.activity,
            no_break(row.title),
            no_break(row.places) or "–",
            join_unit(row.volume, row.unit),
            format_decimal(row.progress),
        ),
        "budget": format_thousands(row.budget),
        "spent": format_thousands(row.spent),
    }


def renja_sections(facts: SummaryFacts, issue: Issue) -> Iterator[Section]:
    """Table T-C.33."""
    table = facts.renja
    for piece, first, last in slices(table.rows):
        data = {
            "first": first,
            "last": last,
            "year": table.year,
            "next_year": table.next_year,
            "region": facts.region,
            "office": f"{OFFICE} {issue.regency}",
            "rows": [_renja_row(row) for row in piece],
            "ceiling": format_thousands(table.ceiling),
            "next_ceiling": format_thousands(table.next_ceiling),
            "boards": sum(bool(board.plans) for board in facts.boards),
            "on": format_date(issue.on, unbroken=True),
        }
        yield Section("reports/pdf/renja_t_c_33.html", data, len(piece) + 5)


def _renja_row(row) -> dict[str, Any]:
    return {
        "shape": row.shape,
        "cells": (row.code, row.title, row.indicator, row.location, row.target),
        "ceiling": format_thousands(row.ceiling),
        "more": (row.source, no_break(row.note), row.next_target),
        "next_ceiling": format_thousands(row.next_ceiling),
    }


def annex_sections(facts: SummaryFacts) -> Iterator[Section]:
    """The detail of each LKM, behind its row of the table."""
    for place, board in enumerate(facts.boards, 1):
        rows = len(board.meetings) + len(board.decisions) + len(board.reports)
        data = {"first": place == 1, **_annex(place, board)}
        yield Section("reports/pdf/_ringkasan_lampiran.html", data, rows + 14)


def _annex(place: int, board: BoardFacts) -> dict[str, Any]:
    return {
        "name": f"{place}. {board.name}, {board.village}",
        "district": board.district,
        "meetings": [
            (
                format_date_short(row.held_on),
                row.title,
                row.number,
                f"{row.present} dari {row.entitled}",
                row.decisions,
            )
            for row in board.meetings
        ],
        "decisions": [
            (
                row.number,
                row.title,
                "–" if row.amount is None else format_thousands(row.amount),
            )
            for row in board.decisions
        ],
        "reports": [_report_cells(row) for row in board.reports],
        "sum": (
            format_thousands(board.spent),
            format_decimal(board.days_women),
            format_decimal(board.days - board.days_women),
        ),
        "open": [
            (gap.month.label, row.activity, str(row.standing))
            for gap in board.gaps
            for row in gap.open
        ],
        "plans": [
            (row.code, row.title, row.location or "–", format_thousands(row.ceiling))
            for row in board.plans
        ],
        "ceiling": format_thousands(board.ceiling),
    }


def _report_cells(row) -> tuple[str, ...]:
    return (
        f"{row.month.start:%m/%Y}",
        f"{row.activity} {row.title}",
        row.number,
        format_decimal(row.progress),
        format_thousands(row.spent),
        format_decimal(row.women),
        format_decimal(row.men),
    )
