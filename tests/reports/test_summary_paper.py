"""The summary on paper: whole or in pieces, kept once, found again."""

import hashlib
import io
import re
from dataclasses import replace

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.template.loader import get_template

from boards.models import AuditEvent, ChainLink, LetterNumber, Region, StoredFile
from boards.roles import Role
from boards.triggers import without_triggers
from boards.verification import broken_chains
from reports import render
from reports.builders import dinas_summary
from reports.builders.summary_parts import Issue
from reports.builders.summary_rows import csv_of
from reports.models import IssuedReport, PublishedPaper, SummarisedReport, Summary
from reports.pdf_findings import structure_findings
from reports.services import summaries as service
from tests.make import activities as works
from tests.make import boards as make
from tests.make import summaries
from tests.reports.papers import VERIFY
from tests.reports.pdf_text import page_texts, words_above, words_outside_margins

pytestmark = pytest.mark.django_db
ISSUE = Issue(
    regency="Kabupaten Magetan",
    on=summaries.ON,
    clock="10.00 WIB",
    by_name="Ratna Puspitasari, S.T.",
    province="Jawa Timur",
    portal="lkm.example",
    by_title="Kasi Kawasan Permukiman",
    by_civil_id="19800101 200501 2 003",
)
NUMBER = "600/001/Perkim/2026"


def facts_of(place):
    return dinas_summary.build(
        place.region, summaries.QUARTER, at=summaries.AT, on=summaries.ON
    )


def documents(place, size: str = "a4"):
    return service.documents_of(
        facts_of(place), ISSUE, number=NUMBER, size=size, verify=VERIFY
    )


def asked(place) -> service.Asked:
    return service.Asked(
        office=place.region,
        at=summaries.AT,
        issue=ISSUE,
        size="a4",
        zone="Asia/Jakarta",
        by=make.user(Role.DINAS, region_code="35.20"),
    )


def fake_press(pages: list):
    """A press that counts its orders and prints nothing."""

    def press(documents):
        pages.append(len(documents))
        return render.Rendered(b"%PDF-1.7 " + documents[0].verify.token.encode(), 8)

    return press


@pytest.mark.either
@pytest.mark.parametrize("size", ["a4", pytest.param("f4", marks=pytest.mark.deep)])
def test_the_paper_says_every_total_within_its_margins(place, printing, size):
    (document,) = documents(place, size)

    paper = render.render_pdf(document)

    texts = page_texts(paper.bytes)
    whole = " ".join(texts)
    assert paper.remarks == ()
    assert words_outside_margins(paper.bytes) == []
    first = " ".join(texts[0].split())
    for label in ("melapor lengkap", "melapor sebagian", "belum melapor"):
        assert label in first
    assert "1 LKM/BKM tidak wajib melapor." in first
    assert "4 LKM/BKM: 1 lengkap, 1 sebagian, 1 belum, 1 tidak wajib" in whole
    for told in (
        "Rp55.000.009",
        "505 HOK",
        "100.000.000",
        "TABEL T-C.33",
        "YANG BELUM ADA",
        "belum melapor, lihat Yang Belum Ada",
        "LKM Lestari, Desa Ngariboyo",
        "1.04.03.2.02.0003",
        f"Halaman {paper.pages} dari {paper.pages} · {NUMBER}",
    ):
        assert told in whole, told
    assert whole.count("55.000.009") >= 3
    assert words_above(paper.bytes, "Penyusun, Kasi Kawasan Permukiman,") > 20


@pytest.mark.either
def test_the_names_of_programmes_have_room_beside_the_ten_columns():
    source = get_template("reports/pdf/renja_t_c_33.html").template.source
    columns = re.findall(r"<col(?: class=\"w(\d+)\")?>", source)

    assert len(columns) == 10
    # A4 lying down leaves 262 mm between its margins.
    assert columns[1] == ""
    assert 262 - sum(int(width) for width in columns if width) >= 50


@pytest.mark.either
def test_many_proposals_stand_together_on_one_page(place, printing, monkeypatch):
    line = "2 LKM/BKM belum melapor lengkap. Diusulkan pembinaan melalui kecamatan."
    lines = [f"Butir {number}: {line * 3}" for number in range(8)]
    monkeypatch.setattr(
        "reports.builders.summary_front._proposals", lambda facts, issue: lines
    )

    texts = page_texts(render.render_pdf(documents(place)[0]).bytes)

    holding = {
        n for n, text in enumerate(texts) for k in range(8) if f"Butir {k}:" in text
    }
    assert len(holding) == 1


@pytest.mark.either
def test_the_paper_is_tagged_and_carries_its_rows(place, printing):
    facts = facts_of(place)
    paper = render.render_pdf(documents(place)[0])

    assert structure_findings(paper.bytes) == []
    with pikepdf.open(io.BytesIO(paper.bytes)) as pdf:
        file = pdf.attachments["ringkasan-lkm.csv"]
        assert file.get_file().read_bytes() == csv_of(facts)
        assert file.relationship == pikepdf.Name.Data


