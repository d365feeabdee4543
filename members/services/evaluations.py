"""Acts on the yearly assessment of a board."""

import datetime
from collections.abc import Mapping

from django.db import transaction

from boards.audit import record
from boards.forms import EditConflict
from boards.models import Board, User
from boards.tenants import lock_board
from common.errors import RuleViolation
from common.words import format_decimal
from members.models import (
    Evaluation,
    EvaluationArea,
    EvaluationAspect,
    EvaluationScore,
    EvaluationSheet,
)


@transaction.atomic
def start_evaluation(board: Board, *, year: int, by: User) -> Evaluation:
    """Begin the assessment of a year on the sheet in force at its end.

    After a finished one it is a new edition with the levels of the last. Audits
    `members.evaluation_started`. Raises RuleViolation `evaluation.open` or
    `evaluation.no_sheet`. Source: governance sheet §2.1 and §3.6 (yearly).
    """
    lock_board(board)
    last = Evaluation.objects.filter(board=board, year=year).first()
    if last and last.is_open:
        raise RuleViolation(
            f"Penilaian tahun {year} belum selesai. Lanjutkan yang itu.",
            code="evaluation.open",
        )
    end = datetime.date(year, 12, 31)
    sheet = EvaluationSheet.objects.filter(starts_on__lte=end).first()
    if sheet is None:
        raise RuleViolation(
            f"Belum ada lembar penilaian untuk tahun {year}. Pilih tahun lain.",
            code="evaluation.no_sheet",
        )
    made = Evaluation.objects.create(
        board=board, year=year, sheet=sheet, edition=last.edition + 1 if last else 1
    )
    if last and last.sheet_id == sheet.pk:
        _copy_scores(last, made)
    says = f"memulai penilaian tahun {year}"
    record("members.evaluation_started", made, by=by, says=says)
    return made


def _copy_scores(source: Evaluation, target: Evaluation) -> None:
    EvaluationScore.objects.bulk_create(
        EvaluationScore(
            evaluation=target, aspect_id=row.aspect_id, level=row.level, note=row.note
        )
        for row in source.scores.all()
    )


def _lock_open(evaluation: Evaluation) -> Evaluation:
    held = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    if not held.is_open:
        raise RuleViolation(
            f"{held} sudah selesai. Mulai edisi baru bila perlu diperbaiki.",
            code="evaluation.finished",
        )
    return held


def revision_of(evaluation: Evaluation, area: EvaluationArea) -> int:
    """Rises with every save of a bidang, so that a stale one is known."""
    rows = evaluation.scores.filter(aspect__area=area)
    return sum(rows.values_list("revision", flat=True))


@transaction.atomic
def score_area(
    evaluation: Evaluation,
    area: EvaluationArea,
    *,
    levels: Mapping[int, tuple[int | None, str]],
    seen_revision: int,
    by: User,
) -> None:
    """Save level and evidence in words of the aspects of one bidang.

    `levels` is aspect key to level (None: not yet) and note. Audits
    `members.evaluation_scored`. Raises EditConflict, or RuleViolation
    `evaluation.finished` or `evaluation.note_alone`.
    """
    held = _lock_open(evaluation)
    if revision_of(held, area) != seen_revision:
        raise EditConflict(held)
    known = {row.aspect_id: row for row in held.scores.filter(aspect__area=area)}
    for aspect in area.aspects.all():
        level, note = levels.get(aspect.pk, (None, ""))
        _check_score(aspect, level, note)
        if level is None:
            continue
        row = known.get(aspect.pk) or EvaluationScore(evaluation=held, aspect=aspect)
        row.level, row.note, row.revision = level, note, row.revision + 1
        row.full_clean(exclude=("evaluation", "aspect"))
        row.save()
    says = f"menilai bidang {area.name} tahun {held.year}"
    record("members.evaluation_scored", held, by=by, says=says)


def _check_score(aspect: EvaluationAspect, level: int | None, note: str) -> None:
    if level is None and note:
        raise RuleViolation(
            f"{aspect}: pilih tingkatnya.", code="evaluation.note_alone"
        )


@transaction.atomic
def finish_evaluation(
    evaluation: Evaluation, *, at: datetime.datetime, by: User
) -> Evaluation:
    """Close the assessment for good; every aspect has a level.

    Audits `members.evaluation_finished`. Raises RuleViolation `evaluation.finished`
    or `evaluation.incomplete`, which names what is missing.
    """
    held = _lock_open(evaluation)
    result = held.result()
    if result.missing:
        names = EvaluationAspect.objects.filter(pk__in=result.missing)
        listed = [
            aspect.name for aspect in names.order_by("area__position", "position")
        ]
        more = f" dan {len(listed) - 3} lain" if len(listed) > 3 else ""
        raise RuleViolation(
            f"{len(listed)} aspek belum dinilai: {', '.join(listed[:3])}{more}.",
            code="evaluation.incomplete",
        )
    held.finished_at, held.finished_by = at, by
    held.revision += 1
    held.save()
    points = format_decimal(result.points, 2)
    says = f"menyelesaikan penilaian tahun {held.year}: nilai {points}"
    record("members.evaluation_finished", held, by=by, says=says)
    return held
