"""A rule of the board from pasted text to adoption, and to its last day."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from boards.access import may_set_rule
from boards.audit import record
from boards.chain import add_link
from boards.forms import EditConflict
from boards.models import Board, User
from boards.parameters import setting_of
from common.errors import RuleViolation
from common.words import format_date
from deliberations.models import (
    Decision,
    RuleArticle,
    RuleClause,
    RuleDocument,
    RuleVersion,
)
from deliberations.rule_records import version_record
from deliberations.rule_search import index_version
from deliberations.statutes import Article, split_statute
from members.services.terms import lock_board

KEEPER_SAYS = "Naskah aturan ditulis sekretaris atau koordinator. Mintalah kepadanya."
ADOPTER_SAYS = "Penetapan aturan dicatat koordinator. Mintalah kepadanya."


@dataclass(frozen=True)
class Adoption:
    """How a version was adopted: by whom it was judged, when, and from when it holds.

    Texts from before the portal have no decision; their forum is typed.
    """

    adopted_on: datetime.date
    in_force_on: datetime.date
    forum: str = ""
    decision: Decision | None = None
    deed_number: str = ""
    deed_on: datetime.date | None = None
    deed_notary: str = ""


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
    document = _locked_document(document)
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
    current = _locked_draft(version)
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
    current = _locked_draft(version)
    _check_keeper(current.board, by)
    document = current.document
    record(
        "deliberations.rule_deleted", current, by=by, says=f"menghapus draf {current}"
    )
    current.delete()
    if not document.versions.exists():
        document.delete()


@transaction.atomic
def adopt_version(
    version: RuleVersion, *, how: Adoption, on: datetime.date, by: User
) -> RuleVersion:
    """Freeze a draft as adopted; the version before it ends when this one begins.

    `on` is today. Raises RuleViolation `rules.adopter`, `rules.own_text`,
    `rules.adopted`, `rules.no_forum`, `rules.adopted_in_future`,
    `rules.in_force_before_adoption`, `rules.before_meeting`, `rules.other_decision`,
    `rules.deed_before_adoption`, `rules.cited_after`, `rules.same_start`.
    Source: governance sheet, section 2.2 (draft, adopted, published, in force).
    """
    current = _locked_draft(version)
    _check_adopter(current, how, by, on=on)
    _check_days(how, on=on)
    forum = how.forum.strip()
    if how.decision:
        _check_decision(current, how)
        meeting = how.decision.meeting
        forum = forum or f"{meeting.title} {format_date(meeting.held_on)}"
    if not forum:
        raise RuleViolation(
            "Tulis forum yang menetapkan, misalnya Rembug warga kelurahan.",
            code="rules.no_forum",
        )
    current.adopted_on, current.adopted_by = how.adopted_on, by
    current.in_force_on, current.forum = how.in_force_on, forum[:160]
    current.decision = how.decision
    current.deed_number, current.deed_on = how.deed_number.strip(), how.deed_on
    current.deed_notary = how.deed_notary.strip()
    _take_place(current)
    current.revision += 1
    current.full_clean(exclude=["created_by", "source"])
    current.save()
    index_version(current)
    frozen = version_record(current.pk)
    add_link("deliberations.rule", current, frozen, board=current.board)
    record("deliberations.rule_adopted", current, by=by, says=_adopted_says(current))
    return current


@transaction.atomic
def revoke_version(
    version: RuleVersion, *, ends_on: datetime.date, reason: str, by: User
) -> RuleVersion:
    """Take an adopted version back from a day on, without another in its place.

    Raises RuleViolation `rules.adopter`, `rules.not_adopted`, `rules.ended`,
    `rules.no_reason`, `rules.ends_before_start`, `rules.cited_after`.
    """
    current = _locked(version)
    if not may_set_rule(by, current.board, judges=True):
        raise RuleViolation(ADOPTER_SAYS, code="rules.adopter")
    if current.is_draft:
        raise RuleViolation(
            "Versi ini masih draf. Hapus drafnya saja.", code="rules.not_adopted"
        )
    if current.ends_on:
        raise RuleViolation(
            f"Versi ini sudah tidak berlaku mulai {format_date(current.ends_on)}.",
            code="rules.ended",
        )
    if not reason.strip():
        raise RuleViolation("Tulis alasan pencabutan.", code="rules.no_reason")
    if ends_on < current.in_force_on:
        raise RuleViolation(
            f"Versi ini berlaku mulai {format_date(current.in_force_on)}. Pilih tanggal"
            " itu atau sesudahnya.",
            code="rules.ends_before_start",
        )
    _refuse_cited(current, since=ends_on)
    current.ends_on, current.revoked_by = ends_on, by
    current.revoke_reason = reason.strip()
    current.revision += 1
    current.save()
    says = f"mencabut {current} mulai {format_date(ends_on)}: {current.revoke_reason}"
    record("deliberations.rule_revoked", current, by=by, says=says)
    return current


def _check_keeper(board: Board, by: User) -> None:
    if not may_set_rule(by, board, judges=False):
        raise RuleViolation(KEEPER_SAYS, code="rules.keeper")


def _locked(version: RuleVersion) -> RuleVersion:
    rows = RuleVersion.objects.select_for_update(of=("self",))
    return rows.select_related("document", "board").get(pk=version.pk)


def _locked_document(document: RuleDocument) -> RuleDocument:
    rows = RuleDocument.objects.select_for_update(of=("self",))
    return rows.select_related("board").get(pk=document.pk)


def _locked_draft(version: RuleVersion) -> RuleVersion:
    _locked_document(version.document)
    current = _locked(version)
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


def _check_adopter(
    version: RuleVersion, how: Adoption, by: User, *, on: datetime.date
) -> None:
    """Who wrote a text does not adopt it alone: a decision or a second person does."""
    if not may_set_rule(by, version.board, judges=True):
        raise RuleViolation(ADOPTER_SAYS, code="rules.adopter")
    alone = version.created_by_id == by.pk and how.decision is None
    if alone and not setting_of(version.board, "one_person_office", on=on).value:
        raise RuleViolation(
            "Anda sendiri yang menulis naskah ini. Pilih keputusan yang menetapkannya,"
            " atau minta sekretaris menuliskan naskahnya.",
            code="rules.own_text",
        )


def _check_days(how: Adoption, *, on: datetime.date) -> None:
    if how.adopted_on > on:
        raise RuleViolation(
            "Tanggal penetapan paling lambat hari ini.", code="rules.adopted_in_future"
        )
    if how.in_force_on < how.adopted_on:
        raise RuleViolation(
            f"Tanggal berlaku {format_date(how.in_force_on)} mendahului penetapan"
            f" {format_date(how.adopted_on)}. Pilih tanggal penetapan atau sesudahnya.",
            code="rules.in_force_before_adoption",
        )
    if how.deed_on and how.deed_on < how.adopted_on:
        raise RuleViolation(
            f"Akta {format_date(how.deed_on)} mendahului penetapan"
            f" {format_date(how.adopted_on)}. Periksa kedua tanggalnya.",
            code="rules.deed_before_adoption",
        )


def _check_decision(version: RuleVersion, how: Adoption) -> None:
    """The decision is of this board, in force, about a rule, not of later."""
    rows = Decision.objects.filter(board=version.board).in_force()
    decision = rows.filter(pk=how.decision.pk, kind=Decision.Kind.RULE).first()
    if decision is None:
        raise RuleViolation(
            "Pilih keputusan berjenis Aturan yang sudah disahkan dan disetujui.",
            code="rules.other_decision",
        )
    if how.adopted_on < decision.held_on:
        raise RuleViolation(
            f"Tanggal penetapan {format_date(how.adopted_on)} mendahului musyawarahnya,"
            f" {format_date(decision.held_on)}.",
            code="rules.before_meeting",
        )


def _take_place(version: RuleVersion) -> None:
    """End the version before at this one's start; end this one at the next one's."""
    others = version.document.versions.adopted()
    if others.filter(in_force_on=version.in_force_on).exists():
        raise RuleViolation(
            f"Sudah ada versi yang berlaku mulai {format_date(version.in_force_on)}."
            " Pilih tanggal lain.",
            code="rules.same_start",
        )
    earlier = others.filter(in_force_on__lt=version.in_force_on)
    before = earlier.order_by("-in_force_on").first()
    if before and (before.ends_on is None or before.ends_on > version.in_force_on):
        _refuse_cited(before, since=version.in_force_on)
        before.ends_on, before.revision = version.in_force_on, before.revision + 1
        before.save()
    later = others.filter(in_force_on__gt=version.in_force_on)
    after = later.order_by("in_force_on").first()
    version.ends_on = after.in_force_on if after else None


def _refuse_cited(version: RuleVersion, *, since: datetime.date) -> None:
    """A decision of that day or later already rests on an article of this version."""
    cited = Decision.objects.filter(
        bases__article__version=version, held_on__gte=since
    ).first()
    if cited:
        raise RuleViolation(
            f"Keputusan “{cited.title}” tanggal {format_date(cited.held_on)} memakai"
            f" pasal {version} sebagai dasar. Pilih tanggal sesudahnya.",
            code="rules.cited_after",
        )


def _adopted_says(version: RuleVersion) -> str:
    basis = f", keputusan {version.decision.number_text}" if version.decision else ""
    return (
        f"menetapkan {version} menurut {version.forum}{basis}, berlaku mulai"
        f" {format_date(version.in_force_on)}"
    )
