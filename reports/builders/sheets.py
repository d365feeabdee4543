"""A paper of tables as plain values: facts, tables, a closing sentence, signers.

One template prints them all (lembar.html), so a builder only says what stands where.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest

from common.money import format_thousands
from reports.builders.letters import Paper
from reports.builders.register import Column
from reports.frame import Signer

NONE = "–"
NO = Column("No", "w8", "c")


@dataclass(frozen=True)
class Row:
    """One printed row; the first cell covers `span` columns.

    `shape` is "", "group" (a head over the rows that follow) or "sum".
    """

    cells: tuple[str, ...]
    shape: str = ""
    span: int = 1


@dataclass(frozen=True)
class Cell:
    """One cell as the template needs it."""

    text: str
    align: str
    span: int


@dataclass(frozen=True)
class Line:
    """One row as the template needs it."""

    shape: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """One table. `groups` are heads over columns: (words, how many); "" is none."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    groups: tuple[tuple[str, int], ...] = ()
    dense: bool = False
    # Rows high enough for a pen.
    sheet: bool = False
    new_page: bool = False
    # Short enough to stay on one page.
    keep: bool = False
    empty: str = "Tidak ada."

    @property
    def lines(self) -> tuple[Line, ...]:
        """Rows with the alignment of their columns."""
        return tuple(self._line(row) for row in self.rows)

    def _line(self, row: Row) -> Line:
        at, cells = 0, []
        for place, text in enumerate(row.cells):
            span = row.span if place == 0 else 1
            align = "" if span > 1 else self.columns[at].align
            cells.append(Cell(text, align, span))
            at += span
        return Line(row.shape, tuple(cells))


@dataclass(frozen=True, kw_only=True)
class Sheet(Paper):
    """A paper of tables; `under` stands beside the number, `dated` over the last box.

    `shape` is "", "landscape" or "half".
    """

    name: str
    dated: str
    people: tuple[Signer, ...]
    under: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    lead: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    closing: tuple[str, ...] = ()
    shape: str = ""

    @property
    def signers(self) -> tuple[Signer, ...]:
        """Who signs; place and day stand over the last, the only one at the right."""
        return dated_signers(self.people, f"{self.place}, {self.dated}")

    @property
    def three(self) -> str:
        """How many boxes stand beside one another."""
        return "three" if len(self.signers) == 3 else ""

    @property
    def fact_rows(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Facts one a row; on a wide sheet, when there are many, two."""
        if len(self.facts) <= 4 or self.shape != "landscape":
            return tuple((fact,) for fact in self.facts)
        half = -(-len(self.facts) // 2)
        left, right = self.facts[:half], self.facts[half:]
        return tuple(zip_longest(left, right, fillvalue=("", "")))


def dated_signers(people: tuple[Signer, ...], above: str) -> tuple[Signer, ...]:
    """The boxes of a block; four are two rows of two."""
    if not people:
        return ()
    *others, last = people
    boxes = (*others, replace(last, above=above))
    return (Signer(), *boxes) if len(boxes) == 1 else boxes


def money(amount: int) -> str:
    """Rupiah in a table: dots, a dash for nothing, brackets below zero."""
    if not amount:
        return NONE
    text = format_thousands(abs(amount))
    return f"({text})" if amount < 0 else text


def pair(first: int, second: int) -> str:
    """Pokok above jasa in one cell."""
    return f"{money(first)}\n{money(second)}"


def numbered(rows: Iterable[tuple[str, ...]]) -> tuple[Row, ...]:
    """Rows with their number before them."""
    return tuple(Row((str(at), *cells)) for at, cells in enumerate(rows, start=1))
