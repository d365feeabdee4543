"""Arithmetic of a work: shares, distances, opened boxes, needed photos."""

from decimal import Decimal

import pytest

from activities.models import ReportField
from activities.progress import (
    ALL_BOXES,
    BOXES,
    boxes_opened_by,
    metres_between,
    stages_needed,
    wage_share,
    wages_differ,
)
from activities.services.reports import COLUMNS


def test_wage_share_is_wages_of_all_costs():
    costs = {"wages": 61_420_000, "materials": 31_150_000, "tools": 2_600_000}
    assert wage_share(costs) == Decimal("64.54")
    assert wage_share({}) is None


def test_wages_differ_when_days_times_wage_is_another_sum():
    assert not wages_differ(62_400_000, Decimal("624"), 100_000)
    assert wages_differ(62_500_000, Decimal("624"), 100_000)
    assert not wages_differ(62_500_000, Decimal("624"), 0)


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        ((0, 0), (0, 1), 111_195),
        ((-7.6514, 111.334), (-7.6514, 111.334), 0),
        ((-7.6514, 111.334), (-7.65142, 111.33401), 2),
        ((Decimal("-7.6514"), Decimal("111.334")), (-7.6523, 111.334), 100),
    ],
)
def test_distances_are_in_whole_metres(one, other, metres):
    assert metres_between(one, other) == metres


def test_a_comment_opens_its_own_boxes_and_the_explanation():
    assert boxes_opened_by(["volume"]) == {"volume_done", "explanation"}
    assert boxes_opened_by(["wage_share"]) == {
        "wages",
        "materials",
        "tools",
        "operations",
        "explanation",
    }
    assert boxes_opened_by([]) == frozenset()


def test_every_field_that_can_be_commented_on_opens_boxes():
    assert set(ReportField.values) == set(BOXES)
    assert {
        "physical_progress",
        "volume_done",
        "person_days_women",
        "person_days_men",
        "workers_women",
        "workers_men",
        "problems",
        "follow_up",
        "explanation",
    } == COLUMNS
    assert COLUMNS < ALL_BOXES


@pytest.mark.parametrize(
    ("progress", "is_final", "stages"),
    [
        ("0", False, (0,)),
        ("49.99", False, (0,)),
        ("50", False, (0, 50)),
        ("99.99", False, (0, 50)),
        ("100", False, (0, 50, 100)),
        ("40", True, (0, 50, 100)),
    ],
)
def test_photos_are_needed_by_stage(progress, is_final, stages):
    assert stages_needed(Decimal(progress), is_final=is_final) == stages
