"""Hiding the middle of long numbers: NIK, KK, accounts."""

import re

KEPT_ENDS = 4
_LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){12,}", re.ASCII)


def mask(number: str) -> str:
    """Keep four characters at each end: `3520********0001`."""
    bare = re.sub(r"[ .-]", "", number)
    hidden = "*" * max(len(bare) - 2 * KEPT_ENDS, KEPT_ENDS)
    return f"{bare[:KEPT_ENDS]}{hidden}{bare[-KEPT_ENDS:]}"


def mask_numbers(text: str) -> str:
    """Text in which every number of thirteen digits or more is masked."""
    return _LONG_NUMBER.sub(lambda found: mask(found[0]), text)
