"""Which reports the home page of a board asks for, and which no longer."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from boards.access import permissions_of
from reports.board_tasks import read_desk, tasks_of
from tests.make import activities as works
from tests.make import boards as make
from tests.make import deliberations as talks

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
    return [task.title for task in tasks_of(desk)]


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
