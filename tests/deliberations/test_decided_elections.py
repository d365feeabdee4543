"""A decision on a result names the elected, also before they have mandates."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from boards.roles import Role
from deliberations.models import AgendaItem, Decision
from deliberations.records import meeting_record
from deliberations.services.seats import seat_election
from deliberations.services.sources import open_elections, take_election
from members.models import Mandate, Person
from members.services import note_reserve_letter
from members.standings import line_up
from reports.builders.decree_annex import seats_of
from tests.make import boards as make
from tests.make import deliberations as talk
from tests.make import elections as vote
from tests.make import seats

pytestmark = pytest.mark.django_db
PERIOD = "1 Januari 2026 sampai 31 Desember 2028"


@pytest.fixture(scope="module")
def board(module_rows):
    return make.board()


@pytest.fixture(scope="module")
def staff(board):
    return tuple(make.user(role, board=board) for role in (Role.SECRETARY, Role.MEMBER))


@pytest.fixture(scope="module")
def secretary(staff):
    return make.signed_in(staff[0])


@pytest.fixture(scope="module")
def finished(board, staff):
    """Ani, Budi and Cici are elected; Dodi and Edi are in reserve."""
    return seats.finished(board, by=staff)


def decided(board, finished, staff) -> Decision:
    """The decision of an agenda item about the election."""
    made = seats.decision(board, by=staff[0])
    AgendaItem.objects.filter(pk=made.item_id).update(election=finished)
    return Decision.objects.get(pk=made.pk)


def annex(decision: Decision) -> list[tuple[str, str, str]]:
    """Name, post and period of every line."""
    return [
        (row.name, row.post, row.period.replace("\N{NO-BREAK SPACE}", " "))
        for row in seats_of(decision)
    ]


def test_the_decree_names_the_elected_before_they_are_seated(board, finished, staff):
    decision = decided(board, finished, staff)
    assert not Mandate.objects.filter(board=board).exists()

    named = [(name, "Anggota", PERIOD) for name in ("Ani", "Budi", "Cici")]
    assert annex(decision) == named

    # What happens to people and letters afterwards does not change who was elected.
    Person.objects.filter(board=board, name="Ani").update(name="Ani Lain")
    reserve = line_up(finished).reserves[0]
    note_reserve_letter(
        reserve, willing="declined", on=vote.ON, today=vote.ON, by=staff[0]
    )
    assert annex(decision) == named


def test_after_seating_the_mandates_are_named(board, finished, staff):
    decision = decided(board, finished, staff)
    leads = line_up(finished).taking[1]

    seat_election(
        finished, decision=decision, coordinator=leads, by=staff[0], at=vote.AT
    )

    assert annex(decision)[0] == ("Budi", "Koordinator", PERIOD)
    assert len(annex(decision)) == 3


def test_a_decision_that_seated_nobody_names_nobody(board, finished, staff):
    late = decided(board, finished, staff)
    other = seats.decision(board, by=staff[0])
    seat_election(finished, decision=other, by=staff[0], at=vote.AT)

    assert annex(late) == []
    assert annex(seats.decision(board, by=staff[0])) == []


def test_the_agenda_takes_up_the_result_once(board, finished, staff, secretary):
    meeting = talk.meeting(board, by=staff[0])
    agenda = reverse("deliberations:agenda_page", args=[board.slug, meeting.pk])
    assert "Hasil pemilihan</h2>" in secretary.get(agenda).text
    take = reverse("deliberations:agenda_take", args=[board.slug, meeting.pk])

    secretary.post(take, make.once(election=finished.pk))

    item = meeting.items.get()
    assert item.title == f"Penetapan hasil: {finished.title}"
    assert item.election == finished
    assert meeting_record(meeting.pk)["items"][0]["election"] == finished.pk
    with vote.refuses("agenda.taken"):
        take_election(meeting, finished, by=staff[0])
    assert not open_elections(meeting).exists()
    assert "Hasil pemilihan</h2>" not in secretary.get(agenda).text


def test_a_running_election_and_one_of_another_board_are_not_taken_up(board, staff):
    meeting = talk.meeting(board, by=staff[0])
    running = vote.election(board, by=staff[0], title="Berjalan")
    other = make.board()
    foreign = vote.election(other, by=staff[0])

    for election in (running, foreign):
        with vote.refuses("agenda.taken"):
            take_election(meeting, election, by=staff[0])
    item = talk.item(meeting)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(election=foreign)


def test_the_page_that_seats_proposes_that_decision(board, finished, staff, secretary):
    seats.decision(board, by=staff[0])
    decision = decided(board, finished, staff)
    seats.decision(board, by=staff[0])

    page = reverse("deliberations:seat_election", args=[board.slug, finished.pk])

    assert secretary.get(page).context["form"]["decision"].value() == decision.pk
