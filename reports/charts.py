"""Bars and a radar as SVG: black and white for papers, themed for pages; no library."""

import math
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


@dataclass(frozen=True)
class Shape:
    """One line round a radar: the path, and whether it closes."""

    css: str
    path: str


@dataclass(frozen=True)
class Label:
    """The name at the end of an axis, in one or two lines from `y` down."""

    lines: tuple[tuple[str, float], ...]
    x: float
    anchor: str


@dataclass(frozen=True)
class Radar:
    """Shares of a whole on several axes; `_radar.html` draws it on pages."""

    rings: tuple[str, ...]
    spokes: tuple[str, ...]
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    says: str


CENTRE, MIDDLE, REACH = 240, 140, 100
RINGS = (25, 50, 75, 100)
LONGEST_LABEL = 15
# What was measured before lies under what is measured now.
RADAR_CLASSES = ("r2", "r1")


def radar(rows: Sequence[tuple[str, int | None, int | None]], *, says: str) -> Radar:
    """Axis name, percent now and percent before (None: not known, no point drawn).

    `says` is the finding, read aloud.
    """
    count = len(rows)
    rings = tuple(
        _path([_point(place, count, ring) for place in range(count)], closed=True)
        for ring in RINGS
    )
    spokes = tuple(
        _path([(CENTRE, MIDDLE), _point(place, count, 100)], closed=False)
        for place in range(count)
    )
    lines = ([row[2] for row in rows], [row[1] for row in rows])
    shapes = tuple(
        Shape(css, _line(values, count))
        for css, values in zip(RADAR_CLASSES, lines, strict=True)
        if any(value is not None for value in values)
    )
    labels = tuple(_label(place, count, row[0]) for place, row in enumerate(rows))
    return Radar(rings, spokes, shapes, labels, says)


def _point(place: int, count: int, percent: int) -> tuple[float, float]:
    """A point on an axis; the first axis points up, the others go clockwise."""
    angle = 2 * math.pi * place / count
    length = REACH * percent / 100
    return CENTRE + length * math.sin(angle), MIDDLE - length * math.cos(angle)


def _path(points: Sequence[tuple[float, float]], *, closed: bool) -> str:
    steps = " ".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f"M{steps}Z" if closed else f"M{steps}"


def _line(values: Sequence[int | None], count: int) -> str:
    """Straight from one known point to the next; closed only when all are known."""
    known = [
        _point(place, count, value)
        for place, value in enumerate(values)
        if value is not None
    ]
    return _path(known, closed=len(known) == count)


def _label(place: int, count: int, text: str) -> Label:
    x, y = _point(place, count, 112)
    side = round(x - CENTRE)
    anchor = "middle" if abs(side) < 5 else "start" if side > 0 else "end"
    return Label(_lines(text, y, anchor), round(x, 1), anchor)


def _lines(text: str, y: float, anchor: str) -> tuple[tuple[str, float], ...]:
    """A long name breaks before its last word; beside its axis both stand round `y`."""
    head, _, tail = text.rpartition(" ")
    if len(text) <= LONGEST_LABEL or not head:
        return ((text, round(y + 4, 1)),)
    # Above and below the drawing they keep clear of it.
    lift = -4.0 if anchor != "middle" else -12.0 if y < MIDDLE else 6.0
    return ((head, round(y + lift, 1)), (tail, round(y + lift + 16, 1)))


def radar_svg(chart: Radar) -> bytes:
    """The radar for a paper: black and white, now solid, before dashed."""
    styles = {
        "r1": 'stroke-width="1.6"',
        "r2": 'stroke-width="1" stroke-dasharray="4 3"',
    }
    grid = "".join(f'<path d="{path}"/>' for path in (*chart.rings, *chart.spokes))
    shapes = "".join(
        f'<path d="{shape.path}" {styles[shape.css]}/>' for shape in chart.shapes
    )
    labels = "".join(
        f'<text x="{label.x}" y="{y}" text-anchor="{label.anchor}">'
        f"{escape(text)}</text>"
        for label in chart.labels
        for text, y in label.lines
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 280"'
        ' font-family="Liberation Sans" font-size="11">'
        f'<g fill="none" stroke="#000" stroke-width=".4">{grid}</g>'
        f'<g fill="none" stroke="#000">{shapes}</g>{labels}</svg>'
    ).encode()
