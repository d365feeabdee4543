"""Photos and receipts as the browser sends them: read first, kept once."""

import copy
import itertools
from decimal import Decimal

import pytest
from django.urls import reverse
from PIL import Image

from activities.models import Photo, ReceiptFile
from boards.models import StoredFile
from boards.roles import Role
from tests.make import activities as works
from tests.make import boards as make
from tests.make import photos

pytestmark = pytest.mark.django_db
_shade = itertools.count(1)


@pytest.fixture(scope="module", autouse=True)
def kept(module_rows):
    """A report without photos, made once; what a test adds is taken back after it."""
    board = make.board()
    secretary = make.user(Role.SECRETARY, board=board)
    work = works.running(board, by=secretary)
    return works.report(work, by=secretary, photographed=False)


@pytest.fixture
def report(db, kept):
    return copy.deepcopy(kept)


@pytest.fixture
def board(report):
    return report.board


@pytest.fixture
def client(report):
    return make.signed_in(report.created_by)


def url(name, report, **keys):
    return reverse(f"activities:{name}", args=[report.board.slug, report.pk])


def picture(**options):
    shade = next(_shade) * 37 % 200
    image = Image.new("RGB", (320, 200), (shade, 90, 255 - shade))
    return photos.upload(photos.jpeg(image, **options), f"foto{shade}.jpg")


def shots(*uploads, **body):
    return make.once(stage="0", **body) | {"photos": list(uploads)}


def test_photos_are_added_with_time_and_place_of_the_camera(client, report):
    upload = picture(tags=photos.exif())
    answer = client.post(url("photo_add", report), shots(upload, note="ujung selatan"))
    assert answer.status_code == 302
    assert answer.url == url("report_edit", report) + "#foto"
    photo = report.photos.get()
    assert (photo.latitude, photo.longitude) == (
        Decimal("-7.651400"),
        Decimal("111.334000"),
    )
    assert photo.taken_at.isoformat() == "2026-09-07T00:12:00+00:00"
    assert photo.note == "ujung selatan"
    assert (photo.file.width, photo.file.height) == (320, 200)
    page = client.get(answer.url).content.decode()
    assert reverse("boards:file", args=[report.board.slug, photo.thumbnail_id]) in page


def test_facts_the_browser_read_before_it_shrank_the_photo_count(client, report):
    body = shots(picture(), picture(), taken_at=["", "2026-09-08T10:00"])
    body |= {"latitude": ["", "-7.65"], "longitude": ["", "111.33"]}
    client.post(url("photo_add", report), body)
    first, second = report.photos.all()
    assert (first.taken_at, first.latitude) == (None, None)
    assert second.taken_at.isoformat() == "2026-09-08T03:00:00+00:00"
    assert second.latitude == Decimal("-7.650000")


def test_a_double_click_adds_the_photo_once(client, report):
    data = photos.jpeg(photos.street(0))
    key = make.once(stage="0")
    for _ in range(2):
        body = key | {"photos": [photos.upload(data)]}
        answer = client.post(url("photo_add", report), body)
        assert answer.status_code in (302, 303)
    assert report.photos.count() == 1
    assert StoredFile.objects.count() == 2


def test_the_same_key_with_another_first_photo_is_another_post(client, report):
    last = photos.jpeg(photos.street(0))
    key = make.once(stage="0")
    first = key | {"photos": [picture(), photos.upload(last)]}
    assert client.post(url("photo_add", report), first).status_code == 302
    other = key | {"photos": [picture(), photos.upload(last)]}
    assert client.post(url("photo_add", report), other).status_code == 409
    assert report.photos.count() == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<svg/>", "Gambar SVG tidak diterima."),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "Paling Kompatibel"),
        (b"", "Berkas ini kosong."),
        (b"\xff\xd8\xff", "rusak atau tidak lengkap"),
    ],
)
def test_a_file_that_is_no_photo_comes_back_with_its_name(client, report, data, words):
    body = shots(picture(), photos.upload(data, "bukan.jpg"), note="Catatan saya")
    answer = client.post(url("photo_add", report), body)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"bukan.jpg: {words}" in page or words in page
    assert "Catatan saya" in page
    assert not Photo.objects.exists()
    assert not StoredFile.objects.exists()


def test_too_many_photos_and_none_are_refused(client, report):
    seven = [picture() for _ in range(7)]
    page = client.post(url("photo_add", report), shots(*seven)).content.decode()
    assert "Paling banyak 6 foto sekali unggah." in page
    page = client.post(url("photo_add", report), shots()).content.decode()
    assert "Pilih foto lebih dulu." in page
    assert not Photo.objects.exists()


