"""The yearly assessment with its evidence and the one before, for page and paper."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from common.words import format_decimal
from members.evaluation import AreaResult, Result, evaluate
from members.models import (
    Evaluation,
    EvaluationArea,
    EvaluationAspect,
    EvaluationScore,
)
from reports.charts import Radar, radar
from reports.models import EvaluationEvidence


@dataclass(frozen=True)
class AspectLine:
    """One aspect: its level now and before, and what it rests on."""

    aspect: EvaluationAspect
    score: EvaluationScore | None
    before: int | None
    evidence: tuple[EvaluationEvidence, ...]

    @property
    def change(self) -> str:
        """ "naik 1" or "turun 2" since the assessment before; "" when the same."""
        if self.score is None or self.before is None:
            return ""
        steps = self.score.level - self.before
        if not steps:
            return ""
        return f"{'naik' if steps > 0 else 'turun'} {abs(steps)}"


@dataclass(frozen=True)
class AreaLine:
    """One bidang with its aspects."""

    area: EvaluationArea
    now: AreaResult
    before: AreaResult | None
    aspects: tuple[AspectLine, ...]


@dataclass(frozen=True)
class Assessment:
    """Everything about one evaluation; `earlier` is the last finished year before."""

    evaluation: Evaluation
    areas: tuple[AreaLine, ...]
    result: Result
    earlier: Evaluation | None
    earlier_result: Result | None
    levels: dict[int, str]
    is_assumed: bool

    @property
    def level_name(self) -> str:
        """The word for the level reached as a whole; "" without any score."""
        return self.levels.get(self.result.level or 0, "")

    @property
    def missing(self) -> list[str]:
        """Names of aspects without a level."""
        return [
            line.aspect.name
            for area in self.areas
            for line in area.aspects
            if line.score is None
        ]

    def chart(self) -> Radar:
        """Mean level of each bidang as a share of the highest, now and before."""
        rows = [
            (line.area.name, _share(line.now), _share(line.before))
            for line in self.areas
        ]
        said = ", ".join(f"{line.area.name} {_words(line.now)}" for line in self.areas)
        return radar(rows, says=f"Tingkat rata-rata tiap bidang dari 4: {said}.")


def _share(row: AreaResult | None) -> int | None:
    """Percent of the highest level, whole."""
    return None if row is None or row.mean is None else int(row.mean * 25)


def _words(row: AreaResult) -> str:
    return "belum dinilai" if row.mean is None else format_decimal(row.mean, 2)


def results_of(rows: Sequence[Evaluation]) -> list[tuple[Evaluation, Result]]:
    """Several assessments with what they come to; one query and two for each sheet."""
    scores = EvaluationScore.objects.filter(evaluation__in=rows)
    levels: dict[int, dict[int, int]] = defaultdict(dict)
    for key, aspect, level in scores.values_list("evaluation", "aspect", "level"):
        levels[key][aspect] = level
    sheets = {row.sheet_id: row.sheet for row in rows}
    areas = {key: sheet.areas_read() for key, sheet in sheets.items()}
    return [(row, evaluate(areas[row.sheet_id], levels[row.pk])) for row in rows]


def earlier_of(evaluation: Evaluation) -> Evaluation | None:
    """The last finished assessment of a year before, on the same sheet."""
    rows = Evaluation.objects.filter(
        board=evaluation.board,
        year__lt=evaluation.year,
        sheet=evaluation.sheet_id,
        finished_at__isnull=False,
    )
    return rows.select_related("sheet").order_by("-year", "-edition").first()


def read_assessment(evaluation: Evaluation) -> Assessment:
    """Read one assessment; about a dozen queries, whatever stands in it."""
    earlier = earlier_of(evaluation)
    result = evaluation.result()
    former = earlier.result() if earlier else None
    levels_before = (
        dict(earlier.scores.values_list("aspect", "level")) if earlier else {}
    )
    scores = {row.aspect_id: row for row in evaluation.scores.all()}
    evidence = _evidence(evaluation)
    areas = list(evaluation.sheet.areas.prefetch_related("aspects"))
    levels = list(evaluation.sheet.levels.all())
    before = former.areas if former else [None] * len(areas)
    lines = tuple(
        AreaLine(
            area,
            now,
            then,
            tuple(
                AspectLine(
                    aspect,
                    scores.get(aspect.pk),
                    levels_before.get(aspect.pk),
                    tuple(evidence[aspect.pk]),
                )
                for aspect in area.aspects.all()
            ),
        )
        for area, now, then in zip(areas, result.areas, before, strict=True)
    )
    assumed = any(row.is_assumed for row in (*areas, *levels))
    return Assessment(
        evaluation=evaluation,
        areas=lines,
        result=result,
        earlier=earlier,
        earlier_result=former,
        levels={row.value: row.name for row in levels},
        is_assumed=assumed,
    )


def _evidence(evaluation: Evaluation) -> dict[int, list[EvaluationEvidence]]:
    rows = EvaluationEvidence.objects.filter(score__evaluation=evaluation)
    found = defaultdict(list)
    for row in rows.select_related("score", "decision", "paper", "activity"):
        found[row.score.aspect_id].append(row)
    return found


def assessed(year: int) -> dict[str, Exists]:
    """Annotations of a row with a board: its assessment of a year is done, or begun."""
    mine = Evaluation.objects.filter(board=OuterRef("board"), year=year)
    return {
        "assessed": Exists(mine.exclude(finished_at=None)),
        "assessing": Exists(mine.filter(finished_at=None)),
    }
