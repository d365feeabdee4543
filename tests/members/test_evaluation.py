"""Arithmetic of the yearly assessment, without a database."""

from decimal import Decimal

import pytest

from members.evaluation import Area, check_areas, evaluate

STATUTES = Area(1, "Statuta", 40, (11, 12))
LEADING = Area(2, "Kepemimpinan", 60, (21, 22, 23))
BOTH = (STATUTES, LEADING)


def test_the_mean_of_a_bidang_over_four_times_its_weight():
    # Statuta: (2 + 3) / 2 = 2,5; 40 × 2,5 / 4 = 25. Kepemimpinan: (4 + 3 + 3) / 3 =
    # 3,33; 60 × 10 / 12 = 50. Together 75: level 3.
    result = evaluate(BOTH, {11: 2, 12: 3, 21: 4, 22: 3, 23: 3})

    assert [(row.mean, row.points) for row in result.areas] == [
        (Decimal("2.50"), Decimal("25.00")),
        (Decimal("3.33"), Decimal("50.00")),
    ]
    assert result.points == Decimal("75.00")
    assert result.level == 3
    assert result.is_complete


def test_the_sum_is_not_made_of_rounded_parts():
    # 40 × 3 / 8 = 15; 60 × 4 / 12 = 20; 35 of 100 is level 1, not rounded up.
    result = evaluate(BOTH, {11: 1, 12: 2, 21: 1, 22: 1, 23: 2})

    assert result.points == Decimal("35.00")
    assert result.level == 1


def test_a_missing_aspect_is_said_and_is_no_zero():
    # Only one aspect of Statuta: 40 × 2 / 4 = 20 of its 40, so half of what is known.
    result = evaluate(BOTH, {11: 2})

    assert result.missing == (12, 21, 22, 23)
    assert not result.is_complete
    assert result.areas[0].mean == Decimal("2.00")
    assert result.areas[0].scored == 1
    assert (result.areas[1].mean, result.areas[1].points) == (None, None)
    assert result.points == Decimal("50.00")


def test_nothing_scored_is_no_result():
    result = evaluate(BOTH, {})

    assert (result.points, result.level) == (None, None)


@pytest.mark.parametrize(("level", "points"), [(1, 25), (2, 50), (3, 75), (4, 100)])
def test_the_same_level_everywhere_is_that_level(level, points):
    result = evaluate(BOTH, dict.fromkeys((11, 12, 21, 22, 23), level))

    assert (result.points, result.level) == (Decimal(points), level)


def test_weights_make_a_hundred():
    with pytest.raises(ValueError, match="Jumlah bobot 90 %"):
        check_areas([STATUTES, Area(2, "Kepemimpinan", 50, (21,))])
    with pytest.raises(ValueError, match="Bidang tanpa aspek: Kosong"):
        check_areas([STATUTES, Area(2, "Kosong", 60, ())])


@pytest.mark.parametrize("level", [0, 5])
def test_other_levels_do_not_exist(level):
    with pytest.raises(ValueError, match=f"Tingkat {level} tidak ada"):
        evaluate(BOTH, {11: level})