def test_a_used_up_quota_is_told(client, report, settings):
    settings.UPLOAD_USER_FILES = 1
    page = client.post(url("photo_add", report), shots(picture())).content.decode()
    assert "Jatah unggah hari ini habis." in page
    assert not Photo.objects.exists()


def test_an_unknown_stage_is_refused(client, report):
    body = shots(picture()) | {"stage": "73"}
    assert client.post(url("photo_add", report), body).status_code == 200
    assert not Photo.objects.exists()


def receipt(**changes):
    body = make.once(label="Semen", receipt_on="12/09/2026", amount="2.340.000")
    return body | {"file": picture()} | changes


def test_a_receipt_is_added(client, report):
    answer = client.post(url("receipt_add", report), receipt())
    assert answer.url == url("report_edit", report) + "#nota"
    row = report.receipts.get()
    assert (row.label, row.amount) == ("Semen", 2_340_000)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("receipt_on", "12/09/2096", "Tanggal nota paling akhir hari ini"),
        ("amount", "0", "Isi paling sedikit Rp1."),
        ("label", "", "belum diisi"),
        ("file", "", "Pilih foto atau PDF nota."),
    ],
)
def test_a_bad_receipt_comes_back_with_what_was_typed(
    client, report, field, value, words
):
    answer = client.post(url("receipt_add", report), receipt(**{field: value}))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert field == "amount" or "2.340.000" in page
    assert not ReceiptFile.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_photo_and_a_receipt_are_taken_out(client, report):
    works.photo(report)
    works.receipt(report)
    for name, row in (
        ("photo_remove", report.photos.get()),
        ("receipt_remove", report.receipts.get()),
    ):
        keys = [report.board.slug, report.pk, row.pk]
        address = reverse(f"activities:{name}", args=keys)
        assert client.post(address, make.once()).status_code == 302
    assert not report.photos.exists()
    assert not report.receipts.exists()


def test_another_reports_photo_under_this_address_is_404(client, report):
    other = works.report(report.activity, works.OCTOBER)
    keys = [report.board.slug, report.pk, other.photos.get().pk]
    address = reverse("activities:photo_remove", args=keys)
    assert client.post(address, make.once()).status_code == 404
    assert other.photos.count() == 1


def test_nothing_is_added_to_a_report_that_was_sent(client, report):
    works.photo(report)
    sent = works.reports.send_report(report, at=works.SENT, by=report.created_by)
    page = client.post(url("photo_add", sent), shots(picture())).content.decode()
    assert "sudah dikirim" in page
    assert sent.photos.count() == 1


def settle(report, state):
    """Bring the report into a state in which nothing may be added."""
    works.photo(report)
    by, checker = report.created_by, works.officer(report.board)
    report.refresh_from_db()
    works.reports.send_report(report, at=works.SENT, by=by)
    if state == "returned":
        works.review.comment_on_field(
            report, field="volume", text="Kurang.", at=works.SENT, by=checker
        )
        works.review.return_report(report, at=works.SENT, by=checker)
    if state == "approved":
        works.review.approve_report(report, at=works.SENT, by=checker)


@pytest.mark.parametrize("state", ["sent", "returned", "approved"])
@pytest.mark.parametrize("name", ["photo_add", "receipt_add"])
def test_a_refused_upload_leaves_no_file(on_disk, client, report, state, name):
    settle(report, state)
    before = on_disk()
    body = shots(picture()) if name == "photo_add" else receipt()
    answer = client.post(url(name, report), body)
    assert answer.status_code == 200
    assert on_disk() == before
    assert StoredFile.objects.count() == 2


def test_what_the_service_refuses_later_leaves_no_file_either(on_disk, client, report):
    before = on_disk()
    client.post(url("receipt_add", report), receipt(receipt_on="12/09/2096"))
    assert on_disk() == before


def test_a_key_that_was_used_or_is_missing_leaves_no_file(on_disk, client, report):
    body = shots(picture())
    client.post(url("photo_add", report), body)
    before = on_disk()
    again = body | {"photos": [picture()]}
    assert client.post(url("photo_add", report), again).status_code == 409
    keyless = {"stage": "0", "photos": [picture()]}
    assert client.post(url("photo_add", report), keyless).status_code == 400
    assert on_disk() == before
    assert report.photos.count() == 1


def test_a_refused_photo_that_others_use_stays(on_disk, client, report):
    data = photos.jpeg(photos.street(50))
    body = shots(photos.upload(data))
    client.post(url("photo_add", report), body)
    kept = on_disk()
    other = works.report(report.activity, works.OCTOBER)
    again = body | {"photos": [photos.upload(data)], "note": "lain"}
    assert client.post(url("photo_add", report), again).status_code == 409
    assert kept <= on_disk()
    assert other.photos.count() == 1
