"""Numbers of chapters and articles: 14, 14A, XIV, "Pertama", "Kedua Belas"."""

import re
from dataclasses import dataclass

from common.words import number_words, ordinal_words

_DIGITS = re.compile(r"(\d{1,3})\s?([a-z]?)", re.IGNORECASE)
_ROMAN = re.compile(r"(x{0,3}|xl|lx{0,3}|xc)(ix|iv|v?i{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_LARGEST_WORD = 40
_WORDS = (
    {ordinal_words(number).lower(): number for number in range(1, _LARGEST_WORD)}
    | {number_words(number): number for number in range(1, _LARGEST_WORD)}
    | {"kesatu": 1}
)


@dataclass(frozen=True)
class Numeral:
    """A number with the letter that was put in later: 14A is (14, "a")."""

    value: int
    suffix: str = ""

    @property
    def key(self) -> str:
        """One spelling for all: "14", "14a"."""
        return f"{self.value}{self.suffix}"


def read_numeral(text: str) -> Numeral | None:
    """The number that a heading bears, or None when it bears none."""
    bare = " ".join(text.split()).lower()
    if found := _DIGITS.fullmatch(bare):
        value = int(found[1])
        return Numeral(value, found[2]) if value else None
    if bare and _ROMAN.fullmatch(bare):
        return Numeral(roman_value(bare))
    word = _WORDS.get(bare) or _WORDS.get(bare.replace(" ", ""))
    return Numeral(word) if word else None


def roman_value(text: str) -> int:
    """Value of a Roman numeral in small letters: "xiv" is 14."""
    values = [_ROMAN_VALUES[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value
        for value, after in zip(values, following, strict=True)
    )
