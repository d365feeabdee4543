"""What changed between two versions of a rule, article by article, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\W_]+|[^\w\s]|_")
# Above this share of words in common, articles of other numbers are the same one.
LIKENESS = 0.6
# Below it, two articles of one number have nothing to do with each other.
UNLIKENESS = 0.3
# Comparing costs the product of both lengths, and somebody waits for the page: beyond
# this many pairs lines are compared instead of words, and beyond it lines not at all.
MOST_PAIRS = 4_000_000
# Articles that no number brought together, beside each other.
MOST_GUESSES = 10_000


@dataclass(frozen=True)
class Passage:
    """One article as text: its key, its heading ("Pasal 14 · Kuorum"), its words."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True)
class Piece:
    """A run of words: `kind` is same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One article beside the other; `kind`: same, changed, moved, added, removed.

    `moved` has another number; its words may have changed too.
    """

    kind: str
    old: Passage | None
    new: Passage | None
    pieces: tuple[Piece, ...]


def compare(old: Sequence[Passage], new: Sequence[Passage]) -> list[Change]:
    """Every article of both versions, in the order of the new one.

    What was taken out stands where it stood before. Articles go together by number;
    where their words have nothing in common, by likeness of words.
    """
    pairs = _pairs(old, new)
    partner_of = {id(after): before for before, after in pairs}
    kept = {id(before) for before, _ in pairs}
    changes: list[Change] = []
    shown: set[int] = set()
    for after in new:
        before = partner_of.get(id(after))
        numbered = next((row for row in old if row.key == after.key), None)
        if before or numbered:
            until = before or numbered
            changes += _removed_ahead(old, until, kept, shown)
        changes.append(_change(before, after))
    changes += _removed_ahead(old, None, kept, shown)
    return changes


def _removed_ahead(
    old: Sequence[Passage], until: Passage | None, kept: set[int], shown: set[int]
) -> list[Change]:
    """Articles taken out that stood up to `until` and were not shown yet."""
    found = []
    for passage in old:
        if passage is until and id(passage) in kept:
            break
        if id(passage) not in kept and id(passage) not in shown:
            shown.add(id(passage))
            pieces = (Piece("removed", passage.text),)
            found.append(Change("removed", passage, None, pieces))
        if passage is until:
            break
    return found


def _pairs(
    old: Sequence[Passage], new: Sequence[Passage]
) -> list[tuple[Passage, Passage]]:
    words = {id(passage): _tokens(passage) for passage in (*old, *new)}
    numbered = {passage.key: passage for passage in old}
    pairs = []
    for after in new:
        before = numbered.get(after.key)
        if before and _ratio(words[id(before)], words[id(after)]) >= UNLIKENESS:
            pairs.append((before, after))
    left = [row for row in old if id(row) not in {id(pair[0]) for pair in pairs}]
    rest = [row for row in new if id(row) not in {id(pair[1]) for pair in pairs}]
    pairs += _alike(left, rest, words)
    return pairs


def _alike(
    old: list[Passage], new: list[Passage], words: dict[int, list[str]]
) -> Iterator[tuple[Passage, Passage]]:
    """The likeliest partners among what no number brought together."""
    if len(old) * len(new) > MOST_GUESSES:
        return
    found = [
        (_ratio(words[id(before)], words[id(after)]), at, beside)
        for at, before in enumerate(old)
        for beside, after in enumerate(new)
    ]
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for ratio, at, beside in sorted(found, key=lambda row: (-row[0], row[1], row[2])):
        if ratio < LIKENESS:
            return
        if at not in taken_old and beside not in taken_new:
            taken_old.add(at)
            taken_new.add(beside)
            yield old[at], new[beside]


def _tokens(passage: Passage) -> list[str]:
    return [word.lower() for word in _WORDS.findall(passage.text) if word.strip()]


def _ratio(before: list[str], after: list[str]) -> float:
    if before == after:
        return 1.0
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    likely = matcher.quick_ratio()
    if len(before) * len(after) > MOST_PAIRS:
        return likely
    return matcher.ratio() if likely >= UNLIKENESS else 0.0


def _change(before: Passage | None, after: Passage) -> Change:
    if before is None:
        return Change("added", None, after, (Piece("added", after.text),))
    pieces = tuple(compare_words(before.text, after.text))
    same = before.text == after.text and before.heading == after.heading
    if before.key != after.key:
        return Change("moved", before, after, pieces)
    return Change("same" if same else "changed", before, after, pieces)


def compare_words(before: str, after: str) -> Iterator[Piece]:
    """Runs of words that stayed, went and came, in reading order.

    Runs of lines in a text too long for words; one run each way in one too long.
    """
    one, two = _cut_alike(before, after)
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(one[i1:i2]))
            continue
        if i2 > i1:
            yield Piece("removed", "".join(one[i1:i2]))
        if j2 > j1:
            yield Piece("added", "".join(two[j1:j2]))


def _cut_alike(before: str, after: str) -> tuple[list[str], list[str]]:
    """Both texts in words; in lines, or whole, where words would take too long."""
    for cut in (_WORDS.findall, _lines):
        one, two = cut(before), cut(after)
        if len(one) * len(two) <= MOST_PAIRS:
            return one, two
    return [before], [after]


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
