"""Table T-C.33 of the Renja: rows of the LKM rolled up to kegiatan and program.

Source: governance sheet, section 7.5 (Permendagri 86/2017, ten columns).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from common.words import format_decimal, join_unit
from reports.builders.board_facts import PlanFact

NONE = "–"
# Parts of a code -> level; a code in between belongs to the level above it.
URUSAN, PROGRAM, KEGIATAN, SUBKEGIATAN = 2, 3, 5, 6
LEVELS = (URUSAN, PROGRAM, KEGIATAN)
MOST_PLACES = 3


@dataclass(frozen=True)
class RenjaRow:
    """One row: a level with the sum of what is below it, or a sub kegiatan."""

    level: int
    code: str
    title: str
    indicator: str
    location: str
    target: str
    ceiling: int
    source: str
    note: str
    next_target: str
    next_ceiling: int

    @property
    def shape(self) -> str:
        """Class of the row: bold for urusan and program, italic for kegiatan."""
        if self.level == KEGIATAN:
            return "act"
        return "group" if self.level < KEGIATAN else ""


@dataclass(frozen=True)
class RenjaTable:
    """The whole table of one year, with the forecast of the next."""

    year: int
    rows: tuple[RenjaRow, ...]
    ceiling: int
    next_ceiling: int

    @property
    def next_year(self) -> int:
        """The year of the forecast."""
        return self.year + 1


def build(
    plans: Iterable[tuple[str, PlanFact]], *, year: int, names: Mapping[str, str]
) -> RenjaTable:
    """Roll up `plans`, pairs of the place of an LKM and its row, for `year`.

    Every sum is that of the sub kegiatan below it; whole rupiah. `names` are the names
    of the codes in force that year.
    """
    by_code = defaultdict(list)
    for place, plan in plans:
        by_code[plan.code].append((place, plan))
    leaves = [_leaf(code, rows, names) for code, rows in sorted(by_code.items())]
    rows, open_levels = [], set()
    for leaf in leaves:
        for level in LEVELS:
            above = _above(leaf.code, level)
            if above and above != leaf.code and above not in open_levels:
                open_levels.add(above)
                rows.append(_rolled_up(above, level, leaves, names))
        rows.append(leaf)
    return RenjaTable(
        year,
        tuple(rows),
        sum(leaf.ceiling for leaf in leaves),
        sum(leaf.next_ceiling for leaf in leaves),
    )


def _above(code: str, level: int) -> str:
    """The code of `level` over a code; "" when the code is shorter."""
    parts = code.split(".")
    return ".".join(parts[:level]) if len(parts) >= level else ""


def _rolled_up(code: str, level: int, leaves, names) -> RenjaRow:
    below = [leaf for leaf in leaves if _above(leaf.code, level) == code]
    return RenjaRow(
        level=level,
        code=code,
        title=names.get(code, "nama kode belum ada di daftar tahun ini"),
        indicator="",
        location="",
        target="",
        ceiling=sum(leaf.ceiling for leaf in below),
        source="",
        note="",
        next_target="",
        next_ceiling=sum(leaf.next_ceiling for leaf in below),
    )


def _leaf(code: str, rows: list[tuple[str, PlanFact]], names) -> RenjaRow:
    plans = [plan for _, plan in rows]
    titles = _distinct(plan.title for plan in plans)
    return RenjaRow(
        level=SUBKEGIATAN,
        code=code,
        title=names.get(code) or titles,
        indicator=_distinct(plan.indicator for plan in plans) or NONE,
        location=_places(rows),
        target=_targets((plan.target, plan.unit) for plan in plans),
        ceiling=sum(plan.ceiling for plan in plans),
        source=_distinct(plan.source for plan in plans) or NONE,
        note=_notes(rows, titles if code in names else ""),
        next_target=_targets((plan.next_target, plan.unit) for plan in plans),
        next_ceiling=sum(plan.next_ceiling or 0 for plan in plans),
    )


def _distinct(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _places(rows) -> str:
    """Where it is: the location of the row, else the place of its LKM."""
    places = list(dict.fromkeys(plan.location or place for place, plan in rows))
    if len(places) <= MOST_PLACES:
        return "; ".join(places)
    return f"{len(places)} lokasi"


def _targets(pairs: Iterable[tuple[Decimal | None, str]]) -> str:
    """Targets added up a unit: "310 m; 2 unit"."""
    sums: dict[str, Decimal] = {}
    for target, unit in pairs:
        if target is not None:
            sums[unit] = sums.get(unit, Decimal(0)) + target
    words = (join_unit(format_decimal(total), unit) for unit, total in sums.items())
    return "; ".join(words) or NONE


def _notes(rows, titles: str) -> str:
    boards = len({place for place, _ in rows})
    notes = _distinct(plan.note for _, plan in rows)
    asked = f"Usulan {boards} LKM/BKM" if boards > 1 else ""
    shown = titles if len(rows) == 1 else ""
    return ". ".join(part for part in (asked, shown, notes) if part) or NONE
