"""Lines that head a chapter, a part or an article, and lines that are in the way."""

import re

from deliberations.statutes.numerals import Numeral, read_numeral

_PAGE = re.compile(
    r"[-–—\s]*(?:hal(?:aman)?\.?\s*)?\d{1,3}(?:\s*(?:/|dari|\|)\s*\d{1,3})?[-–—\s]*"
    r"|\d{1,3}\s*\|\s*(?:hal\w*|page).*",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d*\s*|…+\s*\d*\s*")
_DECORATION = re.compile(r"^[*_#>\s]+|[*_\s]+$")
_CHAPTER = re.compile(
    r"bab[\s\-–:.]*(?P<number>[\w]+(?:\s+(?:belas|puluh)(?:\s+\w+)?)?)"
    r"(?P<mark>[\s.:)\-–—]*)(?P<rest>.*)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"(?:pasal|ps\.)[\s\-–:.]*(?P<number>\d{1,3}\s?[a-z]?|[a-z]+)(?!\w)"
    r"(?P<mark>\s*[.:)\-–—]+)?\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:bagian|paragraf)\s+(?:ke[a-z]+|pertama|\d{1,2}|[ivxl]+)\b.*", re.IGNORECASE
)
# A line that ends so goes on in the next one: "sebagaimana dimaksud dalam / Pasal 5".
_GOES_ON = re.compile(
    r"(?:\b(?:dalam|pada|dan|atau|dengan|menurut|sesuai|ketentuan|sampai|oleh|huruf"
    r"|dimaksud|ayat|angka|kepada|dari|di|pasal|bab)|,)$",
    re.IGNORECASE,
)
_REFERS = re.compile(r"(?:ayat|huruf|angka|dan|atau|sampai|jo)\b", re.IGNORECASE)
_ENDS = re.compile(
    r"(?:ditetapkan|disahkan|ditandatangani)\s+(?:di|oleh|pada)\b"
    r"|demikian(?:lah)?\s+(?:anggaran|peraturan|tata tertib|aturan|ad|art)\b",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset(
    "dan atau di ke dari untuk yang pada serta dengan bagi oleh tentang antar dalam"
    " sebagai secara per".split()
)
_TITLE_LETTERS = 90
_SHORT_LETTERS, _SHORT_WORDS = 50, 7


def bare_line(raw: str) -> str:
    """A line without the stars and hashes of other programs, single-spaced."""
    return _DECORATION.sub("", " ".join(raw.split()))


def is_in_the_way(line: str) -> bool:
    """A page number, or a line of a table of contents."""
    contents = _CONTENTS.search(line)
    return bool(_PAGE.fullmatch(line) or (contents and contents.end() == len(line)))


def is_part(line: str) -> bool:
    """ "Bagian Kedua", "Paragraf 1 Umum"."""
    return bool(_PART.fullmatch(line)) and is_title(line)


def goes_on(line: str) -> bool:
    """The sentence of this line has not come to its end."""
    return bool(_GOES_ON.search(line))


def ends_the_rule(line: str) -> bool:
    """ "Ditetapkan di …", "Demikian Anggaran Dasar ini …"."""
    return bool(_ENDS.match(line))


def chapter_heading(line: str) -> tuple[str, int, str] | None:
    """Number as written, its value, and the title beside it."""
    found = _CHAPTER.fullmatch(line)
    if not found:
        return None
    numeral = read_numeral(found["number"])
    rest = found["rest"].strip()
    if numeral is None or (rest and not is_title(rest)):
        return None
    return found["number"].upper(), numeral.value, rest


def article_heading(line: str) -> tuple[str, Numeral, str] | None:
    """Number as written, its value, and what stands beside it."""
    found = _ARTICLE.fullmatch(line)
    numeral = read_numeral(found["number"]) if found else None
    if found is None or numeral is None:
        return None
    rest = found["rest"].strip()
    begins = not rest or rest[0].isupper() or rest[0] in '(“"1'
    marked = bool(found["mark"]) or rest[:1] == "("
    if _REFERS.match(rest) or not begins:
        return None
    if rest and not marked and not is_title(rest) and not is_short(rest):
        return None
    written = re.sub(r"\s", "", found["number"]).upper()
    return written, numeral, rest


def is_title(line: str) -> bool:
    """Short, no sentence, its longer words in capitals."""
    bare = line.strip('()[]"“” ')
    if not bare or len(bare) > _TITLE_LETTERS or bare[-1] in ".;:,":
        return False
    if re.match(r"\(?(?:\d{1,2}|[a-zA-Z])[.)]", line):
        return False
    words = re.findall(r"[^\W\d_]+", bare)
    return bool(words) and all(
        word[0].isupper() or word in _SMALL_WORDS for word in words
    )


def is_short(line: str) -> bool:
    """A title as in a sentence: "Waktu rapat", no stop at its end, few words."""
    few = len(line) <= _SHORT_LETTERS and len(line.split()) <= _SHORT_WORDS
    whole = line[-1:] not in ".;:,)" and not goes_on(line)
    return few and whole and line[:1].isupper() and line[1:2].isalpha()


def bare_title(line: str) -> str:
    return line.strip("()[] ")
