"""A hundred simulated scans of real papers: at least 95 find their place by themselves.

150 dots an inch, up to 5 degrees askew, a fifth of them upside down or on their side,
blur up to 0.8 px, noise, a shadow from one side, JPEG of quality 70. Then the harder
ones, which are printed but not asked for: 110 dots an inch, more blur.
"""

import datetime
import random
import sys
from collections import Counter

import pytest
from django.core.files.storage import default_storage
from django.test import override_settings

from boards.models import Board
from boards.roles import Role
from reports import render
from reports.document import Document
from reports.models import StackPage
from reports.scan_reading import Source, open_source, read_page
from reports.scan_sorting import PaperCode
from reports.services import issue_report, keep_stack, new_stack
from tests.make import boards as make
from tests.make import deliberations as rows
from tests.make import sample_meetings as samples
from tests.make import scans
from tests.reports import papers

pytestmark = pytest.mark.django_db
AFTER = datetime.date(2026, 11, 23)
SCANS, LEAST = 100, 95
TURNS = (0, 0, 0, 0, 0, 0, 0, 0, 90, 180)
CLEAN = {"dpi": 150, "blur": 0.8}


@pytest.fixture
def presses(tmp_path):
    with override_settings(DATA_DIR=tmp_path):
        yield
        render.close_presses()


@pytest.fixture
def pages(presses):
    """Every page of three kinds of paper in both sizes: code, size of paper, PDF."""
    found = []
    for size in Board.PaperSize:
        board = samples.board(size, name=f"Rejeki {size}", code=f"LKM-{size}")
        clerk = make.user(Role.SECRETARY, board=board)
        meeting = rows.ratify(samples.rich_meeting(board))
        for kind in ("berita-acara", "notulen", "daftar-hadir"):
            report = issue_report(kind, meeting, on=AFTER, by=clerk)
            with default_storage.open(report.file.path) as file:
                pdf = file.read()
            found += [
                (report, PaperCode(report.token, page), pdf)
                for page in range(1, report.pages + 1)
            ]
    return found


def simulate(pages, *, dpi: int, blur: float, count: int = SCANS):
    """Pages in turn, each laid askew by its own dice: what was meant, and the JPEG."""
    for number in range(count):
        report, code, pdf = pages[number % len(pages)]
        dice = random.Random(number)
        page = scans.printed(pdf, code.page, dpi=dpi)
        yield report, code, scans.photo(page, dice, turn=dice.choice(TURNS), blur=blur)


def test_of_a_hundred_clean_scans_95_attach_by_themselves(pages, capsys):
    right, wrong = 0, []
    for report, code, data in simulate(pages, **CLEAN):
        upload = scans.upload(data, "foto.jpg")
        source = open_source(upload)
        stack = new_stack(report.board, by=report.issued_by)
        stack.sources = [source.line]
        keep_stack(stack, [source], [[read_page(data, 1)]], by=report.issued_by)
        sheet = StackPage.objects.get(stack=stack)
        found = (sheet.finding, sheet.report_id, sheet.page)
        if found == ("placed", report.pk, code.page):
            right += 1
        elif sheet.finding == "placed":
            wrong.append(found)
        stack.sheets.all().delete()
        stack.delete()

    with capsys.disabled():
        sys.stdout.write(f"\n{right} of {SCANS} clean scans found their place\n")
    assert wrong == []
    assert right >= LEAST


@pytest.mark.parametrize("size", ["a4", "f4"])
@pytest.mark.parametrize("shape", ["", "landscape", "half", "wide"])
def test_every_page_of_every_shape_carries_its_own_code(presses, size, shape):
    body = papers.paragraphs(20)
    if shape == "wide":
        body += f'<section class="wide">{papers.paragraphs(4)}</section>'
    html = papers.page(body, shape="" if shape == "wide" else shape)
    order = Document(html=html, number=papers.NUMBER, verify=papers.VERIFY, size=size)
    printed = render.render_pdf(order, patience=60)

    pages = range(1, printed.pages + 1)
    found = [read_page(scans.plain(scans.printed(printed.bytes, n)), 1) for n in pages]

    assert printed.pages > 1
    assert [read.codes for read in found] == [
        (PaperCode(papers.VERIFY.token, page),) for page in pages
    ]


def test_every_page_of_a_long_matrix_carries_its_own_code(presses):
    printed = render.render_long(papers.matrix(120, chunk=60))

    pages = range(1, printed.pages + 1)
    found = [read_page(scans.plain(scans.printed(printed.bytes, n)), 1) for n in pages]

    assert [read.codes for read in found] == [
        (PaperCode(papers.VERIFY.token, page),) for page in pages
    ]


@pytest.mark.parametrize(("dpi", "blur"), [(110, 0.8), (150, 1.6), (200, 1.6)])
def test_a_hard_scan_is_read_rightly_or_not_at_all(pages, capsys, dpi, blur):
    seen = Counter()
    for _report, code, data in simulate(pages, dpi=dpi, blur=blur, count=30):
        codes = read_page(data, 1).codes
        seen["unread" if not codes else "right" if codes == (code,) else "wrong"] += 1

    with capsys.disabled():
        sys.stdout.write(f"\n{dpi} dpi, blur to {blur}: {seen['right']} of 30 read\n")
    assert seen["wrong"] == 0
    assert seen["right"] > 0


def test_a_heap_of_forty_pages_from_the_copier_is_read(pages):
    dice = random.Random(1)
    order = [dice.choice(pages) for _ in range(40)]
    heap = scans.bundle(
        [scans.scanned(scans.printed(pdf, c.page), dice) for _, c, pdf in order]
    )

    source = open_source(scans.upload(heap, "copier.pdf"))

    assert isinstance(source, Source)
    assert (source.pages, source.problem) == (40, "")
    read = [read_page(source.data, page + 1).codes for page in range(40)]
    right = sum(
        codes == (code,) for codes, (_, code, _) in zip(read, order, strict=True)
    )
    assert right >= 38
