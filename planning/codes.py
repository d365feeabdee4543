"""Programme codes as text: their shape, their level, the codes above one.

Pattern `urusan.bidang.program.level.kegiatan.subkegiatan`: 1.04.03.2.02.03, four digits
at the end since Kepmendagri 900.1.15.5-1317/2023. A four-digit code is never made by
padding a two-digit one: the newer list has other rows.
"""

import re

PROGRAMME = (
    r"\A[0-9X]\.[0-9X]{2}(?:\.[0-9]{2}(?:\.[12]\.[0-9]{2}(?:\.[0-9]{2,4})?)?)?\Z"
)
DOTTED = r"\A[0-9X]{1,2}(?:\.[0-9X]{1,4}){1,6}\Z"
URUSAN, PROGRAM, KEGIATAN, SUBKEGIATAN = "URUSAN", "PROGRAM", "KEGIATAN", "SUBKEGIATAN"
# Parts of the code at each level; "2.02" of a kegiatan is two parts.
LEVELS = {2: URUSAN, 3: PROGRAM, 5: KEGIATAN, 6: SUBKEGIATAN}


def is_programme_code(text: str) -> bool:
    """Does the text have the shape of a programme code?"""
    return re.match(PROGRAMME, text) is not None


def level_of(code: str) -> str:
    """URUSAN, PROGRAM, KEGIATAN or SUBKEGIATAN. Raises ValueError on another shape."""
    if not is_programme_code(code):
        raise ValueError("Tulis kode seperti 1.04.03.2.02.0003.")
    return LEVELS[len(code.split("."))]


def codes_above(code: str) -> list[str]:
    """Codes of the levels above, the highest first: 1.04, 1.04.03, 1.04.03.2.02."""
    parts = code.split(".")
    return [".".join(parts[:size]) for size in LEVELS if size < len(parts)]
