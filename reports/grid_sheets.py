"""The tables of a paper as a workbook: figures as numbers, the same as on the paper.

A cell of two lines (pokok above jasa) becomes two columns. What a paper prints as a
figure is read back from its own words, so the two can never differ.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from textwrap import shorten

from common.sheets import Cell, Column, Sheet
from reports.builders.sheets import NONE, Grid, Row
from reports.builders.sheets import Sheet as PaperSheet

_FIGURE = re.compile(r"\(?-?\d{1,3}(\.\d{3})*(,\d+)?\)?|\(?-?\d+(,\d+)?\)?")
_PAIR = ("pokok", "jasa")
# Excel takes no longer name of a tab, and none of these in it.
_TAB_LENGTH, _NOT_IN_TABS = 31, str.maketrans("", "", "[]:*?/\\'")


def cell_of(text: str) -> Cell:
    """A printed cell as a value: "1.250.000" 1250000, "(500)" −500, "12,50" 12.50.

    A dash is an empty cell; what is no figure stays text.
    """
    if text in ("", NONE):
        return None
    if not _FIGURE.fullmatch(text):
        return " ".join(text.split())
    plain = text.strip("()").replace(".", "").replace(",", ".")
    value = Decimal(plain) if "." in plain else int(plain)
    return -value if text.startswith("(") else value


def sheets_of(paper: PaperSheet) -> Iterator[Sheet]:
    """A sheet for each table of a paper."""
    used: set[str] = set()
    for at, grid in enumerate(paper.grids, start=1):
        tab = _tab(grid.caption or paper.name, at, used)
        yield Sheet(tab, *_table(grid))


def _tab(name: str, at: int, used: set[str]) -> str:
    name = name.translate(_NOT_IN_TABS)
    tab = shorten(name, _TAB_LENGTH, placeholder="") or name[:_TAB_LENGTH].strip()
    if not tab or tab.lower() in used:
        tab = f"{tab[: _TAB_LENGTH - 4]} {at}".strip()
    used.add(tab.lower())
    return tab


def _table(grid: Grid) -> tuple[list[Column], list[list[Cell]]]:
    rows = [_spread(row) for row in grid.rows]
    titles = _titles(grid)
    figures = [column.align == "n" for column in grid.columns]
    double = [
        figure and any("\n" in cells[at] for cells in rows)
        for at, figure in enumerate(figures)
    ]
    columns: list[Column] = []
    for title, figure, two in zip(titles, figures, double, strict=True):
        if two:
            columns += [Column(f"{title}, {part}", money=True) for part in _PAIR]
        else:
            columns.append(Column(title, 18 if figure else 30, money=figure))
    return columns, [_cells(cells, figures, double) for cells in rows]


def _titles(grid: Grid) -> list[str]:
    """The head of each column with the head that stands over it."""
    over = [name for name, count in grid.groups for _ in range(count)]
    over += [""] * (len(grid.columns) - len(over))
    return [
        f"{above}: {column.title}" if above else column.title
        for above, column in zip(over, grid.columns, strict=True)
    ]


def _spread(row: Row) -> tuple[str, ...]:
    """One cell a column; behind a cell that covers several the others are empty."""
    first, *others = row.cells
    return (first, *[""] * (row.span - 1), *others)


def _cells(
    cells: tuple[str, ...], figures: list[bool], double: list[bool]
) -> list[Cell]:
    found: list[Cell] = []
    for text, figure, two in zip(cells, figures, double, strict=True):
        if two:
            first, _, second = text.partition("\n")
            found += [cell_of(first), cell_of(second)]
        else:
            found.append(cell_of(text) if figure else " ".join(text.split()) or None)
    return found
