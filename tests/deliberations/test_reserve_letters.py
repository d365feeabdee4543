"""The letter of a reserve, noted where a seat is filled anew (PAW)."""

import datetime

import pytest
from django.urls import reverse

from boards.roles import Role
from deliberations.vacancies import next_reserve
from members.standings import line_up
from tests.make import boards as make
from tests.make import seats

pytestmark = pytest.mark.django_db


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
def seated(board, staff):
    """Ani, Budi and Cici sit; Dodi and Edi are in reserve."""
    return seats.seated(board, by=staff)


def url(name: str, board, *keys) -> str:
    return reverse(f"deliberations:{name}", args=[board.slug, *keys])


def test_the_page_notes_the_letter_of_a_reserve(seated, board, staff, secretary):
    dodi = next_reserve(seated.term)
    budi = seated.term.mandates.get(person__name="Budi")
    page = url("reserve_letter", board, dodi.pk) + f"?kursi={budi.pk}"
    assert "Dodi" in secretary.get(url("seat_list", board)).text
    ahead = board.today() + datetime.timedelta(1)

    late = secretary.post(page, make.once(willing="declined", on=f"{ahead:%d/%m/%Y}"))
    assert list(late.context["form"].errors) == ["on"]
    body = {"willing": "declined", "on": "30/6/2026", "revision": dodi.revision}
    answer = secretary.post(page, make.once(**body))

    assert answer["Location"] == url("seat_replace", board, budi.pk)
    assert next_reserve(seated.term).name == "Edi"
    assert secretary.post(page, make.once(**body)).status_code == 409
    # Who sits writes no letter here.
    leads = line_up(seated.election).taking[0]
    assert secretary.get(url("reserve_letter", board, leads.pk)).status_code == 404


def test_a_letter_of_a_day_to_come_seats_nobody(seated, board, staff, secretary):
    ahead = board.today() + datetime.timedelta(1)
    dodi, budi = (
        next_reserve(seated.term),
        seated.term.mandates.get(person__name="Budi"),
    )
    body = {
        "reserve": dodi.pk,
        "ended_on": "30/6/2026",
        "reason": "MOVED",
        "willing_on": f"{ahead:%d/%m/%Y}",
        "decision": seats.decision(board, by=staff[0]).pk,
        "started_on": "1/7/2026",
    }

    page = secretary.post(url("seat_replace", board, budi.pk), make.once(**body))

    assert list(page.context["form"].errors) == ["willing_on"]
    assert seated.term.mandates.get(person__name="Budi").ended_on is None
