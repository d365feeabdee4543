"""Words of Indonesian text as search keeps them: roots, sums, RT and RW.

The same words come out of a text and out of what is typed to find it, on every
database: no dictionary of a database is asked.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import snowballstemmer

LONGEST = 40
MOST_TERMS = 8
_SHORTEST_BEGINNING = 3
_SCALES = {
    **dict.fromkeys(("ribu", "rb"), 10**3),
    **dict.fromkeys(("juta", "jt"), 10**6),
    **dict.fromkeys(("miliar", "milyar"), 10**9),
}
# RT and RW with their number; a number with its dots, "Rp" and "juta"; a word.
_PIECE = re.compile(
    r"(?P<place>r[tw])[\s.:-]*0*(?P<at>[0-9]{1,3})(?![^\W_])"
    r"|(?:rp\.?\s*)?(?P<number>[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9])|[0-9]+)"
    r"(?:,(?P<part>[0-9]+))?(?:\s*(?P<scale>ribu|rb|juta|jt|miliar|milyar)\b)?"
    r"|(?P<word>[^\W_]+)",
    re.IGNORECASE,
)
# A root that begins with k or t loses that letter behind meng-, peng-, men-, pen-.
_LOST_LETTER = re.compile(r"[mp]en(g?)(?=[aiueo])")
_TWO_PREFIXES = re.compile(r"ke(?=pe|ber|me|ter|se)")
_SUFFIX = re.compile(r"(?<=\w{4})(?:kan|an|i|nya)$")
# Asked together with other words they ask for nothing.
_STOP_WORDS = frozenset(
    "yang dan di ke dari untuk pada dengan atau oleh dalam ini itu tentang".split()
)


@dataclass(frozen=True)
class Piece:
    """A word or number of a text: where it stands, and what it is found by."""

    start: int
    end: int
    tokens: frozenset[str]


@dataclass(frozen=True)
class Term:
    """One word that is asked for: one of `exact`, or what begins with `beginning`."""

    exact: tuple[str, ...]
    beginning: str = ""

    def is_met_by(self, tokens: frozenset[str]) -> bool:
        """Does a piece of a text answer this word?"""
        if not tokens.isdisjoint(self.exact):
            return True
        return bool(self.beginning) and any(
            token.startswith(self.beginning) for token in tokens
        )


def pieces_of(text: str) -> Iterator[Piece]:
    """Every word and number of a text in its order."""
    for found in _PIECE.finditer(text):
        yield Piece(found.start(), found.end(), _tokens(found))


def tokens_of(*texts: str) -> set[str]:
    """What texts are found by: "iuran" and "iur", "rt3", "95000", "12" of "012"."""
    pieces = (piece for text in texts for piece in pieces_of(text))
    return {token for piece in pieces for token in piece.tokens}


def terms_of(text: str) -> tuple[Term, ...]:
    """The words somebody asks for, each once, at most eight; without words none."""
    terms: dict[Term, None] = {}
    common: dict[Term, None] = {}
    for found in _PIECE.finditer(text):
        term = _term(found)
        word = (found["word"] or "").lower()
        (common if word in _STOP_WORDS else terms)[term] = None
    return tuple(terms or common)[:MOST_TERMS]


def rt_token(number: int) -> str:
    """What a text that names this RT is found by."""
    return f"rt{number}"


def _term(found: re.Match[str]) -> Term:
    tokens = tuple(sorted(_tokens(found)))
    word = found["word"]
    if not word:
        return Term(tokens)
    plain = _fold(word)
    begins = len(plain) >= _SHORTEST_BEGINNING or plain in ("rt", "rw")
    return Term(tokens, plain if begins else "")


def _tokens(found: re.Match[str]) -> frozenset[str]:
    if found["place"]:
        return frozenset({found["place"].lower() + found["at"]})
    if found["number"]:
        return frozenset({_amount(found["number"], found["part"], found["scale"])})
    return roots_of(_fold(found["word"]))


def _amount(number: str, part: str | None, scale: str | None) -> str:
    """ "012" is 12, "95.000" 95000, "1,5 juta" 1500000; other decimals do not count."""
    whole = number.replace(".", "").lstrip("0")[:LONGEST] or "0"
    if not scale:
        return whole
    amount = Decimal(f"{whole}.{(part or '0')[:LONGEST]}")
    return str(int(amount * _SCALES[scale.lower()]))[:LONGEST]


def _fold(word: str) -> str:
    """Small letters without accents, cut to a length that every index takes."""
    if word.isascii():
        return word.lower()[:LONGEST]
    bare = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in bare if letter.isalnum())[:LONGEST]


@lru_cache(maxsize=50_000)
def roots_of(word: str) -> frozenset[str]:
    """A word, its root, and what else the root may be where prefixes hide it.

    The root is that of the Snowball stemmer for Indonesian. It leaves "elola" of
    "pengelolaan" and "sihkan" of "bersihkan", so "kelola" and "bersih" stand beside.
    Source: F. Z. Tala (2003), A Study of Stemming Effects on Information Retrieval in
    Bahasa Indonesia, which the stemmer follows.
    """
    root = _stem(word)
    found = {word, root, _SUFFIX.sub("", word)}
    if lost := _LOST_LETTER.match(word):
        found.add(("k" if lost[1] else "t") + root)
    if behind := _TWO_PREFIXES.match(word):
        found.add(_stem(word[behind.end() :]))
    return frozenset(found - {""})


def _stem(word: str) -> str:
    # A stemmer holds the word it works on, so threads do not share one.
    return str(snowballstemmer.stemmer("indonesian").stemWord(word))
