"""Rules ready to be shown: lists, articles in their chapters, what changed."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from boards.models import Board
from boards.roles import Permission
from boards.rulebook import PARAMETERS
from common.words import format_date, format_date_short
from deliberations.models import (
    Decision,
    DecisionBasis,
    RuleArticle,
    RuleDocument,
    RuleVersion,
    SettingBasis,
)
from deliberations.services.citing import values_resting_on
from deliberations.statutes import Passage, compare, split_statute

USES_SHOWN = 5
EXCERPT = 60
CHANGE_WORDS = {
    "changed": ("wait", "Diubah"),
    "moved": ("wait", "Pindah nomor"),
    "added": ("ok", "Baru"),
    "removed": ("bad", "Dihapus"),
}


def address_of(version: RuleVersion) -> str:
    """The page of a version."""
    kwargs = {"board_slug": version.board.slug, "pk": version.pk}
    return reverse("deliberations:rule_version", kwargs=kwargs)


def document_rows(documents: list[RuleDocument], board: Board) -> list[dict]:
    """Lines of the list: the version that holds today, else the newest; drafts."""
    today = board.today()
    return [_document_row(document, board, today) for document in documents]


def _document_row(document: RuleDocument, board: Board, today: datetime.date) -> dict:
    versions = list(document.versions.all())
    held = next((row for row in versions if row.state_tag(today)[1] == "Berlaku"), None)
    shown = held or versions[0]
    shown.board = board
    drafts = [row for row in versions if row.is_draft and row is not shown]
    for row in drafts:
        row.board = board
    since = format_date_short(shown.in_force_on) if shown.in_force_on else "–"
    return {
        "url": address_of(shown),
        "name": document.name,
        "kind": document.get_kind_display(),
        "number": shown.number,
        "state": shown.state_tag(today),
        "since": since,
        "drafts": [(address_of(row), f"Draf versi {row.number}") for row in drafts],
    }


def articles_of(version: RuleVersion) -> list[RuleArticle]:
    """Articles with their clauses; the first of each chapter and part is marked."""
    rows = list(version.articles.prefetch_related("clauses"))
    chapter = part = None
    for row in rows:
        row.opens_chapter = (row.chapter, row.chapter_title) != chapter
        row.opens_part = bool(row.part) and (row.opens_chapter or row.part != part)
        chapter, part = (row.chapter, row.chapter_title), row.part
    return rows


def draft_facts(version: RuleVersion, on: datetime.date) -> dict[str, Any]:
    """How many articles a draft has, and the version that holds on a day, if any."""
    others = RuleVersion.objects.filter(document=version.document_id)
    held = others.in_force(on).only("number", "in_force_on").first()
    return {"articles": version.articles.count(), "held": held}


@dataclass(frozen=True)
class Use:
    """What rests on an article: its name, when, and its page."""

    name: str
    note: str
    url: str


def uses_of(
    version: RuleVersion, rights: Collection[Permission]
) -> dict[int, list[Use]]:
    """By article: rule values and the newest decisions that cite it."""
    slug = version.board.slug
    found: dict[int, list[Use]] = defaultdict(list)
    settings = SettingBasis.objects.filter(article__version=version)
    for row in settings.select_related("setting").order_by("pk"):
        label = PARAMETERS[row.setting.name].label
        note = f"sejak {format_date(row.setting.starts_on)}"
        url = reverse("boards:setting_list", kwargs={"board_slug": slug})
        found[row.article_id].append(Use(label, note, url))
    if Permission.VIEW_MEETINGS not in rights:
        return found
    decisions = Decision.objects.readable_with(rights)
    bases = DecisionBasis.objects.filter(
        article__version=version, decision__in=decisions
    )
    shown: Counter[int] = Counter()
    bases = bases.select_related("decision").order_by("-decision__held_on", "-pk")
    for row in bases[:500]:
        shown[row.article_id] += 1
        if shown[row.article_id] <= USES_SHOWN:
            found[row.article_id].append(_decision_use(row, slug))
    return found


def value_rows(
    version: RuleVersion, *, since: datetime.date
) -> list[tuple[str, str, str]]:
    """Rule values that need this rule from a day on: label, citation, page to set.

    What the citing service refuses to take away.
    """
    slug = version.board.slug
    return [
        (
            PARAMETERS[basis.setting.name].label,
            basis.says,
            reverse("boards:setting_new", args=[slug, basis.setting.name]),
        )
        for basis in values_resting_on(version, since=since)
    ]


def _decision_use(row: DecisionBasis, slug: str) -> Use:
    kwargs = {"board_slug": slug, "pk": row.decision_id}
    url = reverse("deliberations:decision_page", kwargs=kwargs)
    number = row.decision.number_text or "draf keputusan"
    return Use(row.decision.title, number, url)


def history_rows(
    versions: list[RuleVersion], here: RuleVersion, *, on: datetime.date
) -> list[dict]:
    """Versions of a document, newest first, as the thread shows them."""
    rows = []
    for version in versions:
        version.board, version.document = here.board, here.document
        word = version.state_tag(on)[1]
        is_here = version.pk == here.pk
        rows.append(
            {
                "title": f"Versi {version.number}",
                "url": "" if is_here else address_of(version),
                "value": word,
                "note": _span(version),
                "state": "on" if is_here else "todo" if version.is_draft else "",
            }
        )
    return rows


def _span(version: RuleVersion) -> str:
    if version.is_draft:
        return "belum ditetapkan"
    since = format_date(version.in_force_on)
    if version.ends_on is None:
        return f"sejak {since}"
    until = format_date(version.ends_on - datetime.timedelta(days=1))
    return f"{since} sampai {until}" if version.ends_on > version.in_force_on else since


def changes_between(old: RuleVersion, new: RuleVersion) -> dict[str, Any]:
    """What a reader of two versions sees: changed articles, and how many stayed."""
    changes = compare(_passages(old), _passages(new))
    counts = Counter(change.kind for change in changes)
    return {
        "same": counts["same"],
        "changes": [
            {
                "tag": CHANGE_WORDS[change.kind],
                "heading": (change.new or change.old).heading,
                "before": change.old.heading if _is_renamed(change) else "",
                "pieces": change.pieces,
            }
            for change in changes
            if change.kind != "same"
        ],
    }


def _is_renamed(change) -> bool:
    both = change.old and change.new
    return bool(both) and change.old.heading != change.new.heading


def _passages(version: RuleVersion) -> list[Passage]:
    return [
        Passage(row.key, f"{row.label} {row.title}".strip(), row.plain)
        for row in version.articles.prefetch_related("clauses")
    ]


def split_shown(text: str) -> dict[str, Any]:
    """How a text would be split: problems with the line they are about, articles."""
    statute = split_statute(text)
    lines = text.replace("\r\n", "\n").split("\n")
    return {
        "statute": statute,
        "problems": [
            (problem, lines[problem.line - 1].strip()[:EXCERPT])
            for problem in statute.problems
        ],
        "clauses": sum(len(article.clauses) for article in statute.articles),
        "chapters": len({article.chapter for article in statute.articles} - {""}),
    }
