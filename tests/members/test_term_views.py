"""Pages about terms and mandates: five questions for each act."""

from datetime import date

import pytest
from django.urls import reverse

from boards.roles import Role
from members.models import Mandate, Term
from tests.make import boards as make
from tests.make import members

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make.board()


@pytest.fixture
def secretary(board):
    return make.signed_in(make.user(Role.SECRETARY, board=board))


def url(name: str, board, **kwargs) -> str:
    return reverse(f"members:{name}", kwargs={"board_slug": board.slug, **kwargs})


TERM = {"starts_on": "14/03/2025", "ends_on": "13/03/2028", "decree": "SK 7/2025"}


def test_the_page_shows_who_sits_on_the_chosen_day(board, secretary):
    term = members.term(board)
    old = members.person(board, "Sukirman")
    members.mandate(
        term,
        old,
        position="COORDINATOR",
        ended_on=date(2026, 3, 31),
        end_reason="MOVED",
    )
    new = members.person(board, "Aminah", sex="P")
    members.mandate(term, new, position="COORDINATOR", started_on=date(2026, 4, 1))

    page = secretary.get(url("term_page", board), {"pada": "31/03/2026"})

    assert [row.person for row in page.context["seated"]] == [old]
    assert "31 Maret 2026" in page.text.replace("\N{NO-BREAK SPACE}", " ")
    later = secretary.get(url("term_page", board), {"pada": "2026-04-01"})
    assert [row.person for row in later.context["seated"]] == [new]
    assert [row.person for row in later.context["ended"]] == [old]


def test_a_day_that_cannot_be_read_says_so_and_shows_today(board, secretary):
    page = secretary.get(url("term_page", board), {"pada": "31/02/2026"})

    assert page.status_code == 200
    assert "tidak ada di kalender" in page.text
    assert page.context["day"] == board.today()


def test_the_page_warns_of_few_women_and_even_numbers(board, secretary):
    term = members.term(board)
    for sex in "LLLP":
        members.mandate(term, members.person(board, sex=sex))

    page = secretary.get(url("term_page", board), {"pada": "01/06/2026"})

    text = page.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "4 anggota: 3 laki-laki, 1 perempuan (25,00 %)" in text
    assert "paling sedikit 30 %" in text
    assert "genap" in text


@pytest.mark.parametrize("count", [5, 50])
def test_the_page_costs_the_same_for_any_number(
    board, secretary, django_assert_max_num_queries, count
):
    term = members.term(board)
    for _ in range(count):
        members.mandate(term)
    secretary.get(url("term_page", board))  # the idle clock starts

    with django_assert_max_num_queries(7):
        secretary.get(url("term_page", board), {"pada": "01/06/2026"})


def test_a_new_term_is_recorded_once_for_a_double_click(board, secretary):
    body = make.once(**TERM)

    first = secretary.post(url("term_new", board), body)
    again = secretary.post(url("term_new", board), body)

    assert (first.status_code, again.status_code) == (302, 303)
    term = Term.objects.get()
    assert (term.starts_on, term.ends_on) == (date(2025, 3, 14), date(2028, 3, 13))


def test_an_overlapping_term_is_refused_and_what_was_typed_stays(board, secretary):
    members.term(board)

    page = secretary.post(url("term_new", board), make.once(**TERM))

    assert page.status_code == 200
    assert "Bertumpuk dengan masa bakti 1 Januari 2025" in page.text
    assert "SK 7/2025" in page.text
    assert Term.objects.count() == 1


def test_a_term_is_edited_and_a_second_editor_is_told(board, secretary):
    term = members.term(board)
    address = url("term_edit", board, pk=term.pk)

    saved = secretary.post(address, make.once(**TERM, revision="0"))
    late = secretary.post(address, make.once(**{**TERM, "decree": "X"}, revision="0"))

    assert (saved.status_code, late.status_code) == (302, 409)
    term.refresh_from_db()
    assert (term.decree, term.revision) == ("SK 7/2025", 1)
    assert "SK 7/2025" in late.text


def test_a_resident_becomes_a_member(board, secretary):
    term, person = members.term(board), members.person(board)
    body = {"term": term.pk, "position": "MEMBER", "started_on": "05/01/2026"}

    answer = secretary.post(url("mandate_new", board, pk=person.pk), make.once(**body))

    assert answer.status_code == 302
    mandate = Mandate.objects.get()
    assert (mandate.person, mandate.started_on) == (person, date(2026, 1, 5))


