"""Uploaded files, looked at in a process with limits: what they are, or why not.

Looking takes time and never happens inside a transaction. The limits stand in the
settings (`UPLOAD_…`) and in docs/uploads.md.
"""

import base64
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from boards.models import StoredFile
from common.errors import RuleViolation
from common.readers import ReaderFailed, read_apart
from common.text import find_control_character, plain_lines

WORKER = "boards.photo_worker"
_FAILURES = {"time": "too_slow", "memory": "too_heavy"}
MEGABYTE = 1024 * 1024
_AS_PHOTO = "Simpan atau kirim ulang sebagai JPG, lalu unggah lagi."

SENTENCES = {
    "empty": "Berkas ini kosong. Pilih berkas lain.",
    "photo_too_large": "Foto ini lebih dari {limit} MB. Kecilkan ukurannya di ponsel,"
    " lalu unggah lagi.",
    "pdf_too_large": "PDF ini lebih dari {limit} MB. Pindai ulang dengan mutu lebih"
    " rendah, atau bagi menjadi beberapa berkas.",
    "heic": "Foto HEIC dari iPhone tidak dapat dibaca. Di Pengaturan, Kamera, Format,"
    " pilih “Paling Kompatibel”, atau kirim ulang fotonya sebagai JPG.",
    "gif": f"Gambar GIF tidak diterima. {_AS_PHOTO}",
    "tiff": f"Gambar TIFF tidak diterima. {_AS_PHOTO}",
    "bmp": f"Gambar BMP tidak diterima. {_AS_PHOTO}",
    "svg": f"Gambar SVG tidak diterima. {_AS_PHOTO}",
    "eps": f"Gambar EPS tidak diterima. {_AS_PHOTO}",
    "psd": "Berkas Photoshop tidak diterima. Ekspor sebagai JPG, lalu unggah lagi.",
    "pdf_as_photo": "Ini PDF, bukan foto. Unggah sebagai nota, atau ambil fotonya.",
    "not_a_photo": "Berkas ini bukan foto. Pilih foto JPG, PNG atau WebP.",
    "not_a_pdf": "Berkas ini bukan PDF. Pindai ke PDF, lalu unggah lagi.",
    "not_a_receipt": "Berkas ini bukan foto dan bukan PDF. Foto notanya, atau pindai"
    " ke PDF.",
    "not_a_scan": "Berkas ini bukan foto dan bukan PDF. Foto suratnya, atau pindai ke"
    " PDF.",
    "too_many_pixels": "Foto ini lebih dari 40 megapiksel. Kecilkan ukurannya di"
    " ponsel, lalu unggah lagi.",
    "too_small": "Gambar ini terlalu kecil untuk dilihat. Pilih foto yang lebih besar.",
    "too_heavy": "Foto ini terlalu berat untuk dibaca. Kecilkan ukurannya di ponsel,"
    " lalu unggah lagi.",
    "too_slow": "Foto ini terlalu lama dibaca. Kecilkan ukurannya di ponsel, lalu"
    " unggah lagi.",
    "unreadable": "Foto ini rusak atau tidak lengkap. Buka di ponsel; bila tampak utuh,"
    " simpan salinannya lalu unggah lagi.",
    "unreadable_pdf": "PDF ini rusak atau tidak lengkap. Pindai ulang, lalu unggah"
    " lagi.",
    "locked_pdf": "PDF ini terkunci kata sandi. Hapus kata sandinya, lalu unggah lagi.",
    "too_many_pages": "PDF ini lebih dari 200 halaman. Bagi menjadi beberapa berkas.",
    "text_too_large": "Berkas teks ini lebih dari {limit} MB. Bagi menjadi beberapa"
    " dokumen.",
    "not_text": "Berkas ini bukan teks biasa (.txt). Buka berkasnya, salin isinya, lalu"
    " tempel di bawah.",
    "quota": "Jatah unggah hari ini habis. Lanjutkan besok, atau minta rekan"
    " mengunggahnya.",
    "too_fast": "Terlalu banyak unggahan sekaligus. Tunggu sepuluh menit, lalu unggah"
    " lagi.",
    "disk_full": "Ruang simpan portal hampir penuh, unggahan dihentikan dulu. Beri tahu"
    " pengelola sistem.",
}

# First bytes of what people try, and the sentence it gets; "" is a photo we read.
_MAGIC = (
    (b"\xff\xd8\xff", ""),
    (b"\x89PNG\r\n\x1a\n", ""),
    (b"%PDF-", "pdf_as_photo"),
    (b"GIF8", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"BM", "bmp"),
    (b"8BPS", "psd"),
    (b"%!PS", "eps"),
    (b"\xc5\xd0\xd3\xc6", "eps"),
)
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heif", b"mif1", b"msf1", b"avif")


