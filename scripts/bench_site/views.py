"""The floor (hand-written SQL) and the naive way to the same page."""

import datetime
from types import SimpleNamespace

from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Count
from django.shortcuts import render

from boards.access import permissions_of
from boards.models import Board
from common.paging import Page
from deliberations.forms import DecisionFilter
from deliberations.models import Decision

TEMPLATE = "deliberations/decision_list.html"
ROWS = """
SELECT d.id, d.title, d.number_text, d.held_on, d.method, d.in_charge_name,
       d.votes_for, d.votes_against, d.votes_abstain,
       EXISTS (SELECT 1 FROM deliberations_decision l
               WHERE l.amends_id = d.id AND l.ratified_at IS NOT NULL)
FROM deliberations_decision d
WHERE d.board_id = %s AND d.ratified_at IS NOT NULL
ORDER BY d.held_on DESC, d.id DESC LIMIT 26
"""
ACTIONS = (
    "SELECT decision_id, status FROM deliberations_actionitem WHERE decision_id IN"
)
METHODS = dict(Decision.Method.choices)


def _in_place(request, board_slug: str) -> Board:
    """What the door gives the frame; the same for both pages here."""
    request.board = board = Board.objects.get(slug=board_slug)
    request.permissions = permissions_of(request.user, board)
    return board


def _day(value) -> datetime.date:
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


def _row(found: tuple) -> SimpleNamespace:
    pk, title, number, held_on, method, name, plus, minus, blank, amended = found
    return SimpleNamespace(
        pk=pk,
        title=title,
        number_text=number,
        held_on=_day(held_on),
        get_method_display=METHODS[method],
        in_charge_name=name,
        is_carried=plus is None or plus * 2 > plus + minus + blank,
        is_amended=bool(amended),
        actions=SimpleNamespace(all=[]),
    )


def raw_list(request, board_slug):
    """Two queries by hand, the same template."""
    board = _in_place(request, board_slug)
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [board.pk])
        rows = [_row(found) for found in cursor.fetchall()]
        places = ", ".join(["%s"] * len(rows)) or "NULL"
        cursor.execute(f"{ACTIONS} ({places})", [row.pk for row in rows])
        by_pk = {row.pk: row for row in rows}
        for pk, status in cursor.fetchall():
            by_pk[pk].actions.all.append(SimpleNamespace(status=status))
    more = "next" if len(rows) > 25 else ""
    context = {
        "page": Page(rows[:25], "", more),
        "form": DecisionFilter(None, years=[2026, 2025, 2024]),
        "chips": [],
        "q": "",
    }
    return render(request, TEMPLATE, context)


def naive_list(request, board_slug):
    """Scope by join, Count(), Paginator, a query for every cell of another table."""
    _in_place(request, board_slug)
    decisions = (
        Decision.objects.filter(
            meeting__board__slug=board_slug, meeting__state="ratified"
        )
        .annotate(action_count=Count("actions"))
        .order_by("-meeting__held_on", "-pk")
    )
    page = Paginator(decisions, 25).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    for row in rows:
        row.held_on = row.meeting.held_on
        row.is_amended = row.amendments.filter(ratified_at__isnull=False).exists()
        row.in_charge_name = str(row.in_charge or row.in_charge_name)
    context = {
        "page": Page(rows, "", "next" if page.has_next() else ""),
        "form": DecisionFilter(None, years=[2026, 2025, 2024]),
        "chips": [],
        "q": "",
    }
    return render(request, TEMPLATE, context)
