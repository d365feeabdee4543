"""Bars as SVG: black and white for papers, themed for pages; no library."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from common.money import format_thousands

LABELS, WIDTH, STEP, BAR = 96, 300, 34, 22


def bars_svg(rows: Sequence[tuple[str, int]]) -> bytes:
    """Lying bars for a paper: label, bar, value printed behind it; base is zero."""
    most = max((value for _, value in rows), default=0) or 1
    parts = [
        _bar(place, label, value, most) for place, (label, value) in enumerate(rows)
    ]
    height = STEP * len(rows) + 8
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 {height}"'
        ' font-family="Liberation Sans" font-size="11">'
        f"{''.join(parts)}"
        f'<path d="M{LABELS} 2V{height - 2}" stroke="#000" stroke-width="1"/></svg>'
    )
    return svg.encode()


def _bar(place: int, label: str, value: int, most: int) -> str:
    top, length = 10 + STEP * place, WIDTH * value / most
    middle = top + 16
    return (
        f'<text x="{LABELS - 8}" y="{middle}" text-anchor="end">{escape(label)}</text>'
        f'<rect x="{LABELS}" y="{top}" width="{length:.1f}" height="{BAR}"'
        ' fill="#555"/>'
        f'<text x="{LABELS + length + 6:.1f}" y="{middle}" font-weight="bold">'
        f"{format_thousands(value)}</text>"
    )


@dataclass(frozen=True)
class Part:
    """One part of a standing bar, in the units of the drawing."""

    css: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Bar:
    """One standing bar: its parts from below, its name, the value of the first part."""

    name: str
    middle: float
    parts: tuple[Part, ...]
    value: int
    value_y: float


@dataclass(frozen=True)
class Stack:
    """Standing bars for a page; `_stack.html` draws them."""

    bars: tuple[Bar, ...]
    grid: tuple[tuple[int, float], ...]
    says: str


BASE, TOP, LEFT, SPACE = 190, 10, 45, 60
CLASSES = ("c1", "c2", "c3")


def stack(rows: Sequence[tuple[str, Sequence[int]]], *, says: str) -> Stack:
    """Bars of up to three parts each; `says` is the finding, read aloud."""
    most = max((sum(values) for _, values in rows), default=0)
    step = next(
        step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 10**9) if step * 4 >= most
    )
    top = step * 4 if most > step * 3 else step * 3
    scale = (BASE - TOP) / (top or 1)
    grid = tuple((line, BASE - line * scale) for line in range(0, top + 1, step))
    bars = tuple(
        _standing(place, name, values, scale)
        for place, (name, values) in enumerate(rows)
    )
    return Stack(bars, grid, says)


def _standing(place: int, name: str, values: Sequence[int], scale: float) -> Bar:
    left, parts = LEFT + SPACE * place, []
    below: float = BASE
    for css, value in zip(CLASSES, values, strict=False):
        height = value * scale
        below -= height
        if value:
            parts.append(Part(css, left, below, 40, height))
    first = values[0] * scale
    return Bar(name, left + 20, tuple(parts), values[0], BASE - first + 18)
