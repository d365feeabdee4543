"""Papers printed whole: pages, codes, letters, sizes, and what the press refuses."""

import hashlib
import io
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pikepdf
import pytest
import segno
from PIL import Image

from reports.document import Attachment, Document, RenderFailed, VerifyLine
from reports.pdf_findings import structure_findings
from reports.render import render_pdf
from tests.reports import papers
from tests.reports.pdf_text import (
    MM,
    page_texts,
    pages,
    words_above,
    words_outside_margins,
)

pytestmark = pytest.mark.usefixtures("printing")


def printed_code(content, page, side, margins=(20, 25)):
    """The modules of the code at the foot of a page, read from its picture.

    `margins` are the right and bottom margin in mm.
    """
    dpi = 400
    command = ["pdftoppm", "-r", str(dpi), "-gray", "-f", str(page), "-l", str(page)]
    done = subprocess.run(
        [*command, "-"], input=content, capture_output=True, check=True
    )
    picture = Image.open(io.BytesIO(done.stdout))
    module = 15.5 / (side + 8)
    right, bottom = picture.width / dpi * 25.4, picture.height / dpi * 25.4
    right, bottom = right - margins[0], bottom - margins[1]
    left, top = right - side * module, bottom + 3 + 0.4 / MM + 4 * module
    return [
        [
            picture.getpixel(
                (
                    round((left + (x + 0.5) * module) * dpi / 25.4),
                    round((top + (y + 0.5) * module) * dpi / 25.4),
                )
            )
            < 128
            for x in range(side)
        ]
        for y in range(side)
    ]


@pytest.mark.parametrize(("size", "points"), [("a4", (595, 842)), ("f4", (609, 935))])
def test_a_paper_has_the_size_of_the_board(size, points):
    paper = render_pdf(papers.letter(size=size))

    sizes = {(round(page.width), round(page.height)) for page in pages(paper.bytes)}
    assert sizes == {points}
    assert words_outside_margins(paper.bytes) == []


@pytest.mark.parametrize("size", ["a4", "f4"])
def test_every_page_says_which_of_how_many_it_is_and_where_to_check(size):
    paper = render_pdf(papers.letter(30, size=size))

    texts = page_texts(paper.bytes)
    assert paper.pages == len(texts) >= 3
    for number, text in enumerate(texts, start=1):
        assert f"Halaman {number} dari {len(texts)} · {papers.NUMBER}" in text
        assert (
            "Periksa keaslian di lkm.example/v dengan kode IDLZ-NABS-FO6C"
            " · Sidik f22e 1c20 cc91 8095" in text
        )


def test_every_page_carries_the_code_of_its_own():
    paper = render_pdf(papers.letter())

    for number in (1, 2):
        address = f"HTTPS://LKM.EXAMPLE/V/IDLZNABSFO6CQ7WEXRTYUI2345/{number}"
        code = segno.make(address, error="m", boost_error=False)
        assert code.designator == "3-M"
        wanted = [[bool(module) for module in row] for row in code.matrix]
        assert printed_code(paper.bytes, number, len(wanted)) == wanted


def test_a_paper_without_verify_line_has_a_footer_without_code():
    (text,) = page_texts(render_pdf(papers.letter(2, verify=None)).bytes)

    assert text.endswith(f"Halaman 1 dari 1 · {papers.NUMBER}")


def test_a_draft_says_so_on_every_page():
    verify = VerifyLine(
        papers.VERIFY.portal,
        papers.VERIFY.token,
        printed="22 November 2026 pukul 09.15",
        waits="belum terbit",
    )
    document = papers.letter(
        draft="belum terbit", verify=verify, number="belum bernomor"
    )

    for text in page_texts(render_pdf(document).bytes):
        assert text.startswith("DRAF – belum terbit, bukan bukti")
        assert (
            "· belum bernomor Draf dicetak 22 November 2026 pukul 09.15; halaman"
            in text
        )


@pytest.mark.parametrize("size", ["a4", "f4"])
def test_the_frame_prints_what_people_typed_as_they_typed_it(size):
    typed = "<script>x</script> & <img src=http://example.com/a.png> {{ number }}"
    html = papers.framed(text=typed)

    paper = render_pdf(Document(html=html, size=size, number=papers.NUMBER))

    assert paper.remarks == ()
    assert typed in page_texts(paper.bytes)[0]
    assert structure_findings(paper.bytes) == []
    with pikepdf.open(io.BytesIO(paper.bytes)) as pdf:
        assert str(pdf.docinfo.Title) == f"Berita acara {papers.NUMBER}"


def test_names_stand_below_the_text_they_sign():
    html = papers.framed(text="Rapat dibuka pukul 19.30 dan ditutup pukul 22.15.")

    paper = render_pdf(Document(html=html))

    assert words_above(paper.bytes, "Tirtomulyo, 21 November 2026") > 20
    assert "Retno Wulandari, A.Md." in page_texts(paper.bytes)[0]


def test_a_paper_is_archive_and_accessible_in_one_file():
    paper = render_pdf(papers.letter())

    assert structure_findings(paper.bytes) == []


def test_what_a_paper_lacks_is_named():
    bare = "<html><body><p>Tanpa judul<img src='static:lkm.svg'></p></body></html>"
    paper = render_pdf(Document(html=bare))
    untagged = render_pdf(papers.letter(tagged=False))

    assert {
        "no language",
        "no title",
        "no H1",
        "a figure has no alternative text",
    } <= set(structure_findings(paper.bytes))
    assert structure_findings(untagged.bytes, tagged=False) == []
    assert {"no structure tree", "not marked as tagged"} <= set(
        structure_findings(untagged.bytes)
    )


