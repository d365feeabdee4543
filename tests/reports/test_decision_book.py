"""The book of decisions: what it says, its pieces, and how a year is issued."""

import datetime

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from boards.models import Job
from boards.roles import Role
from common.errors import RuleViolation
from members.models import Mandate
from reports.builders.decision_book import build
from reports.models import DecisionBook, IssuedReport
from reports.services.year_books import open_decision_book
from tests.make import boards as make
from tests.make import meetings as meet
from tests.reports.pdf_text import page_texts, words_outside_margins

pytestmark = pytest.mark.django_db
ON = datetime.date(2026, 11, 27)
LOST = {"votes_for": 4, "votes_against": 4, "votes_abstain": 1}


@pytest.fixture(scope="module")
def board(module_rows):
    return make.board(code="LKM-GR")


@pytest.fixture(scope="module")
def secretary(board):
    return meet.secretary(board)


@pytest.fixture(scope="module")
def ratified(board, secretary):
    """Iuran for Rp95.000, changed to Rp120.000; a work for Rp2.000.000; a lost vote."""
    how = {"by": secretary, "people": meet.members(board)}
    how["ratifier"] = meet.coordinator(board)
    lost = meet.verdict("Sewa", method="voting", failed_consensus="Terbagi.", **LOST)
    works = meet.verdict(
        "Talud RT 006",
        kind="activity",
        amount=2_000_000,
        in_charge_name="Warga 03",
        due_on=datetime.date(2026, 5, 1),
    )
    verdicts = (meet.verdict("Iuran", amount=95_000), lost, works)
    first = meet.ratified(board, verdicts=verdicts, **how)
    old = first.decisions.get(title="Iuran")
    change = {"amends": old, "amend_reason": "Harga naik"}
    new = meet.verdict("Iuran baru", amount=120_000, **change)
    meet.ratified(board, verdicts=(new,), **how)
    return board


def book_of(board, year=2026):
    book = open_decision_book(board, year)
    return build(book, number="001/BK/LKM-GR/XI/2026", on=ON)


def list_url(board):
    return reverse("reports:decision_book_list", args=[board.slug])


def issue_url(board, year=2026):
    return reverse("reports:decision_book_issue", args=[board.slug, year])


def test_what_holds_is_counted_and_what_was_changed_or_lost_is_not(ratified):
    paper = book_of(ratified)

    assert [(row.title, row.state) for row in paper.rows] == [
        ("Iuran", "Diubah dengan 004/KEP/LKM-GR/III/2026"),
        ("Sewa", "Tidak disetujui"),
        ("Talud RT\u00a0006", "Berlaku"),
        ("Iuran baru", "Berlaku"),
    ]
    # 2.000.000 + 120.000
    assert (paper.count, paper.amount) == (2, "2.120.000")
    assert [(row.kind, row.count, row.amount) for row in paper.sums] == [
        ("Umum", 1, "120.000"),
        ("Kegiatan", 1, "2.000.000"),
    ]
    assert paper.states == "berlaku 2, diubah 1, tidak disetujui 1"
    assert paper.closing.replace("\u00a0", " ") == (
        "Buku keputusan tahun 2026 memuat 4 (empat) keputusan; 2 (dua) di antaranya"
        " berlaku, dengan jumlah uang Rp2.120.000."
    )


def test_a_row_says_vote_money_who_and_until_when(ratified):
    rows = book_of(ratified).rows

    assert (rows[1].method, rows[1].amount) == ("Suara 4/4/1", "–")
    assert (rows[2].in_charge, rows[2].due) == ("Warga 03", "01/05/2026")
    assert (rows[2].place, rows[2].number) == (3, "003/KEP/LKM-GR/III/2026")


def test_a_long_book_comes_in_pieces_that_hold_every_row_once(ratified, monkeypatch):
    monkeypatch.setattr("reports.builders.decision_book.ROWS_IN_ONE_PIECE", 3)
    monkeypatch.setattr("reports.builders.decision_book.PIECE_ROWS", 3)

    one, two = book_of(ratified).pieces

    assert [row.place for row in one.rows + two.rows] == [1, 2, 3, 4]
    assert [(p.is_first, p.is_last) for p in (one, two)] == [
        *((True, False), (False, True))
    ]


