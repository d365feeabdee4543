"""Long matrices: printed in chunks side by side, joined and stamped."""

import io
import os
import signal
import subprocess
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pikepdf
import pytest
import segno

from reports.document import Attachment, RenderFailed
from reports.pdf_findings import structure_findings
from reports.render import render_long, render_pdf
from tests.reports import papers
from tests.reports.pdf_text import (
    footer_words,
    page_texts,
    pages,
    words_outside_margins,
)
from tests.reports.test_render import printed_code
from tests.reports.test_render_pool import busy, wait_for

pytestmark = pytest.mark.usefixtures("printing")


@pytest.fixture(scope="module")
def joined(printing):
    """260 rows in chunks of 100, with the data attached to the second chunk."""
    chunks = papers.matrix(260, chunk=100)
    data = Attachment("data.csv", b"kode;rp\nK-00001;1350\n", "Data matriks")
    chunks[1] = replace(chunks[1], attachments=(data,))
    steps = []
    paper = render_long(
        chunks, progress=lambda done, total: steps.append((done, total))
    )
    return paper, steps


def test_every_row_is_there_once_and_in_order(joined):
    paper, _ = joined
    words = " ".join(page_texts(paper.bytes)).split()

    assert [word for word in words if word.startswith("K-")] == [
        f"K-{row:05d}" for row in range(260)
    ]
    assert words.count(str(259 * 1_350)) == 1


def test_the_pages_are_numbered_through(joined):
    paper, _ = joined
    texts = page_texts(paper.bytes)

    assert paper.pages == len(texts) > 3
    for number, text in enumerate(texts, start=1):
        assert text.count("Halaman") == 1
        assert f"Halaman {number} dari {len(texts)} · {papers.NUMBER}" in text
        assert text.endswith(papers.VERIFY.sentence)


def test_each_page_of_a_matrix_carries_its_own_code(joined):
    paper, _ = joined
    last = paper.pages
    address = f"HTTPS://LKM.EXAMPLE/V/IDLZNABSFO6CQ7WEXRTYUI2345/{last}"
    matrix = segno.make(address, error="m", boost_error=False).matrix

    wanted = [[bool(module) for module in row] for row in matrix]
    code = printed_code(paper.bytes, last, len(wanted), margins=(15, 23))

    assert code == wanted


def test_the_joined_file_is_an_archive_with_its_data(joined, tmp_path):
    paper, _ = joined
    file = tmp_path / "matrix.pdf"
    file.write_bytes(paper.bytes)

    assert structure_findings(paper.bytes, tagged=False) == []
    subprocess.run(["qpdf", "--check", str(file)], check=True, capture_output=True)
    with pikepdf.open(io.BytesIO(paper.bytes)) as pdf:
        assert list(pdf.attachments) == ["data.csv"]
        content = pdf.attachments["data.csv"].get_file().read_bytes()
        assert content == b"kode;rp\nK-00001;1350\n"
        assert len(pdf.Root.AF) == 1
    assert words_outside_margins(paper.bytes) == []


def test_progress_counts_every_chunk(joined):
    _, steps = joined

    assert steps[-1] == (3, 3)
    assert steps == sorted(steps)


def test_the_stamp_stands_where_the_footer_of_a_letter_stands():
    chunk = papers.matrix(20, chunk=20)
    (stamped,) = pages(render_long(chunk).bytes)
    (whole,) = pages(render_pdf(chunk[0]).bytes)

    pairs = list(zip(footer_words(stamped), footer_words(whole), strict=True))
    assert len(pairs) > 10
    for ours, theirs in pairs:
        assert ours.text == theirs.text
        assert ours.left == pytest.approx(theirs.left, abs=0.6)
        assert ours.bottom == pytest.approx(theirs.bottom, abs=0.6)


def test_the_same_matrix_has_the_same_bytes():
    chunks = papers.matrix(30, chunk=20)

    assert render_long(chunks).bytes == render_long(chunks).bytes


def test_a_cancelled_matrix_stops_and_leaves_nothing(printing):
    with pytest.raises(RenderFailed) as failure:
        render_long(papers.matrix(2_000, chunk=100), cancelled=lambda: True)

    assert failure.value.code == "cancelled"
    assert list(Path(printing.folder).glob("chunks-*")) == []


@pytest.mark.deep
def test_a_chunk_whose_press_was_killed_is_printed_again(printing):
    printing.close()
    printing.warm_up()
    (press,) = (press.process.pid for press in printing.idle)
    finished = []
    chunks = papers.matrix(700, chunk=600)

    thread = Thread(target=lambda: finished.append(render_long(chunks)))
    thread.start()
    wait_for(lambda: busy(press))
    os.kill(press, signal.SIGKILL)
    thread.join()

    codes = [
        word for word in " ".join(page_texts(finished[0].bytes)).split() if "K-" in word
    ]
    assert codes == [f"K-{row:05d}" for row in range(700)]


def test_one_broken_chunk_fails_the_whole():
    chunks = papers.matrix(40, chunk=20)
    html = chunks[1].html.replace(
        "</h1>", '</h1><img src="file:///etc/passwd" alt="x">'
    )
    chunks[1] = replace(chunks[1], html=html)

    with pytest.raises(RenderFailed) as failure:
        render_long(chunks)

    assert failure.value.code == "refused"
