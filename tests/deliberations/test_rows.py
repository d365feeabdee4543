"""Rows of the lists as they are written on the page."""

import datetime

import pytest
from django.urls import reverse

from deliberations.models import ActionItem, Decision, Meeting
from deliberations.rows import decision_rows, meeting_rows
from tests.make import boards as make
from tests.make import deliberations as rows
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db


def the_decision():
    return Decision.objects.ratified().with_successor().get()


def test_a_decision_shows_its_follow_ups_by_day(board, secretary):
    meet.finished(board, by=secretary)
    decision = Decision.objects.with_successor().get()
    for day, status in ((20, "open"), (5, "doing"), (9, "open")):
        ActionItem.objects.create(
            board=board,
            region_code=board.region_code,
            meeting=decision.meeting,
            item=decision.item,
            decision=decision,
            text="Membeli semen",
            owner_name="Slamet",
            due_on=datetime.date(2026, 12, day),
            status=status,
        )

    (row,) = decision_rows([decision], board)

    assert row == {
        "url": f"/lkm/{board.slug}/keputusan/{decision.pk}/",
        "title": "Perbaikan drainase RT\u00a0006",
        "remarks": [],
        "number": "",
        "day": decision.held_on.strftime("%d/%m/%Y"),
        "method": "mufakat",
        "in_charge": "–",
        "follow_ups": [
            ("wait", "Berjalan"),
            ("draft", "Belum mulai"),
            ("draft", "Belum mulai"),
        ],
    }


def test_a_lost_vote_says_so(board, secretary):
    votes = {"votes_for": 3, "votes_against": 5, "votes_abstain": 1}
    meet.ratified(
        board, by=secretary, verdicts=(meet.verdict(method="voting", **votes),)
    )
    (row,) = decision_rows([the_decision()], board)
    assert (row["method"], row["remarks"]) == ("pemungutan suara", ["Tidak disetujui"])


def test_a_draft_shows_no_counts_and_a_ratified_meeting_does(board, secretary):
    people = meet.members(board)
    done = meet.ratified(board, by=secretary, people=people, came=9)
    draft = meet.draft(board, by=secretary, people=people)

    shown = meeting_rows([Meeting.objects.get(pk=done.pk), draft], board)

    assert [(row["came"], row["decisions"], row["state"]) for row in shown] == [
        ("9 dari 11", 1, ("ok", "Disahkan")),
        ("–", "–", ("draft", "Draf")),
    ]


@pytest.mark.parametrize("asked", ["tahun=1999", "tahun=abc", "jenis=lain", "tahun=²"])
def test_a_year_or_kind_that_does_not_exist_asks_nothing(asked, board, secretary):
    meet.ratified(board, by=secretary)
    register = reverse("deliberations:decision_list", args=[board.slug])

    page = make.signed_in(secretary).get(f"{register}?{asked}").content.decode()

    assert "Perbaikan drainase RT\u00a0006" in page
    assert "hapus saringan" not in page


def test_a_meeting_costs_the_same_with_more_items(
    board, secretary, django_assert_max_num_queries
):
    people = meet.members(board)
    meeting = meet.ratified(board, by=secretary, people=people)
    draft = meet.draft(board, by=secretary, people=people)
    for number in range(6):
        rows.point(rows.item(draft, f"Butir {number}"), "Usul warga.")
    client = make.signed_in(secretary)

    for each in (meeting, draft):
        address = reverse("deliberations:meeting_page", args=[board.slug, each.pk])
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
