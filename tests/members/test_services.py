"""Terms, mandates and looking at a NIK: the rule and the database say the same."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from boards.audit import events_about
from boards.models import AuditEvent
from boards.roles import Role
from common.errors import RuleViolation
from members.models import Mandate, Person, Term
from members.services import (
    change_term,
    end_mandate,
    give_mandate,
    open_term,
    reveal_nik,
)
from tests.make import boards as make
from tests.make import members

pytestmark = pytest.mark.django_db
COORDINATOR, MEMBER = Mandate.Position.COORDINATOR, Mandate.Position.MEMBER


@pytest.fixture
def board():
    return make.board()


@pytest.fixture
def secretary(board):
    return make.user(Role.SECRETARY, board=board)


@pytest.fixture
def term(board):
    return members.term(board)


def refused(code: str):
    """The act raises a RuleViolation of this code."""
    return pytest.raises(RuleViolation, check=lambda error: error.code == code)


def test_a_term_is_recorded_and_remembered(board, secretary):
    term = open_term(
        board, starts_on=date(2025, 3, 14), ends_on=date(2028, 3, 13), by=secretary
    )

    assert Term.objects.get(board=board) == term
    says = events_about(term).get().says
    assert says == "mencatat masa bakti 14 Maret 2025 sampai 13 Maret 2028"


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2027, 12, 31), date(2030, 12, 30)),
        (date(2022, 1, 1), date(2025, 1, 1)),
        (date(2026, 1, 1), date(2026, 6, 30)),
        (date(2020, 1, 1), date(2030, 1, 1)),
    ],
)
def test_terms_of_one_board_do_not_overlap(board, secretary, term, starts_on, ends_on):
    with refused("members.terms_overlap"):
        open_term(board, starts_on=starts_on, ends_on=ends_on, by=secretary)

    assert Term.objects.get() == term
    assert not AuditEvent.objects.exists()


def test_the_database_refuses_an_overlapping_term_too(board, term):
    with pytest.raises(DatabaseError), transaction.atomic():
        members.term(board, date(2027, 12, 31), date(2030, 12, 30))
    other = members.term(board, date(2028, 1, 1), date(2030, 12, 31))
    with pytest.raises(DatabaseError), transaction.atomic():
        Term.objects.filter(pk=other.pk).update(starts_on=date(2027, 12, 31))


def test_terms_of_two_boards_may_overlap(term, secretary):
    other = make.board()

    open_term(other, starts_on=term.starts_on, ends_on=term.ends_on, by=secretary)

    assert Term.objects.count() == 2


def test_a_term_that_ends_before_it_starts_is_refused(board, secretary):
    with refused("members.term_backwards"):
        open_term(
            board, starts_on=date(2025, 3, 14), ends_on=date(2025, 3, 14), by=secretary
        )

    assert not Term.objects.exists()


def test_a_term_cannot_be_cut_below_its_members(board, secretary, term):
    members.mandate(term, started_on=date(2027, 6, 1))
    days = {"starts_on": term.starts_on, "ends_on": date(2027, 5, 31)}

    with refused("members.term_cuts_mandate"):
        change_term(term, revision=0, **days, decree="", by=secretary)

    term.refresh_from_db()
    assert (term.ends_on, term.revision) == (date(2027, 12, 31), 0)
    with pytest.raises(DatabaseError), transaction.atomic():
        Term.objects.filter(pk=term.pk).update(ends_on=date(2027, 5, 31))


def test_a_term_is_corrected_with_its_members_inside(secretary, term):
    members.mandate(term, started_on=date(2026, 1, 1))

    change_term(
        term,
        revision=0,
        starts_on=date(2025, 2, 1),
        ends_on=date(2027, 6, 30),
        decree="SK 5",
        by=secretary,
    )

    term.refresh_from_db()
    assert (term.starts_on, term.ends_on) == (date(2025, 2, 1), date(2027, 6, 30))
    assert (term.decree, term.revision) == ("SK 5", 1)


def test_who_was_a_member_on_a_day(term):
    first = members.mandate(
        term,
        members.person(term.board, "Sukirman"),
        position=COORDINATOR,
        ended_on=date(2026, 3, 31),
        end_reason="RESIGNED",
    )
    second = members.mandate(
        term,
        members.person(term.board, "Aminah"),
        position=COORDINATOR,
        started_on=date(2026, 4, 1),
    )
    member = members.mandate(term, members.person(term.board, "Bambang"))

    def held(day):
        return list(Mandate.objects.filter(board=term.board).held_on(day))

    assert held(date(2024, 12, 31)) == []
    assert held(date(2025, 1, 1)) == [first, member]
    assert held(date(2026, 3, 31)) == [first, member]
    assert held(date(2026, 4, 1)) == [second, member]
    assert held(date(2027, 12, 31)) == [second, member]
    assert held(date(2028, 1, 1)) == []


def test_a_mandate_is_given_inside_its_term(secretary, term):
    person = members.person(term.board, "Siti Aminah", title_after="S.Pd.")

    mandate = give_mandate(
        term,
        person=person,
        position=COORDINATOR,
        started_on=date(2026, 1, 5),
        by=secretary,
    )

    assert (mandate.term, mandate.region_code) == (term, term.board.region_code)
    assert events_about(mandate).get().says == (
        "mencatat Siti Aminah, S.Pd. sebagai koordinator mulai 5 Januari 2026"
    )


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2028, 1, 1)])
def test_a_mandate_outside_its_term_is_refused(secretary, term, day):
    person = members.person(term.board)

    with refused("members.mandate_outside_term"):
        give_mandate(term, person=person, position=MEMBER, started_on=day, by=secretary)
    with pytest.raises(DatabaseError), transaction.atomic():
        members.mandate(term, person, started_on=day)

    assert not Mandate.objects.exists()


def test_two_coordinators_at_once_are_refused(secretary, term):
    members.mandate(term, position=COORDINATOR)
    second = members.person(term.board)

    with refused("members.two_coordinators"):
        give_mandate(
            term,
            person=second,
            position=COORDINATOR,
            started_on=date(2026, 1, 1),
            by=secretary,
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        members.mandate(term, second, position=COORDINATOR)

    assert Mandate.objects.count() == 1


def test_nobody_is_a_member_twice_at_once(secretary, term):
    person = members.mandate(term).person

    with refused("members.twice_a_member"):
        give_mandate(
            term,
            person=person,
            position=COORDINATOR,
            started_on=date(2026, 1, 1),
            by=secretary,
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        members.mandate(term, person, started_on=date(2026, 1, 1))


@pytest.mark.parametrize(("own", "seats"), [(None, 13), (2, 2)])
def test_no_more_sit_than_there_are_seats(secretary, term, own, seats):
    """The board's rule says 13; an election that had two seats leaves two."""
    Term.objects.filter(pk=term.pk).update(seats=own)
    term.refresh_from_db()
    for _ in range(seats - 1):
        members.mandate(term)
    left = members.mandate(term, ended_on=date(2026, 3, 31), end_reason="MOVED")
    person = members.person(term.board, "Fani")
    facts = {"person": person, "position": MEMBER, "by": secretary}

    with refused("members.seats_full") as caught:
        give_mandate(term, started_on=left.ended_on, **facts)

    assert f"Pada 31 Maret 2026 sudah ada {seats} anggota" in str(caught.value)
    assert not person.mandates.exists()
    assert give_mandate(term, started_on=date(2026, 4, 1), **facts).pk


