"""The printed text of a rule: what stands on it, when it goes out, who opens it."""

import re
from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from boards.models import Board
from boards.roles import Role
from common.errors import RuleViolation
from deliberations.services.adoption import revoke_version
from reports.builders import rule_text as paper
from reports.catalogue import KINDS
from reports.models import IssuedReport
from reports.pdf_findings import structure_findings
from reports.services import is_long, issue_report, preview_report
from tests.make import boards as make
from tests.make import meetings as meet
from tests.make import members, rules
from tests.reports.pdf_text import page_texts, words_above, words_outside_margins

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("printing")]
ON = rules.TODAY
DEED = {
    "deed_number": "11/2016",
    "deed_on": date(2016, 6, 9),
    "deed_notary": "Siti, S.H.",
}
TEXT = "ANGGARAN RUMAH TANGGA\nLKM Guyub\nPEMBUKAAN\nWarga bersepakat.\n" + rules.TEXT


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """It is Friday 27 November 2026 at every board."""
    monkeypatch.setattr(Board, "today", lambda self: ON)


class Hall:
    """A board with a koordinator of this term, an ART in force and a draft of an AD."""

    def __init__(self) -> None:
        self.board = make.board(code="LKM-GR", paper_size="a4")
        self.by = make.user(Role.SECRETARY, board=self.board)
        term = members.term(self.board)
        members.mandate(term, position="COORDINATOR")
        draft = rules.draft(self.board, by=self.by, source=TEXT)
        self.art = rules.adopted(self.board, version=draft, deed=DEED)
        self.ad = rules.draft(self.board, by=self.by, kind="AD", name="AD kita")
        people = {
            "secretary": self.by,
            "member": make.user(Role.MEMBER, board=self.board),
            "officer": make.user(Role.KELURAHAN, region_code=self.board.region_code),
            "stranger": meet.secretary(make.board()),
        }
        self.clients = {name: make.signed_in(who) for name, who in people.items()}

    def url(self, version) -> str:
        return reverse("reports:rule_papers", args=[self.board.slug, version.pk])

    def issue_url(self, version) -> str:
        args = [self.board.slug, "aturan", version.pk]
        return reverse("reports:paper_issue", args=args)


@pytest.fixture(scope="module")
def kept_hall(module_rows):
    return Hall()


@pytest.fixture
def hall(kept_hall):
    return kept_hall


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def facts_of(version, *, number="1", on=ON) -> dict[str, str]:
    told = paper.build(version, number=number, on=on)
    return {label: plain(words) for label, words in told.facts}


def test_the_paper_says_how_the_rule_was_adopted(hall):
    assert facts_of(hall.art) == {
        "Versi": "1",
        "Ditetapkan": "Rembug warga, 12 Mei 2016",
        "Keputusan": "tidak ada",
        "Akta notaris": "Nomor 11/2016 tanggal 9 Juni 2016, Siti, S.H.",
        "Berlaku mulai": "12 Mei 2016",
        "Keadaan": "berlaku",
    }
    told = paper.build(hall.art, number="1", on=ON)
    opening = [(line, is_heading) for line, is_heading in told.preamble]
    assert opening == [
        ("ANGGARAN RUMAH TANGGA", True),
        ("LKM Guyub", True),
        ("PEMBUKAAN", True),
        ("Warga bersepakat.", False),
    ]
    first, second = told.chapters
    assert (first.label, first.title) == ("BAB I", "NAMA")
    (article,) = second.articles
    assert (plain(article.label), article.title) == ("Pasal 14", "Kuorum")
    marks = [(row.level, row.mark) for row in article.clauses]
    assert marks == [(0, "(1)"), (0, "(2)"), (1, "a."), (1, "b.")]
    assert "2 (dua) pasal" in plain(told.closing)


def test_a_rule_that_ended_says_since_when_and_why(hall):
    coordinator = meet.coordinator(hall.board)
    how = {"reason": "Digabung ke AD", "by": coordinator}
    revoke_version(hall.art, ends_on=ON, **how)
    hall.art.refresh_from_db()
    ended = "tidak berlaku mulai 27 November 2026 karena dicabut: Digabung ke AD"
    assert facts_of(hall.art)["Keadaan"] == ended
    before = facts_of(hall.art, on=date(2026, 11, 26))["Keadaan"]
    assert before == f"berlaku; {ended}"


