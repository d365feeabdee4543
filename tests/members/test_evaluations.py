"""Acts on the yearly assessment, and the sheet as it was loaded."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from boards.forms import EditConflict
from boards.models import AuditEvent
from boards.roles import Role
from common.errors import RuleViolation
from members.models import (
    Evaluation,
    EvaluationAspect,
    EvaluationScore,
    EvaluationSheet,
)
from members.services import (
    finish_evaluation,
    revision_of,
    score_area,
    start_evaluation,
)
from tests.make import boards as make
from tests.make import members

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 27, 5, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def house(module_rows):
    """A board, its secretary and the sheet; made once."""
    board = make.board()
    sheet = EvaluationSheet.objects.get()
    return {
        "board": board,
        "by": make.user(Role.SECRETARY, board=board),
        "area": sheet.areas.get(name="Sumber daya manusia"),
    }


def levels_of(area, *levels):
    """Level and note for each aspect of a bidang."""
    pairs = zip(area.aspects.all(), levels, strict=True)
    return {aspect.pk: (level, "") for aspect, level in pairs}


def score(house, evaluation, *levels, seen=0):
    facts = {"levels": levels_of(house["area"], *levels), "seen_revision": seen}
    score_area(evaluation, house["area"], **facts, by=house["by"])


def test_the_sheet_has_23_aspects_and_weights_of_a_hundred():
    sheet = EvaluationSheet.objects.get()

    areas = sheet.areas_read()

    assert sum(len(area.aspects) for area in areas) == 23
    assert [area.weight for area in areas] == [15, 20, 20, 15, 15, 15]
    assert sheet.levels.get(value=1).name == "Awal"
    # The source confirms no weight of "Hubungan" and no word above "Awal".
    assumed = sheet.areas.filter(is_assumed=True).values_list("name", flat=True)
    assert list(assumed) == ["Sistem manajemen", "Sumber daya keuangan", "Hubungan"]
    assert sheet.levels.filter(is_assumed=True).count() == 3


def test_a_year_is_begun_once(house):
    made = start_evaluation(house["board"], year=2026, by=house["by"])

    with pytest.raises(RuleViolation) as told:
        start_evaluation(house["board"], year=2026, by=house["by"])

    assert told.value.code == "evaluation.open"
    assert Evaluation.objects.get() == made
    assert AuditEvent.objects.get(action="members.evaluation_started").says == (
        "memulai penilaian tahun 2026"
    )


def test_a_year_before_the_sheet_has_none(house):
    with pytest.raises(RuleViolation) as told:
        start_evaluation(house["board"], year=2015, by=house["by"])

    assert told.value.code == "evaluation.no_sheet"


def test_a_bidang_is_scored_and_a_stale_save_is_told(house):
    made = members.evaluation(house["board"])

    score(house, made, 2, 3)

    # Two aspects: (2 + 3) / 2 = 2,5 of 4; 15 × 2,5 / 4 = 9,375, rounded 9,38.
    (row,) = [row for row in made.result().areas if row.points is not None]
    assert (row.mean, row.points) == (Decimal("2.50"), Decimal("9.38"))
    assert revision_of(made, house["area"]) == 2
    with pytest.raises(EditConflict):
        score(house, made, 4, 4)
    assert list(made.scores.values_list("level", flat=True).order_by("aspect")) == [
        2,
        3,
    ]
    score(house, made, 4, 4, seen=2)
    assert set(made.scores.values_list("level", flat=True)) == {4}


def test_words_without_a_level_are_refused(house):
    made = members.evaluation(house["board"])
    first, second = house["area"].aspects.all()
    levels = {first.pk: (2, ""), second.pk: (None, "Ada sertifikat")}

    with pytest.raises(RuleViolation) as told:
        score_area(made, house["area"], levels=levels, seen_revision=0, by=house["by"])

    assert told.value.code == "evaluation.note_alone"
    assert not made.scores.exists()


def test_what_is_missing_is_named_before_finishing(house):
    made = members.evaluation(house["board"])
    score(house, made, 2, 3)

    with pytest.raises(RuleViolation) as told:
        finish_evaluation(made, at=NOON, by=house["by"])

    assert told.value.code == "evaluation.incomplete"
    assert "21 aspek belum dinilai: Visi dan misi" in str(told.value)
    assert Evaluation.objects.get().is_open


def test_a_finished_assessment_is_locked_in_the_database_too(house):
    made = members.evaluation(house["board"], every=3)

    done = finish_evaluation(made, at=NOON, by=house["by"])

    assert done.result().points == Decimal("75.00")
    event = AuditEvent.objects.get(action="members.evaluation_finished")
    assert event.says == "menyelesaikan penilaian tahun 2026: nilai 75,00"
    with pytest.raises(RuleViolation) as told:
        score(house, done, 1, 1)
    assert told.value.code == "evaluation.finished"
    row = done.scores.first()
    for change in (
        lambda: EvaluationScore.objects.filter(pk=row.pk).update(level=1),
        lambda: EvaluationScore.objects.filter(pk=row.pk).delete(),
        lambda: Evaluation.objects.filter(pk=done.pk).update(year=2025),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_new_edition_begins_with_the_levels_of_the_last(house):
    made = members.evaluation(house["board"], every=2)
    finish_evaluation(made, at=NOON, by=house["by"])

    again = start_evaluation(house["board"], year=2026, by=house["by"])

    assert (again.edition, str(again)) == (2, "Penilaian tahun 2026, edisi 2")
    assert again.scores.count() == 23
    assert again.result().points == Decimal("50.00")


def test_an_aspect_of_another_sheet_is_refused(house):
    made = members.evaluation(house["board"])
    other = EvaluationSheet.objects.create(
        name="Lembar lain", starts_on="2030-01-01", source="uji"
    )
    area = other.areas.create(position=1, name="Satu", weight=100)
    aspect = EvaluationAspect.objects.create(area=area, position=1, name="Satu")

    with pytest.raises(IntegrityError), transaction.atomic():
        EvaluationScore.objects.create(evaluation=made, aspect=aspect, level=1)
