"""Filters in the address: what they find, what they ignore, what their chips say."""

import datetime

import pytest
from django.http import QueryDict

from deliberations.filters import DecisionFilter, MeetingFilter
from deliberations.models import Decision, Meeting
from members.models import Person
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db


def decisions(query: str) -> DecisionFilter:
    rows = Decision.objects.order_by("title")
    return DecisionFilter(QueryDict(query), rows, years=[2026])


@pytest.fixture
def two(board, secretary):
    verdicts = (meet.verdict("Talud"), meet.verdict("Paving", kind="budget", amount=1))
    return meet.finished(board, by=secretary, verdicts=verdicts)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Paving", "Talud"]),
        ("q=+tALud+", ["Talud"]),
        ("jenis=budget", ["Paving"]),
        ("tahun=2026&q=paving", ["Paving"]),
        ("tahun=2031", ["Paving", "Talud"]),
        ("tahun=x&jenis=y&lain=z", ["Paving", "Talud"]),
        ("tahun=2026&jenis=loan", []),
    ],
)
def test_decisions_are_found_and_nonsense_asks_nothing(two, query, titles):
    assert [row.title for row in decisions(query).qs] == titles


def test_a_chip_leads_to_the_list_without_its_filter(two):
    asked = decisions("sesudah=abc&jenis=budget&tahun=2026&q=batu+kali&lain=z")
    assert [(chip.label, chip.url) for chip in asked.chips()] == [
        ("batu kali", "?tahun=2026&jenis=budget"),
        ("2026", "?q=batu+kali&jenis=budget"),
        ("Dana dan anggaran", "?q=batu+kali&tahun=2026"),
    ]
    assert decisions("tahun=2031").chips() == []


def test_boxes_show_what_was_understood(two):
    assert decisions("tahun=2026&jenis=y").wanted == {
        "q": "",
        "tahun": 2026,
        "jenis": "",
    }


def test_two_lists_with_other_years_do_not_share_them(two):
    rows = Decision.objects.all()
    for years in ([2020], [2026]):
        asked = DecisionFilter(QueryDict("tahun=2026"), rows, years=years)
        assert asked.wanted["tahun"] == (2026 if 2026 in years else "")


def test_meetings_are_found_by_place_kind_and_state(board, secretary, two):
    later = datetime.date(2026, 4, 1)
    people = list(Person.objects.all()[:3])
    meet.draft(board, by=secretary, people=people, kind="RWT", held_on=later)

    def found(query):
        return MeetingFilter(QueryDict(query), Meeting.objects.all()).qs.count()

    assert (found("q=balai"), found("q=gedung")) == (2, 0)
    assert (found("jenis=RWT"), found("keadaan=draft&jenis=RUTIN")) == (1, 1)
    assert found("keadaan=ratified") == 0
