"""The text of an AD, ART or other rule, split into chapters, articles and clauses.

Written after the spellings met in practice: BAB in Roman, Arabic or words; a title
beside its heading or below it; ayat as "(1)", "1." or "1)"; page numbers in between.
Source: governance sheet, section 2.2 (records of rule making), sources S7 to S11.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from deliberations.statutes.clauses import Clause, Problem, split_clauses
from deliberations.statutes.headings import (
    article_heading,
    bare_line,
    bare_title,
    chapter_heading,
    ends_the_rule,
    goes_on,
    is_in_the_way,
    is_part,
    is_short,
    is_title,
)
from deliberations.statutes.numerals import Numeral

MOST_CLAUSES = 5_000
# Longer lines were broken by the page, not by the writer.
LONG_LINE = 50


@dataclass(frozen=True)
class Article:
    """One pasal: where it stands, and its clauses in order.

    `number` is written as in the text ("14", "14A", "I"); `key` is its one name in
    the whole text: "14", "14a", or "2-1" where every chapter counts from one.
    """

    chapter: str
    chapter_title: str
    part: str
    number: str
    key: str
    title: str
    clauses: tuple[Clause, ...]
    line: int


@dataclass(frozen=True)
class Statute:
    """A whole rule as it was read, with what is odd about it, in order of lines."""

    preamble: str
    articles: tuple[Article, ...]
    closing: str
    problems: tuple[Problem, ...]
    per_chapter: bool = False

    @property
    def stops(self) -> tuple[Problem, ...]:
        """What must be mended before the text is kept."""
        return tuple(problem for problem in self.problems if problem.stops)


@dataclass
class _Chapter:
    number: str = ""
    value: int = 0
    title: str = ""


@dataclass
class _Draft:
    """An article while its lines are gathered."""

    chapter: _Chapter
    part: str
    number: str
    numeral: Numeral
    line: int
    title: str = ""
    body: list[tuple[int, str]] = field(default_factory=list)


def split_statute(text: str) -> Statute:
    """Split a rule into its articles; never raises, every oddity is a Problem.

    Problems that `stop`: no heading at all (`rules.no_articles`), chapters without
    articles (`rules.only_chapters`), two articles of one number (`rules.same_number`).
    """
    lines, dropped = _lines_of(text)
    reader = _Reader(lines)
    drafts = reader.read()
    if not drafts:
        return Statute(text.strip(), (), "", (_no_articles(reader),))
    per_chapter = _counts_per_chapter(drafts)
    articles, problems = [], [*dropped, *reader.problems]
    for draft in drafts:
        clauses, odd = split_clauses(draft.body)
        problems += odd
        articles.append(_article(draft, clauses, per_chapter=per_chapter))
    problems += [*_same_numbers(articles), *_jumps(drafts, per_chapter=per_chapter)]
    problems += [_empty(article) for article in articles if not article.clauses]
    problems += _too_many(articles)
    problems.sort(key=lambda problem: (not problem.stops, problem.line))
    return Statute(
        _prose(reader.preamble),
        tuple(articles),
        _prose(reader.closing),
        tuple(problems),
        per_chapter,
    )


def _lines_of(text: str) -> tuple[list[tuple[int, str]], list[Problem]]:
    """Numbered lines without decoration, page numbers and tables of contents."""
    found: list[tuple[int, str]] = []
    pages: list[int] = []
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    for number, raw in enumerate(plain.split("\n"), start=1):
        line = bare_line(raw)
        if line and is_in_the_way(line):
            pages.append(number)
        else:
            found.append((number, line))
    if not pages:
        return found, []
    first, count = pages[0], len(pages)
    says = f"{count} baris nomor halaman atau daftar isi dilewati, mulai baris {first}."
    return found, [Problem(first, "rules.skipped", says)]


class _Reader:
    """Walks the lines once: headings open chapters and articles, the rest is body."""

    def __init__(self, lines: list[tuple[int, str]]) -> None:
        self.lines = lines
        self.preamble: list[str] = []
        self.closing: list[str] = []
        self.problems: list[Problem] = []
        self.drafts: list[_Draft] = []
        self.chapter, self.part = _Chapter(), ""
        self.between: list[tuple[int, str]] = []
        self.chapters = 0
        self._last_heading = max(
            (at for at in range(len(lines)) if self._article_at(at)), default=-1
        )

    def read(self) -> list[_Draft]:
        """The articles with their lines; preamble, closing and problems beside them."""
        at = 0
        while at < len(self.lines):
            if self._ends_at(at):
                self.closing = [line for _, line in self.lines[at:]]
                break
            at = self._step(at)
        self._hang_between()
        return self.drafts

    def _step(self, at: int) -> int:
        """Read the line `at`; the next line to read."""
        number, line = self.lines[at]
        if heading := self._article_at(at):
            return self._open_article(at, *heading)
        if (found := chapter_heading(line)) and not self._goes_on(at):
            return self._open_chapter(at, *found)
        if is_part(line) and not self._goes_on(at):
            return self._open_part(at)
        if self.chapter.number and self._new_chapter():
            if line:
                self.between.append((number, line))
        elif self.drafts:
            self.drafts[-1].body.append((number, line))
        else:
            self.preamble.append(line)
        return at + 1

    def _new_chapter(self) -> bool:
        return not self.drafts or self.drafts[-1].chapter is not self.chapter

    def _open_chapter(self, at: int, number: str, value: int, rest: str) -> int:
        self._hang_between()
        self.chapters += 1
        self.chapter, self.part = _Chapter(number, value, rest), ""
        if rest:
            return at + 1
        return self._take_titles(at)

    def _take_titles(self, at: int) -> int:
        """The title below a chapter's heading, of one line or of two in capitals."""
        titles: list[str] = []
        at = self._skip_blank(at + 1)
        while at < len(self.lines) and len(titles) < 2:
            line = self.lines[at][1]
            wraps = not titles or (titles[0].isupper() and line.isupper())
            if self._is_heading(at) or not (is_title(line) and wraps):
                break
            titles.append(line)
            at += 1
        self.chapter.title = " ".join(titles)
        return at

    def _open_part(self, at: int) -> int:
        line, below = self.lines[at][1], self._skip_blank(at + 1)
        self.part = line
        if below < len(self.lines) and len(line.split()) < 3:
            title = self.lines[below][1]
            if is_title(title) and not self._is_heading(below):
                self.part = f"{line} {title}"
                return below + 1
        return at + 1

    def _open_article(self, at: int, number: str, numeral: Numeral, rest: str) -> int:
        line = self.lines[at][0]
        draft = _Draft(self.chapter, self.part, number, numeral, line)
        titled = bool(rest) and (is_title(rest) or is_short(rest))
        if rest and not titled:
            draft.body.append((draft.line, rest))
        draft.title = bare_title(rest) if titled else ""
        draft.body += self.between
        if self.between:
            self._tell_between()
        self.drafts.append(draft)
        return at + 1 if rest else self._take_title(draft, at)

    def _take_title(self, draft: _Draft, at: int) -> int:
        """The title below an article's heading; what stands alone there is its text."""
        below = self._skip_blank(at + 1)
        after = self._skip_blank(below + 1)
        alone = after >= len(self.lines) or self._is_heading(after)
        if below >= len(self.lines) or alone or self._is_heading(below):
            return at + 1
        line, following = self.lines[below][1], self.lines[after][1]
        begins = following[0].isupper() or not following[0].isalpha()
        if not (is_title(line) or (is_short(line) and begins)):
            return at + 1
        draft.title = bare_title(self.lines[below][1])
        return below + 1

    def _skip_blank(self, at: int) -> int:
        while at < len(self.lines) and not self.lines[at][1]:
            at += 1
        return at

    def _is_heading(self, at: int) -> bool:
        line = self.lines[at][1]
        return bool(self._article_at(at) or chapter_heading(line) or is_part(line))

    def _goes_on(self, at: int) -> bool:
        """The line before, without a blank between, has not come to its end."""
        return at > 0 and goes_on(self.lines[at - 1][1])

    def _article_at(self, at: int) -> tuple[str, Numeral, str] | None:
        return None if self._goes_on(at) else article_heading(self.lines[at][1])

    def _ends_at(self, at: int) -> bool:
        return at > self._last_heading >= 0 and ends_the_rule(self.lines[at][1])

    def _hang_between(self) -> None:
        """Text of a chapter that brought no article goes to the article before it."""
        if self.between and self.drafts:
            self.drafts[-1].body += self.between
            self._tell_between()
        elif self.between:
            self.preamble += [line for _, line in self.between]
            self.between = []

    def _tell_between(self) -> None:
        says = "Tulisan di antara judul bab dan pasal dimasukkan ke pasal terdekat."
        problem = Problem(self.between[0][0], "rules.between", says)
        self.problems.append(problem)
        self.between = []


