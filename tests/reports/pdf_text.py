"""Reading a finished PDF as a person would: its words and where they stand."""

import subprocess
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from re import compile as pattern

MM = 72 / 25.4
PAGE = pattern(r'<page width="([\d.]+)" height="([\d.]+)">')
WORD = pattern(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">'
    r"(.*?)</word>"
)
# Left and right margin in mm by the size of the page in mm (papers: page geometry).
MARGINS = {
    (210, 297): (30, 20),
    (215, 330): (30, 20),
    (297, 210): (20, 15),
    (330, 215): (20, 15),
    (215, 165): (25, 15),
    (297, 420): (18, 18),
}
HEAD_MM = 9  # nothing of the body stands higher
FOOTER_MM = 22  # the lowest bottom margin; words below it belong to the footer


@dataclass(frozen=True)
class Word:
    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def size_mm(self) -> tuple[int, int]:
        return round(self.width / MM), round(self.height / MM)


def _run(command: list[str], content: bytes) -> str:
    done = subprocess.run(command, input=content, capture_output=True, check=True)
    return done.stdout.decode()


def page_texts(content: bytes) -> list[str]:
    """The text of each page, blanks and line ends made one blank."""
    whole = _run(["pdftotext", "-layout", "-", "-"], content)
    return [" ".join(page.split()) for page in whole.split("\f")[:-1]]


def pages(content: bytes) -> list[Page]:
    """Each page with its words and their boxes in points from the top left."""
    source = _run(["pdftotext", "-bbox", "-", "-"], content)
    starts = [*(match.start() for match in PAGE.finditer(source)), len(source)]
    found = []
    for start, end in pairwise(starts):
        part = source[start:end]
        width, height = (float(edge) for edge in PAGE.match(part).groups())
        words = tuple(
            Word(unescape(text), *(float(edge) for edge in box))
            for *box, text in WORD.findall(part)
        )
        found.append(Page(width, height, words))
    return found


def words_outside_margins(content: bytes, *, slack: float = 1.0) -> list[str]:
    """Words left or right of the content box, as `page: word`; `slack` in points."""
    outside = []
    for number, page in enumerate(pages(content), start=1):
        left, right = (edge * MM for edge in MARGINS[page.size_mm])
        outside += [
            f"{number}: {word.text}"
            for word in page.words
            if word.left < left - slack or word.right > page.width - right + slack
        ]
    return outside


def words_above(content: bytes, phrase: str) -> int:
    """Body words over the first word of `phrase` on the last page that holds it.

    For signature blocks: a block alone on its page has none above its first line.
    """
    wanted = phrase.split()
    for page in reversed(pages(content)):
        texts = [word.text for word in page.words]
        for at in range(len(texts) - len(wanted) + 1):
            if texts[at : at + len(wanted)] == wanted:
                line, head = page.words[at].top, HEAD_MM * MM
                return sum(head < word.bottom <= line + 1 for word in page.words)
    raise AssertionError(f"{phrase!r} is on no page")


def footer_words(page: Page) -> tuple[Word, ...]:
    """The words under the hairline of a page."""
    return tuple(word for word in page.words if word.top > page.height - FOOTER_MM * MM)
