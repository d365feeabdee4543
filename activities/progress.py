"""Arithmetic of a work: shares, distances, and which boxes a comment opens. Pure."""

from collections.abc import Iterable
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

from common.shares import percent_of

EARTH_RADIUS_M = 6_371_000
COSTS = ("wages", "materials", "tools", "operations")

# The boxes of the form that belong to each field the kelurahan may comment on.
BOXES: dict[str, frozenset[str]] = {
    "progress": frozenset({"physical_progress"}),
    "volume": frozenset({"volume_done"}),
    "wages": frozenset({"wages"}),
    "materials": frozenset({"materials"}),
    "tools": frozenset({"tools"}),
    "operations": frozenset({"operations"}),
    "person_days": frozenset({"person_days_women", "person_days_men"}),
    # A share is no box of its own: its parts are.
    "wage_share": frozenset(COSTS),
    "workers": frozenset({"workers_women", "workers_men"}),
    "problems": frozenset({"problems", "follow_up"}),
    "photos": frozenset({"photos"}),
    "receipts": frozenset({"receipts"}),
}
EXPLANATION = "explanation"
ALL_BOXES = frozenset().union(*BOXES.values()) | {EXPLANATION}


def boxes_opened_by(fields: Iterable[str]) -> frozenset[str]:
    """Boxes that comments on `fields` open; with any comment one may explain."""
    opened = frozenset().union(*(BOXES[field] for field in fields))
    return opened | {EXPLANATION} if opened else opened


def wage_share(costs: dict[str, int]) -> Decimal | None:
    """Wages as a percentage of all costs; None when nothing was spent.

    Source: governance sheet, section 5.1 (65 % in Yogyakarta, 70 % in Karanganyar).
    """
    return percent_of(costs.get("wages", 0), sum(costs.values()))


def wages_differ(wages: int, person_days: Decimal, daily_wage: int) -> bool:
    """Whether planned HOK times the daily wage is another sum than the wages.

    Source: governance sheet, section 5.1, check formula.
    """
    return bool(daily_wage) and person_days * daily_wage != wages


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> int:
    """Distance of two points (latitude, longitude in degrees) in whole metres."""
    north1, east1, north2, east2 = (radians(angle) for angle in (*one, *other))
    half = (
        sin((north2 - north1) / 2) ** 2
        + cos(north1) * cos(north2) * sin((east2 - east1) / 2) ** 2
    )
    return round(2 * EARTH_RADIUS_M * asin(sqrt(min(1, half))))


def stages_needed(progress: Decimal, *, is_final: bool) -> tuple[int, ...]:
    """Photo stages that must be there by now: 0 always, 50 half-way, 100 at the end.

    Source: governance sheet, section 5.2, steps 3, 10 and 12.
    """
    if is_final or progress >= 100:
        return (0, 50, 100)
    return (0, 50) if progress >= 50 else (0,)