@pytest.mark.parametrize("size", ["a4", pytest.param("f4", marks=pytest.mark.deep)])
def test_the_paper_goes_out_once_with_number_contents_and_code(hall, size):
    hall.board.paper_size = hall.art.board.paper_size = size
    report = issue_report("aturan", hall.art, on=ON, by=hall.by)

    with default_storage.open(report.file.path) as file:
        content = file.read()
    cover, body = page_texts(content)
    assert report.number_text in cover
    assert "Halaman 1 dari 2" in cover
    assert "Daftar isi" in cover
    # The article stands on the second page, and the contents say so.
    assert re.search(r"Pasal 14 Kuorum [ .]+ 2\b", plain(cover))
    assert "lebih dari separuh anggota; dan" in body
    assert "belum" not in body
    assert report.short_code in body
    assert words_outside_margins(content) == []
    assert words_above(content, "Koordinator") > 5
    assert structure_findings(content) == []
    assert issue_report("aturan", hall.art, on=ON, by=hall.by) == report


def test_a_draft_is_drawn_but_gets_no_number(hall):
    drawn = preview_report(KINDS["aturan"], hall.ad, now=timezone.now())
    cover = page_texts(drawn.bytes)[0]
    assert "DRAF" in cover
    assert "draf, belum ditetapkan" in cover
    assert "DRAF – belum ditetapkan" in plain(cover)
    with pytest.raises(RuleViolation) as refused:
        issue_report("aturan", hall.ad, on=ON, by=hall.by)
    assert refused.value.code == "paper.rule_draft"
    answer = hall.clients["secretary"].post(hall.issue_url(hall.ad), make.once())
    assert answer.status_code == 409
    assert not IssuedReport.objects.exists()


def test_a_rule_of_many_clauses_is_not_waited_for(hall):
    assert not is_long(KINDS["aturan"], hall.art)
    long = "".join(f"Pasal {n}\n(1) Satu.\n(2) Dua.\n" for n in range(1, 101))
    version = rules.draft(
        hall.board, by=hall.by, kind="PERATURAN", name="Panjang", source=long + "(3) X."
    )
    assert is_long(KINDS["aturan"], version)


def test_the_page_offers_what_may_be_done(hall):
    secretary = hall.clients["secretary"].get(hall.url(hall.art)).text
    assert hall.issue_url(hall.art) in secretary
    officer = hall.clients["officer"].get(hall.url(hall.art)).text
    assert "Diterbitkan sekretaris" in officer
    assert hall.issue_url(hall.art) not in officer
    draft = hall.clients["secretary"].get(hall.url(hall.ad)).text
    assert "Terbit sesudah aturan ditetapkan." in draft
    assert hall.issue_url(hall.ad) not in draft
    page = reverse("deliberations:rule_version", args=[hall.board.slug, hall.art.pk])
    assert hall.url(hall.art) in hall.clients["officer"].get(page).text


def test_the_doors_of_the_papers_of_a_rule(hall):
    url, issue = hall.url(hall.art), hall.issue_url(hall.art)
    assert hall.clients["stranger"].get(url).status_code == 404
    assert hall.clients["officer"].get(hall.url(hall.ad)).status_code == 404
    assert hall.clients["secretary"].post(url).status_code == 405
    assert hall.clients["member"].post(issue, make.once()).status_code == 403
    assert hall.clients["stranger"].post(issue, make.once()).status_code == 404
    assert hall.clients["secretary"].get(issue).status_code == 405


def test_the_secretary_issues_it_from_the_page(hall):
    issue = hall.issue_url(hall.art)
    answer = hall.clients["secretary"].post(issue, make.once())
    report = IssuedReport.objects.get(kind="aturan")
    assert answer.status_code == 302
    shown = hall.clients["secretary"].get(hall.url(hall.art)).text
    assert report.number_text in shown
    paper_page = reverse("reports:paper_page", args=[hall.board.slug, report.pk])
    back = reverse("deliberations:rule_version", args=[hall.board.slug, hall.art.pk])
    assert back in hall.clients["secretary"].get(paper_page).text
