"""Decisions without a meeting: only where the rule allows, until a meeting speaks."""

import datetime

import pytest
from django.urls import reverse

from boards.parameters import set_parameter
from deliberations.circular import standing_of, waiting_circulars
from deliberations.models import Decision, Meeting
from deliberations.presence import Room
from deliberations.readiness import gaps_of
from deliberations.records import meeting_record
from deliberations.register import state_of, with_fate
from deliberations.services.meetings import edit_meeting
from deliberations.services.ratification import ratify_meeting, send_meeting
from deliberations.services.sources import take_circular
from reports.builders import minutes, proceedings
from tests.deliberations.refusals import refused
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = pytest.mark.django_db

WEEK_LATER = meet.HELD_ON + datetime.timedelta(7)
LATER = meet.NOON + datetime.timedelta(7)


@pytest.fixture
def people(board):
    return meet.members(board, 5)


def allow(board, by) -> None:
    """The ART allows circular decisions."""
    set_parameter(
        board,
        "circular_allowed",
        value=True,
        starts_on=meet.HELD_ON,
        article="ART pasal 12",
        on=meet.HELD_ON,
        by=by,
    )


def circular(board, people, *, secretary, coordinator, came=5) -> Decision:
    """One ratified circular decision."""
    allow(board, coordinator)
    meeting = meet.ratified(
        board,
        by=secretary,
        ratifier=coordinator,
        people=people,
        came=came,
        kind=Meeting.Kind.SIRKULER,
        verdicts=(meet.verdict("Pompa air pinjaman"),),
    )
    return meeting.decisions.get()


def next_meeting(board, people, *, secretary, **facts) -> Meeting:
    return meet.draft(board, by=secretary, people=people, held_on=WEEK_LATER, **facts)


def speak(meeting, decision, *verdicts, by) -> Meeting:
    """The meeting deals with the circular decision, with these words."""
    item = take_circular(meeting, decision, by=by)
    meet.come(meeting, 5, by=by)
    for other in meeting.items.exclude(pk=item.pk):
        meet.discussed(other, by=by)
    meet.discussed(item, *verdicts, by=by)
    meeting.refresh_from_db()
    edit_meeting(meeting, ends_at=meet.ENDS, seen_revision=meeting.revision, by=by)
    return send_meeting(meeting, by=by, at=LATER)


def test_a_board_whose_rule_does_not_allow_it_has_none(board, people, secretary):
    refused(
        "circular.not_allowed",
        meet.draft,
        board,
        by=secretary,
        people=people,
        kind=Meeting.Kind.SIRKULER,
    )
    page = make.signed_in(secretary).get(
        reverse("deliberations:meeting_new", kwargs={"board_slug": board.slug})
    )

    assert "Keputusan sirkuler" not in page.content.decode()
    assert not Meeting.objects.exists()


def test_everybody_answers_unless_the_rule_says_otherwise(
    board, people, secretary, coordinator
):
    allow(board, coordinator)
    meeting = meet.finished(
        board, by=secretary, people=people, came=4, kind=Meeting.Kind.SIRKULER
    )

    gaps = gaps_of(meeting, Room(meeting), now=meet.NOON)

    assert [gap.code for gap in gaps] == ["item.no_quorum"]
    assert "4 dari 5 dihitung, perlu 5" in gaps[0].says


def test_it_holds_for_the_time_being(board, people, secretary, coordinator):
    decision = circular(board, people, secretary=secretary, coordinator=coordinator)

    assert standing_of(decision).word == "Menunggu pengukuhan"
    assert list(waiting_circulars(board)) == [decision]
    assert list(Decision.objects.filter(board=board).in_force()) == [decision]


def test_the_next_meeting_of_the_members_must_take_it_up(
    board, people, secretary, coordinator
):
    decision = circular(board, people, secretary=secretary, coordinator=coordinator)
    rutin = next_meeting(board, people, secretary=secretary)
    rw = next_meeting(board, people, secretary=secretary, kind=Meeting.Kind.RW)

    codes = [gap.code for gap in gaps_of(rutin, Room(rutin), now=LATER)]
    elsewhere = [gap.code for gap in gaps_of(rw, Room(rw), now=LATER)]

    assert "circular.unconfirmed" in codes
    assert "circular.unconfirmed" not in elsewhere
    item = take_circular(rutin, decision, by=secretary)
    assert item.title == "Pengukuhan keputusan sirkuler: Pompa air pinjaman"
    refused("agenda.taken", take_circular, rutin, decision, by=secretary)


