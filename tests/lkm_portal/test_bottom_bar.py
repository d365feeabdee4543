"""What stands within reach of the thumb on a phone, by what a person does."""

import pytest

from boards.roles import Role
from tests.make import boards as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "fourth"),
    [
        (Role.SECRETARY, "Kegiatan"),
        (Role.WORKS_UNIT, "Kegiatan"),
        (Role.LOAN_UNIT, "Pinjaman"),
        (Role.SUPERVISOR, "Pinjaman"),
    ],
)
def test_the_fourth_place_is_for_the_works_or_for_the_loans(role, fourth):
    board = make.board()
    client = make.signed_in(make.user(role, board=board))

    page = client.get(f"/lkm/{board.slug}/")

    bottom = [tab.label for tab in page.context["frame"].bottom]
    assert bottom == ["Beranda", "Musyawarah", "Keputusan", fourth]
