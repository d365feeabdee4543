"""Signed papers that came back: one attached from a heap, the rest still to be sorted.

The scans are the printed pages themselves: nobody has signed a demo.
"""

import io

from django.core.files.storage import default_storage
from PIL import Image

from boards.files import fresh_bytes
from boards.models import Board, User
from reports.models import IssuedReport, ScanStack
from reports.scan_piles import piles_of
from reports.scan_reading import PageRead, Source, read_page
from reports.services import (
    Sitting,
    add_sources,
    attach_stack,
    bind_pile,
    keep_stack,
    new_stack,
    put_page,
)

FOOTER = 0.9  # share of the page that stays when its foot is cut off


def bring_back_papers(board: Board) -> int:
    """Minutes attached, a list whole, proceedings short of a page; how many pages."""
    secretary = User.objects.get(username="sekretaris")
    papers = IssuedReport.objects.filter(board=board).in_force()
    minutes = papers.filter(kind="notulen").last()
    proceedings = papers.filter(kind="berita-acara", pages__gt=1).first()
    attendance = papers.filter(kind="daftar-hadir").first()
    if not (minutes and proceedings and attendance):
        return 0
    (first,) = _pages_of(proceedings, most=1)
    whole = [*_pages_of(attendance), *_pages_of(minutes)]
    heap = [*whole, first, _footless(first)]
    _attach(_heap(heap, secretary, board), minutes, secretary)
    return len(heap)


def _pages_of(report: IssuedReport, *, most: int = 99) -> list[PageRead]:
    with default_storage.open(report.file.path) as file:
        pdf = file.read()
    return [read_page(pdf, page + 1) for page in range(min(report.pages, most))]


def _footless(page: PageRead) -> PageRead:
    """The page with its foot outside the picture: nobody reads its code."""
    with Image.open(io.BytesIO(page.picture)) as picture:
        width, height = picture.size
        cut = picture.crop((0, 0, width, round(height * FOOTER)))
    out = io.BytesIO()
    cut.save(out, "JPEG", quality=80)
    return read_page(out.getvalue(), 1)


def _heap(pages: list[PageRead], by: User, board: Board) -> ScanStack:
    stack = new_stack(board, by=by)
    sources = [Source("mesin-fotokopi.pdf", pages=len(pages))]
    first = add_sources(stack, sources)
    for number, page in enumerate(pages, start=1):
        put_page(stack, first, number, page)
    return keep_stack(stack, sources, [pages], by=by)


def _attach(stack: ScanStack, report: IssuedReport, by: User) -> None:
    """Attach what is whole, with the two signatures of minutes."""
    piles = piles_of(stack).attachable
    bound = [bind_pile(stack, pile) for pile in piles if pile.report == report]
    today = stack.board.today()
    sitting = Sitting(today, today, by, "Sekretaris LKM")
    with fresh_bytes() as fresh:
        pairs = [(each, fresh.put(each.file.data)) for each in bound]
        attach_stack(stack, pairs, sitting, signatures={report.pk: 2})
