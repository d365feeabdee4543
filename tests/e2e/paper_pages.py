"""Papers in the browser: issued, read, verified by their address, signed by pen."""

import re

from playwright.sync_api import Page, expect

from reports.models import IssuedReport
from tests.e2e.pages import fetch, follow, heading, press, see
from tests.make import photos
from tests.reports.pdf_text import page_texts


def issue_paper(page: Page, title: str) -> IssuedReport:
    """Press "Terbitkan" beside a paper of the list that is open."""
    press(page, re.compile(f"^Terbitkan\\s+{title}$"))
    see(page, "Belum ditandatangani")
    return IssuedReport.objects.get(pk=int(page.url.rstrip("/").rsplit("/", 1)[1]))


def text_of(page: Page) -> str:
    """All words of the PDF of the paper that is open, with single blanks."""
    link = page.get_by_role("link", name="Buka PDF")
    return words_in(fetch(page, link.get_attribute("href")))


def words_in(pdf: bytes) -> str:
    """All words of a PDF, with single blanks."""
    assert pdf.startswith(b"%PDF-")
    return " ".join(page_texts(pdf))


def verify(visitor: Page, paper: IssuedReport, *, signed: bool) -> None:
    """Open the address of the QR code without an account."""
    visitor.goto(f"/V/{paper.token}/1")
    heading(visitor, "Dokumen ini tercatat dan berlaku")
    see(visitor, paper.number_text)
    signs = visitor.get_by_role("region", name="Bukti tanda tangan")
    words = re.compile("tanda tangan basah|bertanda tangan basah", re.IGNORECASE)
    if signed:
        expect(signs).to_contain_text(words)
        expect(signs).to_contain_text("11 tanda tangan")
    else:
        expect(signs).to_contain_text(re.compile("[Bb]elum"))


def attach_scan(page: Page, *, signatures: int) -> None:
    """From the page of a paper: the signed sheet as the camera saw it."""
    follow(page, "Lampirkan pindaian")
    scan = photos.jpeg(photos.street(100, size=(600, 900)), quality=60)
    page.get_by_label("Berkas pindaian").set_input_files(
        {"name": "pindaian.jpg", "mimeType": "image/jpeg", "buffer": scan}
    )
    page.get_by_label("Jumlah tanda tangan").fill(str(signatures))
    press(page, "Lampirkan pindaian")
    see(page, "Bertanda tangan basah", f"{signatures} tanda tangan")
