"""Scans made by code: a printed page laid askew, with noise, shadow and some blur."""

import io
import random
from functools import lru_cache

import pypdfium2
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageChops, ImageFilter

DPI, POINTS = 150, 72
TABLE = 222  # grey of what the page lies on


@lru_cache(maxsize=16)
def printed(pdf: bytes, number: int, *, dpi: int = DPI) -> Image.Image:
    """Page `number` of a paper as it comes out of a printer."""
    with pypdfium2.PdfDocument(pdf) as paper:
        bitmap = paper[number - 1].render(scale=dpi / POINTS, rev_byteorder=True)
        return bitmap.to_pil().convert("RGB")


def scanned(
    page: Image.Image,
    dice: random.Random,
    *,
    lean: float = 5,
    turn: int = 0,
    blur: float = 0.8,
) -> Image.Image:
    """The page as a scanner or a phone sees it, in grey: up to `lean` degrees askew."""
    angle = turn + dice.uniform(-lean, lean)
    way = Image.Resampling.BICUBIC
    seen = page.convert("L").rotate(angle, way, expand=True, fillcolor=TABLE)
    seen = seen.filter(ImageFilter.GaussianBlur(dice.uniform(0, blur)))
    shade = Image.linear_gradient("L").rotate(dice.choice((0, 90, 180, 270)))
    shade = shade.resize(seen.size).point(lambda value: 150 + value * 105 // 255)
    seen = ImageChops.multiply(seen, shade)
    grain = Image.effect_noise(seen.size, 8)
    return ImageChops.add(seen, grain, 1, -128)


def photo(page: Image.Image, dice: random.Random, **changes) -> bytes:
    """A scanned page as a JPEG of quality 70."""
    out = io.BytesIO()
    scanned(page, dice, **changes).save(out, "JPEG", quality=70)
    return out.getvalue()


def plain(page: Image.Image) -> bytes:
    """A page as a good scanner gives it, as a JPEG: quick to make and to read."""
    out = io.BytesIO()
    page.save(out, "JPEG", quality=80)
    return out.getvalue()


def bundle(pages: list[Image.Image]) -> bytes:
    """Scanned pages as one PDF, as a copier sends it."""
    out = io.BytesIO()
    first, *rest = pages
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=DPI)
    return out.getvalue()


def upload(data: bytes, name: str = "halaman.jpg") -> SimpleUploadedFile:
    """A file as the browser sends it."""
    return SimpleUploadedFile(name, data)
