"""A frozen row is not written over by OR REPLACE, which asks no delete trigger."""

import datetime

import pytest

from boards.audit import record
from boards.chain import add_link
from boards.models import ChainLink
from boards.numbers import give_number
from tests.make import activities as works
from tests.make import boards as make
from tests.make.deliberations import decision, item, meeting, ratify
from tests.replacing import move_row, refuses, replace_row

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]

DAY = datetime.date(2026, 11, 21)
NEW = {"id": None}


@pytest.fixture
def board():
    return make.board()


@pytest.mark.parametrize("key", [{}, NEW])
def test_a_number_and_an_event_stay(board, key):
    number = give_number(board, "BA", on=DAY)
    event = record("boards.tried", board, by=None, says="mencoba")

    refuses(replace_row, number, "replace", text="999/BA/X/2026", **key)
    refuses(replace_row, event, "replace", says="tidak berbuat apa-apa", **key)


@pytest.mark.parametrize("key", [{}, NEW])
def test_a_link_stays_in_its_chain(board, key):
    region = make.region("35.20", "Magetan")
    links = (
        add_link("a.b", board, {"a": 1}, board=board),
        add_link("a.b", region, {"a": 2}, board=None, region_code=region.code),
    )

    for link in links:
        refuses(replace_row, link, "replace", content="{}", hash="0" * 64, **key)


def test_chains_of_two_regions_have_the_same_positions():
    for code in ("35.20", "35.21"):
        region = make.region(code, "Wilayah")
        add_link("a.b", region, {"a": code}, board=None, region_code=code)

    assert set(ChainLink.objects.values_list("position", flat=True)) == {1}


def test_ratified_minutes_stay(board):
    ratified = ratify(meeting(board))

    refuses(replace_row, ratified, "replace", title="Lain")
    refuses(replace_row, ratified, "replace", id=None, title="Lain", ratified_at=None)


def test_a_decision_that_changed_another_stays(board):
    first = decision(item(meeting(board)))
    ratify(first.meeting)
    first.refresh_from_db()
    second = decision(item(meeting(board)), amends=first)
    ratify(second.meeting)
    second.refresh_from_db()
    draft = decision(item(meeting(board)))
    facts = {"amends_id": first.pk, "ratified_at": "2026-11-21 00:00:00"}

    refuses(move_row, draft, "amended_twice", **facts)


@pytest.mark.parametrize("key", [{}, NEW])
def test_an_approved_report_stays(board, key):
    approved = works.approved(
        works.running(board), is_final=True, physical_progress=100
    )

    refuses(replace_row, approved, "replace", problems="lain", **key)
    later = {
        "number_id": None,
        "period_start": "2027-01-01",
        "period_end": "2027-01-31",
    }
    refuses(replace_row, approved, "replace", **key, **later, state="draft")


def test_another_row_does_not_move_onto_a_frozen_one(board):
    numbers = [give_number(board, "BA", on=DAY) for _ in range(2)]
    running, planned = works.running(board), works.activity(board)

    refuses(move_row, numbers[1], "swap|update", id=numbers[0].pk)
    refuses(move_row, planned, "swap", code=running.code)
    refuses(move_row, planned, "swap", id=running.pk)
