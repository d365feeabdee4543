"""Penilaian tahunan: levels of every aspect, points by bidang, and the year before."""

import base64
import datetime
from dataclasses import dataclass
from decimal import Decimal

from common.errors import RuleViolation
from common.words import format_date, format_decimal, no_break
from members.models import Evaluation
from reports.assessments import AreaLine, AspectLine, read_assessment
from reports.builders.letters import (
    Paper,
    coordinator_signs,
    head_signs,
    home_of,
    letterhead_of,
)
from reports.charts import radar_svg
from reports.frame import Signer


@dataclass(frozen=True)
class AspectRow:
    """One aspect as printed."""

    name: str
    level: str
    before: str
    ground: str


@dataclass(frozen=True)
class AreaRow:
    """One bidang as printed."""

    name: str
    weight: str
    mean: str
    points: str
    before: str
    aspects: tuple[AspectRow, ...]


@dataclass(frozen=True, kw_only=True)
class AssessmentPaper(Paper):
    """The assessment of one year."""

    year: int
    edition_words: str
    finished: str
    source: str
    areas: tuple[AreaRow, ...]
    points: str
    level: str
    earlier: str
    earlier_points: str
    chart: str
    chart_says: str
    assumed: bool
    signer: Signer
    head: Signer | None


def build(evaluation: Evaluation, *, number: str, on: datetime.date) -> AssessmentPaper:
    """Read a finished assessment. Raises RuleViolation `paper.not_finished` or
    `paper.no_coordinator`. Source: governance sheet §2.1.
    """
    board = evaluation.board
    if evaluation.finished_at is None:
        raise RuleViolation(
            "Selesaikan dulu penilaiannya, lalu terbitkan.", code="paper.not_finished"
        )
    told = read_assessment(evaluation)
    chart, day = told.chart(), format_date(on, unbroken=True)
    picture = base64.b64encode(radar_svg(chart)).decode()
    return AssessmentPaper(
        letterhead=letterhead_of(board),
        title=f"Penilaian tahunan {board} tahun {evaluation.year}",
        public_title=f"Penilaian tahunan tahun {evaluation.year}",
        place=home_of(board),
        dated_on=on,
        number=number,
        year=evaluation.year,
        edition_words=_edition(evaluation),
        finished=format_date(board.local(evaluation.finished_at).date()),
        source=no_break(f"{evaluation.sheet}. {evaluation.sheet.source}"),
        areas=tuple(_area(line) for line in told.areas),
        points=_figure(told.result.points),
        level=told.level_name,
        earlier=str(told.earlier.year) if told.earlier else "",
        earlier_points=_figure(
            told.earlier_result.points if told.earlier_result else None
        ),
        chart=f"data:image/svg+xml;base64,{picture}",
        chart_says=chart.says,
        assumed=told.is_assumed,
        signer=coordinator_signs(board, on, above=f"{home_of(board)}, {day}"),
        head=head_signs(board),
    )


def _edition(evaluation: Evaluation) -> str:
    return f", edisi {evaluation.edition}" if evaluation.edition > 1 else ""


def _figure(value: Decimal | None) -> str:
    return "–" if value is None else format_decimal(value, 2)


def _area(line: AreaLine) -> AreaRow:
    return AreaRow(
        name=line.area.name,
        weight=f"{line.area.weight}",
        mean=_figure(line.now.mean),
        points=_figure(line.now.points),
        before=_figure(line.before.points if line.before else None),
        aspects=tuple(_aspect(row) for row in line.aspects),
    )


def _aspect(row: AspectLine) -> AspectRow:
    level = row.score.level if row.score else None
    parts = [row.score.note] if row.score and row.score.note else []
    parts += [str(evidence) for evidence in row.evidence]
    return AspectRow(
        name=row.aspect.name,
        level=str(level) if level else "belum",
        before=str(row.before) if row.before else "–",
        ground=no_break("; ".join(parts)) or "tidak ada",
    )
