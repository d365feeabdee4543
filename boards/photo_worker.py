"""Read one untrusted picture or PDF, in a process that `common.readers` starts for it.

The reader is photo, logo or pdf; the answer one JSON object: what was made of the
file, or `{"refused": code}`. Stands alone: no Django and nothing of ours. What is not
foreseen ends the process, and the parent calls the file unreadable.
"""

import base64
import io
import json
import warnings
from datetime import datetime

import pikepdf
from PIL import Image, ImageOps

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 20
MAX_PIXELS = 40_000_000
PHOTO_SIDE, PHOTO_BYTES = 1600, 300 * 1024
THUMB_SIDE, THUMB_BYTES = 360, 15 * 1024
LOGO_SIDE = 512
SMALLEST_SIDE = 16
QUALITIES = (85, 78, 70, 60, 50, 40, 30)
MAX_PAGES, PDF_TAIL = 200, 2048
FORMATS = ("JPEG", "PNG", "WEBP")
EXIF, GPS = 0x8769, 0x8825
TAKEN, TAKEN_OFFSET = 0x9003, 0x9011


class RefusedFileError(Exception):
    """The file is refused for a reason that a sentence can explain."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def open_picture(data: bytes) -> Image.Image:
    """The picture, not yet decoded; refuses more pixels than the limit."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise RefusedFileError("too_many_pixels") from bomb
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise RefusedFileError("too_many_pixels")
    if min(width, height) < SMALLEST_SIDE:
        raise RefusedFileError("too_small")
    return picture


def shrink(picture: Image.Image, side: int) -> Image.Image:
    """The upright picture, its longest side at most `side`, decoded only here."""
    if picture.format == "JPEG":
        picture.draft("RGB", (side, side))
    if picture.mode in ("P", "1", "I;16", "I", "F"):
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    picture.thumbnail((side, side), reducing_gap=3.0)
    return ImageOps.exif_transpose(picture)


def on_white(picture: Image.Image) -> Image.Image:
    """RGB, with white where the picture was see-through."""
    if picture.mode not in ("RGBA", "LA", "PA"):
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground


def as_jpeg(picture: Image.Image, most: int) -> tuple[bytes, tuple[int, int]]:
    """JPEG without metadata of at most `most` bytes: first quality, then size gives."""
    picture.info.clear()  # a comment would be written again
    while True:
        for quality in QUALITIES:
            out = io.BytesIO()
            picture.save(out, "JPEG", quality=quality, optimize=True, exif=b"")
            if out.tell() <= most:
                return out.getvalue(), picture.size
        width, height = picture.size
        picture = picture.resize((max(1, width * 3 // 4), max(1, height * 3 // 4)))


def degrees(parts, reference: str) -> float | None:
    """Signed degrees from degrees, minutes, seconds and N/S/E/W."""
    whole, minutes, seconds = (float(part) for part in parts)
    angle = whole + minutes / 60 + seconds / 3600
    limit = 90 if reference in "NS" else 180
    if not 0 <= angle <= limit:
        return None
    return -angle if reference in "SW" else angle


def read_point(exif: Image.Exif) -> tuple[str, str] | None:
    """Latitude and longitude as text with six places; None if absent or broken."""
    try:
        gps = exif.get_ifd(GPS)
        latitude = degrees(gps[2], str(gps[1])[:1].upper())
        longitude = degrees(gps[4], str(gps[3])[:1].upper())
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    if latitude is None or longitude is None or not (latitude or longitude):
        return None
    return f"{latitude:.6f}", f"{longitude:.6f}"


def read_moment(exif: Image.Exif) -> str:
    """When the picture was taken, ISO, with an offset if the camera knew it; or ""."""
    try:
        details = exif.get_ifd(EXIF)
        text = str(details.get(TAKEN, "")).strip(" \0")
        moment = datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
        offset = str(details.get(TAKEN_OFFSET, "")).strip(" \0")
        if offset:
            moment = datetime.fromisoformat(f"{moment.isoformat()}{offset}")
    except (KeyError, TypeError, ValueError, OverflowError):
        return ""
    return moment.isoformat()


def packed(data: bytes, size: tuple[int, int]) -> dict:
    """Bytes and measure as JSON carries them."""
    text = base64.b64encode(data).decode()
    return {"data": text, "width": size[0], "height": size[1]}


def read_photo(data: bytes) -> dict:
    """A photo and its thumbnail as fresh JPEGs, and what the camera wrote down."""
    picture = open_picture(data)
    exif = picture.getexif()
    point = read_point(exif) or ("", "")
    taken_at = read_moment(exif)
    upright = on_white(shrink(picture, PHOTO_SIDE))
    small = upright.copy()
    small.thumbnail((THUMB_SIDE, THUMB_SIDE))
    return {
        "photo": packed(*as_jpeg(upright, PHOTO_BYTES)),
        "thumbnail": packed(*as_jpeg(small, THUMB_BYTES)),
        "taken_at": taken_at,
        "latitude": point[0],
        "longitude": point[1],
    }


def read_logo(data: bytes) -> dict:
    """A small PNG that keeps what is see-through."""
    picture = shrink(open_picture(data), LOGO_SIDE).convert("RGBA")
    picture.info.clear()
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return {"logo": packed(out.getvalue(), picture.size)}


def read_pdf(data: bytes) -> dict:
    """Number of pages of a whole PDF that opens without a password."""
    if b"%%EOF" not in data[-PDF_TAIL:]:  # cut off; repair would hide what is missing
        raise RefusedFileError("unreadable_pdf")
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError as locked:
        raise RefusedFileError("locked_pdf") from locked
    except pikepdf.PdfError as broken:
        raise RefusedFileError("unreadable_pdf") from broken
    if not pages:
        raise RefusedFileError("unreadable_pdf")
    if pages > MAX_PAGES:
        raise RefusedFileError("too_many_pages")
    return {"pages": pages}


READERS = {"photo": read_photo, "logo": read_logo, "pdf": read_pdf}


def answer(data: bytes, reader: str) -> str:
    """What was made of the file, as JSON, or why it is refused."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        found = READERS[reader](data)
    except RefusedFileError as refused:
        found = {"refused": refused.code}
    except MemoryError:
        found = {"refused": "too_heavy"}
    return json.dumps(found)
