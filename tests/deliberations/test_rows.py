"""Rows of the lists as they are written on the page."""

import datetime

import pytest
from django.urls import reverse

from boards.parameters import set_parameter
from deliberations.models import ActionItem, Decision, Meeting
from deliberations.presence import quorum_rule
from deliberations.quorum import QuorumRule
from deliberations.rows import decision_rows, meeting_rows
from tests.make import boards as make
from tests.make import deliberations as rows
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db


def the_decision():
    return Decision.objects.ratified().with_force().get()


def test_a_decision_shows_its_follow_ups_by_day(board, secretary):
    meet.finished(board, by=secretary)
    decision = Decision.objects.with_force().get()
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
        "remarks": ["Menunggu pengesahan"],
        "number": "–",
        "amount": None,
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


# Who asks (session, account), the page, and whether a draft rests on old articles.
PAGE_QUERIES = 2 + 7 + 1


@pytest.fixture
def long_meetings(board, secretary):
    """A draft, a sent and a ratified meeting; the draft has many items and people."""
    people = meet.members(board)
    ratified = meet.ratified(board, by=secretary, people=people)
    amended = {"amends": Decision.objects.get(), "amend_reason": "Harga naik."}
    verdicts = tuple(meet.verdict(f"Talud {number}") for number in range(4))
    verdicts += (meet.verdict("Drainase lagi", **amended),)
    sent = meet.sent(board, by=secretary, people=people, verdicts=verdicts)
    draft = meet.draft(board, by=secretary, people=people)
    for row in meet.come(draft, 9, by=secretary):
        item = rows.item(draft, f"Butir {row.pk}")
        item.recusals.create(attendance=row)
        rows.point(item, "Usul warga.")
        rows.decision(item)
    return ratified, sent, draft


@pytest.mark.parametrize("which", [0, 1, 2], ids=["ratified", "sent", "draft"])
@pytest.mark.parametrize("who", ["secretary", "coordinator"])
def test_a_meeting_costs_the_same_with_more_items(
    who, which, request, board, long_meetings, django_assert_max_num_queries
):
    meeting = long_meetings[which]
    client = make.signed_in(request.getfixturevalue(who))
    address = reverse("deliberations:meeting_page", args=[board.slug, meeting.pk])
    client.get(address)
    with django_assert_max_num_queries(PAGE_QUERIES):
        assert client.get(address).status_code == 200


def test_a_meeting_names_the_one_that_follows(board, secretary):
    people = meet.members(board, 3)
    days = [datetime.date(2026, 3, day) for day in (14, 28, 21, 14)]
    first, last, second, same_day = (
        meet.draft(board, by=secretary, people=people, held_on=day, title=f"Rapat {n}")
        for n, day in enumerate(days)
    )
    client = make.signed_in(secretary)

    def following(meeting):
        page = reverse("deliberations:meeting_page", args=[board.slug, meeting.pk])
        return client.get(page).context["following"]

    assert following(first) == following(same_day) == second
    assert following(second) == last
    assert following(last) is None


@pytest.mark.parametrize(("kind", "counts"), [("RUTIN", True), ("RWT", False)])
def test_a_meeting_is_counted_by_the_rule_of_its_day(board, secretary, kind, counts):
    two_thirds = {"numerator": 2, "denominator": 3, "more_than": False}
    one_third = {"numerator": 1, "denominator": 3, "more_than": False}
    for day, share in ((1, one_third), (10, two_thirds), (20, one_third)):
        set_parameter(
            board,
            "quorum_members",
            value=share,
            starts_on=datetime.date(2026, 3, day),
            article=f"ART pasal {day}",
            on=datetime.date(2026, 3, day),
            by=meet.coordinator(board),
        )
    meeting = meet.draft(board, by=secretary, people=meet.members(board, 9), kind=kind)
    page = reverse("deliberations:meeting_page", args=[board.slug, meeting.pk])

    room = make.signed_in(secretary).get(page).context["room"]

    assert room.rule == quorum_rule(meeting)
    assert (room.rule.article == "ART pasal 10") == counts
    assert room.rule.is_default != counts
    assert room.rule.rule == (
        QuorumRule(**two_thirds) if counts else QuorumRule(1, 2, more_than=True)
    )


def test_a_meeting_of_another_board_is_not_there(board, secretary):
    other = make.board()
    theirs = meet.draft(other, by=meet.secretary(other), people=meet.members(other, 3))
    client = make.signed_in(secretary)
    for pk in (theirs.pk, 10**12, 10**30):
        page = reverse("deliberations:meeting_page", args=[board.slug, pk])
        assert client.get(page).status_code == 404
