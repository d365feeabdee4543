"""A rule of the board as a draft: its text pasted, split, corrected, thrown away."""

from django.db import transaction
from django.db.models import Max

from boards.access import may_set_rule
from boards.audit import record
from boards.forms import EditConflict
from boards.models import Board, User
from boards.tenants import lock_board
from common.errors import RuleViolation
from deliberations.models import RuleArticle, RuleClause, RuleDocument, RuleVersion
from deliberations.statutes import Article, split_statute

KEEPER_SAYS = "Naskah aturan ditulis sekretaris atau koordinator. Mintalah kepadanya."


@transaction.atomic
def draft_rule(
    board: Board, *, kind: str, name: str, source: str, by: User
) -> RuleVersion:
    """Open a document with the draft of its first version.

    Raises RuleViolation `rules.keeper`, or what stops the text (`rules.no_articles`,
    `rules.only_chapters`, `rules.same_number`), and ValidationError.
    """
    _check_keeper(board, by)
    lock_board(board)
    document = RuleDocument(board=board, kind=kind, name=name.strip())
    document.full_clean()
    document.save()
    return _open_version(document, source, by)


@transaction.atomic
def draft_version(document: RuleDocument, *, source: str, by: User) -> RuleVersion:
    """Write the next version of a document.

    Raises RuleViolation `rules.keeper`, `rules.draft_exists`, and what stops the text.
    """
    document = locked_document(document)
    _check_keeper(document.board, by)
    if document.versions.filter(adopted_on=None).exists():
        raise RuleViolation(
            f"{document} sudah punya draf versi baru. Selesaikan atau hapus draf itu.",
            code="rules.draft_exists",
        )
    return _open_version(document, source, by)


@transaction.atomic
def edit_version(
    version: RuleVersion, *, source: str, seen_revision: int, by: User
) -> RuleVersion:
    """Correct the text of a draft; it is split anew.

    Who wrote it last stands as its writer: nobody adopts their own words alone.
    Raises EditConflict, RuleViolation `rules.keeper`, `rules.adopted`, and what stops
    the text.
    """
    current = locked_draft(version)
    _check_keeper(current.board, by)
    if current.revision != seen_revision:
        raise EditConflict(current)
    if current.source != source:
        current.created_by = by
    current.articles.all().delete()
    current.revision += 1
    _write_text(current, source)
    record(
        "deliberations.rule_changed", current, by=by, says=f"mengubah draf {current}"
    )
    return current


@transaction.atomic
def delete_version(version: RuleVersion, *, by: User) -> None:
    """Throw a draft away; a document without any version goes with it.

    Raises RuleViolation `rules.keeper` or `rules.adopted`.
    """
    current = locked_draft(version)
    _check_keeper(current.board, by)
    document = current.document
    record(
        "deliberations.rule_deleted", current, by=by, says=f"menghapus draf {current}"
    )
    current.delete()
    if not document.versions.exists():
        document.delete()


def _check_keeper(board: Board, by: User) -> None:
    if not may_set_rule(by, board, judges=False):
        raise RuleViolation(KEEPER_SAYS, code="rules.keeper")


def locked_version(version: RuleVersion) -> RuleVersion:
    """The row under lock, with its document and board."""
    rows = RuleVersion.objects.select_for_update(of=("self",))
    return rows.select_related("document", "board").get(pk=version.pk)


def locked_document(document: RuleDocument) -> RuleDocument:
    """The row under lock: acts on the versions of a document wait for each other."""
    rows = RuleDocument.objects.select_for_update(of=("self",))
    return rows.select_related("board").get(pk=document.pk)


def locked_draft(version: RuleVersion) -> RuleVersion:
    """A draft under lock. Raises RuleViolation `rules.adopted`."""
    locked_document(version.document)
    current = locked_version(version)
    if not current.is_draft:
        raise RuleViolation(
            f"{current} sudah ditetapkan, jadi isinya tetap. Perubahan ditulis sebagai"
            " versi baru.",
            code="rules.adopted",
        )
    return current


def _open_version(document: RuleDocument, source: str, by: User) -> RuleVersion:
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    version = RuleVersion(
        board=document.board, document=document, number=last + 1, created_by=by
    )
    _write_text(version, source)
    count = version.articles.count()
    record(
        "deliberations.rule_drafted",
        version,
        by=by,
        says=f"menulis draf {version} dengan {count} pasal",
    )
    return version


def _write_text(version: RuleVersion, source: str) -> None:
    """Split the text and keep its articles. Raises RuleViolation of what stops it."""
    statute = split_statute(source)
    if statute.stops:
        stop = statute.stops[0]
        raise RuleViolation(stop.says, code=stop.code)
    version.source, version.per_chapter = source, statute.per_chapter
    version.preamble, version.closing = statute.preamble, statute.closing
    version.full_clean(exclude=["created_by"], validate_constraints=False)
    version.save()
    rows = [
        _row_of(version, position, article)
        for position, article in enumerate(statute.articles, start=1)
    ]
    for row in rows:
        row.full_clean(exclude=["version"], validate_constraints=False)
    RuleArticle.objects.bulk_create(rows)
    kept = {row.position: row for row in version.articles.all()}
    RuleClause.objects.bulk_create(
        RuleClause(
            article=kept[place],
            position=position,
            level=clause.level,
            mark=clause.mark,
            label=clause.label,
            text=clause.text,
        )
        for place, article in enumerate(statute.articles, start=1)
        for position, clause in enumerate(article.clauses, start=1)
    )


def _row_of(version: RuleVersion, position: int, article: Article) -> RuleArticle:
    return RuleArticle(
        version=version,
        position=position,
        chapter=article.chapter,
        chapter_title=article.chapter_title,
        part=article.part,
        number=article.number,
        key=article.key,
        title=article.title,
    )
