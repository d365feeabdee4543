"""Chunks of a long matrix become one PDF/A-3b: joined, then stamped page by page.

A program of its own (`python -m reports.pdf_pages MEGABYTES`), so that the portal
never holds the pages: reports.render gives it one order, a JSON object, as its input.
"""

import io
import json
import resource
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream

from reports import qr
from reports.document import VerifyLine

FONTS = Path(__file__).resolve().parents[1] / "static" / "fonts" / "paper"
FONT = FONTS / "LiberationSans-Regular.ttf"
STAMP = Name("/Stamp")
MM = 72 / 25.4
HAIRLINE = 0.4  # points
SIZE, LEADING = 8, 10.8  # points, as the footer in print.css
# Tables for shaping and for people who install fonts: not for a fixed line of text.
UNPRINTED = ["FFTM", "GDEF", "GPOS", "GSUB", "kern", "name", "post"]
FIRST_CODE, LAST_CODE = 32, 255


@dataclass(frozen=True)
class Footer:
    """What is stamped under every page."""

    number: str
    verify: VerifyLine | None

    def lines(self, page: int, pages: int) -> list[str]:
        """Page and number; below it where the paper can be checked."""
        first = f"Halaman {page} dari {pages} · {self.number}"
        return [first, self.verify.sentence] if self.verify else [first]


def join_chunks(chunks: list[Path], target: Path, footer: Footer) -> int:
    """Write the pages of `chunks` as one file with footers; returns their number.

    The first chunk gives metadata, output intent and attachments. Streams stay on
    disk until they are written, so memory does not grow with the pages.
    """
    with ExitStack() as stack:
        paper = stack.enter_context(pikepdf.open(chunks[0]))
        for path in chunks[1:]:
            part = stack.enter_context(pikepdf.open(path))
            paper.pages.extend(part.pages)
        pages = len(paper.pages)
        font = _stamp_font(paper, footer, pages)
        before = paper.make_indirect(Stream(paper, b"q"))
        for number, page in enumerate(paper.pages, start=1):
            page.Resources.Font[STAMP] = font
            page.contents_add(before, prepend=True)
            content = _stamp(page, footer, number, pages)
            page.contents_add(Stream(paper, b"Q\n" + content))
        if Name.AF in paper.Root:
            _list_once(paper.Root)
        paper.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return pages


def _stamp(page: pikepdf.Page, footer: Footer, number: int, pages: int) -> bytes:
    """Drawing orders of hairline, two lines of text and the code of a page."""
    left, right, bottom = _margins(page)
    width = float(page.mediabox[2])
    line = (bottom - 3) * MM
    orders = [f"q 0 g {left * MM:.2f} {line - HAIRLINE:.2f}"]
    orders += [f"{width - (left + right) * MM:.2f} {HAIRLINE} re f"]
    baseline = line - HAIRLINE - 1.4 * MM - 8.17
    orders += [f"BT {STAMP} {SIZE} Tf {LEADING} TL {left * MM:.2f} {baseline:.2f} Td"]
    orders += [
        f"<{_encoded(text).hex()}> Tj T*" for text in footer.lines(number, pages)
    ]
    orders += ["ET"]
    if footer.verify:
        code = footer.verify.qr_text(number)
        orders += _code(code, right_edge=width - right * MM, top=line - HAIRLINE)
    return " ".join([*orders, "Q"]).encode()


def _code(text: str, *, right_edge: float, top: float) -> list[str]:
    runs, side = qr.module_runs(text)
    module = qr.PRINTED_MM * MM / (side + 2 * qr.QUIET)
    x0, y0 = right_edge - side * module, top - qr.QUIET * module
    boxes = [f"{x} {-y - 1} {length} 1 re" for x, y, length in runs]
    return [f"q {module:.5f} 0 0 {module:.5f} {x0:.3f} {y0:.3f} cm", *boxes, "f Q"]


def _margins(page: pikepdf.Page) -> tuple[float, float, float]:
    """Left, right and bottom margin in mm, as print.css lays them."""
    _, _, width, height = (float(edge) for edge in page.mediabox)
    return (20, 15, 23) if width > height else (30, 20, 25)


def _encoded(text: str) -> bytes:
    return text.encode("cp1252", "replace")


def _stamp_font(paper: pikepdf.Pdf, footer: Footer, pages: int) -> pikepdf.Object:
    """The letters of the stamp as one embedded font, WinAnsi encoded."""
    used = _encoded("".join(footer.lines(pages, pages)) + "0123456789")
    program = TTFont(FONT, recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=[], notdef_outline=True)
    options.drop_tables += UNPRINTED
    cutter = subset.Subsetter(options)
    cutter.populate(text=used.decode("cp1252"))
    cutter.subset(program)
    file = io.BytesIO()
    program.save(file)
    stream = Stream(paper, file.getvalue())
    stream.Length1 = len(file.getvalue())
    scale = 1000 / program["head"].unitsPerEm
    head, rows = program["head"], program["hhea"]
    box = [head.xMin, head.yMin, head.xMax, head.yMax]
    name = Name("/PAPERS+LiberationSans")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=32,
        FontBBox=Array([round(edge * scale) for edge in box]),
        ItalicAngle=0,
        Ascent=round(rows.ascent * scale),
        Descent=round(rows.descent * scale),
        CapHeight=729,
        StemV=80,
        FontFile2=paper.make_indirect(stream),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=name,
        Encoding=Name.WinAnsiEncoding,
        FirstChar=FIRST_CODE,
        LastChar=LAST_CODE,
        Widths=Array(_widths(program, scale)),
        FontDescriptor=paper.make_indirect(descriptor),
    )
    return paper.make_indirect(font)


def _widths(program: TTFont, scale: float) -> list[int]:
    glyphs, advances = program.getBestCmap(), program["hmtx"]
    widths = []
    for code in range(FIRST_CODE, LAST_CODE + 1):
        letter = bytes([code]).decode("cp1252", "replace")
        glyph = glyphs.get(ord(letter))
        widths.append(round(advances[glyph][0] * scale) if glyph else 0)
    return widths


def _list_once(root: pikepdf.Object) -> None:
    """WeasyPrint lists every attachment twice under /AF; once is enough."""
    seen = {each.objgen: each for each in root.AF}
    root.AF = Array(seen.values())


def main(megabytes: int) -> None:
    """Carry out the one order on the input; without one, go home."""
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    if not (order := sys.stdin.read()):
        return
    asked = json.loads(order)
    verify = VerifyLine(**asked["verify"]) if asked["verify"] else None
    chunks = [Path(name) for name in asked["chunks"]]
    join_chunks(chunks, Path(asked["target"]), Footer(asked["number"], verify))


if __name__ == "__main__":
    main(int(sys.argv[1]))
