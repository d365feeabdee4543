"""Search over meetings, decisions and activities of one's reach."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from activities.models import Activity
from activities.states import ACTIVITY_TAGS
from boards.roles import Permission
from common.text import find_control_character
from common.words import format_date
from deliberations.models import Decision, Meeting

SHORTEST = 2
LONGEST = 80
SHOWN = 10


@dataclass(frozen=True)
class Hit:
    """One record that was found."""

    title: str
    url: str
    note: str
    tag: tuple[str, str]


@dataclass(frozen=True)
class Group:
    """All hits of one kind; `more` when there are others that are not shown."""

    title: str
    hits: list[Hit]
    more: bool


def clean_query(text: str) -> str:
    """What was typed, fit to search with: one line, at most 80 letters."""
    words = " ".join(text.split())[:LONGEST]
    return "" if find_control_character(words) else words


def search(
    words: str, *, scope: Q, named: bool, rights: Collection[Permission]
) -> list[Group]:
    """Records inside `scope` that hold every word; three queries.

    `scope` is a condition on board or region. With `named` each hit says its LKM;
    drafts show to those whose `rights` read them.
    """
    readable = Meeting.objects.readable_with(rights)
    meetings = readable.filter(scope, _holds(words, "title", "number_text"))
    decisions = Decision.objects.filter(
        scope, _holds(words, "title", "text", "number_text")
    ).ratified()
    activities = Activity.objects.filter(scope, _holds(words, "title", "code"))
    found = (
        ("Musyawarah", meetings.order_by("-held_on", "-pk"), _meeting),
        ("Keputusan", decisions.order_by("-held_on", "-pk"), _decision),
        ("Kegiatan", activities.order_by("-starts_on", "-pk"), _activity),
    )
    groups = [_group(title, rows, hit, named) for title, rows, hit in found]
    return [group for group in groups if group.hits]


def _holds(words: str, *fields: str) -> Q:
    """Every word stands in one of the fields."""
    condition = Q()
    for word in words.split():
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__icontains": word})
        condition &= anywhere
    return condition


def _group(title: str, rows: QuerySet, hit, named: bool) -> Group:
    found = list(rows.select_related("board")[: SHOWN + 1])
    hits = [hit(row, str(row.board) if named else "") for row in found[:SHOWN]]
    return Group(title, hits, len(found) > SHOWN)


def _note(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _meeting(row: Meeting, board: str) -> Hit:
    return Hit(
        row.title,
        reverse("deliberations:meeting_page", args=[row.board.slug, row.pk]),
        _note((board, format_date(row.held_on), row.number_text)),
        row.state_tag,
    )


def _decision(row: Decision, board: str) -> Hit:
    return Hit(
        row.title,
        reverse("deliberations:decision_page", args=[row.board.slug, row.pk]),
        _note((board, format_date(row.held_on), row.number_text)),
        ("ok", "Disahkan"),
    )


def _activity(row: Activity, board: str) -> Hit:
    return Hit(
        row.title,
        reverse("activities:activity_page", args=[row.board.slug, row.pk]),
        _note((board, row.code)),
        (ACTIVITY_TAGS[row.state], row.get_state_display()),
    )
