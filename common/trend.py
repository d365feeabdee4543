"""One figure over some months as a line: where its dots and limits are drawn. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 240, 8, 232, 18, 88
# Two words one above the other need so much room.
_APART = 13


@dataclass(frozen=True)
class Dot:
    """One month: its shape as a path, and the class that colours it."""

    css: str
    path: str
    x: Decimal
    y: Decimal


@dataclass(frozen=True)
class Mark:
    """A limit across the drawing: its line, its words and where they stand."""

    y: Decimal
    words: str
    words_y: Decimal
    # At the left end of the line, or at the right where the dots leave more room.
    at_right: bool = False


@dataclass(frozen=True)
class Trend:
    """A small line chart; `components/trend.html` draws it."""

    line: str
    dots: tuple[Dot, ...]
    marks: tuple[Mark, ...]
    first: str
    last: str
    says: str


def trend(
    values: Sequence[tuple[Decimal | None, str]],
    *,
    marks: Sequence[tuple[Decimal, str]],
    first: str,
    last: str,
    says: str,
) -> Trend:
    """Values with their tone (ok, warn, bad), oldest first; None is left out.

    `marks` are limits with their words, `first` and `last` name the ends of the line,
    `says` is the finding, read aloud.
    """
    known = [value for value, _tone in values if value is not None]
    all_ = [*known, *(limit for limit, _words in marks)]
    low, high = min(all_, default=Decimal(0)), max(all_, default=Decimal(0))
    span = (high - low) or Decimal(1)

    def height(value: Decimal) -> Decimal:
        return round(BOTTOM - (value - low) / span * (BOTTOM - TOP), 1)

    step = Decimal(RIGHT - LEFT) / max(len(values) - 1, 1)
    points = [
        None if value is None else (round(LEFT + step * at, 1), height(value), tone)
        for at, (value, tone) in enumerate(values)
    ]
    dots = tuple(
        Dot(tone, _shape(tone, x, y), x, y) for x, y, tone in filter(None, points)
    )
    return Trend(_line(points), dots, _marks(marks, height, points), first, last, says)


def _line(points: Sequence[tuple[Decimal, Decimal, str] | None]) -> str:
    """A path through the known points, broken where one is not known."""
    steps, pen = [], "M"
    for point in points:
        if point is None:
            pen = "M"
            continue
        steps.append(f"{pen}{point[0]} {point[1]}")
        pen = "L"
    return "".join(steps)


def _shape(tone: str, x: Decimal, y: Decimal) -> str:
    """A circle, a diamond or a triangle: bands are told apart without colour."""
    if tone == "ok":
        return f"M{x - 3} {y}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0Z"
    if tone == "warn":
        return f"M{x} {y - 5}l5 5l-5 5l-5 -5Z"
    return f"M{x} {y - 5}l5 9h-10Z"


def _marks(
    marks: Sequence[tuple[Decimal, str]],
    height: Callable[[Decimal], Decimal],
    points: Sequence[tuple[Decimal, Decimal, str] | None],
) -> tuple[Mark, ...]:
    """Words stand above their line; the lower of two near ones below it."""
    rows = sorted((height(limit), words) for limit, words in marks)
    found = []
    for at, (y, words) in enumerate(rows):
        near = at and y - rows[at - 1][0] < _APART
        words_y = y + 11 if near else y - 3
        left, right = (_room(points, words_y, at_right=side) for side in (False, True))
        found.append(Mark(y, words, words_y, at_right=right > left))
    return tuple(found)


def _room(
    points: Sequence[tuple[Decimal, Decimal, str] | None],
    words_y: Decimal,
    *,
    at_right: bool,
) -> Decimal:
    """How far the nearest dot of one half is from the middle of the words."""
    middle = (LEFT + RIGHT) / 2
    half = (
        abs(point[1] - words_y + 4)
        for point in points
        if point and (point[0] > middle) == at_right
    )
    return min(half, default=Decimal(BOTTOM))
