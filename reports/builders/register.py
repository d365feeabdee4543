"""A book of the secretary: one table over a period, for the screen, Excel and paper."""

import datetime
from dataclasses import dataclass

from boards.models import Board
from common.errors import RuleViolation
from common.periods import Period
from common.sheets import Cell
from common.words import format_date, format_date_short, no_break
from reports.builders.letters import coordinator_signs, home_of, letterhead_of
from reports.frame import Letterhead, Signer

NONE = "–"


@dataclass(frozen=True)
class Column:
    """A column: its head, its width class on paper, its alignment ("", c, n)."""

    title: str
    width: str = ""
    align: str = ""
    # Width in Excel, in characters.
    characters: int = 18


@dataclass(frozen=True)
class Table:
    """What a book holds in a period; cells are typed, for Excel."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    empty: str = "Tidak ada."


@dataclass(frozen=True)
class Line:
    """One printed row: pairs of alignment and text."""

    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Register:
    """A book as it is printed."""

    letterhead: Letterhead
    title: str
    period: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    note: str
    empty: str
    closing: str
    signers: tuple[Signer, ...]


def printed(
    table: Table, *, title: str, board: Board, period: Period, on: datetime.date
) -> Register:
    """A table as a paper of the board, signed by the koordinator if there is one."""
    return Register(
        letterhead=letterhead_of(board),
        title=title,
        period=period.label,
        columns=table.columns,
        lines=tuple(_line(table, row) for row in table.rows),
        note=no_break(table.note),
        empty=table.empty,
        closing=f"Dicetak dari catatan {board} per {format_date(on, unbroken=True)}.",
        signers=_signers(board, on),
    )


def _line(table: Table, row: tuple[Cell, ...]) -> Line:
    pairs = zip(table.columns, row, strict=True)
    return Line(tuple((column.align, _text(cell)) for column, cell in pairs))


def _text(cell: Cell) -> str:
    if cell is None or cell == "":
        return NONE
    if isinstance(cell, datetime.date):
        return format_date_short(cell)
    return no_break(str(cell))


def _signers(board: Board, on: datetime.date) -> tuple[Signer, ...]:
    place = f"{home_of(board)}, {format_date(on, unbroken=True)}"
    try:
        # The empty one on the left pushes the koordinator right.
        return (Signer("", ""), coordinator_signs(board, on, above=place))
    except RuleViolation:
        return ()
