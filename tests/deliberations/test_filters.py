"""Filters in the address: what they find, what they ignore, what their chips say."""

import datetime

import pytest
from django.http import QueryDict

from boards.models import Board
from boards.roles import Permission
from deliberations.filters import DecisionFilter, MeetingFilter
from deliberations.models import Meeting
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db
# A vote says why there was no mufakat.
VOTED = {"failed_consensus": "Warga belum sepakat."}


def decisions(query: str, rights=()) -> DecisionFilter:
    return DecisionFilter(
        QueryDict(query), board=Board.objects.latest("pk"), rights=rights
    )


def titles(query: str, rights=()) -> list[str]:
    return [row.title for row in decisions(query, rights).qs.order_by("title")]


@pytest.fixture(scope="module")
def two(module_rows):
    """Talud RT 006 by a vote, paving for Rp95.000 by consensus; both ratified."""
    board = make.board(code="LKM-GR")
    coordinator = meet.coordinator(board)
    votes = {"votes_for": 6, "votes_against": 2, "votes_abstain": 1}
    verdicts = (
        meet.verdict("Talud RT 006", method="voting", **VOTED, **votes),
        meet.verdict("Paving", kind="budget", amount=95_000, rt="003"),
    )
    return meet.ratified(board, ratifier=coordinator, verdicts=verdicts)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Paving", "Talud RT 006"]),
        ("q=+tALudnya+", ["Talud RT 006"]),
        ("q=talud+paving", []),
        ("q=002%2FKEP", ["Paving"]),
        ("q=Rp95.000", ["Paving"]),
        ("q=%25%27", ["Paving", "Talud RT 006"]),
        ("jenis=budget", ["Paving"]),
        ("tahun=2026&q=paving", ["Paving"]),
        ("tahun=2031", ["Paving", "Talud RT 006"]),
        ("tahun=x&jenis=y&lain=z", ["Paving", "Talud RT 006"]),
        ("tahun=2026&jenis=loan", []),
        ("cara=voting", ["Talud RT 006"]),
        ("dari=95.000", ["Paving"]),
        ("dari=Rp+95.001", []),
        ("sampai=95000&dari=1", ["Paving"]),
        ("sampai=94.999", []),
        ("dari=banyak", ["Paving", "Talud RT 006"]),
        ("rt=6", ["Talud RT 006"]),
        ("rt=RT+006", ["Talud RT 006"]),
        ("rt=3", ["Paving"]),
        ("rt=9", []),
        ("rt=0", ["Paving", "Talud RT 006"]),
        ("keadaan=berlaku", ["Paving", "Talud RT 006"]),
        ("keadaan=diubah", []),
        ("keadaan=ditolak", []),
        ("keadaan=menunggu", ["Paving", "Talud RT 006"]),
    ],
)
def test_decisions_are_found_and_nonsense_asks_nothing(two, query, found):
    assert titles(query) == found


def test_states_part_what_holds_from_what_was_changed_refused_or_waits(
    board, secretary, coordinator
):
    people = meet.members(board)
    how = {"by": secretary, "people": people}
    lost = {"votes_for": 4, "votes_against": 4, "votes_abstain": 1}
    refused = meet.verdict("Sewa", method="voting", **VOTED, **lost)
    verdicts = (meet.verdict("Iuran"), refused)
    first = meet.ratified(board, ratifier=coordinator, verdicts=verdicts, **how)
    old = first.decisions.get(title="Iuran")
    change = meet.verdict("Iuran baru", amends=old, amend_reason="Harga naik")
    meet.ratified(board, ratifier=coordinator, verdicts=(change,), **how)
    meet.finished(board, verdicts=(meet.verdict("Rencana RT 007", rt="007"),), **how)
    inside = {Permission.VIEW_DRAFTS}

    assert titles("keadaan=berlaku") == ["Iuran baru"]
    assert titles("keadaan=diubah") == ["Iuran"]
    assert titles("keadaan=ditolak") == ["Sewa"]
    assert titles("keadaan=menunggu", inside) == ["Rencana RT 007"]
    assert titles("keadaan=menunggu&q=rencana&rt=7", inside) == ["Rencana RT 007"]
    assert titles("keadaan=menunggu&q=sewa", inside) == []
    assert "Rencana RT 007" not in titles("keadaan=menunggu")
    assert "Rencana RT 007" not in titles("", inside)


def test_a_chip_leads_to_the_list_without_its_filter(two):
    asked = decisions("sesudah=abc&jenis=budget&tahun=2026&q=batu+kali&lain=z")
    assert [(chip.label, chip.url) for chip in asked.chips()] == [
        ("batu kali", "?tahun=2026&jenis=budget"),
        ("2026", "?q=batu+kali&jenis=budget"),
        ("Dana dan anggaran", "?q=batu+kali&tahun=2026"),
    ]
    assert decisions("tahun=2031").chips() == []


def test_chips_say_bounds_and_places_in_words(two):
    asked = decisions("dari=1.000&sampai=Rp2.000.000&rt=06&keadaan=berlaku")
    assert [chip.label for chip in asked.chips()] == [
        *("Berlaku", "mulai Rp1.000", "sampai Rp2.000.000", "RT 006")
    ]
    assert asked.chips()[3].url == "?keadaan=berlaku&dari=1000&sampai=2000000"


def test_boxes_show_what_was_understood(two):
    wanted = decisions("tahun=2026&jenis=y&dari=1.500").wanted

    assert {name: value for name, value in wanted.items() if value} == {
        "tahun": 2026,
        "dari": 1500,
    }


def test_meetings_are_found_by_place_kind_and_state(board, secretary):
    later = datetime.date(2026, 4, 1)
    people = meet.members(board)
    meet.draft(board, by=secretary, people=people)
    meet.draft(board, by=secretary, people=people, kind="RWT", held_on=later)

    def found(query):
        return MeetingFilter(
            QueryDict(query), Meeting.objects.filter(board=board)
        ).qs.count()

    assert (found("q=balai"), found("q=gedung")) == (2, 0)
    assert (found("jenis=RWT"), found("keadaan=draft&jenis=RUTIN")) == (1, 1)
    assert found("keadaan=ratified") == 0