def test_a_year_without_decisions_has_no_book(ratified):
    for year in (2025, 0, 99_999):
        with pytest.raises(RuleViolation) as refused:
            open_decision_book(ratified, year)
        assert refused.value.code == "book.empty"
    assert not DecisionBook.objects.exists()


def issue(client, board, run):
    """Ask for the book of 2026 and let the worker do it."""
    with run(execute=True):
        return client.post(issue_url(board), make.once())


def test_a_year_is_issued_once_and_anew_when_it_grew(
    ratified, secretary, printing, django_capture_on_commit_callbacks
):
    client, run = make.signed_in(secretary), django_capture_on_commit_callbacks
    issue(client, ratified, run)
    issue(client, ratified, run)

    (first,) = IssuedReport.objects.filter(kind="buku-keputusan")
    assert first.number_text.startswith("001/BK/LKM-GR/")
    assert first.title == "Buku keputusan tahun 2026"
    # A book has the key of a meeting by chance; no link of minutes stands behind it.
    assert first.source_hash == ""
    page = client.get(list_url(ratified)).content.decode()
    assert first.number_text in page
    assert "Terbitkan edisi baru 2026" in page

    mandates = Mandate.objects.filter(board=ratified).order_by("pk")
    people = [mandate.person for mandate in mandates]
    ratifier = meet.coordinator(ratified)
    meet.ratified(ratified, by=secretary, people=people, ratifier=ratifier)
    issue(client, ratified, run)

    second = IssuedReport.objects.in_force().get(kind="buku-keputusan")
    assert (second.edition, second.supersedes) == (2, first)
    assert second.number_text == first.number_text


def test_issuing_is_a_job_that_opens_the_paper(
    ratified, secretary, printing, django_capture_on_commit_callbacks, monkeypatch
):
    monkeypatch.setattr("reports.builders.decision_book.ROWS_IN_ONE_PIECE", 3)
    monkeypatch.setattr("reports.builders.decision_book.PIECE_ROWS", 3)
    client = make.signed_in(secretary)
    answer = issue(client, ratified, django_capture_on_commit_callbacks)

    job = Job.objects.get()
    assert answer.url == reverse("boards:job_page", args=[job.pk])
    assert job.title == "Buku keputusan: Buku keputusan tahun 2026"
    # Two pieces were printed, and each was told.
    assert (job.done, job.total) == (2, 2)
    paper = IssuedReport.objects.get(kind="buku-keputusan")
    page = reverse("reports:paper_page", args=[ratified.slug, paper.pk])
    assert job.result_url == page
    assert client.get(page).status_code == 200
    with default_storage.open(paper.file.path) as file:
        content = file.read()
    assert words_outside_margins(content) == []
    text = " ".join(" ".join(page_texts(content)).split())
    assert "Halaman 2 dari 2" in text
    assert "Buku Keputusan Tahun 2026 (lanjutan)".upper() in text.upper()
    assert "2.120.000" in text


def test_who_may_not_issue_reads_the_list_alone(ratified, secretary):
    officer = make.user(Role.KELURAHAN, region_code=ratified.region_code)
    stranger = make.user(Role.SECRETARY, board=make.board("33.13.01.2001"))
    inside, outside = make.signed_in(officer), make.signed_in(stranger)

    page = inside.get(list_url(ratified)).content.decode()
    assert "2026" in page
    assert "Terbitkan 2026" not in page
    assert inside.post(issue_url(ratified), make.once()).status_code == 403
    assert outside.get(list_url(ratified)).status_code == 404
    assert outside.post(issue_url(ratified), make.once()).status_code == 404
    client = make.signed_in(secretary)
    assert client.get(issue_url(ratified)).status_code == 405
    assert client.post(issue_url(ratified, 2025), make.once()).status_code == 404
    assert not Job.objects.exists()


def test_a_board_without_decisions_is_told_what_comes_first():
    board = make.board()
    page = make.signed_in(meet.secretary(board)).get(list_url(board)).content.decode()

    assert "Belum ada keputusan" in page
    assert "Buka musyawarah" in page