def test_a_meeting_confirms_it(board, people, secretary, coordinator):
    decision = circular(board, people, secretary=secretary, coordinator=coordinator)
    meeting = next_meeting(board, people, secretary=secretary)
    agreed = meet.verdict("Mengukuhkan pinjaman pompa")
    sent = speak(meeting, decision, agreed, by=secretary)
    ratified = ratify_meeting(sent, by=coordinator, at=LATER)

    assert standing_of(decision).word == "Dikukuhkan"
    assert not waiting_circulars(board).exists()
    assert meeting_record(ratified.pk)["items"][0]["confirms"] == decision.number_text


def test_a_meeting_that_says_no_drops_it(board, people, secretary, coordinator):
    decision = circular(board, people, secretary=secretary, coordinator=coordinator)
    meeting = next_meeting(board, people, secretary=secretary)
    lost = meet.verdict(
        "Mengukuhkan pinjaman pompa",
        method="voting",
        votes_for=2,
        votes_against=2,
        votes_abstain=1,
    )
    sent = speak(meeting, decision, lost, by=secretary)
    ratify_meeting(sent, by=coordinator, at=LATER)

    assert standing_of(decision).word == "Gugur"
    assert not waiting_circulars(board).exists()
    in_force = Decision.objects.filter(board=board).in_force()
    assert decision not in in_force
    fate = with_fate(Decision.objects.filter(pk=decision.pk)).get()
    assert state_of(fate) == "Gugur"
    path = reverse("deliberations:decision_list", args=[board.slug])
    shown = make.signed_in(secretary).get(path, {"keadaan": "gugur"})
    assert [row["remarks"] for row in shown.context["rows"]] == [["Gugur"]]
    held = make.signed_in(secretary).get(path, {"keadaan": "berlaku"})
    assert not held.context["rows"]


def test_dealing_with_it_means_deciding(board, people, secretary, coordinator):
    decision = circular(board, people, secretary=secretary, coordinator=coordinator)
    meeting = next_meeting(board, people, secretary=secretary)

    refused("circular.undecided", speak, meeting, decision, by=secretary)


def test_the_buttons_of_the_agenda_take_it_up(board, people, secretary, coordinator):
    decision = circular(board, people, secretary=secretary, coordinator=coordinator)
    meeting = next_meeting(board, people, secretary=secretary)
    client = make.signed_in(secretary)
    kwargs = {"board_slug": board.slug, "pk": meeting.pk}
    page = client.get(reverse("deliberations:agenda_page", kwargs=kwargs))
    assert "Menunggu pengukuhan" in page.content.decode()

    client.post(
        reverse("deliberations:agenda_take", kwargs=kwargs),
        make.once(circular=decision.pk),
    )

    assert meeting.items.get(confirms=decision).position == 1
    decision_page = reverse(
        "deliberations:decision_page",
        kwargs={"board_slug": board.slug, "pk": decision.pk},
    )
    assert "Berlaku sementara" in client.get(decision_page).content.decode()


def test_its_papers_speak_of_answers(board, people, secretary, coordinator):
    decision = circular(board, people, secretary=secretary, coordinator=coordinator)
    meeting = decision.meeting

    paper = proceedings.build(meeting, number="1", on=meeting.held_on)
    notes = minutes.build(meeting, number="2", on=meeting.held_on)

    assert paper.heading == "Berita Acara Keputusan Sirkuler"
    assert "Edaran dikirim oleh" in paper.attendance
    assert "Menjawab 5 (lima) dari 5 (lima) anggota" in plain(paper.attendance)
    assert "seluruh anggota, yaitu paling sedikit 5 (lima) orang" in plain(paper.quorum)
    assert ("Dikirim oleh", notes.facts[4][1]) in notes.facts
    assert "Jawaban ditutup pukul" in plain(notes.closing)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")
