"""Signed scans: what the paper can bear, the seal, and taking a wrong one back."""

import datetime
from dataclasses import replace

import pytest
from django.urls import reverse

from boards.chain import breaks
from boards.models import AuditEvent, ChainLink, StoredFile
from boards.roles import Role
from boards.uploads import ReadFile
from common.errors import RuleViolation
from reports.builders.letter_books import kind_word
from reports.catalogue import KINDS, NUMBER_WORDS
from reports.models import PublishedPaper, SignedScan
from reports.services import (
    attach_scan,
    cancel_report,
    issue_report,
    withdraw_scan,
)
from reports.services.scans import most_signatures
from tests.make import boards as make
from tests.make import deliberations as rows
from tests.make import sample_meetings as samples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("printing")]

AFTER = datetime.date(2026, 11, 23)
SCAN = ReadFile(b"%PDF-1.7 scan", StoredFile.Kind.PDF, "pindaian.pdf", own=False)


@pytest.fixture
def board():
    return samples.board()


@pytest.fixture
def secretary(board):
    return make.user(Role.SECRETARY, board=board, name="Dewi Anggraini")


@pytest.fixture
def meeting(board):
    return samples.tiny_meeting(board)


@pytest.fixture
def proceedings(meeting, secretary):
    return issue_report("berita-acara", rows.ratify(meeting), on=AFTER, by=secretary)


def scan(report, by, **changes):
    values = {
        "scanned_on": report.board.today(),
        "today": report.board.today(),
        "signatures": 5,
        "note": "",
        "role": "Sekretaris LKM",
    }
    file = changes.pop("file", SCAN)
    return attach_scan(report, file, "0" * 64, by=by, **{**values, **changes})


def test_a_scan_changes_the_seal_and_nothing_else(proceedings, secretary):
    attached = scan(proceedings, secretary)

    public = PublishedPaper.objects.get()
    assert attached.by_name == "Dewi Anggraini"
    assert (public.seal, public.signatures) == ("pen", 5)
    assert public.scanned_on == proceedings.board.today()
    assert list(breaks(ChainLink.objects.filter(board=proceedings.board))) == []


@pytest.mark.parametrize(
    ("kind", "most"),
    [("berita-acara", 6), ("daftar-hadir", 5), ("notulen", 2)],
)
def test_a_scan_bears_no_more_signatures_than_the_paper_has_places(
    meeting, secretary, kind, most
):
    # Three members came; note-taker, chair and Lurah sign the proceedings too.
    paper = issue_report(kind, rows.ratify(meeting), on=AFTER, by=secretary)

    with pytest.raises(RuleViolation, match=f"paling banyak {most} tanda") as refused:
        scan(paper, secretary, signatures=most + 1)

    assert refused.value.code == "paper.scan_signatures"
    assert not SignedScan.objects.exists()
    assert scan(paper, secretary, signatures=most).signatures == most


def test_a_scan_is_found_by_its_paper_until_it_is_withdrawn(proceedings, secretary):
    attached = scan(proceedings, secretary, note="Halaman 2 terlipat")
    client = make.signed_in(secretary)
    address = reverse("reports:board_search", args=[proceedings.board.slug])

    (hit,) = client.get(address, {"q": "pindaian terlipat"}).context["hits"]
    assert hit.url == reverse(
        "reports:paper_page", args=[proceedings.board.slug, proceedings.pk]
    )
    assert "".join(text for text, _ in hit.title) == f"Pindaian {proceedings.title}"

    withdraw_scan(attached, reason="Salah lembar.", by=secretary)
    assert client.get(address, {"q": "pindaian terlipat"}).context["hits"] == []


def test_a_scan_shows_every_page(proceedings, secretary):
    short = replace(SCAN, pages=proceedings.pages - 1)
    with pytest.raises(RuleViolation, match="Pindai semua halamannya") as refused:
        scan(proceedings, secretary, file=short)

    assert refused.value.code == "paper.scan_pages"
    assert scan(proceedings, secretary, file=replace(SCAN, pages=proceedings.pages))


def test_a_wrong_scan_is_withdrawn_and_the_seal_goes(proceedings, secretary):
    wrong = scan(proceedings, secretary)

    withdraw_scan(wrong, reason="Kertas lain.", by=secretary)

    public = PublishedPaper.objects.get()
    assert (public.seal, public.signatures, public.scanned_on) == (
        "unsigned",
        None,
        None,
    )
    event = AuditEvent.objects.get(action="reports.scan_withdrawn")
    assert event.says.endswith(": Kertas lain.")
    with pytest.raises(RuleViolation) as refused:
        withdraw_scan(wrong, reason="Lagi.", by=secretary)
    assert refused.value.code == "paper.scan_withdrawn"
    # The same file may come again, counted rightly.
    scan(proceedings, secretary, signatures=4)
    assert PublishedPaper.objects.get().signatures == 4
    assert SignedScan.objects.count() == 2


def test_a_scan_is_neither_older_than_the_paper_nor_from_tomorrow(
    proceedings, secretary
):
    for day in (
        datetime.date(2026, 11, 20),
        proceedings.board.today() + datetime.timedelta(days=1),
    ):
        with pytest.raises(RuleViolation) as refused:
            scan(proceedings, secretary, scanned_on=day)
        assert refused.value.code == "paper.scan_date"
    assert not SignedScan.objects.exists()


def test_a_cancelled_paper_takes_no_scan(proceedings, secretary):
    cancel_report(
        proceedings, reason="Salah.", on=proceedings.board.today(), by=secretary
    )

    with pytest.raises(RuleViolation) as refused:
        scan(proceedings, secretary)

    assert refused.value.code == "paper.not_in_force"


def test_papers_that_are_not_of_a_meeting_have_their_own_places(proceedings):
    # The koordinator signs the books, on three pages of one stand six signers of
    # minutes at most; the list of officers bears the Lurah's name too.
    proceedings.pages = 3
    for kind, most in (
        ("buku-keputusan", 1),
        ("buku-notulen", 1 + 6),
        ("susunan-pengurus", 2),
    ):
        proceedings.kind = kind
        assert most_signatures(proceedings) == most


def test_every_kind_of_paper_says_what_its_number_is_called():
    types = {kind.number_type or kind.own_type for kind in KINDS.values()}
    # Vouchers and applications are numbered by their own registers.
    assert types - {""} == NUMBER_WORDS.keys()
    named = [kind for kind in KINDS.values() if kind.number_word]
    assert len(named) == len(NUMBER_WORDS), "two papers name one type"
    assert kind_word("LAP") == "Laporan kegiatan"
    assert kind_word("DH") == "Daftar hadir"
