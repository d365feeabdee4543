"""Sorting what came back: which page of which paper a picture shows.

Pure: no Django, no clock. Source of the code's text: papers.md §5, `/v/TOKEN/PAGE`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Any host: a portal that moved still knows the papers it printed before.
_ADDRESS = re.compile(
    r"HTTPS?://[^/\s]+(?:/[^/\s]+)*/V/([A-Z2-7]{26})/([1-9]\d{0,3})/?"
)


@dataclass(frozen=True, order=True)
class PaperCode:
    """What the code of a page says: the token of its paper, and its number."""

    token: str
    page: int


@dataclass(frozen=True)
class ScannedPage:
    """A picture that shows page `page` of a paper; `key` names the picture."""

    key: int
    page: int
    sharpness: int
    by_hand: bool = False


@dataclass(frozen=True)
class Sorted:
    """The pages of one paper in order, what is left over, and what is not there."""

    chosen: tuple[ScannedPage, ...]
    spare: tuple[ScannedPage, ...]
    missing: tuple[int, ...]

    @property
    def complete(self) -> bool:
        """Every page is there."""
        return not self.missing


def read_codes(texts: Iterable[str]) -> list[PaperCode]:
    """The codes of papers among these texts, each once, in the order they came."""
    found = (_ADDRESS.fullmatch(text.strip().upper()) for text in texts)
    codes = (PaperCode(each[1], int(each[2])) for each in found if each)
    return list(dict.fromkeys(codes))


def sort_sheets(sheets: Iterable[ScannedPage], pages: int) -> Sorted:
    """Pick one picture for each of `pages` pages.

    What a person placed goes before what the portal read; then the sharper one, then
    the one that came later. Raises ValueError on a page that the paper has not.
    """
    chosen: dict[int, ScannedPage] = {}
    spare: list[ScannedPage] = []
    for sheet in sorted(sheets, key=_rank, reverse=True):
        if not 1 <= sheet.page <= pages:
            raise ValueError(f"page {sheet.page} of {pages}")
        if sheet.page in chosen:
            spare.append(sheet)
        else:
            chosen[sheet.page] = sheet
    missing = tuple(page for page in range(1, pages + 1) if page not in chosen)
    spare.sort(key=lambda sheet: (sheet.page, sheet.key))
    return Sorted(tuple(chosen[page] for page in sorted(chosen)), tuple(spare), missing)


def _rank(sheet: ScannedPage) -> tuple[bool, int, int]:
    return sheet.by_hand, sheet.sharpness, sheet.key


def list_pages(pages: Iterable[int]) -> str:
    """Numbers as people say them: "2", "2 dan 5", "2, 3 dan 5"."""
    *first, last = (str(page) for page in pages)
    return f"{', '.join(first)} dan {last}" if first else last
