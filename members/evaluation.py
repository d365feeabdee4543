"""Arithmetic of the yearly assessment: levels of aspects become points of a board.

Source: governance sheet §2.1 (organisational assessment used by KOTAKU, S14). How
levels become points is not in the sheet: the mean level of a bidang over the highest
level, times its weight, is assumed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HIGHEST = 4
WHOLE = 100
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Area:
    """A bidang: its weight in percent and the keys of its aspects."""

    key: int
    name: str
    weight: int
    aspects: tuple[int, ...]


@dataclass(frozen=True)
class AreaResult:
    """What the aspects of one bidang come to; None where none was scored."""

    area: Area
    mean: Decimal | None
    points: Decimal | None
    missing: tuple[int, ...]

    @property
    def scored(self) -> int:
        """How many aspects have a level."""
        return len(self.area.aspects) - len(self.missing)


@dataclass(frozen=True)
class Result:
    """The whole assessment; `points` of 100 are of what was scored so far.

    A missing aspect is said (`missing`) and never counts as zero.
    """

    areas: tuple[AreaResult, ...]
    points: Decimal | None
    missing: tuple[int, ...]

    @property
    def is_complete(self) -> bool:
        """Every aspect has a level."""
        return not self.missing

    @property
    def level(self) -> int | None:
        """The level reached as a whole: the mean level, not rounded up; 1 to 4."""
        if self.points is None:
            return None
        return int(self.points * HIGHEST // WHOLE)


def check_areas(areas: Sequence[Area]) -> None:
    """Raise ValueError when the weights are no hundred or a bidang has no aspect."""
    weights = sum(area.weight for area in areas)
    if weights != WHOLE:
        raise ValueError(f"Jumlah bobot {weights} %, seharusnya 100 %.")
    empty = [area.name for area in areas if not area.aspects]
    if empty:
        raise ValueError(f"Bidang tanpa aspek: {', '.join(empty)}.")


def evaluate(areas: Sequence[Area], levels: Mapping[int, int]) -> Result:
    """Points of every bidang and of all; `levels` is aspect key to level 1 to 4.

    Raises ValueError as `check_areas` does, and for a level outside 1 to 4.
    """
    check_areas(areas)
    wrong = [level for level in levels.values() if not 1 <= level <= HIGHEST]
    if wrong:
        raise ValueError(f"Tingkat {wrong[0]} tidak ada. Pilih 1 sampai {HIGHEST}.")
    results = tuple(_area(area, levels) for area in areas)
    known = [row for row in results if row.mean is not None]
    weight = sum(row.area.weight for row in known)
    exact = sum((_exact(row.area, levels) for row in known), Decimal(0))
    points = (exact * WHOLE / weight).quantize(CENT, ROUND_HALF_UP) if weight else None
    missing = tuple(key for row in results for key in row.missing)
    return Result(results, points, missing)


def _area(area: Area, levels: Mapping[int, int]) -> AreaResult:
    missing = tuple(key for key in area.aspects if key not in levels)
    given = [levels[key] for key in area.aspects if key in levels]
    if not given:
        return AreaResult(area, None, None, missing)
    mean = (Decimal(sum(given)) / len(given)).quantize(CENT, ROUND_HALF_UP)
    points = _exact(area, levels).quantize(CENT, ROUND_HALF_UP)
    return AreaResult(area, mean, points, missing)


def _exact(area: Area, levels: Mapping[int, int]) -> Decimal:
    """Weight times mean level over the highest, unrounded."""
    given = [levels[key] for key in area.aspects if key in levels]
    return Decimal(area.weight * sum(given)) / (HIGHEST * len(given))
