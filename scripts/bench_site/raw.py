"""The floor: the same pages by hand-written SQL, same door, same template."""

import datetime

from django.db import connection
from django.shortcuts import render

from boards.access import board_view, region_view
from boards.roles import Permission
from common.paging import PAGE_SIZE, Page
from common.words import format_date_short, no_break
from deliberations.filters import STATES as STATES_ASKED
from deliberations.models import ActionItem, Decision, Meeting
from deliberations.rows import METHODS

YEARS = {
    "sqlite": "SELECT DISTINCT CAST(strftime('%%Y', held_on) AS int)",
    "postgresql": "SELECT DISTINCT EXTRACT(year FROM held_on)::int",
}
OF_BOARD = (
    " FROM deliberations_decision WHERE board_id = %s AND ratified_at IS NOT NULL"
)
DECISIONS = """
SELECT d.id, d.title, d.number_text, d.held_on, d.method, d.in_charge_name, d.amount,
       d.votes_for, d.votes_against, d.votes_abstain,
       EXISTS (SELECT 1 FROM deliberations_decision l
               WHERE l.amends_id = d.id AND l.ratified_at IS NOT NULL)
FROM deliberations_decision d
WHERE d.board_id = %s AND d.ratified_at IS NOT NULL
  AND d.held_on BETWEEN %s AND %s
ORDER BY d.held_on DESC, d.id DESC LIMIT 26
"""
ACTIONS = """
SELECT decision_id, status FROM deliberations_actionitem
WHERE decision_id IN ({}) ORDER BY due_on, id
"""
MEETINGS = """
SELECT id, title, place, held_on, number_text, present, entitled, decision_count
FROM deliberations_meeting WHERE board_id = %s AND state = %s
ORDER BY held_on DESC, id DESC LIMIT 26
"""
BOARDS = """
SELECT b.slug, b.term, b.name, b.village, b.district, b.closed_on,
       EXISTS (SELECT 1 FROM boards_assignment a WHERE a.board_id = b.id
               AND a.role = 'SECRETARY' AND a.ended_at IS NULL)
FROM boards_board b WHERE b.region_code LIKE %s ORDER BY b.name, b.id LIMIT 26
"""
DISTRICTS = """
SELECT DISTINCT district FROM boards_board WHERE region_code LIKE %s ORDER BY district
"""


def _asked(sql: str, values: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _day(value) -> str:
    """SQLite hands out days as text."""
    text = isinstance(value, str)
    return format_date_short(datetime.date.fromisoformat(value) if text else value)


def _page(found: list) -> Page:
    more = "next" if len(found) > PAGE_SIZE else ""
    return Page(found[:PAGE_SIZE], "", more)


def _decision(found: tuple, board, states: dict) -> dict:
    pk, title, number, held_on, method, name, amount, *rest = found
    plus, minus, blank, amended = rest
    carried = plus is None or plus * 2 > plus + minus + blank
    remarks = ["Diubah"] * bool(amended) + ["Tidak disetujui"] * (not carried)
    return {
        "url": f"/lkm/{board.slug}/keputusan/{pk}/",
        "title": no_break(title),
        "remarks": remarks,
        "number": number,
        "day": _day(held_on),
        "amount": amount,
        "method": METHODS[method],
        "in_charge": name or "–",
        "follow_ups": states.get(pk, []),
    }


@board_view(Permission.VIEW_MEETINGS)
def decision_list(request, board):
    """Three queries by hand: rows of a year, follow-ups, years."""
    year = int(request.GET["tahun"])
    found = _asked(DECISIONS, [board.pk, f"{year}-01-01", f"{year}-12-31"])
    page = _page(found)
    keys = [row[0] for row in page.rows]
    places = ", ".join(["%s"] * len(keys)) or "NULL"
    states: dict = {}
    for pk, status in _asked(ACTIONS.format(places), keys):
        states.setdefault(pk, []).append(ActionItem.TAGS[status])
    years = _asked(YEARS[connection.vendor] + OF_BOARD, [board.pk])
    context = {
        "page": page,
        "rows": [_decision(row, board, states) for row in page.rows],
        "wanted": {"q": "", "tahun": year, "jenis": ""},
        "years": sorted((row[0] for row in years), reverse=True),
        "kinds": Decision.Kind.choices,
        "methods": Decision.Method.choices,
        "states": STATES_ASKED.items(),
        "chips": [{"label": str(year), "url": "?"}],
    }
    return render(request, "deliberations/decision_list.html", context)


def _meeting(found: tuple, board) -> dict:
    pk, title, place, held_on, number, present, entitled, decisions = found
    return {
        "url": f"/lkm/{board.slug}/musyawarah/{pk}/",
        "title": no_break(title),
        "place": no_break(place),
        "day": _day(held_on),
        "number": number or "–",
        "came": f"{present} dari {entitled}",
        "decisions": decisions,
        "state": ("ok", "Disahkan"),
    }


@board_view(Permission.VIEW_MEETINGS)
def meeting_list(request, board):
    """One query by hand: ratified meetings."""
    page = _page(_asked(MEETINGS, [board.pk, "ratified"]))
    context = {
        "page": page,
        "rows": [_meeting(row, board) for row in page.rows],
        "q": "",
        "kind": "",
        "state": "ratified",
        "kinds": Meeting.Kind.choices,
        "states": Meeting.State.choices,
        "filtered": True,
    }
    return render(request, "deliberations/meeting_list.html", context)


STATES = {False: ("warn", "Belum ada sekretaris"), True: ("ok", "Aktif")}


def _board(found: tuple) -> dict:
    slug, term, name, village, district, closed_on, kept = found
    return {
        "url": f"/lkm/{slug}/profil/",
        "name": f"{term} {name}",
        "village": village,
        "district": district,
        "state": ("draft", "Tidak aktif") if closed_on else STATES[bool(kept)],
    }


@region_view(Permission.VIEW_REGION)
def board_list(request, region):
    """Two queries by hand: boards of a region, its districts."""
    inside = [f"{region.code}%"]
    page = _page(_asked(BOARDS, inside))
    context = {
        "page": page,
        "rows": [_board(row) for row in page.rows],
        "districts": [row[0] for row in _asked(DISTRICTS, inside)],
        "district": "",
        "words": "",
    }
    return render(request, "boards/board_list.html", context)
