"""Signed papers come back as a heap: sorted, attached, and what is refused."""

import io

import pikepdf
import pytest
from django.core.files.storage import default_storage

from boards.models import AuditEvent, StoredFile
from boards.uploads import ReadFile
from common.errors import RuleViolation
from reports.models import (
    IssuedReport,
    PublishedPaper,
    ScanStack,
    SignedScan,
)
from reports.scan_piles import piles_of, tray_of
from reports.scan_reading import Source
from reports.services import (
    attach_scan,
    cancel_report,
    drop_stack,
    keep_stack,
    new_stack,
)
from tests.make import boards as make
from tests.make import scans
from tests.reports.heaps import (
    Office,
    at,
    blank,
    code,
    every_page,
    read,
    shot,
    stack_of,
    upload,
    whole,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def office(module_rows, printing):
    return Office()


@pytest.fixture
def client(office):
    return make.signed_in(office.secretary)


def test_a_heap_in_any_order_is_sorted_and_attached(
    client, office, django_capture_on_commit_callbacks
):
    heap = [*every_page(office.proceedings)[::-1], *every_page(office.minutes)]
    heap.insert(1, shot(office.foreign, name="asing.jpg"))
    heap.append(scans.upload(b"GIF89a rusak", "lama.gif"))

    answer = upload(client, office, heap)

    stack = ScanStack.objects.get()
    assert answer["Location"] == at("stack_page", office, stack.pk)
    page = client.get(answer["Location"]).content.decode()
    assert page.count("Lengkap") == 2
    assert "Bukan surat LKM ini" in page
    assert "Rahasia Jaya" not in page
    assert "Gambar GIF tidak diterima" in page
    body = make.once(scanned_on=f"{office.board.today():%d/%m/%Y}")
    for report, count in ((office.minutes, "2"), (office.proceedings, "5")):
        body[f"signatures_{report.pk}"] = count
    tray = tray_of(stack)
    names = default_storage.listdir(f"trays/{tray.owner}")[1]
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(answer["Location"], body)

    assert done["Location"] == at("paper_list", office)
    assert not ScanStack.objects.exists()
    assert (len(names) > 4, default_storage.exists(f"trays/{tray.owner}")) == (
        True,
        False,
    )
    for report, count in ((office.minutes, 2), (office.proceedings, 5)):
        scan = SignedScan.objects.get(report=report)
        public = PublishedPaper.objects.get(report=report)
        assert (scan.signatures, public.seal) == (count, "pen")
        with default_storage.open(scan.file.path) as file, pikepdf.open(file) as pdf:
            assert len(pdf.pages) == report.pages
    assert AuditEvent.objects.filter(action="reports.scan_attached").count() == 2
    assert not SignedScan.objects.filter(report=office.foreign).exists()


def test_a_double_click_uploads_once(client, office):
    body = make.once(files=[blank()])
    first = client.post(at("scan_upload", office), body)
    body["files"] = [blank()]
    second = client.post(at("scan_upload", office), body)

    assert (first.status_code, second.status_code) == (302, 303)
    assert first["Location"] == second["Location"]
    assert ScanStack.objects.count() == 1


def pdf_of(pages, **options):
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(out, **options)
    return out.getvalue()


LOCK = pikepdf.Encryption(owner="a", user="b")


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([], "Pilih foto atau PDF."),
        (
            [("besar.pdf", pdf_of(300))],
            "Berkas ini 300 halaman. Sekali unggah paling banyak 100 halaman",
        ),
        ([("kunci.pdf", pdf_of(1, encryption=LOCK))], "terkunci kata sandi"),
        ([("rusak.pdf", pdf_of(2)[:300])], "PDF ini rusak atau tidak lengkap"),
        ([("rusak.jpg", b"\xff\xd8\xff\xe0 bukan gambar")], "Foto ini rusak"),
        ([("kosong.jpg", b"")], "Berkas ini kosong"),
        ([("surat.docx", b"PK\x03\x04 surat")], "Berkas ini bukan foto dan bukan PDF"),
        ([("a.heic", b"\0\0\0\x18ftypheic")], "Foto HEIC dari iPhone"),
        ([(f"{n}.jpg", b"x") for n in range(20)], "bukan foto dan bukan PDF"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(client, office, files, says):
    answer = upload(client, office, [scans.upload(data, name) for name, data in files])

    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert not ScanStack.objects.exists()


def test_too_many_files_are_refused(client, office, settings):
    settings.SCAN_FILES = 1
    answer = upload(client, office, [blank(), blank("b.jpg")])
    assert "Paling banyak 1 berkas sekali unggah" in answer.content.decode()
    assert not ScanStack.objects.exists()


def test_a_board_leaves_no_more_than_ten_stacks(client, office, settings):
    settings.SCAN_STACKS = 1
    stack_of(office, None)
    answer = upload(client, office, [blank()])
    assert "Ada 1 tumpukan yang belum selesai" in answer.content.decode()
    assert ScanStack.objects.count() == 1


def test_a_missing_page_is_named_and_can_be_added(client, office):
    report = office.proceedings
    assert report.pages > 1
    stack = stack_of(office, *whole(report)[:-1])
    page = client.get(at("stack_page", office, stack.pk)).content.decode()
    assert f"Kurang halaman {report.pages}" in page
    assert "signatures_" not in page

    upload(client, office, [shot(report, report.pages)], stack=stack)

    stack = ScanStack.objects.get()
    assert [pile.attachable for pile in piles_of(stack).piles] == [True]
    assert [source["name"] for source in stack.sources] == ["copier.pdf", "foto.jpg"]


def test_a_page_twice_is_said_and_the_sharper_one_is_used(client, office):
    report = office.minutes
    stack = new_stack(office.board, by=office.secretary)
    source = Source("copier.pdf", pages=report.pages + 1)
    stack.sources = [source.line]
    pages = [read(code(report), 5), *(read(each, 50) for each in whole(report))]
    keep_stack(stack, [source], [pages], by=office.secretary)

    (pile,) = piles_of(stack).piles

    assert [page.number for page in pile.spare] == [1]
    answer = client.get(at("stack_page", office, stack.pk)).content.decode()
    assert "Halaman 1 dobel" in answer
    assert "Pakai yang ini" in answer


def test_a_cancelled_paper_and_an_older_edition_are_not_attached(client, office):
    cancelled, older = office.minutes, office.proceedings
    stack = stack_of(office, *whole(cancelled), *whole(older))
    cancel_report(
        cancelled, reason="Salah.", on=office.board.today(), by=office.secretary
    )
    IssuedReport.objects.filter(pk=older.pk).update(state="superseded")
    body = make.once(
        scanned_on=f"{office.board.today():%d/%m/%Y}",
        **{f"signatures_{cancelled.pk}": "2", f"signatures_{older.pk}": "2"},
    )

    answer = client.post(at("stack_page", office, stack.pk), body)

    page = answer.content.decode()
    assert "Surat ini dibatalkan, jadi pindaiannya tidak dilampirkan." in page
    assert "Surat ini sudah diganti edisi baru." in page
    assert not SignedScan.objects.exists()


def test_more_signatures_than_places_or_none_attach_nothing(client, office):
    upload(client, office, every_page(office.minutes))
    stack = ScanStack.objects.get()
    where, name = at("stack_page", office, stack.pk), f"signatures_{office.minutes.pk}"
    today = f"{office.board.today():%d/%m/%Y}"

    for count, says in (
        ("9", "Surat ini memuat paling banyak 2 tanda tangan."),
        ("", "Isi jumlah tanda tangan surat yang dilampirkan."),
        ("dua", "Isi dengan angka, contoh 10."),
    ):
        answer = client.post(where, make.once(scanned_on=today, **{name: count}))
        assert says in answer.content.decode()
        assert answer.context["form"].errors.keys() == {name}
    assert not SignedScan.objects.exists()
    assert not StoredFile.objects.filter(label__startswith="pindaian-").exists()
    assert ScanStack.objects.filter(pk=stack.pk).exists()


def test_a_page_whose_picture_is_gone_is_asked_for_again(client, office):
    stack = stack_of(office, *whole(office.minutes))
    body = make.once(scanned_on=f"{office.board.today():%d/%m/%Y}")
    body[f"signatures_{office.minutes.pk}"] = "2"

    answer = client.post(at("stack_page", office, stack.pk), body)

    assert "tidak disimpan lagi. Unggah sekali lagi." in answer.content.decode()
    assert not SignedScan.objects.exists()


def test_a_scan_older_than_its_paper_is_refused_at_the_date(client, office):
    upload(client, office, every_page(office.minutes))
    stack = ScanStack.objects.get()
    body = make.once(scanned_on="01/11/2026")
    body[f"signatures_{office.minutes.pk}"] = "2"

    answer = client.post(at("stack_page", office, stack.pk), body)

    assert "Tanggal pindai antara tanggal surat" in answer.content.decode()
    assert answer.context["form"].errors.keys() == {"scanned_on"}
    assert not SignedScan.objects.exists()
    assert not StoredFile.objects.filter(label__startswith="pindaian-").exists()


def test_a_paper_that_came_back_before_says_so(client, office):
    today = office.board.today()
    attach_scan(
        office.minutes,
        ReadFile(b"%PDF-1.7 scan", StoredFile.Kind.PDF, "pindaian.pdf", own=False),
        "0" * 64,
        scanned_on=today,
        today=today,
        signatures=2,
        note="",
        by=office.secretary,
        role="",
    )
    stack = stack_of(office, *whole(office.minutes), *whole(office.proceedings))

    tags = {pile.report: pile.tags for pile in piles_of(stack).piles}

    assert tags[office.minutes] == [("ok", "Lengkap"), ("wait", "Sudah ada pindaian")]
    assert tags[office.proceedings] == [("ok", "Lengkap")]


def test_a_stack_that_was_thrown_away_is_not_brought_back(office):
    stack = stack_of(office, code(office.minutes))
    drop_stack(ScanStack.objects.get(pk=stack.pk), by=office.secretary)
    more = [Source("foto.jpg", b"", 1)]
    stack.sources = [*stack.sources, *(each.line for each in more)]

    with pytest.raises(RuleViolation, match="sudah dilampirkan atau dibuang"):
        keep_stack(stack, more, [[read()]], by=office.secretary)

    assert not ScanStack.objects.filter(pk=stack.pk).exists()
