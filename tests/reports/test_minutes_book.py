"""The book of minutes: its list, its parts, and how a year is bound and issued."""

import datetime

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from boards.models import Job
from boards.roles import Role
from common.errors import RuleViolation
from reports.builders.minutes_book import build
from reports.models import IssuedReport, MinutesBook
from reports.services.year_books import open_minutes_book
from tests.make import boards as make
from tests.make import meetings as meet
from tests.reports.pdf_text import page_texts, words_outside_margins

pytestmark = pytest.mark.django_db
ON = datetime.date(2026, 11, 27)


@pytest.fixture(scope="module")
def kept(module_rows):
    """Two ratified meetings of 2026, a draft of that year, and one of 2025."""
    board = make.board(code="LKM-GR")
    secretary = meet.secretary(board)
    people = meet.members(board)
    how = {"by": secretary, "people": people, "ratifier": meet.coordinator(board)}
    meet.ratified(board, held_on=datetime.date(2025, 12, 13), **how)
    meet.ratified(board, title="Rapat Maret", **how)
    meet.ratified(
        board, title="Rapat Februari", held_on=datetime.date(2026, 2, 14), **how
    )
    meet.draft(board, by=secretary, people=people)
    return board, secretary


@pytest.fixture
def board(kept):
    return kept[0]


@pytest.fixture
def secretary(kept):
    return kept[1]


def list_url(board):
    return reverse("reports:minutes_book_list", args=[board.slug])


def issue_url(board, year=2026):
    return reverse("reports:minutes_book_issue", args=[board.slug, year])


def test_the_list_goes_by_day_and_every_meeting_is_a_part(board):
    book = open_minutes_book(board, 2026)

    volume = build(book, number="001/BN/LKM-GR/XI/2026", on=ON)

    assert [(row.place, row.day, row.title) for row in volume.entries] == [
        (1, "14/02/2026", "Rapat Februari"),
        (2, "14/03/2026", "Rapat Maret"),
    ]
    assert volume.entries[0].came == "9 dari 11"
    front, *parts = volume.pieces
    assert (front.part, [piece.part.event for piece in parts]) == (
        None,
        ["Rapat Februari", "Rapat Maret"],
    )
    assert "memuat 2 (dua) notulen" in volume.closing.replace("\u00a0", " ")


def test_a_year_without_minutes_has_no_book(board):
    for year in (2024, 0, 99_999):
        with pytest.raises(RuleViolation) as refused:
            open_minutes_book(board, year)
        assert refused.value.code == "book.empty"
    assert not MinutesBook.objects.exists()


def test_a_year_is_bound_by_a_job_once(
    board, secretary, printing, django_capture_on_commit_callbacks
):
    client = make.signed_in(secretary)
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(issue_url(board), make.once())

    paper = IssuedReport.objects.get(kind="buku-notulen")
    job = Job.objects.latest("created_at")
    assert answer.url == reverse("boards:job_page", args=[job.pk])
    assert job.result_url == reverse("reports:paper_page", args=[board.slug, paper.pk])
    with default_storage.open(paper.file.path) as file:
        content = file.read()
    assert words_outside_margins(content) == []
    pages = page_texts(content)
    assert "003/NOT/LKM-GR/III/2026 14/02/2026 Rapat Februari" in pages[0]
    assert f"Halaman 1 dari {len(pages)}" in pages[0].replace("\u00a0", " ")
    assert "NOTULEN RAPAT FEBRUARI" in pages[1].upper()
    shown = client.get(list_url(board)).text
    assert paper.number_text in shown
    assert "Terbitkan edisi baru 2026" in shown


def test_the_doors_of_the_book(board, secretary):
    officer = make.signed_in(make.user(Role.KELURAHAN, region_code=board.region_code))
    stranger = make.signed_in(make.user(Role.SECRETARY, board=make.board()))
    client = make.signed_in(secretary)

    assert "Terbitkan 2026" not in officer.get(list_url(board)).text
    assert officer.post(issue_url(board), make.once()).status_code == 403
    assert stranger.post(issue_url(board), make.once()).status_code == 404
    assert stranger.get(list_url(board)).status_code == 404
    assert client.get(issue_url(board)).status_code == 405
    assert client.post(issue_url(board, 2024), make.once()).status_code == 404
    assert not Job.objects.exists()