@pytest.mark.either
def test_a_long_one_is_printed_in_pieces_with_the_same_words(
    place, printing, monkeypatch
):
    whole = render.render_pdf(documents(place)[0])
    monkeypatch.setattr(service, "ROWS_IN_ONE_PIECE", 10)
    monkeypatch.setattr("reports.builders.summary_paper.CHUNK_ROWS", 40)
    pieces = documents(place)

    joined = render.render_long(pieces)

    assert len(pieces) > 3
    assert not any(piece.tagged for piece in pieces)
    words = " ".join(page_texts(joined.bytes))
    for told in ("Rp55.000.009", "TABEL T-C.33", "4. LKM Sejahtera"):
        assert told in words
    assert joined.pages >= whole.pages
    with pikepdf.open(io.BytesIO(joined.bytes)) as pdf:
        assert list(pdf.attachments) == ["ringkasan-lkm.csv"]


def test_issuing_keeps_paper_workbook_rows_chain_and_publication(place):
    report = service.issue_summary(facts_of(place), asked(place), press=fake_press([]))

    assert report.number_text == "600/001/Perkim/2026"
    assert report.title == "Ringkasan Kabupaten Magetan, Triwulan III 2026"
    with default_storage.open(report.file.path) as stored:
        assert hashlib.sha256(stored.read()).hexdigest() == report.sha256
    summary = report.summary
    assert (summary.boards, summary.reported, summary.tagged) == (4, 2, True)
    assert summary.told == "1 lengkap, 1 sebagian, 1 belum, 1 tidak wajib"
    assert summary.sheet.kind == StoredFile.Kind.SHEET
    assert summary.lines.count() == 5
    link = ChainLink.objects.get(kind="reports.paper")
    assert (link.board, link.region_code) == (None, "35.20")
    public = PublishedPaper.objects.get(token=report.token)
    assert public.board_name == "Dinas Perkim Kabupaten Magetan"
    event = AuditEvent.objects.get(action="reports.summary_issued")
    assert event.region_code == "35.20"


def test_a_paper_whose_link_was_taken_out_is_named(place):
    service.issue_summary(facts_of(place), asked(place), press=fake_press([]))
    office = ChainLink.objects.filter(board=None)
    before = list(broken_chains())
    with without_triggers():
        office.delete()

    found = [finding for finding in broken_chains() if finding not in before]

    assert [(fault.owner, fault.position, fault.reason) for fault in found] == [
        ("kantor wilayah 35.20", 1, "semua tautan hilang"),
        ("kantor wilayah 35.20", None, "tidak ada di rantai"),
    ]
    assert found[1].subject.startswith("Ringkasan Kabupaten Magetan")


def test_the_same_facts_return_the_paper_that_is_there(place):
    orders: list = []
    first = service.issue_summary(
        facts_of(place), asked(place), press=fake_press(orders)
    )

    again = service.issue_summary(
        facts_of(place), asked(place), press=fake_press(orders)
    )

    assert again == first
    assert orders == [1]
    assert (
        Summary.objects.count()
        == LetterNumber.objects.filter(kind="RINGKASAN").count()
        == 1
    )


def test_new_facts_make_a_new_edition_that_replaces_the_old(place):
    first = service.issue_summary(facts_of(place), asked(place), press=fake_press([]))
    works.approved(
        works.running(place.silent), period=summaries.AUGUST, physical_progress=10
    )

    second = service.issue_summary(facts_of(place), asked(place), press=fake_press([]))

    first.refresh_from_db()
    assert (first.state, second.edition) == ("superseded", 2)
    assert second.supersedes == first
    assert second.number_text == "600/002/Perkim/2026"
    assert PublishedPaper.objects.get(report=first).successor_token == second.token
    assert SummarisedReport.objects.filter(summary=second.summary).count() == 6


def test_a_number_that_was_taken_meanwhile_is_printed_anew(place):
    orders: list = []
    press = fake_press(orders)

    def slow(documents):
        if not orders:
            other = replace(facts_of(place), code="35.20.07")
            service.issue_summary(other, asked(place), press=fake_press([]))
        return press(documents)

    report = service.issue_summary(facts_of(place), asked(place), press=slow)

    assert report.number_text == "600/002/Perkim/2026"
    assert orders == [1, 1]


def test_stopping_before_it_is_kept_leaves_nothing(place):
    def stop():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        service.issue_summary(
            facts_of(place), asked(place), press=fake_press([]), arrived=stop
        )

    assert not IssuedReport.objects.exists()
    assert not LetterNumber.objects.filter(kind="RINGKASAN").exists()


def test_a_summary_is_frozen(place):
    service.issue_summary(facts_of(place), asked(place), press=fake_press([]))

    with pytest.raises(Exception, match="frozen"), summaries.savepoint():
        SummarisedReport.objects.all().delete()
    with pytest.raises(Exception, match="frozen"), summaries.savepoint():
        Summary.objects.update(reported=4)


def test_each_office_has_its_own_numbers(place):
    make.region("33.12", "Wonogiri")
    far = replace(asked(place), office=Region.objects.get(code="33.12"))

    service.issue_summary(facts_of(place), asked(place), press=fake_press([]))
    other = service.issue_summary(
        replace(facts_of(place), code="33.12"), far, press=fake_press([])
    )

    assert other.number_text == "600/001/Perkim/2026"
