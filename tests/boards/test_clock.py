"""A clock that is in doubt: nothing is frozen until somebody has looked at it."""

import datetime
import threading
import time

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from boards.audit import record
from boards.chain import add_link
from boards.clock import (
    Look,
    check_clock,
    confirm_clock,
    doubt_at,
    is_behind,
    jumped,
    look,
    newest_moment,
    watch_clock,
)
from boards.management.commands import run_jobs
from boards.models import AuditEvent, AuditHead, ChainLink, ClockDoubt
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
    monkeypatch.setattr("boards.clock._looked", [float("-inf"), ""])
    settings.CLOCK_LOOK_SECONDS = 300
    client = make.signed_in(make.user(Role.SECRETARY, board=board))
    page = client.get(reverse("boards:board_page", args=[board.slug]))
    assert "Pengesahan ditahan dulu" in page.content.decode()
    keeper = make.signed_in(make.user(Role.SYSTEM))
    page = keeper.get(reverse("boards:account_list"))
    assert f'href="{reverse("boards:clock_page")}"' in page.content.decode()


def doubted(board) -> bool:
    """Whether freezing is refused, and nothing was frozen."""
    try:
        add_link("deliberations.meeting", board, {"a": 1}, board=board)
    except RuleViolation as refused:
        return refused.code == "boards.clock_back" and not ChainLink.objects.exists()
    return False


@pytest.mark.parametrize(
    ("wall", "steady", "found"),
    [
        (60, 60, 0),  # a minute passed
        (8 * 3600, 8 * 3600, 0),  # eight hours asleep
        (60 + 600, 60, 0),  # ten minutes are no matter
        (60 + 601, 60, 601),
        (60 - 600, 60, 0),
        (60 - 3600, 60, -3600),
    ],
)
def test_a_jump_is_what_the_other_clock_does_not_know(wall, steady, found):
    before = Look(1_790_000_000.0, 5_000.0)
    assert jumped(before, Look(before.wall + wall, before.steady + steady)) == found


def test_two_looks_in_a_row_see_no_jump():
    assert jumped(look(), look()) == 0


def test_a_computer_that_slept_while_it_was_looked_at_is_looked_at_again(monkeypatch):
    steady = iter([0.0, 900.0, 900.0, 900.1])
    monkeypatch.setattr("boards.clock._steady", lambda: next(steady))
    assert look().steady == 900.1


def test_a_system_without_such_clocks_is_looked_at_too(monkeypatch):
    monkeypatch.setattr("boards.clock._STEADY", None)
    assert look().steady == pytest.approx(time.monotonic(), abs=1)


@pytest.mark.django_db
@pytest.mark.parametrize(("moved", "words"), [(3600, "mundur 60"), (-3600, "maju 60")])
def test_a_jump_stops_freezing_until_the_keeper_confirms_once(moved, words):
    board, keeper = make.board(), make.user(Role.SYSTEM)
    now = look()

    watch_clock(Look(now.wall + moved, now.steady))

    assert doubted(board)
    client, path = make.signed_in(keeper), reverse("boards:clock_page")
    page = client.get(path).content.decode()
    assert "melompat lebih dari sepuluh menit" in page
    assert f"{words} menit" in page
    assert client.post(path, make.once()).status_code == 302
    assert not doubted(board)
    event = AuditEvent.objects.get(action="boards.clock_confirmed")
    assert "melompat" in event.details["doubt"]
    assert "Keduanya cocok" in client.get(path).content.decode()
    with pytest.raises(RuleViolation, match="sudah cocok"):
        confirm_clock(by=keeper)


@pytest.mark.django_db
def test_a_clock_that_goes_on_writes_nothing():
    watch_clock(look())
    assert not ClockDoubt.objects.exists()
    check_clock()


@pytest.mark.django_db
def test_a_clock_before_the_day_of_the_release_is_confirmed_for_that_release(settings):
    board, keeper = make.board(), make.user(Role.SYSTEM)
    day = datetime.timedelta(days=1)
    settings.BUILT_ON = timezone.localdate()
    assert not doubt_at(timezone.now())
    settings.BUILT_ON += day

    assert doubted(board)
    assert "lebih awal dari tanggal versi" in doubt_at(timezone.now())
    client, path = make.signed_in(keeper), reverse("boards:clock_page")
    assert client.post(path, make.once()).status_code == 302

    assert not doubt_at(timezone.now())
    settings.BUILT_ON += day
    assert doubt_at(timezone.now())


@pytest.mark.django_db
def test_every_page_says_that_the_clock_jumped(settings, monkeypatch):
    monkeypatch.setattr("boards.clock._looked", [float("-inf"), ""])
    settings.CLOCK_LOOK_SECONDS = 300
    board = make.board()
    ClockDoubt.objects.create(found_at=timezone.now(), seconds=-700)
    client = make.signed_in(make.user(Role.SECRETARY, board=board))

    page = client.get(reverse("boards:board_page", args=[board.slug]))

    assert "melompat lebih dari sepuluh menit. Pengesahan" in page.content.decode()


@pytest.mark.django_db
def test_readiness_names_a_clock_in_doubt(client):
    ClockDoubt.objects.create(found_at=timezone.now(), seconds=700)
    assert client.get("/sehat/siap/").status_code == 503
    keeper = make.signed_in(make.user(Role.SYSTEM))
    assert "melompat" in keeper.get("/sehat/siap/").json()["pemeriksaan"]["jam"]


@pytest.mark.django_db(transaction=True)
def test_the_worker_looks_while_it_sweeps(monkeypatch):
    stop, now = threading.Event(), look()
    looks = iter([now, Look(now.wall + 7200, now.steady + 5)])

    def next_look():
        found = next(looks, None)
        if found is None:
            stop.set()
        return found or Look(now.wall + 7200, now.steady + 5)

    monkeypatch.setattr(run_jobs, "SWEEP_SECONDS", 0.01)
    monkeypatch.setattr(run_jobs, "look", next_look)
    monkeypatch.setattr("boards.clock.look", next_look)
    run_jobs.sweep_until(stop)

    assert [row.seconds for row in ClockDoubt.objects.all()] == [7195]


@pytest.mark.django_db
def test_the_worker_says_at_its_start_that_the_clock_is_in_doubt(
    board, monkeypatch, caplog
):
    caplog.set_level("WARNING")
    monkeypatch.setattr(run_jobs, "work_until_told", lambda worker: None)
    monkeypatch.setattr(run_jobs.signal, "signal", lambda *told: None)
    call_command("run_jobs", "--batch")
    assert "mundur dari catatan terakhir" in caplog.text
