"""The verify page: what anybody with a paper in hand may learn, and no more."""

import copy
import datetime

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from boards.roles import Role
from boards.uploads import ReadFile
from reports.catalogue import KINDS
from reports.services import attach_scan, cancel_report, issue_report
from reports.services.printing import draft_token
from tests.make import boards as make
from tests.make import deliberations as rows
from tests.make import sample_meetings as samples

BEFORE, AFTER = datetime.date(2026, 11, 12), datetime.date(2026, 11, 23)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("printing")]


@pytest.fixture
def anybody():
    return Client()


@pytest.fixture(scope="module", autouse=True)
def kept(module_rows, printing):
    """A paper in force, made once; what a test changes is taken back after it."""
    board = samples.board()
    secretary = make.user(Role.SECRETARY, board=board, name="Dewi Anggraini")
    meeting = rows.ratify(samples.tiny_meeting(board))
    report = issue_report("berita-acara", meeting, on=AFTER, by=secretary)
    return board, secretary, report


@pytest.fixture
def mine(db, kept):
    """Objects of this test alone."""
    return copy.deepcopy(kept)


@pytest.fixture
def board(mine):
    return mine[0]


@pytest.fixture
def secretary(mine):
    return mine[1]


@pytest.fixture
def report(mine):
    return mine[2]


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def verify(report, number=1):
    return reverse("transparency:verify_page", args=[report.token, number])


def test_a_paper_in_force_is_described_without_names(anybody, report):
    text = page(anybody, verify(report))

    assert "Dokumen ini tercatat dan berlaku" in text
    assert "001/BA/LKM-SR/XI/2026" in text
    assert "Berita acara rapat rutin anggota, 21 November 2026" in text
    assert "Disahkan, belum ditandatangani" in text
    assert report.sha256[-4:] in text
    assert report.record_hash[:4] in text
    for name in ("Slamet", "Sukarti", "Mulyono", "Dewi", "Suprapto"):
        assert name not in text


def test_the_address_of_the_code_in_capitals_is_understood(anybody, report):
    text = page(anybody, f"/V/{report.token}/1")

    assert "Dokumen ini tercatat dan berlaku" in text


def test_letters_of_the_token_may_be_small(anybody, report):
    assert "001/BA/LKM-SR/XI/2026" in page(anybody, f"/v/{report.token.lower()}/1")


def test_the_page_reads_one_published_row_only(
    anybody, report, django_assert_num_queries
):
    with django_assert_num_queries(1) as asked:
        anybody.get(verify(report))

    assert "reports_publishedpaper" in asked.captured_queries[0]["sql"]


def test_a_sheet_that_the_paper_does_not_have_is_named(anybody, report):
    assert "halaman 9 tidak ada pada dokumen ini" in page(anybody, verify(report, 9))


def test_a_scan_is_told_as_ink_and_not_as_certificate(anybody, report, secretary):
    file = ReadFile(b"%PDF-1.7", "application/pdf", "pindaian.pdf", own=False)
    attach_scan(
        report,
        file,
        "0" * 64,
        scanned_on=report.board.today(),
        today=report.board.today(),
        signatures=6,
        note="",
        by=secretary,
        role="Sekretaris LKM",
    )

    text = page(anybody, verify(report))

    assert "6 tanda tangan, dipindai" in text
    assert "Tidak ada pada dokumen ini." in text
    assert "belum ditandatangani" not in text


def test_a_cancelled_paper_says_so_and_leads_to_its_successor(
    anybody, report, secretary
):
    today = report.board.today()
    cancel_report(report, reason="Nama salah.", on=today, by=secretary)
    meeting = rows.Meeting.objects.get(pk=report.subject_pk)
    following = issue_report("berita-acara", meeting, on=AFTER, by=secretary)

    text = page(anybody, verify(report))

    assert "Dokumen ini dibatalkan" in text
    assert "tercatat dan berlaku" not in text
    assert "Nama salah" not in text
    assert verify(following) in text
    assert "Dokumen ini tercatat dan berlaku" in page(anybody, verify(following))


