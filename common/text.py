"""What typed and uploaded text may hold: no control characters, one kind of newline."""

import unicodedata

_LINE_ENDS = "\t\n"
_DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def find_control_character(text: str, *, lines: bool = False) -> str:
    """First character that must not be stored, or "".

    Control characters and NUL, lone surrogates, noncharacters and marks that turn the
    reading direction; `lines` allows newline and tab.
    """
    allowed = _LINE_ENDS if lines else ""
    for letter in text:
        if letter not in allowed and _is_forbidden(letter):
            return letter
    return ""


def plain_lines(text: str) -> str:
    """Text with LF line ends in NFC, as it is stored and hashed."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text that say something, without blanks at their ends."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def name_key(name: str) -> str:
    """A name as two of them are compared: without capitals, with single spaces."""
    return " ".join(name.casefold().split())


def _is_forbidden(letter: str) -> bool:
    if letter in _DIRECTION_MARKS or ord(letter) & 0xFFFE == 0xFFFE:
        return True
    return unicodedata.category(letter) in ("Cc", "Cs")
