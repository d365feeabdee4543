"""A citation as people write it: "ART pasal 14 ayat (2) huruf a"."""

import re
from dataclasses import dataclass

from deliberations.statutes.numerals import read_numeral

_CITED = re.compile(
    r"(?P<document>.*?)[\s,]*"
    r"(?:\bbab\s+(?P<chapter>\w+)[\s,]*)?"
    r"\bpasal\s*(?P<article>\d{1,3}\s?[a-z]?|[a-z]+)(?!\w)[\s,]*"
    r"(?P<clause>(?:(?:ayat|huruf|angka)\s*\(?(?:[a-z]|\d{1,2}|[\d.]{3,7})\)?[\s,]*)*)"
    r"(?P<rest>.*)",
    re.IGNORECASE,
)
_STEP = re.compile(r"(ayat|huruf|angka)\s*\(?([a-z]|[\d.]+)\)?", re.IGNORECASE)


@dataclass(frozen=True)
class Cited:
    """What a citation names: the rule as written, article key, clause label or ""."""

    document: str
    article: str
    clause: str = ""


def read_citation(text: str) -> Cited | None:
    """Read one citation; None when the text names no article.

    The chapter counts only where articles are numbered per chapter: "Bab II pasal 1"
    gives the key "2-1".
    """
    found = _CITED.fullmatch(" ".join(text.split()).rstrip(" .;"))
    numeral = read_numeral(found["article"]) if found else None
    if found is None or numeral is None or found["rest"]:
        return None
    chapter = read_numeral(found["chapter"] or "")
    key = f"{chapter.value}-{numeral.key}" if chapter else numeral.key
    return Cited(found["document"].strip(" ,"), key, _label(found["clause"]))


def _label(text: str) -> str:
    steps = _STEP.findall(text)
    return " ".join(
        f"ayat ({sign})" if word.lower() == "ayat" else f"{word.lower()} {sign}"
        for word, sign in steps
    )


def same_clause(one: str, other: str) -> bool:
    """ "ayat (2)" and "angka 2" name one clause: people call a number either."""
    return _bare(one) == _bare(other)


def _bare(label: str) -> list[str]:
    return [sign.lower() for _word, sign in _STEP.findall(label)]
