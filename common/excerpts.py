"""The parts of a text that were found, and the words in them that were asked for."""

from collections.abc import Iterable, Sequence

from common.stems import Piece, Term, pieces_of

BEFORE = 40
WIDTH = 180
# Minutes may be a book; what is shown comes from its first part.
_READ, _MOST_MET = 20_000, 200

# A bit of text, and whether it was asked for.
Part = tuple[str, bool]


def marked(text: str, terms: Sequence[Term]) -> list[Part]:
    """The whole text in parts."""
    return _parts(text, _met(text, terms), 0, len(text))


def excerpt(text: str, terms: Sequence[Term]) -> list[Part]:
    """One or two stretches of 180 letters that show as many of the terms as they can.

    Lines are joined by a dot, stretches cut between words; a text in which nothing is
    met gives its beginning.
    """
    lines = text[:_READ].splitlines()
    line = " · ".join(" ".join(each.split()) for each in lines if each)
    met = _met(line, terms)[:_MOST_MET]
    parts: list[Part] = []
    reached = 0
    for start, end in _stretches(line, met, terms):
        parts += [("… " if not parts else " … ", False)] if start > reached else []
        start = max(start, reached)
        parts += _parts(line, met, start, end)
        reached = end
    return [*parts, (" …", False)] if reached < len(line) else parts


def _stretches(
    text: str, met: Sequence[Piece], terms: Sequence[Term]
) -> list[tuple[int, int]]:
    """Where the text is shown: the fullest stretch, and one for a term not in it."""
    if not met:
        return [_stretch(text, 0)]
    first = max(met, key=lambda piece: len(_seen(met, piece, terms)))
    shown = [_stretch(text, first.start)]
    missing = set(terms) - _seen(met, first, terms)
    more = (piece for piece in met if _answers(piece, missing))
    if other := next(more, None):
        shown.append(_stretch(text, other.start))
    return sorted(shown)


def _seen(met: Sequence[Piece], first: Piece, terms: Sequence[Term]) -> set[Term]:
    """The terms that a stretch round `first` shows."""
    end = first.start + WIDTH - BEFORE
    near = [piece for piece in met if first.start <= piece.start and piece.end <= end]
    return {term for term in terms if any(term.is_met_by(p.tokens) for p in near)}


def _stretch(text: str, at: int) -> tuple[int, int]:
    """From some letters before `at`, cut between words."""
    start = text.find(" ", at - BEFORE, at) + 1 if at > BEFORE else 0
    start = start or (at if at > BEFORE else 0)
    if len(text) <= start + WIDTH:
        return start, len(text)
    space = text.rfind(" ", at, start + WIDTH)
    return start, space if space > at else start + WIDTH


def _answers(piece: Piece, terms: Iterable[Term]) -> bool:
    return any(term.is_met_by(piece.tokens) for term in terms)


def _met(text: str, terms: Sequence[Term]) -> list[Piece]:
    return [piece for piece in pieces_of(text) if _answers(piece, terms)]


def _parts(text: str, met: Sequence[Piece], start: int, end: int) -> list[Part]:
    parts: list[Part] = []
    at = start
    for piece in met:
        if start <= piece.start and piece.end <= end:
            parts.append((text[at : piece.start], False))
            parts.append((text[piece.start : piece.end], True))
            at = piece.end
    parts.append((text[at:end], False))
    return [part for part in parts if part[0]]
