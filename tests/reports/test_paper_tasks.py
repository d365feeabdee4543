"""The secretary's task: papers of ratified meetings that nobody issued yet."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from boards.roles import Post, Role
from reports.services import issue_report
from tests.make import boards as make
from tests.make import deliberations as talks
from tests.make import sample_meetings as samples

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=timezone.get_fixed_timezone(0))


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """It is Sunday 22 November 2026, 10.00 WIB."""
    monkeypatch.setattr("reports.board_tasks.timezone.now", lambda: NOW)


def page(person, path: str) -> str:
    answer = make.signed_in(person).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_secretary_issues_the_papers_of_a_ratified_meeting(monkeypatch):
    board = make.board()
    secretary = make.user(Role.SECRETARY, board=board)
    talks.term(board)
    held = talks.meeting(board, title="Rapat anggota", held_on=date(2026, 11, 20))
    meeting = talks.ratify(held, at=NOW)
    address = f"/lkm/{board.slug}/"

    html = page(secretary, address)

    titles = re.findall(r"<b>(Terbitkan .*?)</b>", html)
    assert titles == ["Terbitkan surat rapat 20\N{NO-BREAK SPACE}November"]
    assert "Berita acara dan notulen Rapat anggota belum terbit." in html
    assert f'href="/lkm/{board.slug}/surat/musyawarah/{meeting.pk}/"' in html
    coordinator = make.user(Role.MEMBER, board=board, post=Post.COORDINATOR)
    assert "Terbitkan surat" not in page(coordinator, address)
    papers = page(coordinator, f"{address}surat/musyawarah/{meeting.pk}/")
    assert "Diterbitkan sekretaris." in papers
    late = NOW + timedelta(days=61)
    monkeypatch.setattr("reports.board_tasks.timezone.now", lambda: late)
    assert "Terbitkan surat" not in page(secretary, address)


def test_an_issued_paper_is_no_task_any_more(printing):
    board = make.board()
    secretary = make.user(Role.SECRETARY, board=board)
    meeting = talks.ratify(samples.tiny_meeting(board), at=NOW)
    address = f"/lkm/{board.slug}/"

    issue_report("berita-acara", meeting, on=TODAY, by=secretary)
    html = page(secretary, address).replace("\N{NO-BREAK SPACE}", " ")
    assert f"Notulen {meeting.title} belum terbit." in html
    issue_report("notulen", meeting, on=TODAY, by=secretary)

    assert "Terbitkan surat" not in page(secretary, address)
