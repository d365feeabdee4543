"""The clauses of a juklak as pasted: one line each, with its own number or the next."""

import re
from dataclasses import dataclass

# At most as long as a number is kept: "123.12.12.12".
_NUMBERED = re.compile(
    r"\(?(?P<number>\d{1,3}(?:\.\d{1,2}){0,3}|[a-zA-Z])[.)]\s+(?P<text>\S.*)"
    r"|(?P<point>\d{1,3}(?:\.\d{1,2}){1,3})\s+(?P<rest>\S.*)"
)
MOST_LINES, LONGEST = 200, 600


@dataclass(frozen=True)
class Line:
    """One clause: its number as printed, its words."""

    number: str
    text: str


def read_lines(text: str) -> list[Line]:
    """Every line that is not blank is a clause.

    Raises ValueError with a sentence on no line at all, too many, one too long, and
    two of one number.
    """
    raw = [" ".join(line.split()) for line in text.splitlines()]
    found = [_line(line, at) for at, line in enumerate(filter(None, raw), start=1)]
    if not found:
        raise ValueError("Tulis butir juklak, satu baris satu butir.")
    if len(found) > MOST_LINES:
        raise ValueError(f"Paling banyak {MOST_LINES} butir.")
    seen: set[str] = set()
    for line in found:
        if len(line.text) > LONGEST:
            raise ValueError(f"Butir {line.number} lebih dari {LONGEST} huruf.")
        if line.number in seen:
            raise ValueError(f"Butir {line.number} ada dua. Beri nomor berbeda.")
        seen.add(line.number)
    return found


def _line(line: str, at: int) -> Line:
    found = _NUMBERED.fullmatch(line)
    if not found:
        return Line(str(at), line)
    if found["point"]:
        return Line(found["point"], found["rest"])
    return Line(found["number"], found["text"])
