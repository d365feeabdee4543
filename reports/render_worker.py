"""The press: one warm process that turns papers into PDF, with no way out.

Run by reports.render_pool as `python -m reports.render_worker`; the only module that
imports WeasyPrint. It knows no Django, no network and no paths: a document names our
own files (`static:`), stored files (`berkas:`), codes (`qr:`) and short `data:` only.
"""

import gc
import hashlib
import io
import json
import logging
import mimetypes
import os
import queue
import resource
import sys
import threading
import unicodedata
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import unquote
from urllib.request import DataHandler, Request

import weasyprint
from fontTools.ttLib import TTFont
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports import qr
from reports.document import TAKEN, Document

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "static" / "fonts" / "paper"
PICTURES = ROOT / "static" / "img" / "paper"
SHEET = ROOT / "static" / "css" / "print.css"
BASE = "kertas:"  # what relative addresses are joined to: nothing
DATA_LIMIT = 200_000  # characters of a data: address
DRAFT_STATE = "DRAF \N{EN DASH} {}, bukan bukti"
MOST_PAGES = 300  # papers rendered whole; longer ones go in chunks
IDLE_SECONDS = 900
RENDERS = 300  # then a fresh process takes over
HEAVY_KB = 400_000  # resident memory after which it does so at once
PDF_UA = b"""<rdf:Description rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>"""
RDF_END = b"</rdf:RDF>"
QR_RULES = "".join(
    f"@page :nth({page}) {{ @bottom-right {{ content: url(qr:{page}) }} }}"
    for page in range(1, MOST_PAGES + 1)
)
# A chunk of a long matrix: the footer is stamped after the merge (reports.pdf_pages).
BARE_RULES = """@page { @bottom-left { content: none } @bottom-right { content: none } }
@page wide { @bottom-left { content: none } @bottom-right { content: none } }"""
WARMING = """<html lang="id"><title>x</title><body data-number="x"><h1>Aa</h1>
<p>Aa <b>Aa</b> <i>Aa</i><table class="grid"><tr><td>1</table></body></html>"""


class TooLong(Exception):
    """A paper has more pages than there are rules for its codes."""


class ClosedFetcher(URLFetcher):
    """Serves our own files, the document's own files and codes; refuses all else."""

    def __init__(self, statics: dict[str, bytes], document: Document | None = None):
        super().__init__(allow_redirects=False, fail_on_errors=True)
        self.statics = statics
        self.document = document
        self.refused: list[str] = []

    def fetch(self, url, headers=None):
        """Answer one of the four schemes, or stop the whole rendering."""
        scheme, _, name = url.partition(":")
        serve = {
            "static": self._static,
            "berkas": self._stored,
            "qr": self._code,
            "data": self._data,
        }.get(scheme)
        try:
            if serve is None:
                raise LookupError("scheme")
            content, kind = serve(name)
        except (LookupError, ValueError, OSError) as error:
            # An SVG swallows the exception, so the render looks here afterwards.
            self.refused.append(url[:80])
            raise FatalURLFetchingError(f"refused: {url[:80]}") from error
        return URLFetcherResponse(url, content, {"Content-Type": kind})

    def _static(self, name):
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return self.statics[name], kind

    def _stored(self, digest):
        content = self.document.assets[digest]
        if hashlib.sha256(content).hexdigest() != digest:
            raise ValueError("stored file differs from its hash")
        return content, _picture_kind(content)

    def _code(self, name):
        if not name.isdigit():
            return qr.svg(unquote(name)), "image/svg+xml"
        picture = qr.footer_svg(self.document.verify.qr_text(int(name)))
        return picture, "image/svg+xml"

    def _data(self, name):
        if len(name) > DATA_LIMIT:
            raise ValueError("data too long")
        response = DataHandler().data_open(Request(f"data:{name}"))
        return response.read(), response.headers.get_content_type()


def _picture_kind(content: bytes) -> str:
    if content.startswith(b"\x89PNG"):
        return "image/png"
    if content.startswith(b"\xff\xd8"):
        return "image/jpeg"
    return "image/svg+xml"


