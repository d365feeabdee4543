"""The text of one article, split into ayat, huruf and angka, however marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from deliberations.statutes.numerals import roman_value

_MARKED = re.compile(
    r"(?P<mark>\((?P<inside>\d{1,2}|[a-zA-Z]|[ivx]{2,5})\)"
    r"|(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,2})[.)]?(?=\s)"
    r"|(?P<plain>\d{1,2}|[a-zA-Z]|[ivx]{2,5})[.)](?!\d|[a-zA-Z]\.)"
    r"|[-–—•·●▪*](?=\s))\s*(?P<rest>\S.*)"
)
# "…; dan" before "b." ends an item of a list; "ayat (1) dan" goes on.
_GOES_ON = re.compile(
    r"(?:\b(?:huruf|ayat|angka|pasal|bab|nomor|no\.|rp\.?)"
    r"|\([\da-z]+\)\s*(?:,|dan|atau|sampai(?: dengan)?))$",
    re.IGNORECASE,
)
_SPLIT_WORD = re.compile(r"(?P<start>[^\W\d_]+)-$")

# How much of the end of a clause is looked at: it grows line by line.
_TAIL = 100
# Lists inside lists; what lies deeper is read as text.
DEEPEST = 5


@dataclass(frozen=True)
class Problem:
    """One oddity of a text: on which line, and what to do; `stops` forbids keeping."""

    line: int
    code: str
    says: str
    stops: bool = False


@dataclass(frozen=True)
class Clause:
    """One ayat, huruf or paragraph. `label` is how it is cited: "ayat (2) huruf a".

    `mark` is printed before it ("(2)", "a."), `level` counts from 0, the outermost.
    """

    mark: str
    label: str
    text: str
    level: int = 0


@dataclass
class _Open:
    """One level of the list that is being read."""

    style: str
    last: int
    label: str


@dataclass
class _Reading:
    """Clauses so far, the open levels, and what is odd."""

    clauses: list[Clause] = field(default_factory=list)
    levels: list[_Open] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    gap: bool = False


def split_clauses(
    lines: list[tuple[int, str]],
) -> tuple[tuple[Clause, ...], list[Problem]]:
    """Clauses of the numbered lines of one article, and oddities of their numbers."""
    reading = _Reading()
    for number, line in lines:
        if not line:
            reading.gap = True
            continue
        found = None if _continues(reading) else _MARKED.fullmatch(line)
        if not (found and _place(reading, found, number)):
            _append(reading, line)
        reading.gap = False
    return tuple(reading.clauses), reading.problems


def _continues(reading: _Reading) -> bool:
    """The text before ends in "pada ayat": a number now is part of the sentence."""
    if not reading.clauses:
        return False
    return bool(_GOES_ON.search(reading.clauses[-1].text[-_TAIL:]))


def _place(reading: _Reading, found: re.Match[str], line: int) -> bool:
    """Open a clause for a mark; False when it counts nothing and is plain text."""
    styles = list(_styles(found))
    if not styles:
        depth = len(reading.levels)
        label = reading.levels[-1].label if reading.levels else ""
        reading.clauses.append(Clause("•", label, found["rest"], depth))
        return True
    place = _next_in(reading, styles)
    if place is None:
        place = _first_or_jump(reading, styles, line)
    if place is None:
        return False
    label = reading.levels[place].label
    reading.clauses.append(Clause(found["mark"], label, found["rest"], place))
    return True


def _styles(found: re.Match[str]) -> Iterator[tuple[str, int, str]]:
    """How the mark may be meant: style, value, and its sign as cited."""
    if found["decimal"]:
        yield "decimal", int(found["decimal"].rsplit(".", 1)[1]), found["decimal"]
        return
    sign = found["inside"] or found["plain"]
    if not sign:
        return
    shape = "inside" if found["inside"] else found["mark"][-1]
    if sign.isdecimal():
        yield f"digit{shape}", int(sign), sign
        return
    if len(sign) == 1:
        case = "upper" if sign.isupper() else "lower"
        yield f"{case}{shape}", ord(sign.lower()) - ord("a") + 1, sign
    if set(sign) <= set("ivx"):
        yield f"roman{shape}", roman_value(sign), sign


def _next_in(reading: _Reading, styles: list[tuple[str, int, str]]) -> int | None:
    """The deepest open level that this mark continues by one."""
    for depth in reversed(range(len(reading.levels))):
        level = reading.levels[depth]
        for style, value, sign in styles:
            if level.style == style and value == level.last + 1:
                _set_level(reading, depth, style, value, sign)
                return depth
    return None


def _first_or_jump(
    reading: _Reading, styles: list[tuple[str, int, str]], line: int
) -> int | None:
    """A list that begins, begins again, or leaves a number out; None: plain text."""
    before = reading.clauses[-1].text if reading.clauses else ""
    room = len(reading.levels) < DEEPEST
    for style, value, sign in styles:
        depth = _depth_of(reading, style)
        if value == 1 and room and (depth is None or before.endswith(":")):
            depth = len(reading.levels)
            _set_level(reading, depth, style, value, sign)
            return depth
        if depth is not None:
            _tell(reading, depth, sign, line)
            _set_level(reading, depth, style, value, sign)
            return depth
    style, value, sign = styles[0]
    if style == "digitinside" and not reading.levels:
        says = f"Ayat pertama bernomor ({sign}). Periksa apakah ada yang terlewat."
        reading.problems.append(Problem(line, "rules.clause_jump", says))
        _set_level(reading, 0, style, value, sign)
        return 0
    return None


def _depth_of(reading: _Reading, style: str) -> int | None:
    depths = [at for at, level in enumerate(reading.levels) if level.style == style]
    return depths[-1] if depths else None


def _tell(reading: _Reading, depth: int, sign: str, line: int) -> None:
    last = reading.levels[depth].label
    says = f"Sesudah {last} datang nomor {sign}. Periksa urutannya."
    reading.problems.append(Problem(line, "rules.clause_jump", says))


def _set_level(
    reading: _Reading, depth: int, style: str, value: int, sign: str
) -> None:
    outer = reading.levels[depth - 1].label if depth else ""
    own = _own_label(reading, depth, style, sign)
    del reading.levels[depth:]
    reading.levels.append(_Open(style, value, f"{outer} {own}".strip()))


def _own_label(reading: _Reading, depth: int, style: str, sign: str) -> str:
    """ "ayat (2)" for a numbered sentence, "angka 2" for an item of a list."""
    if not style.startswith("digit"):
        return f"angka {sign}" if style[:5] in ("roman", "decim") else f"huruf {sign}"
    opened = reading.clauses and not reading.clauses[0].mark
    listed = bool(opened) and reading.clauses[0].text.endswith(":")
    return f"angka {sign}" if depth or listed else f"ayat ({sign})"


def _append(reading: _Reading, line: str) -> None:
    """Go on with the last clause; after a blank line in a new paragraph of it."""
    if not reading.clauses:
        reading.clauses.append(Clause("", "", line))
        return
    last = reading.clauses[-1]
    ended = reading.gap and last.text[-1] in ".;:"
    text = f"{last.text}\n{line}" if ended else _joined(last.text, line)
    reading.clauses[-1] = replace(last, text=text)


def _joined(before: str, after: str) -> str:
    """Two lines as one; a word cut at the line's end is whole again."""
    cut = _SPLIT_WORD.search(before[-_TAIL:])
    if not cut:
        return f"{before} {after}"
    if after.lower().startswith(cut["start"].lower()):
        return f"{before}{after}"
    return f"{before[:-1]}{after}" if after[:1].islower() else f"{before}{after}"
