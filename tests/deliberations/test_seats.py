"""Seats rest on decisions: an election becomes a term, a reserve follows (PAW)."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from boards.audit import events_about
from boards.roles import Role
from common.words import format_date
from deliberations.models import Meeting, Replacement, SeatedElection, SeatedMandate
from deliberations.services.seats import (
    Leaving,
    Successor,
    replace_member,
    seat_election,
)
from deliberations.vacancies import next_reserve, usable_decisions, vacancies
from members.models import Mandate, Nominee, Term
from members.services import end_mandate, give_mandate, note_reserve_letter
from members.standings import line_up
from reports.builders import decree_annex
from tests.make import boards as make
from tests.make import elections as vote
from tests.make import members, seats

pytestmark = pytest.mark.django_db
LAST, NEXT = datetime.date(2026, 6, 30), datetime.date(2026, 7, 1)


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
    return seats.finished(board, by=staff)


@pytest.fixture
def seated(finished, board, staff):
    decision = seats.decision(board, by=staff[0], held_on=datetime.date(2025, 12, 20))
    leads = line_up(finished).taking[0]
    return seat_election(
        finished, decision=decision, coordinator=leads, by=staff[0], at=vote.AT
    )


def of(seated: SeatedElection, name: str) -> Mandate:
    """The mandate of somebody in the term."""
    return seated.term.mandates.get(person__name=name)


def url(name: str, board, *keys) -> str:
    return reverse(f"deliberations:{name}", args=[board.slug, *keys])


RESIGNED = Leaving(LAST, Mandate.EndReason.RESIGNED)


def test_a_decision_turns_the_result_into_a_term(finished, board, staff):
    decision = seats.decision(board, by=staff[0])
    leads = line_up(finished).taking[1]

    seated = seat_election(
        finished, decision=decision, coordinator=leads, by=staff[0], at=vote.AT
    )

    term = Term.objects.get(board=board)
    assert (term.starts_on, term.ends_on) == (seats.STARTS, seats.ENDS)
    assert term.decree == decision.number_text
    found = term.mandates.order_by("person__name")
    assert [(row.person.name, row.position) for row in found] == [
        ("Ani", "MEMBER"),
        ("Budi", "COORDINATOR"),
        ("Cici", "MEMBER"),
    ]
    assert SeatedMandate.objects.filter(seated=seated).count() == 3
    assert "3 anggota dari Pemilihan anggota 2028" in events_about(decision)[0].says
    with vote.refuses("seats.seated"):
        seat_election(finished, decision=decision, by=staff[0], at=vote.AT)


def test_a_term_that_overlaps_seats_nobody(finished, board, staff):
    members.term(board, datetime.date(2025, 1, 1), datetime.date(2026, 12, 31))
    decision = seats.decision(board, by=staff[0])

    with vote.refuses("members.terms_overlap"), transaction.atomic():
        seat_election(finished, decision=decision, by=staff[0], at=vote.AT)

    assert not SeatedElection.objects.filter(board=board).exists()
    assert not Mandate.objects.filter(board=board).exists()


def test_an_election_that_runs_seats_nobody(board, staff):
    running = vote.election(board, by=staff[0], title="Pemilihan berjalan")
    decision = seats.decision(board, by=staff[0])

    with vote.refuses("seats.not_finished"):
        seat_election(running, decision=decision, by=staff[0], at=vote.AT)


def test_only_a_decision_on_members_in_force_is_used_and_once(seated, board, staff):
    draft = seats.decision(board, by=staff[0])
    assert list(usable_decisions(board)) == [draft]
    type(draft).objects.filter(pk=draft.pk).update(kind="general")
    used = seated.decision

    for decision in (draft, used):
        with vote.refuses("seats.decision"):
            replace_member(
                of(seated, "Budi"),
                leaving=RESIGNED,
                successor=Successor(NEXT, willing_on=LAST),
                decision=decision,
                by=staff[0],
                at=vote.AT,
            )
    dodi = next_reserve(seated.term)
    spare = members.mandate(seated.term, dodi.person)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Replacement.objects.create(
            board=board,
            decision=used,
            left=of(seated, "Budi"),
            mandate=spare,
            at=vote.AT,
            by=staff[0],
        )


def replaced(seated, staff, name="Budi", **how):
    """The member resigns on the last of June, the next follows the day after."""
    values = {
        "leaving": RESIGNED,
        "successor": Successor(NEXT, willing_on=LAST),
        "by": staff[0],
        "at": vote.AT,
    }
    if "decision" not in how:
        values["decision"] = seats.decision(seated.board, by=staff[0])
    return replace_member(of(seated, name), **{**values, **how})


def test_the_next_reserve_follows_for_the_rest_of_the_term(seated, board, staff):
    made = replaced(seated, staff)

    assert str(made) == "Dodi menggantikan Budi"
    left = Mandate.objects.get(pk=made.left_id)
    assert (left.ended_on, left.end_reason) == (LAST, "RESIGNED")
    assert (made.mandate.started_on, made.mandate.last_day) == (NEXT, seats.ENDS)
    letter = Nominee.objects.get(pk=made.nominee_id)
    assert (letter.willing, letter.willing_on) == ("willing", LAST)
    assert next_reserve(seated.term).name == "Edi"
    with vote.refuses("seats.filled"):
        replaced(seated, staff)


def declines(nominee: Nominee, staff) -> None:
    note_reserve_letter(nominee, willing="declined", on=LAST, today=LAST, by=staff[0])


def test_a_reserve_who_declines_is_passed_over(seated, staff):
    dodi = next_reserve(seated.term)
    declines(dodi, staff)

    assert str(replaced(seated, staff)) == "Edi menggantikan Budi"


def test_a_reserve_without_a_letter_does_not_follow(seated, staff):
    with vote.refuses("seats.willing"), transaction.atomic():
        replaced(seated, staff, successor=Successor(NEXT))

    assert of(seated, "Budi").ended_on is None


def test_nobody_follows_before_the_seat_is_free_or_the_meeting_held(seated, staff):
    with vote.refuses("seats.too_early"), transaction.atomic():
        replaced(seated, staff, successor=Successor(LAST, willing_on=LAST))
    late = seats.decision(seated.board, by=staff[0], held_on=datetime.date(2026, 7, 5))
    with vote.refuses("seats.too_early"), transaction.atomic():
        replaced(seated, staff, decision=late)


def test_a_seat_that_was_filled_by_hand_is_not_filled_again(seated, board, staff):
    end_mandate(of(seated, "Budi"), ended_on=LAST, reason="RESIGNED", by=staff[0])
    give_mandate(
        seated.term,
        person=members.person(board, "Fani"),
        position=Mandate.Position.MEMBER,
        started_on=NEXT,
        by=staff[0],
    )

    with vote.refuses("members.seats_full"), transaction.atomic():
        replaced(seated, staff, leaving=None)

    assert seated.term.mandates.held_on(NEXT).count() == 3


def test_a_mandate_outside_its_term_is_refused(seated, staff):
    after = seats.ENDS + datetime.timedelta(1)

    with vote.refuses("members.mandate_outside_term"), transaction.atomic():
        replaced(seated, staff, successor=Successor(after, willing_on=LAST))


def test_without_a_reserve_a_rembug_khusus_chooses(seated, board, staff):
    for _ in range(2):
        reserve = next_reserve(seated.term)
        declines(reserve, staff)
    assert next_reserve(seated.term) is None
    somebody = members.person(board, "Fitri", sex="P")
    chosen = Successor(NEXT, person=somebody)

    with vote.refuses("seats.no_reserve"), transaction.atomic():
        replaced(seated, staff, successor=chosen)
    special = seats.special(board, by=staff[0])
    assert special.meeting.kind == Meeting.Kind.KHUSUS
    with vote.refuses("seats.person"), transaction.atomic():
        replaced(seated, staff, successor=Successor(NEXT), decision=special)
    made = replaced(seated, staff, successor=chosen, decision=special)

    assert made.mandate.person == somebody
    assert made.nominee is None


def test_a_new_post_and_the_end_of_the_term_leave_no_seat(seated, staff):
    moved = Leaving(LAST, Mandate.EndReason.NEW_POSITION)
    over = Leaving(seats.ENDS, Mandate.EndReason.RESIGNED)

    for leaving in (moved, over):
        with vote.refuses("seats.no_vacancy"), transaction.atomic():
            replaced(seated, staff, leaving=leaving)


def test_seats_and_their_decision_are_only_added(seated, staff):
    made = replaced(seated, staff)
    for row in (seated, seated.mandates.first(), made):
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            type(row).objects.filter(pk=row.pk)._raw_delete("default")
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(board=make.board())


def test_the_page_seats_the_elected(finished, board, staff, secretary):
    empty = secretary.get(url("seat_election", board, finished.pk))
    assert "Belum ada keputusan keanggotaan" in empty.text
    decision = seats.decision(board, by=staff[0])
    asked = url("seat_election", board, finished.pk) + f"?keputusan={decision.pk}"
    form = secretary.get(asked).context["form"]
    assert form["decision"].value() == decision.pk

    secretary.post(asked, make.once(decision=decision.pk, coordinator=""))

    page = secretary.get(url("seat_election", board, finished.pk)).text
    assert "3 anggota ditetapkan" in page
    assert decision.number_text in page


def test_one_page_fills_a_seat(seated, board, staff, secretary):
    decision = seats.decision(board, by=staff[0])
    budi = of(seated, "Budi")
    page = secretary.get(url("seat_replace", board, budi.pk))
    assert "<b>Dodi</b>, cadangan urutan 4 dengan 5 suara" in page.text
    dodi = next_reserve(seated.term)
    assert f'name="reserve" value="{dodi.pk}"' in page.text
    body = {
        "reserve": dodi.pk,
        "ended_on": "30/6/2026",
        "reason": "MOVED",
        "willing_on": "30/6/2026",
        "decision": decision.pk,
        "started_on": "1/7/2026",
    }

    early = body | {"started_on": "1/6/2026"}
    refused = secretary.post(url("seat_replace", board, budi.pk), make.once(**early))
    assert "Pengganti mulai 1 Juli 2026" in refused.text.replace("\xa0", " ")
    assert of(seated, "Budi").ended_on is None
    secretary.post(url("seat_replace", board, budi.pk), make.once(**body))

    assert Replacement.objects.get(left=budi).mandate.person.name == "Dodi"
    listed = secretary.get(url("seat_list", board)).text
    assert "menggantikan Budi" in listed
    again = secretary.get(url("seat_replace", board, budi.pk)).text
    assert "Kursi ini sudah diisi" in again


def test_a_page_that_showed_another_reserve_seats_nobody(
    seated, board, staff, secretary
):
    dodi = next_reserve(seated.term)
    replaced(seated, staff)
    body = {
        "reserve": dodi.pk,
        "ended_on": "30/6/2026",
        "reason": "MOVED",
        "willing_on": "30/6/2026",
        "decision": seats.decision(board, by=staff[0]).pk,
        "started_on": "1/7/2026",
    }

    cici = of(seated, "Cici")
    page = secretary.post(url("seat_replace", board, cici.pk), make.once(**body))

    assert "Urutan cadangan baru saja berubah" in page.text
    assert of(seated, "Cici").ended_on is None
    assert not Replacement.objects.filter(left=cici).exists()


def test_a_seat_left_before_is_listed_until_it_is_filled(seated, board, secretary):
    budi = of(seated, "Budi")
    Mandate.objects.filter(pk=budi.pk).update(ended_on=LAST, end_reason="DECEASED")

    assert list(vacancies(board)) == [budi]
    page = secretary.get(url("seat_list", board)).text
    assert "Kursi kosong" in page
    assert "Perlu rembug khusus" not in page


def test_pages_without_reserve_ask_for_a_rembug_khusus(board, secretary):
    mandate = members.mandate(members.term(board))

    page = secretary.get(url("seat_replace", board, mandate.pk)).text

    assert "Perlu rembug khusus" in page


@pytest.mark.parametrize("name", ["seat_election", "seat_replace", "reserve_letter"])
def test_other_board_404_no_right_403_wrong_method_405(
    name, seated, board, staff, secretary
):
    keys = {
        "seat_election": seated.election_id,
        "seat_replace": of(seated, "Budi").pk,
        "reserve_letter": next_reserve(seated.term).pk,
    }
    page = url(name, board, keys[name])
    stranger = make.signed_in(make.user(Role.SECRETARY, board=make.board()))

    assert stranger.post(page, make.once()).status_code == 404
    assert make.signed_in(staff[1]).post(page, make.once()).status_code == 403
    assert secretary.put(page).status_code == 405


@pytest.mark.parametrize("count", [5, 50])
def test_the_list_costs_the_same_for_any_number(
    board, secretary, count, django_assert_max_num_queries
):
    term = members.term(board)
    for _ in range(count):
        members.mandate(term, ended_on=LAST, end_reason="MOVED")
        members.mandate(term)
    secretary.get(url("seat_list", board))

    with django_assert_max_num_queries(14):
        assert secretary.get(url("seat_list", board)).status_code == 200


def test_the_decree_names_who_was_seated(seated):
    found = decree_annex.seats_of(seated.decision)

    assert [(row.number, row.name, row.post) for row in found] == [
        (1, line_up_leader(seated), "Koordinator"),
        *((at, row.name, "Anggota") for at, row in enumerate(found[1:], start=2)),
    ]
    assert {row.name for row in found} == {"Ani", "Budi", "Cici"}
    assert {" ".join(row.period.split()) for row in found} == {
        f"{format_date(seats.STARTS)} sampai {format_date(seats.ENDS)}"
    }


def line_up_leader(seated: SeatedElection) -> str:
    return seated.term.mandates.get(position="COORDINATOR").person.name
