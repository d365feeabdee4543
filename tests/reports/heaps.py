"""A board with printed papers, and heaps of their scanned pages."""

import datetime

from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from boards.roles import Role
from reports.scan_reading import PageRead, Source
from reports.scan_sorting import PaperCode
from reports.services import issue_report, keep_stack, new_stack
from tests.make import boards as make
from tests.make import deliberations as rows
from tests.make import sample_meetings as samples
from tests.make import scans

AFTER = datetime.date(2026, 11, 23)


class Office:
    """A board with two papers and a secretary; a paper of another board."""

    def __init__(self):
        self.board = samples.board()
        self.secretary = make.user(Role.SECRETARY, board=self.board, name="Dewi")
        meeting = rows.ratify(samples.tiny_meeting(self.board))
        self.minutes, self.proceedings = (
            issue_report(kind, meeting, on=AFTER, by=self.secretary)
            for kind in ("notulen", "berita-acara")
        )
        other = make.board("35.20.06.1011", name="Rahasia Jaya")
        clerk = make.user(Role.SECRETARY, board=other)
        away = rows.ratify(samples.tiny_meeting(other))
        self.foreign = issue_report("notulen", away, on=AFTER, by=clerk)
        self.clerk = clerk


def page_of(report, number=1):
    """A page of a paper as a picture, without blemish."""
    with default_storage.open(report.file.path) as file:
        return scans.printed(file.read(), number, dpi=110)


def shot(report, number=1, name="foto.jpg"):
    return scans.upload(scans.plain(page_of(report, number)), name)


def every_page(report):
    return [
        shot(report, page, f"hal-{page}.jpg") for page in range(1, report.pages + 1)
    ]


def blank(name="putih.jpg"):
    return scans.upload(scans.plain(Image.new("RGB", (850, 1200), "white")), name)


def at(name, office, *args):
    return reverse(f"reports:{name}", args=[office.board.slug, *args])


def upload(client, office, files, *, stack=None):
    where = at("stack_add", office, stack.pk) if stack else at("scan_upload", office)
    return client.post(where, make.once(files=files))


def read(code=None, sharpness=10):
    """A page as the reader tells it, without a picture."""
    return PageRead((code,) if code else (), sharpness, b"", b"")


def stack_of(office, *codes):
    """A stack whose pages were read; one code, or None, for each page."""
    stack = new_stack(office.board, by=office.secretary)
    source = Source("copier.pdf", pages=len(codes))
    stack.sources = [source.line]
    reads = [[read(code) for code in codes]]
    return keep_stack(stack, [source], reads, by=office.secretary)


def code(report, page=1):
    return PaperCode(report.token, page)


def whole(report):
    return [code(report, page) for page in range(1, report.pages + 1)]
