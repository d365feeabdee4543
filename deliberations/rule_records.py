"""The canonical record of an adopted rule: what the chain remembers."""

from typing import Any

from django.db.models import QuerySet

from deliberations.models import RuleArticle, RuleVersion


def adopted_versions() -> QuerySet[RuleVersion]:
    """The rows that have a link in the chain: every adopted version."""
    return RuleVersion.objects.adopted()


def version_record(pk: str | int) -> dict[str, Any] | None:
    """Rebuild the record of an adopted version from its rows; None if it is gone.

    Its last day is not in it: that is written down later.
    """
    rows = RuleVersion.objects.select_related("document", "decision")
    version = rows.filter(pk=pk).first()
    if version is None:
        return None
    articles = version.articles.prefetch_related("clauses")
    return {
        "kind": "deliberations.rule",
        "board": version.board_id,
        "document": [version.document.kind, version.document.name],
        "number": version.number,
        "adopted_on": version.adopted_on,
        "in_force_on": version.in_force_on,
        "forum": version.forum,
        "decision": version.decision.number_text if version.decision else "",
        "deed": [version.deed_number, version.deed_on, version.deed_notary],
        "preamble": version.preamble,
        "closing": version.closing,
        "articles": [_article(article) for article in articles],
    }


def _article(article: RuleArticle) -> list[Any]:
    return [
        article.chapter,
        article.chapter_title,
        article.part,
        article.number,
        article.key,
        article.title,
        [[row.level, row.mark, row.label, row.text] for row in article.clauses.all()],
    ]