def test_an_invitation_is_issued_and_not_ratified(anybody):
    meeting = samples.tiny_meeting(samples.board(name="Rukun"))
    secretary = make.user(Role.SECRETARY, board=meeting.board)
    first = issue_report("undangan", meeting, on=BEFORE, by=secretary)
    meeting.place = "Rumah Pak Slamet"
    meeting.save()
    second = issue_report("undangan", meeting, on=BEFORE, by=secretary)

    old, new = page(anybody, verify(first)), page(anybody, verify(second))

    assert "Dokumen ini sudah diganti" in old
    assert f'href="{verify(second)}">edisi yang baru</a>' in old
    assert "Diterbitkan, belum ditandatangani" in new
    assert "edisi 2" in new
    assert "belum pernah diubah" not in new


def test_an_unknown_token_is_not_on_record(anybody):
    text = page(anybody, "/v/AAAABBBBCCCCDDDDEEEEFFFF22/1", status=404)

    assert "Kode ini tidak tercatat" in text


def test_a_draft_is_no_proof(anybody):
    meeting = samples.tiny_meeting(samples.board(name="Rukun"))
    token = draft_token(KINDS["notulen"], meeting)

    text = page(anybody, f"/v/{token}/1")

    assert "Ini draf, belum disahkan atau belum terbit" in text


@pytest.mark.parametrize("shape", ["{}", "{} ", "{} (kode)", " {}"])
def test_a_typed_code_leads_to_the_paper(anybody, report, shape):
    typed = shape.format(report.short_code.lower())

    answer = anybody.post("/v/", {"code": typed})

    assert answer.status_code == 302
    assert answer["Location"] == verify(report)


@pytest.mark.parametrize(
    ("code", "status", "sentence"),
    [
        ("", 200, "Isi kode dari kaki halaman."),
        ("ABCD-EFGH-IJKL", 404, "Kode ini tidak tercatat"),
        ("halo", 200, "Kode terdiri atas dua belas huruf dan angka"),
        ("ABCD", 200, "Kode terdiri atas dua belas huruf dan angka"),
        ("DRAF", 200, "Kode terdiri atas dua belas huruf dan angka"),
        ("<script>", 200, "Kode terdiri atas dua belas huruf dan angka"),
        ("x" * 61, 200, "60"),
    ],
)
def test_a_code_that_leads_nowhere_says_so(anybody, report, code, status, sentence):
    answer = anybody.post("/v/", {"code": code})

    assert answer.status_code == status
    assert sentence in answer.content.decode()


def test_the_beginning_of_a_code_is_not_enough(anybody, report):
    answer = anybody.post("/v/", {"code": report.short_code[:9]})

    assert answer.status_code == 200
    assert "Kode terdiri atas dua belas huruf" in answer.content.decode()


def test_guessing_codes_is_braked(anybody):
    answers = [anybody.post("/v/", {"code": "ABCD"}).status_code for _ in range(61)]

    assert answers[:60] == [200] * 60
    assert answers[60] == 429


def test_the_same_file_is_the_same_and_another_is_not(anybody, report):
    with default_storage.open(report.file.path) as file:
        content = file.read()
    address = reverse("transparency:verify_compare", args=[report.token])

    same = anybody.post(address, {"file": SimpleUploadedFile("a.pdf", content)})
    other = anybody.post(address, {"file": SimpleUploadedFile("a.pdf", content + b" ")})

    assert "persis berkas yang diterbitkan" in same.content.decode()
    assert "bukan berkas yang diterbitkan" in other.content.decode()


def test_comparing_without_a_file_says_what_is_missing(anybody, report):
    address = reverse("transparency:verify_compare", args=[report.token])

    answer = anybody.post(address)

    assert answer.status_code == 422
    assert "Pilih berkas PDF." in answer.content.decode()


def test_wrong_methods_are_refused(anybody, report):
    compare = reverse("transparency:verify_compare", args=[report.token])
    assert anybody.post(verify(report)).status_code == 405
    assert anybody.get(compare).status_code == 405
    assert anybody.put("/v/").status_code == 405