def test_a_person_of_another_board_is_refused(secretary, term):
    stranger = members.person(make.board())

    with refused("members.other_board"):
        give_mandate(
            term,
            person=stranger,
            position=MEMBER,
            started_on=date(2026, 1, 1),
            by=secretary,
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        members.mandate(term, stranger)


def test_a_mandate_ends_on_its_last_day(secretary, term):
    mandate = members.mandate(term, position=COORDINATOR)

    end_mandate(mandate, ended_on=date(2026, 3, 31), reason="RESIGNED", by=secretary)

    mandate.refresh_from_db()
    assert (mandate.ended_on, mandate.end_reason) == (date(2026, 3, 31), "RESIGNED")
    assert mandate.last_day == date(2026, 3, 31)
    assert (
        events_about(mandate)
        .get()
        .says.endswith("per 31 Maret 2026: mengundurkan diri")
    )


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2024, 12, 31), "members.ends_before_start"),
        (date(2028, 1, 1), "members.mandate_outside_term"),
    ],
)
def test_a_mandate_does_not_end_outside_its_days(secretary, term, day, code):
    mandate = members.mandate(term)

    with refused(code):
        end_mandate(mandate, ended_on=day, reason="MOVED", by=secretary)

    mandate.refresh_from_db()
    assert mandate.ended_on is None


def test_a_mandate_ends_once(secretary, term):
    mandate = members.mandate(term, ended_on=date(2026, 3, 31), end_reason="RESIGNED")

    with refused("members.mandate_ended"):
        end_mandate(mandate, ended_on=date(2026, 2, 1), reason="MOVED", by=secretary)

    mandate.refresh_from_db()
    assert mandate.ended_on == date(2026, 3, 31)


def test_an_end_without_a_reason_is_refused_by_the_database(term):
    mandate = members.mandate(term)

    with pytest.raises(DatabaseError), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(ended_on=date(2026, 3, 31))


def test_a_nik_is_shown_with_a_reason_and_the_look_is_logged(board, secretary):
    person = members.person(board, "Siti Aminah", nik=members.NIK)

    shown = reveal_nik(person, reason="surat keterangan domisili", by=secretary)

    assert shown == members.NIK
    event = events_about(person).get()
    assert event.says == "membuka NIK Siti Aminah: surat keterangan domisili"
    assert members.NIK not in f"{event.says} {event.details}"


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("perlu", "members.reason_missing"),
        ("        ", "members.reason_missing"),
        (f"untuk {members.NIK}", "members.reason_with_digits"),
        ("hubungi 0812 3456 7890", "members.reason_with_digits"),
    ],
)
def test_a_nik_is_not_shown_without_a_fit_reason(board, secretary, reason, code):
    person = members.person(board, nik=members.NIK)

    with refused(code):
        reveal_nik(person, reason=reason, by=secretary)

    assert not AuditEvent.objects.exists()


def test_no_nik_cannot_be_shown(board, secretary):
    with refused("members.no_nik"):
        reveal_nik(members.person(board), reason="surat keterangan", by=secretary)


def test_names_carry_their_titles(board):
    person = Person(name="Suprapto", title_before="Drs. H.", title_after="M.Si.")

    assert person.full_name == "Drs. H. Suprapto, M.Si."
    assert Person(name="Suprapto").full_name == "Suprapto"
    assert Person(rt="003", rw="005").neighbourhood == "RT 003/RW 005"
    assert Person(rw="005").neighbourhood == "RW 005"