def test_the_same_paper_has_the_same_bytes_in_any_press(printing):
    document = papers.letter(attachments=(Attachment("a.csv", b"a;b\n", "Data"),))
    first = render_pdf(document).bytes
    render_pdf(papers.letter(3, number="lain"))

    second = render_pdf(document).bytes
    printing.close()
    third = render_pdf(document).bytes

    assert first == second == third


def test_an_attachment_is_carried_as_data():
    document = papers.letter(attachments=(Attachment("a.csv", b"a;b\n", "Data"),))

    paper = render_pdf(document)

    assert structure_findings(paper.bytes) == []
    with pikepdf.open(io.BytesIO(paper.bytes)) as pdf:
        assert pdf.attachments["a.csv"].get_file().read_bytes() == b"a;b\n"
        assert pdf.Root.AF[0].AFRelationship == pikepdf.Name.Data


def test_a_stored_picture_is_printed_by_its_hash():
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "black").save(picture, "PNG")
    digest = hashlib.sha256(picture.getvalue()).hexdigest()
    html = papers.page(f'<img src="berkas:{digest}" alt="Lambang">')

    paper = render_pdf(Document(html=html, assets={digest: picture.getvalue()}))

    with pikepdf.open(io.BytesIO(paper.bytes)) as pdf:
        sizes = {
            (int(thing.Width), int(thing.Height))
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and "/Width" in thing
        }
    assert sizes == {(40, 20)}


def test_letters_that_our_fonts_lack_become_boxes():
    paper = render_pdf(
        Document(html=papers.page("<p>Pak Budi 😀\ufe0f hadir\u2028✓ é</p>"))
    )

    assert "Pak Budi □ hadir □ é" in page_texts(paper.bytes)[0]
    assert paper.remarks == ("letters not in our fonts: 4",)
    assert structure_findings(paper.bytes) == []


@pytest.mark.deep
def test_minutes_of_two_hundred_pages_print_within_the_minute():
    paper = render_pdf(papers.letter(2_000))

    assert paper.pages >= 200
    assert structure_findings(paper.bytes) == []


REFUSED = [
    "http://example.com/a.png",
    "https://example.com/a.png",
    "//example.com/a.png",
    "ftp://example.com/a.png",
    "file:///etc/hostname",
    "FILE:///etc/hostname",
    "/etc/hostname",
    "a.png",
    "static:../css/print.css",
    "static:tidak-ada.svg",
    "berkas:" + "0" * 64,
    "data:image/png;base64," + "A" * 200_001,
]


@pytest.mark.parametrize("address", REFUSED, ids=lambda address: address[:24])
def test_the_press_reads_nothing_but_its_own(address):
    html = papers.page(f'<img src="{address}" alt="x">')

    with pytest.raises(RenderFailed) as failure:
        render_pdf(Document(html=html))

    assert failure.value.code == "refused"


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="stylesheet" href="http://example.com/a.css">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<style>@import "https://example.com/a.css";</style>',
        "<style>p { background: url(file:///etc/hostname) }</style>",
        '<base href="http://example.com/"><img src="a.png" alt="x">',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://a.id/"/></svg>',
    ],
)
def test_no_corner_of_the_markup_reads_anything_else(markup):
    with pytest.raises(RenderFailed) as failure:
        render_pdf(Document(html=papers.page(f"<p>a</p>{markup}")))

    assert failure.value.code == "refused"


def test_a_stored_picture_cannot_point_outside_either():
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    picture += b'<image href="file:///etc/hostname" width="9" height="9"/></svg>'
    digest = hashlib.sha256(picture).hexdigest()
    html = papers.page(f'<img src="berkas:{digest}" alt="x">')

    with pytest.raises(RenderFailed) as failure:
        render_pdf(Document(html=html, assets={digest: picture}))

    assert failure.value.code == "refused"


def test_a_stored_file_must_match_its_hash():
    html = papers.page(f'<img src="berkas:{"0" * 64}" alt="x">')

    with pytest.raises(RenderFailed) as failure:
        render_pdf(Document(html=html, assets={"0" * 64: b"<svg/>"}))

    assert failure.value.code == "refused"


def test_a_server_that_redirects_is_never_asked():
    asked = []

    class Redirecting(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
            self.end_headers()

    with HTTPServer(("127.0.0.1", 0), Redirecting) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        html = papers.page(
            f'<img src="http://127.0.0.1:{server.server_port}/a.png" alt="x">'
        )
        with pytest.raises(RenderFailed):
            render_pdf(Document(html=html))
        server.shutdown()

    assert asked == []


def test_short_data_is_read():
    picture = io.BytesIO()
    Image.new("RGB", (1, 1)).save(picture, "PNG")
    address = f"data:image/png,{''.join(f'%{byte:02x}' for byte in picture.getvalue())}"

    paper = render_pdf(Document(html=papers.page(f'<img src="{address}" alt="x">')))

    assert paper.remarks == ()


@pytest.mark.parametrize(
    ("module", "stranger"),
    [("reports.render", "weasyprint"), ("reports.render_worker", "django")],
)
def test_portal_and_press_do_not_load_each_other(module, stranger):
    question = f"import sys, {module}; sys.exit({stranger!r} in sys.modules)"

    assert subprocess.run([sys.executable, "-c", question], check=False).returncode == 0