class Remarks(logging.Handler):
    """Keeps what WeasyPrint warns about, for whoever writes templates."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record):
        self.lines.append(record.getMessage()[:200])


class Press:
    """Sheets and fonts loaded once; `print_whole` and `print_chunk` use them."""

    def __init__(self):
        self.remarks = Remarks()
        logging.getLogger("weasyprint").handlers[:] = [self.remarks]
        folders = (FONTS, PICTURES)
        files = [path for folder in folders for path in folder.iterdir()]
        self.statics = {path.name: path.read_bytes() for path in files}
        self.letters = _letters(self.statics["LiberationSans-Regular.ttf"])
        self.fonts = FontConfiguration()
        self.sheet = self._sheet(SHEET.read_text())
        self.codes = self._sheet(QR_RULES)
        self.bare = self._sheet(BARE_RULES)

    def warm_up(self):
        """Print a tiny paper, so that the first real one finds everything ready."""
        self.print_whole(Document(html=WARMING))

    def print_whole(self, document: Document) -> tuple[bytes, int]:
        """A paper with footer and codes; tagged: PDF/A-3a and PDF/UA-1 in one file."""
        sheets = [self.sheet, self.codes] if document.verify else [self.sheet]
        variant = "pdf/a-3a" if document.tagged else "pdf/a-3b"
        finisher = _say_pdf_ua if document.tagged else None
        return self._print(document, sheets, variant, finisher)

    def print_chunk(self, document: Document) -> tuple[bytes, int]:
        """A part of a long matrix, untagged, its footer left white for the stamp."""
        return self._print(document, [self.sheet, self.bare], "pdf/a-3b", None)

    def _print(self, document, sheets, variant, finisher):
        self.remarks.lines.clear()
        fetcher = ClosedFetcher(self.statics, document)
        text = self._known_letters(document.html)
        html = weasyprint.HTML(string=text, base_url=BASE, url_fetcher=fetcher)
        _dress(html.etree_element, document)
        paper = html.render(
            font_config=self.fonts,
            stylesheets=sheets,
            pdf_variant=variant,
            presentational_hints=False,
        )
        if len(paper.pages) > MOST_PAGES:
            raise TooLong(f"{len(paper.pages)} pages")
        content = paper.write_pdf(
            finisher=finisher,
            pdf_variant=variant,
            attachments=[_attachment(each) for each in document.attachments],
            pdf_identifier=document.identifier or _digest(document.html),
        )
        if fetcher.refused:
            raise FatalURLFetchingError(f"refused: {fetcher.refused[0]}")
        return content, len(paper.pages)

    def _sheet(self, text):
        fetcher = ClosedFetcher(self.statics)
        return weasyprint.CSS(
            string=text, base_url=BASE, url_fetcher=fetcher, font_config=self.fonts
        )

    def _known_letters(self, text: str) -> str:
        """Letters that our fonts lack become boxes: PDF/A knows no missing glyph."""
        unknown = {ord(letter) for letter in set(text)} - self.letters
        if not unknown:
            return text
        shown = {code: _stand_in(code) for code in unknown}
        self.remarks.lines.append(f"letters not in our fonts: {len(unknown)}")
        return text.translate(shown)


def _letters(font: bytes) -> set[int]:
    known = set(TTFont(io.BytesIO(font), lazy=True).getBestCmap())
    return known | {ord(letter) for letter in "\t\n\r\f"}


def _stand_in(code: int) -> str:
    category = unicodedata.category(chr(code))
    if category.startswith("Z"):
        return " "
    return "" if category in ("Cc", "Cf", "Cs", "Me", "Mn") else "□"


def _dress(root, document: Document) -> None:
    """Size and state become classes of the root, number and verify line its footer."""
    wanted = {"f4": document.size == "f4", "draft": bool(document.draft)}
    classes = [name for name in root.get("class", "").split() if name not in wanted]
    classes += [name for name, worn in wanted.items() if worn]
    root.set("class", " ".join(classes))
    for title in root.iter("title"):
        title.text = " ".join((title.text or "").split())
    body = root.find("body")
    if document.number:
        body.set("data-number", document.number)
    if document.verify:
        body.set("data-verify", document.verify.sentence)
    if document.draft:
        body.set("data-state", DRAFT_STATE.format(document.draft))


def _say_pdf_ua(_paper, pdf) -> None:
    """Name PDF/UA-1 in the metadata that PDF/A wrote, inside its one RDF element.

    WeasyPrint's `xmp_metadata` would add a second element, which readers skip.
    """
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    (content,) = stream.stream
    stream.stream = [content.replace(RDF_END, PDF_UA + RDF_END)]


def _attachment(attachment):
    return weasyprint.Attachment(
        string=attachment.content,
        name=attachment.name,
        description=attachment.description,
        created=attachment.made_at,
        modified=attachment.made_at,
        relationship="Data",
    )


def _digest(html: str) -> bytes:
    return hashlib.sha256(html.encode()).digest()[:16]


def fill_order(press: Press, document: Document, target: str) -> tuple[dict, bytes]:
    """Print a paper whole, or a chunk into the file `target`; head and PDF bytes."""
    try:
        if target:
            content, pages = press.print_chunk(document)
            Path(target).write_bytes(content)
            content = b""
        else:
            content, pages = press.print_whole(document)
    except (MemoryError, TooLong) as error:
        return {"failed": "memory", "detail": str(error)}, b""
    except FatalURLFetchingError as error:
        return {"failed": "refused", "detail": str(error)}, b""
    except Exception as error:  # noqa: BLE001  the paper's fault must not end the press
        return {"failed": "broken", "detail": f"{type(error).__name__}: {error}"}, b""
    return {"pages": pages, "remarks": press.remarks.lines}, content


def resident_kb() -> int:
    """Memory of this process that is in use now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024


def read_orders(wire: Connection, orders: queue.Queue) -> None:
    """Pass on what the portal asks; when the portal is gone, so are we, at once."""
    try:
        while True:
            orders.put(wire.recv())
    except (EOFError, OSError):
        os._exit(0)


def main(descriptor: int, megabytes: int) -> None:
    """Serve orders from the wire until it closes, idles or grows heavy."""
    gc.disable()  # nothing cyclic is freed inside a render; it is collected after
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    wire, orders = Connection(descriptor), queue.Queue()
    threading.Thread(target=read_orders, args=(wire, orders), daemon=True).start()
    press = Press()
    if orders.empty():
        press.warm_up()
    gc.collect()
    gc.freeze()
    for done in range(1, RENDERS + 1):
        try:
            order = orders.get(timeout=IDLE_SECONDS)
        except queue.Empty:
            break
        wire.send_bytes(TAKEN)
        head, content = fill_order(press, *order)
        worn = done == RENDERS or resident_kb() > HEAVY_KB
        head["last"] = worn or head.get("failed") in ("memory", "broken")
        wire.send_bytes(json.dumps(head).encode())
        wire.send_bytes(content)
        del order, content
        if head["last"]:
            break
        gc.collect()
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
