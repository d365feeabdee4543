"""Search over minutes, decisions, follow-ups, works and scans of one's reach."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from boards.indexing import board_token, region_token
from boards.models import Board, Region, SearchEntry
from boards.roles import Permission
from common.asking import Asked, all_but_one_of, all_of
from common.excerpts import Part, excerpt, marked
from common.stems import Term, terms_of
from common.text import find_control_character
from common.words import format_date

SHORTEST = 2
LONGEST = 80
NEAR_SHOWN = 10
# With fewer hits than this, what lacks one of the words is shown too.
FEW = 5


@dataclass(frozen=True)
class Kind:
    """One kind of record: its words on the screen, and the right that reads it."""

    label: str
    permission: Permission


KINDS = {
    "decision": Kind("Keputusan", Permission.VIEW_MEETINGS),
    "meeting": Kind("Musyawarah", Permission.VIEW_MEETINGS),
    "action": Kind("Tindak lanjut", Permission.VIEW_MEETINGS),
    "article": Kind("Pasal aturan", Permission.VIEW_BOARD),
    "activity": Kind("Kegiatan", Permission.VIEW_ACTIVITIES),
    "scan": Kind("Pindaian", Permission.VIEW_PAPERS),
}
# The pages on which records are read, by the kind that entries name.
PAGES = {
    "rule": "deliberations:rule_version",
    "decision": "deliberations:decision_page",
    "meeting": "deliberations:meeting_page",
    "action": "deliberations:action_page",
    "activity": "activities:activity_page",
    "paper": "reports:paper_page",
}


@dataclass(frozen=True)
class Hit:
    """One record that was found; title and text in parts, asked for or not."""

    kind: str
    title: list[Part]
    text: list[Part]
    note: str
    url: str
    is_draft: bool


@dataclass(frozen=True)
class Choice:
    """One kind among the hits: how many, and whether only it is shown."""

    code: str
    label: str
    count: int
    current: bool


@dataclass(frozen=True)
class Reach:
    """Where is searched: a condition on the rows, and the word that speeds it up."""

    limit: Q
    token: str
    named: bool

    @classmethod
    def of_board(cls, board: Board) -> "Reach":
        """One LKM."""
        return cls(Q(board=board), board_token(board.pk), named=False)

    @classmethod
    def of_region(cls, region: Region) -> "Reach":
        """Every LKM at home in a region; each hit says which."""
        limit = Q(region_code__startswith=region.code)
        return cls(limit, region_token(region.code), named=True)


def clean_query(text: str) -> str:
    """What was typed, fit to search with: one line, at most 80 letters."""
    words = " ".join(text.split())[:LONGEST]
    return "" if find_control_character(words) else words


@dataclass(frozen=True)
class Search:
    """One question inside a reach, under the rights of whoever asks."""

    words: str
    reach: Reach
    rights: Collection[Permission]

    @property
    def terms(self) -> tuple[Term, ...]:
        """The words that are looked for."""
        return terms_of(self.words)

    def matching(self, asked: Asked) -> QuerySet[SearchEntry]:
        """Entries that answer, of kinds that may be read; drafts inside alone."""
        kinds = [code for code, kind in KINDS.items() if kind.permission in self.rights]
        rows = SearchEntry.objects.filter(
            self.reach.limit, kind__in=kinds, words__matches=asked
        )
        inside = Permission.VIEW_DRAFTS in self.rights
        return rows if inside else rows.filter(is_draft=False)

    def found(self) -> QuerySet[SearchEntry]:
        """Entries with every word."""
        return self.matching(all_of(self.terms, scope=self.reach.token))

    def near(self, kind: str) -> list[Hit]:
        """The newest entries that lack one of the words; for two words and more."""
        if len(self.terms) < 2:
            return []
        rows = self.matching(all_but_one_of(self.terms, scope=self.reach.token))
        rows = rows.filter(kind=kind) if kind else rows
        rows = rows.exclude(words__matches=all_of(self.terms, scope=self.reach.token))
        return self.hits(self.newest_first(rows)[:NEAR_SHOWN])

    def newest_first(self, rows: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
        """Rows as they are shown, without the words that only the index needs."""
        return rows.select_related("board").defer("words").order_by("-day", "-pk")

    def choices(self, kind: str) -> list[Choice]:
        """Kinds that were found, with how many; one query."""
        counted = self.found().values_list("kind").annotate(Count("pk"))
        counts = dict(counted.order_by())
        return [
            Choice(code, each.label, counts[code], code == kind)
            for code, each in KINDS.items()
            if code in counts
        ]

    def hits(self, rows) -> list[Hit]:
        """Rows as the page shows them."""
        return [self._hit(row) for row in rows]

    def _hit(self, row: SearchEntry) -> Hit:
        board = str(row.board) if self.reach.named else ""
        parts = (KINDS[row.kind].label, row.note, format_date(row.day), board)
        return Hit(
            kind=row.kind,
            title=marked(row.title, self.terms),
            text=excerpt(row.text, self.terms) if row.text else [],
            note=" · ".join(part for part in parts if part),
            url=reverse(PAGES[row.page], args=[row.board.slug, row.page_pk]),
            is_draft=row.is_draft,
        )
