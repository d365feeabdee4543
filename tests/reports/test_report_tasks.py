"""Which reports the home page of a board asks for, and which no longer."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from boards.access import permissions_of
from boards.models import BoardSetting
from boards.roles import Role
from members.models import Evaluation
from reports.board_tasks import read_desk, tasks_of
from tests.make import activities as works
from tests.make import boards as make
from tests.make import deliberations as talks
from tests.make import members

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """It is Sunday 22 November 2026, 10.00 WIB: September and October are due."""
    now = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def work():
    board = make.board()
    talks.term(board)
    return works.running(board)


def asked(work):
    user = work.created_by
    desk = read_desk(work.board, user=user, rights=permissions_of(user, work.board))
    return [task.title for task in tasks_of(desk) if "penilaian" not in task.title]


def assessing(board, user) -> list[tuple[str, str]]:
    """Title and word of the task about the yearly assessment."""
    desk = read_desk(board, user=user, rights=permissions_of(user, board))
    found = [task for task in tasks_of(desk) if "penilaian" in task.title]
    return [(task.title, task.word) for task in found]


def test_the_assessment_of_the_year_is_asked_for_from_its_month_on():
    board = make.board()
    secretary = make.user(Role.SECRETARY, board=board)
    assert assessing(board, secretary) == []  # the term comes first
    talks.term(board)
    members.evaluation(board, year=2025)
    assert assessing(board, secretary) == [
        ("Mulai penilaian tahun 2026", "Belum dimulai")
    ]
    assert assessing(board, make.user(Role.MEMBER, board=board)) == []

    begun = members.evaluation(board, year=2026)
    assert assessing(board, secretary) == [("Lanjutkan penilaian tahun 2026", "Draf")]
    Evaluation.objects.filter(pk=begun.pk).update(
        finished_at=timezone.now(), finished_by=secretary
    )
    assert assessing(board, secretary) == []


def test_nobody_is_asked_to_assess_before_the_month_of_the_board():
    board = make.board()
    secretary = make.user(Role.SECRETARY, board=board)
    talks.term(board)
    BoardSetting.objects.create(
        board=board,
        name="assessment_month",
        value=12,
        starts_on=date(2026, 1, 1),
        article="ART pasal 30",
        created_by=secretary,
    )

    assert assessing(board, secretary) == []


def test_months_without_a_report_are_asked_for(work):
    assert asked(work) == [
        f"Buat laporan September 2026 untuk {work.code}",
        f"Buat laporan Oktober 2026 untuk {work.code}",
    ]


def test_nobody_is_asked_for_a_month_before_one_that_was_handed_in(work):
    works.sent(work, period=works.OCTOBER)
    assert asked(work) == []


def test_nothing_is_asked_for_a_work_that_was_cancelled(work):
    works.returned(work, "volume")
    works.acts.cancel_activity(
        work, reason="Longsor.", on=date(2026, 11, 22), by=work.created_by
    )
    assert asked(work) == []