class FileRefused(RuleViolation):
    """An uploaded file is not taken; the message says why and what to do."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(SENTENCES[reason].format(**facts), code=f"files.{reason}")


@dataclass(frozen=True)
class PhotoFacts:
    """What the camera wrote down: aware time and degrees, each None if unknown."""

    taken_at: datetime | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@dataclass(frozen=True)
class ReadFile:
    """A file that was looked at and may be kept: fresh bytes and what they are."""

    data: bytes
    kind: str
    label: str
    own: bool
    width: int | None = None
    height: int | None = None
    pages: int | None = None


@dataclass(frozen=True)
class ReadPhoto:
    """A photo made small, its thumbnail, and the facts of the camera."""

    photo: ReadFile
    thumbnail: ReadFile
    facts: PhotoFacts


def picture_problem(head: bytes) -> str:
    """Why these first bytes are not a photo we read, as a key of SENTENCES; or ""."""
    for magic, problem in _MAGIC:
        if head.startswith(magic):
            return problem
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return ""
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return "heic"
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if bare.startswith((b"<svg", b"<?xml", b"<!doctype svg")):
        return "svg"
    return "not_a_photo"


def clean_label(name: str, suffix: str = "") -> str:
    """The user's file name as a label: no folders, no invisible letters."""
    bare = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    shown = "".join(c for c in bare if unicodedata.category(c)[0] != "C").strip()
    if suffix:
        stem = shown.rpartition(".")[0] if "." in shown else shown
        shown = f"{stem or 'foto'}{suffix}"
    return shown[-150:] or "berkas"


def _take(upload: UploadedFile, *, limit: int, problem: str) -> bytes:
    """The bytes of an upload within its limit."""
    if upload.size > limit:
        raise FileRefused(problem, limit=limit // MEGABYTE)
    data = upload.read()
    upload.seek(0)
    if not data:
        raise FileRefused("empty")
    return data


def _ask_worker(data: bytes, reader: str) -> dict:
    """Let a process with limits (512 MB, 20 s) look at untrusted bytes."""
    try:
        answer = read_apart(WORKER, data, reader, seconds=settings.UPLOAD_READ_SECONDS)
    except ReaderFailed as failed:
        reason = _FAILURES.get(failed.reason)
        broken = "unreadable_pdf" if reader == "pdf" else "unreadable"
        raise FileRefused(reason or broken) from failed
    if "refused" in answer:
        raise FileRefused(answer["refused"])
    return answer


def _made(part: dict, kind: str, label: str) -> ReadFile:
    data = base64.b64decode(part["data"])
    return ReadFile(data, kind, label, True, part["width"], part["height"])


def _picture_bytes(upload: UploadedFile) -> bytes:
    data = _take(upload, limit=settings.UPLOAD_PHOTO_BYTES, problem="photo_too_large")
    problem = picture_problem(data[:64])
    if problem:
        raise FileRefused(problem)
    return data


def read_photo(upload: UploadedFile, *, zone: str) -> ReadPhoto:
    """Look at an uploaded photo: fresh JPEG and thumbnail, metadata dropped.

    `zone` is the board's, for cameras that write no offset. Raises FileRefused.
    """
    answer = _ask_worker(_picture_bytes(upload), "photo")
    label = clean_label(upload.name or "", ".jpg")
    kind = StoredFile.Kind.PHOTO
    return ReadPhoto(
        _made(answer["photo"], kind, label),
        _made(answer["thumbnail"], kind, label),
        photo_facts(
            answer["taken_at"], answer["latitude"], answer["longitude"], zone=zone
        ),
    )


def photo_facts(
    taken_at: str, latitude: str, longitude: str, *, zone: str
) -> PhotoFacts:
    """Facts from text, as the camera or the browser gave them; broken ones are None."""
    try:
        moment = datetime.fromisoformat(taken_at)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
        if not datetime(2000, 1, 1, tzinfo=UTC) < moment < timezone.now():
            moment = None
    except (ValueError, OverflowError):
        moment = None
    try:
        north = round(Decimal(latitude), 6)
        east = round(Decimal(longitude), 6)
        known = abs(north) <= 90 and abs(east) <= 180 and (north or east)
    except ArithmeticError:
        known = False
    return PhotoFacts(moment, north, east) if known else PhotoFacts(moment)


def read_logo(upload: UploadedFile) -> ReadFile:
    """Look at an uploaded logo: a fresh PNG of at most 512 px. Raises FileRefused."""
    answer = _ask_worker(_picture_bytes(upload), "logo")
    label = clean_label(upload.name or "", ".png")
    return _made(answer["logo"], StoredFile.Kind.PNG, label)


def read_pdf(upload: UploadedFile) -> ReadFile:
    """Look at an uploaded PDF; its bytes stay as they are. Raises FileRefused."""
    data = _take(upload, limit=settings.UPLOAD_PDF_BYTES, problem="pdf_too_large")
    if not data.startswith(b"%PDF-"):
        raise FileRefused("not_a_pdf")
    pages = _ask_worker(data, "pdf")["pages"]
    label = clean_label(upload.name or "", ".pdf")
    return ReadFile(data, StoredFile.Kind.PDF, label, own=False, pages=pages)


def read_receipt(upload: UploadedFile, *, zone: str) -> ReadFile:
    """Look at a receipt: a photo (made small) or a PDF. Raises FileRefused."""
    head = upload.read(64)
    upload.seek(0)
    if head.startswith(b"%PDF-"):
        return read_pdf(upload)
    if head and picture_problem(head) == "not_a_photo":
        raise FileRefused("not_a_receipt")
    return read_photo(upload, zone=zone).photo


def read_text(upload: UploadedFile) -> str:
    """The text of an uploaded .txt, in whatever of the usual codes. Raises FileRefused.

    Nothing of it is kept as a file: it is typed text that came by another way.
    """
    data = _take(upload, limit=settings.UPLOAD_TEXT_BYTES, problem="text_too_large")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    plain = plain_lines(text).replace("\f", "\n")
    if data.startswith((b"PK", b"%PDF-", b"{\\rtf", b"\xd0\xcf")) or (
        find_control_character(plain, lines=True)
    ):
        raise FileRefused("not_text")
    return plain
