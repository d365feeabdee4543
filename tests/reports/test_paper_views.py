"""Pages of papers, asked through a client as each person would."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from boards.models import Job, Submission
from boards.roles import Role
from common.errors import RuleViolation
from reports.catalogue import KINDS
from reports.models import IssuedReport, SignedScan
from reports.paper_jobs import enqueue_long_paper, issue_long_paper
from reports.services import cancel_report, issue_report
from tests.make import boards as make
from tests.make import deliberations as rows
from tests.make import sample_meetings as samples

AFTER = datetime.date(2026, 11, 23)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("printing")]


@pytest.fixture
def board():
    return samples.board()


@pytest.fixture
def secretary(board):
    return make.user(Role.SECRETARY, board=board)


@pytest.fixture
def client(secretary):
    return make.signed_in(secretary)


@pytest.fixture
def meeting(board):
    return rows.ratify(samples.tiny_meeting(board))


@pytest.fixture
def report(meeting, secretary):
    return issue_report("berita-acara", meeting, on=AFTER, by=secretary)


def url(name, board, *args):
    return reverse(f"reports:{name}", args=[board.slug, *args])


class Steps:
    """A progress that nobody watches."""

    def step(self, done, total, note=""):
        """Go on."""


def issue_url(meeting, kind="berita-acara"):
    return url("paper_issue", meeting.board, kind, meeting.pk)


def scan_body(report, **changes):
    image = SimpleUploadedFile("pindaian.png", png(), "image/png")
    today = report.board.today()
    values = {"file": image, "scanned_on": f"{today:%d/%m/%Y}", "signatures": "5"}
    return make.once(**{**values, **changes})


def png():
    file = io.BytesIO()
    Image.new("L", (400, 500), 255).save(file, "PNG")
    return file.getvalue()


def test_issuing_leads_to_the_page_of_the_paper(client, meeting):
    answer = client.post(issue_url(meeting), make.once(), follow=True)

    report = IssuedReport.objects.get()
    assert answer.redirect_chain[0][0] == url("paper_page", meeting.board, report.pk)
    page = answer.content.decode()
    assert "Berita acara terbit: 001/BA/LKM-SR/XI/2026" in page
    assert "Belum ditandatangani" in page
    assert report.short_code in page
    assert "https://wa.me/?text=" in page


def test_a_double_click_issues_once(client, meeting):
    body = make.once()

    first, second = (client.post(issue_url(meeting), body) for _ in "ab")

    assert (first.status_code, second.status_code) == (302, 303)
    assert first["Location"] == second["Location"]
    assert IssuedReport.objects.count() == 1


def test_an_unratified_meeting_is_refused_with_a_way_back(client, board):
    draft = samples.tiny_meeting(board)

    answer = client.post(issue_url(draft), make.once())

    assert answer.status_code == 409
    assert "sesudah notulen disahkan" in answer.content.decode()
    assert not IssuedReport.objects.exists()
    assert not Submission.objects.exists()


def test_a_form_without_key_is_refused(client, meeting):
    assert client.post(issue_url(meeting)).status_code == 400
    assert not IssuedReport.objects.exists()


def test_a_kind_that_does_not_exist_is_404(client, meeting):
    assert client.post(issue_url(meeting, "kuitansi"), make.once()).status_code == 404


def test_a_meeting_of_another_board_is_404(client, board):
    other = rows.ratify(samples.tiny_meeting(make.board("35.20.06.1011")))
    address = url("paper_issue", board, "berita-acara", other.pk)

    assert client.post(address, make.once()).status_code == 404
    assert not IssuedReport.objects.exists()


def test_a_long_paper_becomes_a_job_that_issues_it(client, board):
    meeting = samples.tiny_meeting(board)
    for _ in range(200):
        rows.attendee(meeting)
    rows.ratify(meeting)

    answer = client.post(issue_url(meeting, "daftar-hadir"), make.once())

    job = Job.objects.get()
    assert answer["Location"] == reverse("boards:job_page", args=[job.pk])
    assert job.arguments == {"kind": "daftar-hadir", "subject": meeting.pk}


def test_the_job_of_a_long_paper_issues_it_once(secretary, meeting):
    job = enqueue_long_paper(KINDS["notulen"], meeting, by=secretary)
    again = enqueue_long_paper(KINDS["notulen"], meeting, by=secretary)

    first, second = (issue_long_paper(job, Steps()) for _ in "ab")

    report = IssuedReport.objects.get()
    assert again == job
    assert first == second == url("paper_page", meeting.board, report.pk)


def test_a_job_checks_the_right_again(secretary, meeting):
    job = enqueue_long_paper(KINDS["notulen"], meeting, by=secretary)
    secretary.assignments.update(ended_at=timezone.now(), ended_by=secretary)
    job = Job.objects.get(pk=job.pk)

    with pytest.raises(RuleViolation) as refused:
        issue_long_paper(job, Steps())

    assert refused.value.code == "paper.right_gone"
    assert not IssuedReport.objects.exists()


ACTS = ["paper_issue", "scan_attach", "paper_cancel"]
PAGES = ["paper_page", "paper_file"]


def address_of(name, report):
    if name == "paper_issue":
        return url(name, report.board, "berita-acara", report.subject_pk)
    return url(name, report.board, report.pk)


@pytest.mark.parametrize("name", ACTS)
def test_only_the_secretary_acts_on_papers(report, name):
    member = make.signed_in(make.user(Role.MEMBER, board=report.board))

    answer = member.post(address_of(name, report), make.once(reason="Salah."))

    assert answer.status_code == 403
    report.refresh_from_db()
    assert report.state == "issued"


@pytest.mark.parametrize("name", [*ACTS, *PAGES])
def test_people_of_another_board_find_nothing(report, name):
    stranger = make.user(Role.SECRETARY, board=make.board("35.20.06.1012"))
    ask = make.signed_in(stranger)
    method = ask.post if name in ACTS else ask.get

    assert method(address_of(name, report), make.once()).status_code == 404


@pytest.mark.parametrize("name", [*ACTS, *PAGES])
def test_a_paper_under_another_board_is_404(report, name):
    second = make.board("35.20.06.1012")
    other = make.user(Role.SECRETARY, board=second)
    ask = make.signed_in(other)
    address = address_of(name, report).replace(report.board.slug, second.slug)
    method = ask.post if name in ACTS else ask.get

    assert method(address, make.once()).status_code == 404


def test_wrong_methods_are_refused(client, report):
    assert client.get(address_of("paper_issue", report)).status_code == 405
    for name in PAGES:
        assert client.post(address_of(name, report)).status_code == 405
    assert client.put(address_of("scan_attach", report)).status_code == 405
    assert client.put(address_of("paper_cancel", report)).status_code == 405


def test_the_kelurahan_reads_papers_but_no_drafts(report, board):
    officer = make.user(Role.KELURAHAN, region_code=board.region_code)
    ask = make.signed_in(officer)

    assert ask.get(address_of("paper_page", report)).status_code == 200
    draft = url("paper_preview", board, "notulen", report.subject_pk)
    assert ask.get(draft).status_code == 403


def test_the_file_opens_in_the_browser_as_it_was_stored(client, report):
    answer = client.get(address_of("paper_file", report))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    answer.close()


def test_a_draft_is_printed_and_kept_nowhere(client, board):
    meeting = samples.tiny_meeting(board)

    answer = client.get(url("paper_preview", board, "notulen", meeting.pk))

    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert "no-store" in answer["Cache-Control"]
    assert not IssuedReport.objects.exists()


def test_drafts_are_printed_with_the_brake_of_papers(client, board, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "paper": "1/m/user"}
    draft = url("paper_preview", board, "notulen", samples.tiny_meeting(board).pk)
    colleague = make.signed_in(make.user(Role.SECRETARY, board=board))

    assert client.get(draft).status_code == 200
    assert client.get(draft).status_code == 429
    assert colleague.get(draft).status_code == 200
    assert Client().get(draft).status_code == 302


def test_a_scan_is_attached_and_shown(client, report):
    answer = client.post(address_of("scan_attach", report), scan_body(report))

    assert answer.status_code == 302
    scan = SignedScan.objects.get()
    page = client.get(address_of("paper_page", report)).content.decode()
    assert "Tanda tangan basah, dipindai" in page
    file = client.get(url("scan_file", report.board, report.pk, scan.pk))
    assert file["Content-Type"] == "image/jpeg"
    file.close()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"signatures": "0"}, "paling sedikit 1"),
        ({"signatures": "banyak"}, "Isi dengan angka"),
        ({"signatures": "99"}, "memuat paling banyak 6 tanda tangan"),
        ({"scanned_on": "01/01/2020"}, "Tanggal pindai antara"),
        (
            {"file": SimpleUploadedFile("a.png", b"GIF89a" + b"0" * 90)},
            "Gambar GIF tidak diterima",
        ),
        ({"file": SimpleUploadedFile("a.pdf", b"")}, "Berkas ini kosong"),
    ],
)
def test_a_scan_that_cannot_be_says_why(client, report, changes, sentence):
    answer = client.post(
        address_of("scan_attach", report), scan_body(report, **changes)
    )

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not SignedScan.objects.exists()


def test_a_wrong_scan_is_withdrawn_with_a_reason(client, report):
    client.post(address_of("scan_attach", report), scan_body(report))
    scan = SignedScan.objects.get()
    address = url("scan_withdraw", report.board, report.pk, scan.pk)
    member = make.signed_in(make.user(Role.MEMBER, board=report.board))

    assert member.post(address, make.once(reason="Salah.")).status_code == 403
    empty = client.post(address, make.once(reason=""))
    answer = client.post(address, make.once(reason="Kertas lain."), follow=True)

    assert "Tulis alasan penarikan" in empty.content.decode()
    page = answer.content.decode()
    assert "Belum ditandatangani" in page
    assert "Kertas lain." in page
    assert client.get(address).status_code == 404
    stranger = make.user(Role.SECRETARY, board=make.board("35.20.06.1012"))
    assert make.signed_in(stranger).get(address).status_code == 404
    verify = client.get(report.verify_path).content.decode()
    assert "Belum ada pindaian." in verify


def test_a_refused_scan_leaves_no_file(on_disk, client, report, secretary):
    before = on_disk()
    address = address_of("scan_attach", report)
    client.post(address, scan_body(report, scanned_on="01/01/2020"))
    client.post(address, scan_body(report, signatures="90"))
    client.post(address, scan_body(report) | {"submission_key": ""})
    cancel_report(report, reason="Salah.", on=report.board.today(), by=secretary)
    answer = client.post(address, scan_body(report))
    assert "sudah tidak berlaku" in answer.content.decode()
    assert not SignedScan.objects.exists()
    assert on_disk() == before


def test_cancelling_asks_for_a_reason_and_then_says_so(client, report):
    address = address_of("paper_cancel", report)
    empty = client.post(address, make.once(reason=""))
    answer = client.post(address, make.once(reason="Salah ketik."), follow=True)

    assert "Tulis alasan pembatalan" in empty.content.decode()
    page = answer.content.decode()
    assert "Surat dibatalkan" in page
    assert "Salah ketik." in page
    report.refresh_from_db()
    assert report.state == "cancelled"


def test_the_register_shows_cancelled_papers_and_filters(client, report, secretary):
    cancel_report(report, reason="Salah.", on=report.board.today(), by=secretary)
    address = url("paper_list", report.board)

    assert "Dibatalkan" in client.get(address).content.decode()
    found = client.get(address, {"jenis": "berita-acara", "tahun": "2026"})
    assert "001/BA/LKM-SR/XI/2026" in found.content.decode()
    none = client.get(address, {"jenis": "undangan"})
    assert "Tidak ada surat yang cocok" in none.content.decode()
    broken = client.get(address, {"sesudah": "%%%"})
    assert broken.status_code == 404


def test_the_register_costs_the_same_for_many_papers(
    client, meeting, secretary, django_assert_max_num_queries
):
    for kind in ("berita-acara", "notulen", "daftar-hadir"):
        issue_report(kind, meeting, on=AFTER, by=secretary)

    with django_assert_max_num_queries(12):
        client.get(url("paper_list", meeting.board))


def test_the_papers_of_a_meeting_are_a_part_and_a_page(client, report, meeting):
    address = url("meeting_papers", meeting.board, meeting.pk)

    page = client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert "<html" in page
    assert "<html" not in part
    for text in (page, part):
        assert "001/BA/LKM-SR/XI/2026" in text
        assert "Hanya dibuat sebelum rapat." in text
        assert text.count("Terbitkan") == 2


def test_the_decree_of_a_decision_has_its_part(client, meeting):
    decision = meeting.decisions.get()
    address = url("decision_papers", meeting.board, decision.pk)

    assert "Surat keputusan" in client.get(address).content.decode()
    issue = url("paper_issue", meeting.board, "keputusan", decision.pk)
    assert client.post(issue, make.once()).status_code == 302
    assert "001/KEP/LKM-SR/XI/2026" in client.get(address).content.decode()
