"""A board that is no longer active: everything is read, nothing new is written."""

import datetime
import re

import pytest
from django.urls import reverse

from boards.models import Board
from tests.boards.addresses import at
from tests.make import boards as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(board):
    """The board, no longer active since the first of June."""
    day = datetime.date(2026, 6, 1)
    Board.objects.filter(pk=board.pk).update(closed_on=day)
    return board


WRITING = [
    ("boards:board_edit", {"section": "kop"}),
    ("boards:setting_new", {"name": "review_days"}),
    ("members:person_new", {}),
    ("deliberations:meeting_new", {}),
    ("activities:activity_new", {}),
    ("planning:item_new", {}),
]


@pytest.mark.parametrize(("name", "objects"), WRITING)
def test_a_closed_board_takes_nothing_new(secretary, closed, name, objects):
    path = reverse(name, kwargs={"board_slug": closed.slug, **objects})

    for answer in (secretary.get(path), secretary.post(path, make.once())):
        page = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert answer.status_code == 403
        assert f"{closed.term} ini tidak aktif sejak 1 Juni 2026" in page
        assert "Catatannya tetap dapat dibaca" in page


@pytest.mark.parametrize(
    "name",
    [
        "boards:board_page",
        "boards:setting_list",
        "deliberations:meeting_list",
        "activities:activity_list",
    ],
)
def test_a_closed_board_is_read(secretary, closed, name):
    answer = secretary.get(reverse(name, kwargs={"board_slug": closed.slug}))

    page = answer.text.replace("\N{NO-BREAK SPACE}", " ")
    assert answer.status_code == 200
    assert not re.search(r">(Ubah|Tetapkan|Rapat baru|Kegiatan baru)<", page)
    assert f"{closed.term} ini tidak aktif sejak 1 Juni 2026." in page


def test_an_active_board_says_nothing_of_it(secretary, board):
    answer = secretary.get(reverse("boards:board_page", args=[board.slug]))

    assert "tidak aktif sejak" not in answer.text


def test_who_never_wrote_is_refused_as_before(member, closed):
    answer = member.get(at("board_edit", closed, section="kop"))

    assert answer.status_code == 403
    assert "tidak aktif sejak" not in answer.content.decode()


def test_the_admin_still_ends_roles_of_a_closed_board(admin, closed):
    assert admin.get(at("secretary_handover", closed)).status_code == 200
    assert admin.get(at("board_edit", closed, section="kop")).status_code == 403


def test_a_board_that_closes_later_is_written_until_then(secretary, board):
    day = board.today() + datetime.timedelta(days=1)
    Board.objects.filter(pk=board.pk).update(closed_on=day)

    assert secretary.get(at("board_edit", board, section="kop")).status_code == 200


def test_a_board_that_closed_elsewhere_changes_nothing_here(secretary, board):
    Board.objects.filter(pk=make.board().pk).update(closed_on=board.today())

    assert secretary.get(at("board_edit", board, section="kop")).status_code == 200


def test_active_boards_are_asked_one_way():
    running, closed = make.board(), make.board()
    day = datetime.date(2026, 6, 30)
    Board.objects.filter(pk=closed.pk).update(closed_on=day)
    closed.refresh_from_db()
    before = day - datetime.timedelta(1)

    assert set(Board.objects.active()) == {running}
    assert set(Board.objects.active(on=day)) == {running}
    assert set(Board.objects.active(on=before)) == {running, closed}
    for board in (running, closed):
        for on in (before, day):
            among = board in Board.objects.active(on=on)
            assert board.is_active(on=on) == among
