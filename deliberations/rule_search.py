"""What search knows of rules: every article of a version that was adopted."""

from boards.indexing import Entry, Source, put_entries
from deliberations.models import RuleArticle, RuleVersion

ARTICLE, RULE = "article", "rule"


def article_entry(article: RuleArticle) -> Entry:
    """One pasal with its ayat, read on the page of its version."""
    version = article.version
    document = version.document
    name = f"{document.short} {article.label}"
    return Entry(
        kind=ARTICLE,
        pk=article.pk,
        board=version.board,
        day=version.in_force_on,
        title=f"{name}: {article.title}" if article.title else name,
        note=f"versi {version.number}",
        text=article.plain,
        more=f"{document} {article.chapter_title} {article.part}",
        page=(RULE, version.pk),
    )


def index_version(version: RuleVersion) -> None:
    """Let the articles of an adopted version be found; older versions stay."""
    put_entries(map(article_entry, _articles().filter(version=version)))


def _articles():
    rows = RuleArticle.objects.filter(version__adopted_on__isnull=False)
    rows = rows.select_related("version__board", "version__document")
    return rows.prefetch_related("clauses")


ARTICLES = Source(ARTICLE, _articles, article_entry)