def test_a_term_of_another_board_is_no_choice(board, secretary):
    foreign = members.term(make.board())
    members.term(board)
    person = members.person(board)
    body = {"term": foreign.pk, "position": "MEMBER", "started_on": "05/01/2026"}

    answer = secretary.post(url("mandate_new", board, pk=person.pk), make.once(**body))

    assert answer.status_code == 200
    assert "term" in answer.context["form"].errors
    assert not Mandate.objects.exists()


def test_a_day_outside_the_term_is_refused_beside_the_form(board, secretary):
    term, person = members.term(board), members.person(board)
    body = {"term": term.pk, "position": "MEMBER", "started_on": "31/12/2024"}

    answer = secretary.post(url("mandate_new", board, pk=person.pk), make.once(**body))

    assert "Tanggal mulai harus antara 1 Januari 2025" in answer.text
    assert "31/12/2024" in answer.text
    assert not Mandate.objects.exists()


def test_a_mandate_ends(board, secretary):
    mandate = members.mandate(members.term(board))
    body = make.once(ended_on="31/03/2026", reason="RESIGNED")

    answer = secretary.post(url("mandate_end", board, pk=mandate.pk), body)

    assert answer.status_code == 302
    mandate.refresh_from_db()
    assert mandate.ended_on == date(2026, 3, 31)


def test_an_end_before_the_start_is_refused(board, secretary):
    mandate = members.mandate(members.term(board))
    body = make.once(ended_on="31/12/2024", reason="RESIGNED")

    answer = secretary.post(url("mandate_end", board, pk=mandate.pk), body)

    assert "Hari terakhir harus 1 Januari 2025 atau sesudahnya" in answer.text
    mandate.refresh_from_db()
    assert mandate.ended_on is None


@pytest.mark.parametrize("name", ["term_edit", "mandate_new", "mandate_end"])
def test_rows_of_another_board_do_not_exist(board, secretary, name):
    other = make.board()
    mandate = members.mandate(members.term(other))
    pk = {"term_edit": mandate.term_id, "mandate_new": mandate.person_id}
    kwargs = {"pk": pk.get(name, mandate.pk)}

    assert secretary.get(url(name, board, **kwargs)).status_code == 404
    assert secretary.get(url(name, other, **kwargs)).status_code == 404


@pytest.mark.parametrize(
    "name", ["term_new", "term_edit", "mandate_new", "mandate_end"]
)
def test_a_reader_may_not_change(board, name):
    reader = make.signed_in(make.user(Role.SUPERVISOR, board=board))
    mandate = members.mandate(members.term(board))
    pk = {"term_edit": mandate.term_id, "mandate_new": mandate.person_id}
    kwargs = {} if name == "term_new" else {"pk": pk.get(name, mandate.pk)}

    assert reader.get(url(name, board, **kwargs)).status_code == 403
    assert reader.post(url(name, board, **kwargs), make.once()).status_code == 403


@pytest.mark.parametrize("role", [Role.KELURAHAN, Role.DINAS_ADMIN])
def test_officers_outside_do_not_read_members(board, role):
    code = board.region_code if role == Role.KELURAHAN else board.region_code[:5]
    officer = make.signed_in(make.user(role, region_code=code))

    assert officer.get(url("term_page", board)).status_code == 403


def test_wrong_methods_are_refused(board, secretary):
    assert secretary.post(url("term_page", board)).status_code == 405
    assert secretary.delete(url("term_new", board)).status_code == 405


def test_a_new_board_is_led_through_its_first_steps(board, secretary):
    page = secretary.get(url("term_page", board)).text
    layouts = reverse("deliberations:layout_list", args=[board.slug])
    assert "Langkah pertama" in page
    assert f'href="{layouts}">Tetapkan susunan rapat' in page
    reader = make.signed_in(make.user(Role.MEMBER, board=board))
    assert "Langkah pertama" not in reader.get(url("term_page", board)).text

    members.mandate(members.term(board))

    assert "Langkah pertama" not in secretary.get(url("term_page", board)).text


def test_the_field_calls_a_replacement_by_its_name(board, secretary):
    page = secretary.get(reverse("deliberations:seat_list", args=[board.slug])).text

    assert "<h1>Penggantian antarwaktu (PAW)</h1>" in page
    assert "Ganti antarwaktu" not in page
