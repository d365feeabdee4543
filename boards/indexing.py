"""Writing the entries of search: beside the act that changes a record, or all anew.

A room that has something to be found gives `Entry` values (`settings.SEARCH_SOURCES`
names where all of them come from) and calls `put_entries` in the transaction of its
act. There are no signals: an act that forgets it is found by `rebuild_search --check`.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from boards.masking import mask_numbers
from boards.models import Board, SearchEntry
from common.stems import tokens_of

LONGEST_TEXT = 60_000
_BATCH = 200
# Numbers of phones as people write them: 0812-3456-7890, +62 (812) 3456 789,
# HP.0812…/0813…, (0251) 8321456; "1.081.234.567" is a sum.
_BETWEEN = r"[ .()-]{0,2}"
_PHONE = re.compile(
    rf"(?<![0-9])(?<![0-9][.,-])\(?(?:\+?62|0){_BETWEEN}8[0-9]"
    rf"(?:{_BETWEEN}[0-9]){{6,10}}(?![0-9])"
    r"|\(0[0-9]{2,3}\)[ -]?[0-9]{3,4}[ -]?[0-9]{2,4}(?![0-9])"
)


@dataclass(frozen=True)
class Entry:
    """A record as it is to be found.

    `text` is shown in parts, `more` only searched (numbers, kinds). `page` is the kind
    and key of the record whose page shows it; left out, it is the record itself.
    """

    kind: str
    pk: int
    board: Board
    day: datetime.date
    title: str
    note: str = ""
    text: str = ""
    more: str = ""
    page: tuple[str, int] | None = None
    is_draft: bool = False


@dataclass(frozen=True)
class Source:
    """Where entries of one kind come from: rows to count, and how each is told."""

    kind: str
    rows: Callable[[], QuerySet]
    entry: Callable[..., Entry]


def board_token(board_id: int) -> str:
    """The word that every entry of a board holds, and nobody can type."""
    return f"_b{board_id}"


def region_token(code: str) -> str:
    """The word of every entry below a region; "" for the whole country."""
    return f"_r{code.replace('.', '')}" if code else ""


@transaction.atomic
def put_entries(entries: Iterable[Entry]) -> None:
    """Write entries, new or in the place of the old ones."""
    told = iter(entries)
    while some := [_row(entry) for entry in islice(told, _BATCH)]:
        SearchEntry.objects.bulk_create(
            some,
            update_conflicts=True,
            unique_fields=["kind", "object_pk"],
            update_fields=[
                *("board", "region_code", "day", "title", "note", "text", "words"),
                *("page", "page_pk", "is_draft"),
            ],
        )


@transaction.atomic
def drop_entries(kind: str, keys: Iterable[int]) -> None:
    """Forget records that are gone, or that nobody should find any more."""
    SearchEntry.objects.filter(kind=kind, object_pk__in=list(keys)).delete()


def sources() -> dict[str, Source]:
    """Every source of `settings.SEARCH_SOURCES` by kind."""
    found = (import_string(path) for path in settings.SEARCH_SOURCES)
    return {source.kind: source for source in found}


@transaction.atomic
def rebuild_search() -> int:
    """Throw all entries away and make them anew; how many there are."""
    SearchEntry.objects.all().delete()
    total = 0
    for source in sources().values():
        rows = source.rows()
        total += rows.count()
        put_entries(source.entry(row) for row in rows.iterator(chunk_size=_BATCH))
    return total


def behind() -> Iterator[tuple[str, int, int]]:
    """Kinds of which the index has not every record: kind, records, entries."""
    for kind, source in sources().items():
        records = source.rows().count()
        entries = SearchEntry.objects.filter(kind=kind).count()
        if records != entries:
            yield kind, records, entries


def without_personal_numbers(text: str) -> str:
    """Text in which NIK, accounts and phones do not stand."""
    return _PHONE.sub("…", mask_numbers(text))


def _row(entry: Entry) -> SearchEntry:
    title = without_personal_numbers(entry.title)[:300]
    text = without_personal_numbers(entry.text)[:LONGEST_TEXT]
    more = without_personal_numbers(entry.more)
    code = entry.board.region_code
    regions = (region_token(code[:length]) for length in (2, 5, 8, 13))
    scope = dict.fromkeys([board_token(entry.board.pk), *regions])
    note = without_personal_numbers(entry.note)[:200]
    words = [*scope, *sorted(tokens_of(title, text, more, note))]
    page, page_pk = entry.page or (entry.kind, entry.pk)
    return SearchEntry(
        board=entry.board,
        region_code=code,
        kind=entry.kind,
        object_pk=entry.pk,
        day=entry.day,
        title=title,
        note=note,
        text=text,
        words=" ".join(words),
        page=page,
        page_pk=page_pk,
        is_draft=entry.is_draft,
    )