def _prose(lines: list[str]) -> str:
    """Lines of a preamble; one that broke off in mid-sentence goes on."""
    found: list[str] = []
    for line in lines:
        broken = found and len(found[-1]) > LONG_LINE and found[-1][-1] not in ".;:"
        if line and broken:
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(found)).strip()


def _article(
    draft: _Draft, clauses: tuple[Clause, ...], *, per_chapter: bool
) -> Article:
    key = draft.numeral.key
    return Article(
        draft.chapter.number,
        draft.chapter.title,
        draft.part,
        draft.number,
        f"{draft.chapter.value}-{key}" if per_chapter else key,
        draft.title,
        clauses,
        draft.line,
    )


def _counts_per_chapter(drafts: list[_Draft]) -> bool:
    """Every chapter begins again at article one, and there are two or more of them."""
    firsts: dict[int, int] = {}
    for draft in drafts:
        firsts.setdefault(draft.chapter.value, draft.numeral.value)
    return len(firsts) > 1 and set(firsts.values()) == {1}


def _no_articles(reader: _Reader) -> Problem:
    if reader.chapters:
        return Problem(
            1,
            "rules.only_chapters",
            "Ada judul BAB, tetapi tidak ada judul Pasal. Tulis “Pasal 1” pada baris"
            " tersendiri di atas tiap pasal.",
            stops=True,
        )
    return Problem(
        1,
        "rules.no_articles",
        "Tidak ada judul BAB atau Pasal di tulisan ini. Tulis “BAB I” dan “Pasal 1”"
        " pada baris tersendiri, lalu periksa lagi.",
        stops=True,
    )


