"""Naskah aturan: one version of a rule, with how it was adopted and its contents.

Source: governance sheet, section 2.2 (version, forum, deed, in force; old texts stay).
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from common.errors import RuleViolation
from common.words import format_date, no_break
from deliberations.models import RuleArticle, RuleVersion
from deliberations.rule_rows import articles_of
from reports.builders.letters import (
    Paper,
    coordinator_signs,
    figure_words,
    home_of,
    letterhead_of,
)
from reports.frame import Signer

NONE = "tidak ada"
SENTENCE = 80


@dataclass(frozen=True)
class ClauseRow:
    """One ayat, huruf or paragraph: its mark hangs left of the text."""

    level: int
    mark: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ArticleRow:
    """One pasal; `anchor` is where the contents lead, `part` the bagian it opens."""

    anchor: str
    label: str
    title: str
    part: str
    clauses: tuple[ClauseRow, ...]


@dataclass(frozen=True)
class ChapterRow:
    """One bab with its articles; without a label the articles stand by themselves."""

    anchor: str
    label: str
    title: str
    articles: tuple[ArticleRow, ...]


@dataclass(frozen=True, kw_only=True)
class RulePaper(Paper):
    """A version of a rule as it is printed."""

    name: str
    is_draft: bool
    facts: tuple[tuple[str, str], ...]
    # Lines of the opening, and whether one is a heading of it.
    preamble: tuple[tuple[str, bool], ...]
    chapters: tuple[ChapterRow, ...]
    closing_words: tuple[str, ...]
    closing: str
    dated: str
    signer: Signer

    @property
    def signers(self) -> tuple[Signer, ...]:
        """The koordinator at the right, under place and date."""
        place = f"{self.place}, {self.dated}"
        return Signer(), replace(self.signer, above=place)


def build(version: RuleVersion, *, number: str, on: datetime.date) -> RulePaper:
    """Read a version as it stands on the day `on`.

    Raises RuleViolation `paper.rule_draft` when a draft is to go out with a number,
    and `paper.no_coordinator`.
    """
    if version.is_draft and number:
        raise RuleViolation(
            "Naskah ini belum ditetapkan. Sekarang baru ada drafnya.",
            code="paper.rule_draft",
        )
    board, articles = version.board, articles_of(version)
    return RulePaper(
        letterhead=letterhead_of(board),
        title=str(version),
        public_title=str(version),
        place=home_of(board),
        dated_on=on,
        number=number,
        name=version.document.name,
        is_draft=version.is_draft,
        facts=tuple(_facts(version, on)),
        preamble=tuple(_opening(version.preamble)),
        chapters=tuple(_chapters(articles)),
        closing_words=_paragraphs(version.closing),
        closing=_closing(version, articles),
        dated=format_date(on, unbroken=True),
        signer=Signer() if version.is_draft else coordinator_signs(board, on),
    )


def _facts(version: RuleVersion, on: datetime.date) -> Iterable[tuple[str, str]]:
    """Label and words of the block under the title."""
    yield "Versi", str(version.number)
    if version.is_draft:
        yield "Keadaan", "draf, belum ditetapkan"
        return
    yield "Ditetapkan", _adopted(version)
    yield "Keputusan", version.decision.number_text if version.decision else NONE
    yield "Akta notaris", _deed(version)
    yield "Berlaku mulai", format_date(version.in_force_on, unbroken=True)
    yield "Keadaan", _state(version, on)


def _adopted(version: RuleVersion) -> str:
    """Forum and day; a forum that is a meeting of the portal names its day already."""
    day = format_date(version.adopted_on)
    return no_break(
        version.forum if day in version.forum else f"{version.forum}, {day}"
    )


def _deed(version: RuleVersion) -> str:
    if not version.deed_number:
        return NONE
    day = f" tanggal {format_date(version.deed_on)}" if version.deed_on else ""
    notary = f", {version.deed_notary}" if version.deed_notary else ""
    return no_break(f"Nomor {version.deed_number}{day}{notary}")


def _state(version: RuleVersion, on: datetime.date) -> str:
    """ "Berlaku"; of an ended one since when, and why where it was taken back."""
    word = version.state_tag(on)[1].lower()
    if version.ends_on is None:
        return word
    since = no_break(f"tidak berlaku mulai {format_date(version.ends_on)}")
    why = f" karena dicabut: {version.revoke_reason}" if version.revoke_reason else ""
    return f"{since}{why}" if version.ends_on <= on else f"{word}; {since}{why}"


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(no_break(line) for line in text.split("\n") if line.strip())


def _opening(text: str) -> Iterable[tuple[str, bool]]:
    """Lines before the first sentence are the name of the rule, in the middle."""
    is_heading = True
    for line in _paragraphs(text):
        is_heading = is_heading and len(line) < SENTENCE and line[-1] not in ".,;:"
        yield line, is_heading


def _chapters(articles: list[RuleArticle]) -> Iterable[ChapterRow]:
    """Articles by chapter, in the order of the text."""
    groups: list[list[RuleArticle]] = []
    for article in articles:
        if article.opens_chapter or not groups:
            groups.append([])
        groups[-1].append(article)
    for at, group in enumerate(groups, start=1):
        first = group[0]
        yield ChapterRow(
            anchor=f"bab-{at}",
            label=f"BAB {first.chapter}" if first.chapter else "",
            title=no_break(first.chapter_title.upper()),
            articles=tuple(_article(article) for article in group),
        )


def _article(article: RuleArticle) -> ArticleRow:
    return ArticleRow(
        anchor=article.anchor,
        label=no_break(f"Pasal {article.number}"),
        title=no_break(article.title),
        part=no_break(article.part) if article.opens_part else "",
        clauses=tuple(
            ClauseRow(clause.level, clause.mark, _paragraphs(clause.text))
            for clause in article.clauses.all()
        ),
    )


def _closing(version: RuleVersion, articles: list[RuleArticle]) -> str:
    """The last sentence: how much it holds, and what it is a copy of."""
    count = figure_words(len(articles))
    if version.is_draft:
        return no_break(
            f"Draf ini memuat {count} pasal dan belum menjadi dasar apa pun."
        )
    return no_break(
        f"Naskah ini memuat {count} pasal, sama dengan yang ditetapkan"
        f" {format_date(version.adopted_on)} dan tercatat di portal."
    )
