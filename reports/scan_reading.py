"""Files of a heap of signed papers, looked at in a process of their own."""

import base64
import uuid
from dataclasses import dataclass, field

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from boards.uploads import MEGABYTE, FileRefused, clean_label, picture_problem
from common.errors import RuleViolation
from common.readers import ReaderFailed, read_apart
from reports.scan_sorting import PaperCode, read_codes

WORKER = "reports.scan_worker"
_FAILURES = {"time": "too_slow", "memory": "too_heavy"}


@dataclass(frozen=True)
class Source:
    """A file of a heap: its bytes and pages, or the sentence why it is not read."""

    name: str
    data: bytes = b""
    pages: int = 0
    problem: str = ""
    # Names its pieces in the tray: two people may fill one stack at once.
    key: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def line(self) -> dict:
        """What a ScanStack keeps of it."""
        kept = ("name", "pages", "problem", "key")
        return {name: getattr(self, name) for name in kept}


@dataclass(frozen=True)
class PageRead:
    """One page: the codes of papers on it, its fresh picture and its thumbnail (JPEG).

    `damaged` pages have none of them.
    """

    codes: tuple[PaperCode, ...] = ()
    sharpness: int = 0
    picture: bytes = b""
    thumbnail: bytes = b""
    damaged: bool = False


def open_source(upload: UploadedFile) -> Source:
    """Look at an uploaded file; one that cannot be read says why."""
    name = clean_label(upload.name or "")
    try:
        data = _bytes_of(upload)
        pages = _ask(data, "count")["pages"]
    except FileRefused as refused:
        return Source(name, problem=refused.messages[0])
    return Source(name, data, pages)


def open_sources(uploads: list[UploadedFile], *, room: int) -> list[Source]:
    """Look at all files of a heap that still takes `room` pages.

    Raises RuleViolation `scans.too_many_pages`, and `scans.unreadable` when there is
    no page in them at all.
    """
    sources = [open_source(upload) for upload in uploads]
    pages = sum(source.pages for source in sources)
    if pages > room:
        raise RuleViolation(_too_many(pages, room), code="scans.too_many_pages")
    if not pages:
        says = " ".join(f"{source.name}: {source.problem}" for source in sources)
        raise RuleViolation(says, code="scans.unreadable")
    return sources


def _too_many(pages: int, room: int) -> str:
    if room < settings.SCAN_PAGES:
        return (
            f"Berkas ini {pages} halaman, padahal tumpukan ini hanya memuat {room}"
            " halaman lagi. Unggah sebagai tumpukan baru."
        )
    return (
        f"Berkas ini {pages} halaman. Sekali unggah paling banyak {room} halaman: bagi"
        " menjadi beberapa berkas, lalu unggah satu per satu."
    )


def read_page(data: bytes, number: int) -> PageRead:
    """Read page `number` (from 1); a page that breaks the reader is damaged."""
    try:
        found = _ask(data, str(number))
    except FileRefused:
        return PageRead(damaged=True)
    return PageRead(
        tuple(read_codes(found["codes"])),
        found["sharpness"],
        base64.b64decode(found["page"]["data"]),
        base64.b64decode(found["thumbnail"]["data"]),
    )


def _bytes_of(upload: UploadedFile) -> bytes:
    head = upload.read(64)
    upload.seek(0)
    is_pdf = head.startswith(b"%PDF-")
    limit = settings.SCAN_PDF_BYTES if is_pdf else settings.UPLOAD_PHOTO_BYTES
    if not head:
        raise FileRefused("empty")
    if upload.size > limit:
        large = "pdf_too_large" if is_pdf else "photo_too_large"
        raise FileRefused(large, limit=limit // MEGABYTE)
    problem = "" if is_pdf else picture_problem(head)
    if problem:
        raise FileRefused("not_a_scan" if problem == "not_a_photo" else problem)
    data = upload.read()
    upload.seek(0)
    return data


def _ask(data: bytes, wanted: str) -> dict:
    """Let a process with limits look; raises FileRefused."""
    try:
        answer = read_apart(WORKER, data, wanted, seconds=settings.UPLOAD_READ_SECONDS)
    except ReaderFailed as failed:
        broken = "unreadable_pdf" if data.startswith(b"%PDF-") else "unreadable"
        raise FileRefused(_FAILURES.get(failed.reason, broken)) from failed
    if "refused" in answer:
        raise FileRefused(answer["refused"])
    return answer
