"""Read one page of what came out of a scanner or a phone, apart from the portal.

`common.readers` starts it for one untrusted file. The argument is `count` (how many
pages the file has) or a page number from 1; the answer one JSON object: what was found
or `{"refused": code}` (boards.photo_worker). Stands alone: no Django, no settings.
"""

import json
import math
import warnings

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter, ImageOps, ImageStat

from boards.photo_worker import (
    PDF_TAIL,
    RefusedFileError,
    as_jpeg,
    on_white,
    open_picture,
    packed,
)

MEMORY_BYTES = 768 * 1024 * 1024
CPU_SECONDS = 20
# A page as it is kept: 170 dots an inch on A4, so that its code can be read again.
PAGE_SIDE, PAGE_BYTES = 2000, 400 * 1024
THUMB_SIDE, THUMB_BYTES = 360, 20 * 1024
# Dots an inch at which a PDF is looked at: as it was scanned, between these.
LEAST_DPI, MOST_DPI, USUAL_DPI = 150, 300, 200
POINTS = 72
MOST_PIXELS = 12_000_000
# A picture up to this side is worth a second look at twice its size.
SMALL_SIDE = 2600
SHARPNESS_SIDE = 1000
STRAIGHT = 0.7  # degrees that nobody sees
MOST_CODES, CODE_LETTERS = 8, 120
PASSWORD_ASKED = pypdfium2.raw.FPDF_ERR_PASSWORD


def is_pdf(data: bytes) -> bool:
    """Told by the first bytes, as the portal does."""
    return data.startswith(b"%PDF-")


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """The PDF; refuses one that is cut off, broken or locked."""
    if b"%%EOF" not in data[-PDF_TAIL:]:
        raise RefusedFileError("unreadable_pdf")
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as broken:
        locked = broken.err_code == PASSWORD_ASKED
        raise RefusedFileError("locked_pdf" if locked else "unreadable_pdf") from broken


def count_pages(data: bytes) -> dict:
    """How many pages the file has; a picture is one, and is opened to see that."""
    if not is_pdf(data):
        open_picture(data)
        return {"pages": 1}
    with open_pdf(data) as pdf:
        if not len(pdf):
            raise RefusedFileError("unreadable_pdf")
        return {"pages": len(pdf)}


def dots_an_inch(page: pypdfium2.PdfPage) -> float:
    """As fine as the scan inside the page, within bounds of sense and of memory."""
    side = max(page.get_size())
    kind = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    scans = page.get_objects(filter=[kind], max_depth=2)
    dots = max((max(each.get_px_size()) for each in scans), default=0)
    wanted = dots / side * POINTS if dots else USUAL_DPI
    wanted = min(max(wanted, LEAST_DPI), MOST_DPI)
    inches = math.prod(page.get_size()) / POINTS**2
    return min(wanted, math.sqrt(MOST_PIXELS / max(inches, 1)))


def picture_of(data: bytes, number: int) -> Image.Image:
    """Page `number` of the file as an upright picture on white."""
    if not is_pdf(data):
        picture = open_picture(data)
        if picture.format == "JPEG":
            picture.draft("RGB", (SMALL_SIDE, SMALL_SIDE))
        return on_white(ImageOps.exif_transpose(picture))
    with open_pdf(data) as pdf:
        page = pdf[number - 1]
        bitmap = page.render(scale=dots_an_inch(page) / POINTS, rev_byteorder=True)
        return bitmap.to_pil().convert("RGB")


def find_codes(picture: Image.Image) -> list[zxingcpp.Barcode]:
    """QR codes of a page: at once, else in a larger, then in a softer picture."""
    grey = picture.convert("L")
    codes = _codes_in(grey)
    if codes:
        return codes
    if max(grey.size) <= SMALL_SIDE:
        grey = grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC)
        codes = _codes_in(grey)
    return codes or _codes_in(grey.filter(ImageFilter.GaussianBlur(1.2)))


def _codes_in(grey: Image.Image) -> list[zxingcpp.Barcode]:
    wanted = zxingcpp.BarcodeFormat.QRCode
    found = zxingcpp.read_barcodes(grey, formats=wanted)
    return [code for code in found if code.valid][:MOST_CODES]


def lean(code: zxingcpp.Barcode) -> float:
    """Degrees by which the page lies turned clockwise, from the code's upper edge."""
    left, right = code.position.top_left, code.position.top_right
    return math.degrees(math.atan2(right.y - left.y, right.x - left.x))


def straighten(picture: Image.Image, degrees: float) -> Image.Image:
    """The picture turned back by `degrees`; quarters of a turn lose nothing."""
    quarter = round(degrees / 90) * 90
    turns = {
        90: Image.Transpose.ROTATE_90,
        180: Image.Transpose.ROTATE_180,
        270: Image.Transpose.ROTATE_270,
    }
    turn = turns.get(quarter % 360)
    if turn is not None:
        picture = picture.transpose(turn)
    rest = degrees - quarter
    if abs(rest) < STRAIGHT:
        return picture
    way = Image.Resampling.BILINEAR
    return picture.rotate(rest, way, expand=True, fillcolor="white")


def sharpness(picture: Image.Image) -> int:
    """How much the edges stand out; larger is sharper, among pictures of one page."""
    grey = picture.convert("L")
    grey.thumbnail((SHARPNESS_SIDE, SHARPNESS_SIDE))
    return round(ImageStat.Stat(grey.filter(ImageFilter.FIND_EDGES)).var[0])


def read_page(data: bytes, number: int) -> dict:
    """Texts of the codes of a page, the page straightened and small, its thumbnail."""
    picture = picture_of(data, number)
    codes = find_codes(picture)
    sharp = sharpness(picture)
    # Made small first: turning twelve million pixels costs memory for nothing.
    picture.thumbnail((PAGE_SIDE, PAGE_SIDE), reducing_gap=3.0)
    if codes:
        picture = straighten(picture, lean(codes[0]))
        picture.thumbnail((PAGE_SIDE, PAGE_SIDE), reducing_gap=3.0)
    small = picture.copy()
    small.thumbnail((THUMB_SIDE, THUMB_SIDE))
    return {
        "codes": [code.text[:CODE_LETTERS] for code in codes],
        "sharpness": sharp,
        "page": packed(*as_jpeg(picture, PAGE_BYTES)),
        "thumbnail": packed(*as_jpeg(small, THUMB_BYTES)),
    }


def answer(data: bytes, wanted: str) -> str:
    """What was found, as JSON, or why the file is refused."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        counted = wanted == "count"
        found = count_pages(data) if counted else read_page(data, int(wanted))
    except RefusedFileError as refused:
        found = {"refused": refused.code}
    except MemoryError:
        found = {"refused": "too_heavy"}
    return json.dumps(found)
