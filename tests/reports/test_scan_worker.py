"""What the reader of scanned pages sees, on papers that the press printed."""

import base64
import io
import json
import random

import pikepdf
import pytest
from PIL import Image, ImageFilter

from reports import scan_worker
from reports.render import render_pdf
from reports.scan_pdf import bind_pages
from reports.scan_sorting import PaperCode, read_codes
from tests.make import photos, scans
from tests.reports.papers import VERIFY, letter


@pytest.fixture(scope="module")
def paper(printing):
    """A letter of two pages."""
    return render_pdf(letter(), patience=30).bytes


def look(data: bytes, number: int = 1) -> dict:
    return json.loads(scan_worker.answer(data, str(number)))


def count(data: bytes) -> dict:
    return json.loads(scan_worker.answer(data, "count"))


def picture(found: dict) -> bytes:
    return base64.b64decode(found["page"]["data"])


@pytest.mark.parametrize(
    ("page", "turn", "seed"),
    [(1, 0, 1), (2, 0, 2), (1, 180, 3), (2, 90, 4), (1, 270, 5), (2, 180, 6)],
)
def test_pages_laid_askew_or_upside_down_are_known(paper, page, turn, seed):
    seen = scans.photo(scans.printed(paper, page), random.Random(seed), turn=turn)

    found = look(seen)

    assert read_codes(found["codes"]) == [PaperCode(VERIFY.token, page)]
    # Upright again: the code lies below the middle, right of it, and is level.
    kept = Image.open(io.BytesIO(picture(found)))
    (code,) = scan_worker.find_codes(kept)
    corner = code.position.top_left
    assert kept.height > kept.width
    assert (corner.x > kept.width / 2, corner.y > kept.height / 2) == (True, True)
    assert abs(scan_worker.lean(code)) < 2


def test_a_pdf_of_the_copier_is_read_page_by_page(paper):
    heap = scans.bundle([scans.printed(paper, page) for page in (2, 1)])

    assert count(heap) == {"pages": 2}
    codes = [read_codes(look(heap, number)["codes"]) for number in (1, 2)]
    assert codes == [[PaperCode(VERIFY.token, 2)], [PaperCode(VERIFY.token, 1)]]


def test_a_kept_page_is_small_and_tells_nothing_of_the_camera(paper):
    page = scans.printed(paper, 1).resize((2480, 3508))
    found = look(photos.jpeg(page, tags=photos.exif()))

    data = picture(found)
    kept = Image.open(io.BytesIO(data))
    assert max(kept.size) == scan_worker.PAGE_SIDE
    assert len(data) <= scan_worker.PAGE_BYTES
    assert (dict(kept.getexif()), b"Ponsel" in data) == ({}, False)
    assert len(base64.b64decode(found["thumbnail"]["data"])) <= scan_worker.THUMB_BYTES


def test_the_sharper_of_two_pictures_is_told(paper):
    page = scans.printed(paper, 1)
    soft = page.filter(ImageFilter.GaussianBlur(1.5))

    assert scan_worker.sharpness(page) > scan_worker.sharpness(soft) > 0


def test_two_pages_in_one_picture_are_both_told(paper):
    wide = Image.new("RGB", (2600, 1960), "white")
    for page in (1, 2):
        wide.paste(scans.printed(paper, page), ((page - 1) * 1300, 0))

    codes = read_codes(look(scans.plain(wide))["codes"])

    assert sorted(codes) == [PaperCode(VERIFY.token, page) for page in (1, 2)]


def test_a_white_page_has_no_code():
    assert look(scans.plain(Image.new("RGB", (900, 1300), "white")))["codes"] == []


def locked(paper: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def test_locked_broken_and_cut_off_files_are_told_apart(paper):
    photo = scans.plain(scans.printed(paper, 1))

    assert count(locked(paper)) == {"refused": "locked_pdf"}
    assert count(paper[: len(paper) // 2]) == {"refused": "unreadable_pdf"}
    assert count(b"%PDF-1.7 nothing\n%%EOF") == {"refused": "unreadable_pdf"}
    assert count(photo) == {"pages": 1}
    with pytest.raises(OSError, match="truncated"):
        scan_worker.answer(photo[: len(photo) // 2], "1")


def test_a_page_as_large_as_a_house_is_looked_at_small():
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(14_400, 14_400))
    out = io.BytesIO()
    pdf.save(out)

    seen = scan_worker.picture_of(out.getvalue(), 1)

    assert seen.width * seen.height <= scan_worker.MOST_PIXELS + 10_000


def test_pages_bound_to_one_pdf_are_as_long_as_the_paper(paper):
    pages = [picture(look(scans.plain(scans.printed(paper, each)))) for each in (1, 2)]

    bound = bind_pages(pages, long_side=330, title="Pindaian 012")

    assert bound == bind_pages(pages, long_side=330, title="Pindaian 012")
    with pikepdf.open(io.BytesIO(bound)) as pdf:
        sides = [float(page.mediabox[3]) for page in pdf.pages]
    assert sides == [pytest.approx(330 / 25.4 * 72, abs=0.1)] * 2
    assert [read_codes(look(bound, each)["codes"])[0].page for each in (1, 2)] == [1, 2]
