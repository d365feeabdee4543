"""Uploads: a corpus of good and hostile files, and what becomes of them."""

import io
import struct
import zlib
from datetime import UTC, datetime
from decimal import Decimal

import pikepdf
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from boards import uploads
from boards.uploads import (
    FileRefused,
    clean_label,
    photo_facts,
    picture_problem,
    read_logo,
    read_pdf,
    read_photo,
    read_receipt,
)
from tests.make import photos

ZONE = "Asia/Jakarta"


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return (
        struct.pack(">I", len(body))
        + kind
        + body
        + struct.pack(">I", zlib.crc32(kind + body))
    )


def huge_png(width: int, height: int, *, rows: bytes = b"") -> bytes:
    """A PNG that says it is huge and weighs nearly nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(rows or b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", head)
        + png_chunk(b"IDAT", data)
        + png_chunk(b"IEND", b"")
    )


def text_bomb_png() -> bytes:
    """A PNG whose text chunk unpacks to 64 MB."""
    plain = photos.jpeg(kind="PNG")
    bomb = b"Comment\0\0" + zlib.compress(b"A" * 64 * 1024 * 1024)
    return plain[:33] + png_chunk(b"zTXt", bomb) + plain[33:]


def pdf(pages: int = 1, **options) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        document.save(out, **options)
    return out.getvalue()


def locked_pdf() -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="a", user="b"))


JPEG = photos.jpeg(photos.street(0))
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64
REFUSED_PHOTOS = {
    "empty": (b"", "empty"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "svg"),
    "svg with a declaration": (b'<?xml version="1.0"?><svg/>', "svg"),
    "svg with a byte order mark": (b"\xef\xbb\xbf  <SVG onload=alert(1)>", "svg"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0", "eps"),
    "eps of windows": (b"\xc5\xd0\xd3\xc6" + b"\0" * 30, "eps"),
    "gif": (photos.jpeg(kind="GIF"), "gif"),
    "tiff": (photos.jpeg(kind="TIFF"), "tiff"),
    "tiff, big endian": (b"MM\0*" + b"\0" * 40, "tiff"),
    "bmp": (photos.jpeg(kind="BMP"), "bmp"),
    "heic": (HEIC, "heic"),
    "avif": (HEIC.replace(b"ftypheic", b"ftypavif"), "heic"),
    "psd": (b"8BPS\0\1" + b"\0" * 40, "psd"),
    "pdf": (pdf(), "pdf_as_photo"),
    "html": (b"<!doctype html><script>alert(1)</script>", "not_a_photo"),
    "zip": (b"PK\3\4" + b"\0" * 40, "not_a_photo"),
    "program": (b"\x7fELF" + b"\0" * 40, "not_a_photo"),
    "text": (b"Bukan foto", "not_a_photo"),
    "nul bytes": (b"\0" * 100, "not_a_photo"),
    "jpeg magic alone": (b"\xff\xd8\xff", "unreadable"),
    "jpeg magic and noise": (
        b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20,
        "unreadable",
    ),
    "jpeg cut off": (JPEG[: len(JPEG) // 2], "unreadable"),
    "jpeg cut in its head": (JPEG[:40], "unreadable"),
    "png magic alone": (b"\x89PNG\r\n\x1a\n", "unreadable"),
    "png cut off": (photos.jpeg(photos.street(50), kind="PNG")[:5000], "unreadable"),
    "png with a broken sum": (
        photos.jpeg(kind="PNG").replace(b"IDAT", b"IDAX"),
        "unreadable",
    ),
    "png without rows": (huge_png(400, 400), "unreadable"),
    "webp magic alone": (b"RIFF\x10\0\0\0WEBPVP8 ", "unreadable"),
    "webp cut off": (photos.jpeg(photos.street(0), kind="WEBP")[:900], "unreadable"),
    "riff of another kind": (b"RIFF\x10\0\0\0WAVEfmt ", "not_a_photo"),
    "41 megapixels": (huge_png(6_500, 6_400), "too_many_pixels"),
    "a billion pixels": (huge_png(32_000, 32_000), "too_many_pixels"),
    "a line of 60,000 pixels": (huge_png(60_000, 1_000), "too_many_pixels"),
    "largest numbers": (huge_png(2**31 - 1, 2**31 - 1), "too_many_pixels"),
    "no width": (huge_png(0, 100), "unreadable"),
    "one pixel": (photos.jpeg(Image.new("RGB", (1, 1))), "too_small"),
    "a text bomb": (text_bomb_png, "unreadable"),
}


def code_of(reader, data: bytes, name: str = "foto.jpg", **options) -> str:
    with pytest.raises(FileRefused) as caught:
        reader(photos.upload(data, name), **options)
    assert caught.value.message.endswith(".")
    return caught.value.code.removeprefix("files.")


@pytest.mark.parametrize("name", REFUSED_PHOTOS)
def test_a_file_that_is_no_photo_is_refused_with_a_sentence(name):
    data, reason = REFUSED_PHOTOS[name]
    data = data() if callable(data) else data
    assert code_of(read_photo, data, zone=ZONE) == reason


def transparent() -> Image.Image:
    image = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    image.paste((200, 0, 0, 255), (0, 0, 100, 100))
    return image


def noise() -> bytes:
    """A photo that hardly shrinks."""
    return photos.jpeg(Image.effect_noise((1800, 1500), 90).convert("RGB"), quality=95)


# What takes long to make is made by the test that sends it.
TAKEN_PHOTOS = {
    "jpeg": JPEG,
    "jpeg named as png": JPEG,
    "progressive jpeg": photos.jpeg(photos.street(50), progressive=True),
    "cmyk jpeg": photos.jpeg(Image.new("CMYK", (300, 200), (0, 90, 90, 0))),
    "grey jpeg": photos.jpeg(Image.new("L", (300, 200), 90)),
    "png": photos.jpeg(photos.street(100), kind="PNG"),
    "png with see-through": photos.jpeg(transparent(), kind="PNG"),
    "png with a palette": photos.jpeg(
        photos.street(0).convert("P", palette=Image.Palette.ADAPTIVE), kind="PNG"
    ),
    "png of one bit": photos.jpeg(Image.new("1", (300, 200), 1), kind="PNG"),
    "png of sixteen bits": photos.jpeg(Image.new("I;16", (300, 200), 9000), kind="PNG"),
    "webp": photos.jpeg(photos.street(50), kind="WEBP"),
    "webp with see-through": photos.jpeg(transparent(), kind="WEBP"),
    "jpeg with a web page behind it": JPEG + b"<script>alert(1)</script>",
    "jpeg with a zip behind it": JPEG + b"PK\3\4" + b"A" * 100,
    "jpeg with a page in its comment": photos.jpeg(comment=b"<?php system('id');?>"),
    "long and thin": photos.jpeg(Image.new("RGB", (5000, 20), "#456")),
    "noise": noise,
}


@pytest.mark.parametrize("name", TAKEN_PHOTOS)
def test_a_photo_becomes_a_small_plain_jpeg(name):
    data = TAKEN_PHOTOS[name]
    data = data() if callable(data) else data
    read = read_photo(photos.upload(data, "foto.png"), zone=ZONE)
    for part, side, most in (
        (read.photo, 1600, 300 * 1024),
        (read.thumbnail, 360, 15 * 1024),
    ):
        assert len(part.data) <= most
        assert part.data.startswith(b"\xff\xd8\xff")
        with Image.open(io.BytesIO(part.data)) as image:
            assert (image.format, image.mode) == ("JPEG", "RGB")
            assert image.size == (part.width, part.height)
            assert max(image.size) <= side
            assert not dict(image.getexif())
    assert b"script" not in read.photo.data
    assert b"php" not in read.photo.data


def test_the_corpus_is_large_enough():
    assert len(REFUSED_PHOTOS) + len(TAKEN_PHOTOS) >= 40


def test_time_and_place_are_read_once_and_dropped():
    data = photos.jpeg(photos.street(0), tags=photos.exif())
    read = read_photo(photos.upload(data), zone=ZONE)
    assert read.facts.taken_at.astimezone(UTC) == datetime(
        2026, 9, 7, 0, 12, tzinfo=UTC
    )
    assert (read.facts.latitude, read.facts.longitude) == (
        Decimal("-7.651400"),
        Decimal("111.334000"),
    )
    assert b"Exif" not in read.photo.data
    assert b"Ponsel" not in read.photo.data


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_a_time_without_offset_is_the_boards_own(zone):
    data = photos.jpeg(tags=photos.exif(taken="2026:09:07 07:12:00"))
    read = read_photo(photos.upload(data), zone=zone)
    assert f"{read.facts.taken_at:%H.%M}" == "07.12"


def test_an_offset_of_the_camera_wins():
    tags = photos.exif(taken="2026:09:07 09:12:00")
    tags.get_ifd(0x8769)[0x9011] = "+09:00"
    read = read_photo(photos.upload(photos.jpeg(tags=tags)), zone=ZONE)
    assert read.facts.taken_at.astimezone(UTC) == datetime(
        2026, 9, 7, 0, 12, tzinfo=UTC
    )


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_turned_photo_is_laid_upright(orientation):
    image = Image.new("RGB", (400, 200), "white")
    image.paste("red", (0, 0, 200, 200))
    data = photos.jpeg(image, tags=photos.exif(orientation=orientation), quality=95)
    read = read_photo(photos.upload(data), zone=ZONE)
    upright = Image.open(io.BytesIO(read.photo.data))
    width, height = upright.size
    assert (width, height) == ((400, 200) if orientation == 3 else (200, 400))
    # The red half: right after a half turn, above after 90° right, below after left.
    red = {3: (350, 100), 6: (100, 50), 8: (100, 350)}[orientation]
    assert upright.getpixel(red)[1] < 90


@pytest.mark.parametrize(
    ("taken", "latitude", "longitude"),
    [
        ("", "", ""),
        ("0000:00:00 00:00:00", "91", "10"),
        ("2099-01-01T00:00", "nan", "nan"),
        ("1969-01-01T00:00", "inf", "1"),
        ("besok", "0", "0"),
        ("9999-12-31T23:59", "1e400", "1"),
        ("2026-09-07T07:12:00+99:00", "-7,65", "111"),
    ],
)
def test_facts_that_cannot_be_are_unknown(taken, latitude, longitude):
    facts = photo_facts(taken, latitude, longitude, zone=ZONE)
    assert facts.taken_at is None
    assert facts.latitude is None


@pytest.mark.parametrize(
    ("index", "value"),
    [(2, (1, 0, 0)), (2, ("a", "b", "c")), (4, (500.0, 0.0, 0.0)), (1, "")],
)
def test_a_broken_place_is_no_place(index, value):
    tags = photos.exif()
    gps = tags.get_ifd(0x8825)
    gps[index] = value
    if index == 2:
        gps[4] = (1,)
    try:
        data = photos.jpeg(tags=tags)
    except (TypeError, ValueError, struct.error):
        data = photos.jpeg(tags=photos.exif(point=None))
    facts = read_photo(photos.upload(data), zone=ZONE).facts
    assert facts.latitude is None or index == 1


def test_a_photo_over_the_limit_is_not_even_read(settings):
    settings.UPLOAD_PHOTO_BYTES = len(JPEG) - 1
    assert code_of(read_photo, JPEG, zone=ZONE) == "photo_too_large"


def test_a_slow_file_is_given_up(settings, monkeypatch):
    monkeypatch.setattr(uploads, "WORKER", "tests.common.dying_reader")
    settings.UPLOAD_READ_SECONDS = 0.1
    assert code_of(read_photo, JPEG, zone=ZONE) == "too_slow"


def test_a_logo_stays_see_through_and_small():
    big = transparent().resize((2000, 1000))
    logo = read_logo(photos.upload(photos.jpeg(big, kind="PNG")))
    image = Image.open(io.BytesIO(logo.data))
    assert (image.format, image.mode, image.size) == ("PNG", "RGBA", (512, 256))
    assert image.getpixel((400, 100))[3] == 0


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf()[:300], "unreadable_pdf"),
        (b"%PDF-1.7 " + b"x" * 500, "unreadable_pdf"),
        (locked_pdf(), "locked_pdf"),
        (pdf(201), "too_many_pages"),
        (JPEG, "not_a_pdf"),
        (b"  " + pdf(), "not_a_pdf"),
        (b"", "empty"),
    ],
)
def test_a_pdf_that_cannot_be_kept_is_refused(data, reason):
    assert code_of(read_pdf, data, "nota.pdf") == reason


def test_a_pdf_is_kept_as_it_is_and_not_as_our_own():
    data = pdf(3)
    file = read_pdf(photos.upload(data, "nota.pdf"))
    assert (file.data, file.own, file.label) == (data, False, "nota.pdf")


@pytest.mark.parametrize(
    ("data", "kind"), [(JPEG, "image/jpeg"), (pdf(), "application/pdf")]
)
def test_a_receipt_is_a_photo_or_a_pdf(data, kind):
    assert read_receipt(photos.upload(data), zone=ZONE).kind == kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"PK\3\4....", "not_a_receipt"), (HEIC, "heic"), (b"", "empty")],
)
def test_another_file_is_no_receipt(data, reason):
    assert code_of(read_receipt, data, zone=ZONE) == reason


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Foto\\jalan.PNG", "jalan.jpg"),
        ("a\x00b\u202egpj.exe", "abgpj.jpg"),
        ("", "foto.jpg"),
        (".jpg", "foto.jpg"),
        ("x" * 300 + ".jpg", "x" * 146 + ".jpg"),
    ],
)
def test_a_file_name_is_only_a_label(name, label):
    assert clean_label(name, ".jpg") == label


def test_the_first_bytes_decide():
    assert picture_problem(b"\xff\xd8\xff\xe0") == ""
    assert picture_problem(b"RIFF....WEBP") == ""
    assert picture_problem(b"") == "not_a_photo"


def test_the_page_about_uploads_names_the_settings_as_they_are():
    page = (settings.BASE_DIR / "docs" / "uploads.md").read_text()
    megabyte = 1024 * 1024
    for text in (
        f"| {settings.UPLOAD_PHOTO_BYTES // megabyte} MB | 40 megapixels |",
        f"| one user | {settings.UPLOAD_USER_FILES} "
        f"| {settings.UPLOAD_USER_BYTES // megabyte} MB |",
        f"| one board | {settings.UPLOAD_BOARD_FILES} "
        f"| {settings.UPLOAD_BOARD_BYTES // megabyte} MB |",
        f"ten minutes | {settings.UPLOAD_PACE_FILES} |",
        f"PDF {settings.SCAN_PDF_BYTES // megabyte} MB, {settings.SCAN_FILES} files |",
        f"| 40 megapixels, {settings.SCAN_PAGES} pages |",
        f"more than {settings.SCAN_PAGES_WAITED} pages",
        f"after {settings.SCAN_DAYS} days",
        f"{settings.SCAN_STACKS} of them",
        f"Below {settings.UPLOAD_DISK_RESERVE // megabyte} MB of free disk",
    ):
        assert text in page
    assert settings.UPLOAD_READ_SECONDS == 20
    assert settings.UPLOAD_PHOTOS_AT_ONCE == 6


def test_uploads_reach_the_worker_by_bytes_alone():
    upload = SimpleUploadedFile("x", JPEG, content_type="image/svg+xml")
    assert read_photo(upload, zone=ZONE).photo.kind == "image/jpeg"
