"""What rests on which article: rule values of the board, and decisions."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch

from boards.models import Board, BoardSetting, User
from common.errors import RuleViolation
from common.words import format_date
from deliberations.models import (
    Decision,
    DecisionBasis,
    RuleArticle,
    RuleClause,
    RuleDocument,
    RuleVersion,
    SettingBasis,
)
from deliberations.statutes import Cited, read_citation, same_clause


@dataclass(frozen=True)
class Basis:
    """An article found by its citation, and how it is said from now on."""

    article: RuleArticle
    clause: RuleClause | None
    says: str


def find_basis(board: Board, text: str, *, on: datetime.date) -> Basis:
    """The article or clause that a citation names, in force on a day.

    Raises RuleViolation `rules.unread`, `rules.not_in_force`, `rules.which_document`,
    `rules.no_article` or `rules.no_clause`.
    """
    cited = read_citation(text)
    if cited is None:
        raise RuleViolation(
            f"“{text}” belum menyebut pasal. Tulis seperti ART pasal 14 ayat (2).",
            code="rules.unread",
        )
    versions = RuleVersion.objects.filter(board=board).in_force(on)
    called = [row for row in versions.select_related("document") if _is(row, cited)]
    if not called:
        raise RuleViolation(
            f"Tidak ada dokumen “{cited.document or text}” yang berlaku pada"
            f" {format_date(on)}. Periksa namanya di Dokumen aturan.",
            code="rules.not_in_force",
        )
    return _inside(_the_one(called, cited), cited)


def _is(version: RuleVersion, cited: Cited) -> bool:
    """The document bears this name, or is of the kind that is named."""
    document = version.document
    return _is_named(document, cited) or _same(document.get_kind_display(), cited)


def _is_named(document: RuleDocument, cited: Cited) -> bool:
    return _same(document.short, cited) or _same(document.name, cited)


def _same(name: str, cited: Cited) -> bool:
    return name.casefold() == cited.document.casefold()


def _the_one(called: list[RuleVersion], cited: Cited) -> RuleVersion:
    """The document of that name; a kind alone tells only where there is one of it."""
    named = [row for row in called if _is_named(row.document, cited)] or called
    if len(named) > 1:
        names = " atau ".join(f"“{row.document.name}”" for row in named)
        raise RuleViolation(
            f"Ada lebih dari satu {cited.document}. Tulis nama lengkapnya: {names}.",
            code="rules.which_document",
        )
    return named[0]


def _inside(version: RuleVersion, cited: Cited) -> Basis:
    """The cited part of a version; a chapter counts only where it must."""
    short = version.document.short
    key = cited.article if version.per_chapter else cited.article.rpartition("-")[2]
    article = version.articles.filter(key=key).first()
    if article is None:
        raise RuleViolation(
            f"{short} yang berlaku tidak punya pasal itu. Periksa nomornya.",
            code="rules.no_article",
        )
    if not cited.clause:
        return Basis(article, None, f"{short} {article.label}")
    rows = article.clauses.all()
    clause = next((row for row in rows if same_clause(row.label, cited.clause)), None)
    if clause is None:
        raise RuleViolation(
            f"{short} {article.label} tidak punya {cited.clause}. Periksa nomornya.",
            code="rules.no_clause",
        )
    return Basis(article, clause, f"{short} {article.label} {clause.label}")


@transaction.atomic
def cite_setting(setting: BoardSetting, *, by: User) -> SettingBasis | None:
    """Tie a new rule value to the article it cites, if it names a recorded rule.

    What rests on something else ("Keputusan rapat 12 Maret") or on a rule that nobody
    recorded stays a text: None. Raises RuleViolation as `find_basis`.
    """
    cited = read_citation(setting.article)
    if cited is None or not _is_recorded(setting.board, cited):
        return None
    # A rule that is being taken back waits for this value, or this value for it.
    documents = RuleDocument.objects.filter(board=setting.board).order_by("pk")
    list(documents.select_for_update())
    basis = find_basis(setting.board, setting.article, on=setting.starts_on)
    return SettingBasis.objects.create(
        setting=setting, article=basis.article, clause=basis.clause, says=basis.says
    )


def values_resting_on(
    version: RuleVersion, *, since: datetime.date
) -> list[SettingBasis]:
    """Bases in this rule of values that hold on a day or later, by name.

    One that was set under an earlier version rests on the same document.
    """
    replaced = BoardSetting.objects.filter(
        board=OuterRef("setting__board"),
        name=OuterRef("setting__name"),
        starts_on__gt=OuterRef("setting__starts_on"),
        starts_on__lte=since,
    )
    document = version.document_id
    rows = SettingBasis.objects.filter(
        ~Exists(replaced), article__version__document=document
    )
    return list(rows.select_related("setting").order_by("setting__name", "pk"))


def _is_recorded(board: Board, cited: Cited) -> bool:
    """Some version of the named document was adopted, in force or not."""
    adopted = RuleVersion.objects.filter(board=board).adopted()
    return any(_is(row, cited) for row in adopted.select_related("document"))


def cite_decision(decision: Decision, texts: Sequence[str], *, number: int) -> None:
    """Tie a draft decision to the articles it cites, in place of those before.

    `number` is its place in the item, for the sentence. Raises RuleViolation as
    `find_basis`: each must be in force on the day of the meeting.
    """
    decision.bases.all().delete()
    found: dict[str, Basis] = {}
    for text in texts:
        try:
            basis = find_basis(decision.board, text, on=decision.held_on)
        except RuleViolation as refused:
            says = f"Keputusan {number}, dasar: {refused}"
            raise RuleViolation(says, code=refused.code) from refused
        found[basis.says] = basis
    DecisionBasis.objects.bulk_create(
        DecisionBasis(
            decision=decision,
            position=position,
            article=basis.article,
            clause=basis.clause,
            says=basis.says,
        )
        for position, basis in enumerate(found.values(), start=1)
    )


def citable(board: Board, *, on: datetime.date) -> list[str]:
    """Every article in force on a day, and its ayat, as one would cite them."""
    clauses = RuleClause.objects.filter(level=0).exclude(label="")
    articles = RuleArticle.objects.prefetch_related(
        Prefetch("clauses", queryset=clauses)
    )
    versions = RuleVersion.objects.filter(board=board).in_force(on)
    rows = versions.select_related("document").order_by("document__kind", "pk")
    return [
        says
        for version in rows.prefetch_related(Prefetch("articles", queryset=articles))
        for article in version.articles.all()
        for says in _ways_to_cite(version.document, article)
    ]


def _ways_to_cite(document: RuleDocument, article: RuleArticle) -> list[str]:
    whole = f"{document.short} {article.label}"
    return [whole, *(f"{whole} {clause.label}" for clause in article.clauses.all())]
