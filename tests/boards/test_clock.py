"""A clock that went back: nothing is frozen until somebody has looked at it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from boards.audit import record
from boards.chain import add_link
from boards.clock import confirm_clock, is_behind, newest_moment
from boards.models import AuditEvent, AuditHead, ChainLink
from boards.roles import Role
from boards.verification import broken_chains
from common.errors import RuleViolation
from tests.make import boards as make
from tests.make import meetings as meet

HOURS = datetime.timedelta(hours=5)


@pytest.fixture
def board(db):
    """A board whose log was written five hours ahead of the clock of now."""
    board = make.board()
    record("a.b", board, by=None, says="mencoba")
    AuditHead.objects.update(last_at=timezone.now() + HOURS)
    return board


def test_nothing_is_frozen_while_the_clock_is_behind(board):
    with pytest.raises(RuleViolation, match="mundur") as refused:
        add_link("deliberations.meeting", board, {"a": 1}, board=board)
    assert refused.value.code == "boards.clock_back"
    assert not ChainLink.objects.exists()


def test_ratifying_is_refused_with_a_sentence_and_leaves_nothing(board):
    people = meet.members(board)
    secretary = make.user(Role.SECRETARY, board=board)
    meeting = meet.sent(board, by=secretary, people=people)
    chair = make.user(Role.MEMBER, board=board, post="COORDINATOR")
    path = reverse("deliberations:meeting_ratify", args=[board.slug, meeting.pk])

    response = make.signed_in(chair).post(path, make.once())

    assert response.status_code == 200
    assert "mundur dari catatan terakhir" in response.content.decode()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.number) == ("sent", None)


def test_ten_minutes_are_no_matter(db):
    board = make.board()
    record("a.b", board, by=None, says="mencoba")
    newest = newest_moment()
    assert not is_behind(newest - datetime.timedelta(minutes=9))
    assert is_behind(newest - datetime.timedelta(minutes=11))


def test_writing_on_with_the_wrong_clock_does_not_hide_it(board):
    record("a.b", board, by=None, says="mencoba lagi")
    assert is_behind(timezone.now())


def test_the_keeper_of_the_system_confirms_the_clock_once(board):
    keeper = make.user(Role.SYSTEM)
    client, path = make.signed_in(keeper), reverse("boards:clock_page")
    assert "mundur" in client.get(path).content.decode()

    assert client.post(path, make.once()).status_code == 302

    add_link("deliberations.meeting", board, {"a": 1}, board=board)
    event = AuditEvent.objects.get(action="boards.clock_confirmed")
    assert event.user_id == keeper.pk
    assert [found.chain for found in broken_chains()] == ["catatan"]  # no real minutes
    with pytest.raises(RuleViolation, match="sudah cocok"):
        confirm_clock(by=keeper)


def test_others_do_not_confirm_it(board):
    for role in (Role.DINAS_ADMIN, Role.SECRETARY):
        user = make.user(role, board=board, region_code="35.20")
        path = reverse("boards:clock_page")
        answer = make.signed_in(user).post(path, make.once())
        assert answer.status_code == 404


def test_every_page_says_that_the_clock_is_behind(board, settings, monkeypatch):
    monkeypatch.setattr("boards.clock._looked", [float("-inf"), False])
    settings.CLOCK_LOOK_SECONDS = 300
    client = make.signed_in(make.user(Role.SECRETARY, board=board))
    page = client.get(reverse("boards:board_page", args=[board.slug]))
    assert "Pengesahan ditahan dulu" in page.content.decode()
    keeper = make.signed_in(make.user(Role.SYSTEM))
    page = keeper.get(reverse("boards:account_list"))
    assert f'href="{reverse("boards:clock_page")}"' in page.content.decode()