def _same_numbers(articles: list[Article]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for article in articles:
        if article.key in seen:
            yield Problem(
                article.line,
                "rules.same_number",
                f"Pasal {article.number} ada dua: baris {seen[article.key]} dan baris"
                f" {article.line}. Beri nomor yang berbeda.",
                stops=True,
            )
        seen.setdefault(article.key, article.line)


def _jumps(drafts: list[_Draft], *, per_chapter: bool) -> Iterator[Problem]:
    """Numbers left out, or going back, between neighbours."""
    for before, after in itertools.pairwise(drafts):
        if per_chapter and before.chapter is not after.chapter:
            continue
        step = after.numeral.value - before.numeral.value
        if step > 1 or step < 0:
            yield Problem(
                after.line,
                "rules.jump",
                f"Sesudah Pasal {before.number} langsung Pasal {after.number}. Periksa"
                " apakah ada pasal yang terlewat.",
            )


def _too_many(articles: list[Article]) -> Iterator[Problem]:
    if sum(len(article.clauses) + 1 for article in articles) > MOST_CLAUSES:
        says = f"Naskah ini lebih dari {MOST_CLAUSES} ayat. Bagi menjadi dua dokumen."
        yield Problem(1, "rules.too_many", says, stops=True)


def _empty(article: Article) -> Problem:
    says = f"Pasal {article.number} tidak berisi."
    return Problem(article.line, "rules.empty", says)
