"""A signed paper comes back: printed, scanned askew, sorted by its codes, verified."""

import random

from playwright.sync_api import Page, expect

from reports.models import IssuedReport, ScanStack, SignedScan
from reports.services import issue_report
from tests.e2e.office import Office, open_office
from tests.e2e.pages import fetch, follow, heading, press, see
from tests.e2e.paper_pages import verify
from tests.make import meetings as meet
from tests.make import scans

SHRUNK = 500 * 1024
SIZES = "input => [...input.files].map(file => file.size)"


def papers_of(office: Office) -> tuple[IssuedReport, IssuedReport]:
    """Proceedings and minutes of one ratified meeting of eleven members."""
    meeting = meet.ratified(
        office.board,
        by=office.secretary,
        ratifier=office.coordinator,
        people=office.people,
    )
    return tuple(
        issue_report(kind, meeting, on=office.today, by=office.secretary)
        for kind in ("berita-acara", "notulen")
    )


def printed_pages(page: Page, paper: IssuedReport) -> list:
    """Every page of the PDF that the browser gets, as pictures."""
    board = paper.board.slug
    pdf = fetch(page, f"/lkm/{board}/surat/{paper.pk}/berkas/")
    return [scans.printed(pdf, number + 1) for number in range(paper.pages)]


def heap_of(page: Page, *papers: IssuedReport) -> list[dict]:
    """Photos of all pages, shuffled and laid askew, the last one without its foot."""
    dice = random.Random(3)
    pages = [each for paper in papers for each in printed_pages(page, paper)]
    foot = pages.pop()
    dice.shuffle(pages)
    shots = [scans.photo(each, dice, turn=dice.choice((0, 180))) for each in pages]
    # One as a good camera takes it, which the browser makes small.
    shots[0] = scans.photo(pages[0].resize((2540, 3898)), dice)
    assert len(shots[0]) > SHRUNK
    width, height = foot.size
    shots.append(scans.plain(foot.crop((0, 0, width, height * 9 // 10))))
    return [
        {"name": f"foto-{number}.jpg", "mimeType": "image/jpeg", "buffer": data}
        for number, data in enumerate(shots, start=1)
    ]


def test_a_signed_paper_comes_back_as_a_heap_of_photos(open_page):
    office = open_office()
    proceedings, minutes = papers_of(office)
    page = open_page(office.secretary, width=360)
    page.goto(f"/lkm/{office.board.slug}/surat/")
    follow(page, "Unggah pindaian")
    heap = heap_of(page, proceedings, minutes)

    page.get_by_label("Foto atau PDF").set_input_files(heap)
    see(page, "siap diunggah")
    sent = page.get_by_label("Foto atau PDF").evaluate(SIZES)
    assert max(sent) <= SHRUNK
    press(page, "Unggah dan baca halamannya")

    heading(page, "Tumpukan pindaian")
    see(page, "Kode tidak terbaca", f"Kurang halaman {minutes.pages}")
    follow(page, "Pilih suratnya")
    heading(page, "Surat mana, halaman berapa?")
    page.get_by_label("Surat", exact=False).first.select_option(str(minutes.pk))
    page.get_by_label("Halaman", exact=True).fill(str(minutes.pages))
    press(page, "Tempatkan halaman")
    expect(page.get_by_text("Lengkap")).to_have_count(2)
    for paper, count in ((proceedings, 11), (minutes, 2)):
        section = page.get_by_role("region", name=str(paper))
        section.get_by_label("Jumlah tanda tangan").fill(str(count))
    press(page, "Lampirkan pindaian surat yang dihitung")

    see(page, "Pindaian bertanda tangan terlampir")
    assert not ScanStack.objects.exists()
    assert SignedScan.objects.count() == 2
    visitor = open_page(None)
    verify(visitor, proceedings, signed=True)
    assert page.faults == []
    assert visitor.faults == []


def test_a_heap_from_the_copier_is_read_by_the_worker(open_page):
    office = open_office()
    proceedings, _minutes = papers_of(office)
    page = open_page(office.secretary)
    pages = printed_pages(page, proceedings)
    heap = scans.bundle(pages * 7)  # more than a visitor waits for
    page.goto(f"/lkm/{office.board.slug}/pindaian/")

    page.get_by_label("Foto atau PDF").set_input_files(
        {"name": "copier.pdf", "mimeType": "application/pdf", "buffer": heap}
    )
    press(page, "Unggah dan baca halamannya")

    heading(page, f"Membaca {7 * proceedings.pages} halaman pindaian")
    follow(page, "Buka hasilnya")
    see(page, "Lengkap", "dobel")
    page.get_by_label("Jumlah tanda tangan").fill("11")
    press(page, "Lampirkan pindaian")
    see(page, "Bertanda tangan basah")
    assert page.faults == []
