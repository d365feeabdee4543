"""Photos drawn by code: a street before, half-way and after the work, with EXIF."""

import functools
import io
import random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter

POINT = (-7.6514, 111.334)


@functools.cache
def street(stage: int, *, size: tuple[int, int] = (1200, 800)) -> Image.Image:
    """A lane between two houses; earth at 0, half paved at 50, paved at 100.

    One picture a stage for all: not to be drawn on.
    """
    width, height = size
    image = Image.new("RGB", size, "#c9d7df")
    draw = ImageDraw.Draw(image)
    horizon, middle = height * 0.48, width * 0.5
    draw.rectangle((0, horizon, width, height), fill="#8e9a6d")
    for side in (0, 1):
        left = width * (0.02 if side == 0 else 0.66)
        draw.rectangle(
            (left, height * 0.24, left + width * 0.32, height * 0.66), fill="#d9cdb6"
        )
        draw.polygon(
            [
                (left - width * 0.02, height * 0.26),
                (left + width * 0.16, height * 0.08),
                (left + width * 0.34, height * 0.26),
            ],
            fill="#96512f",
        )
        door = left + width * 0.13
        draw.rectangle(
            (door, height * 0.42, door + width * 0.06, height * 0.66), fill="#5f452f"
        )
    lane = [
        (middle - width * 0.05, horizon),
        (middle + width * 0.05, horizon),
        (width * 0.86, height),
        (width * 0.14, height),
    ]
    draw.polygon(lane, fill="#8c6d4f")
    paved = {0: 1.0, 50: 0.74, 100: 0.48}[stage]
    for step in range(40):
        top = height * (paved + (1 - paved) * step / 40)
        if top <= horizon and stage != 100:
            continue
        share = (top - horizon) / (height - horizon)
        half = width * (0.05 + 0.31 * share)
        shade = "#8f9296" if step % 2 else "#7f8388"
        draw.rectangle(
            (middle - half, top, middle + half, top + height / 40), fill=shade
        )
    noise = random.Random(stage)
    for _ in range(900):
        x, y = noise.random() * width, horizon + noise.random() * height * 0.5
        draw.ellipse((x, y, x + 3, y + 2), fill="#76805a")
    return image.filter(ImageFilter.GaussianBlur(0.6))


def exif(
    *,
    taken: str = "2026:09:07 07:12:00",
    point: tuple[float, float] | None = POINT,
    orientation: int = 1,
) -> Image.Exif:
    """What a phone writes into a photo; no place when `point` is None."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = "Ponsel"
    if taken:
        tags.get_ifd(0x8769)[0x9003] = taken
    if point:
        gps = tags.get_ifd(0x8825)
        for tag, value, letters in ((1, point[0], "NS"), (3, point[1], "EW")):
            gps[tag] = letters[value < 0]
            degrees, rest = divmod(abs(value), 1)
            minutes, rest = divmod(rest * 60, 1)
            gps[tag + 1] = (degrees, minutes, round(rest * 60, 4))
    return tags


def jpeg(
    image: Image.Image | None = None,
    *,
    tags: Image.Exif | None = None,
    kind: str = "JPEG",
    **options,
) -> bytes:
    """A picture as a file; a small grey one when none is given."""
    out = io.BytesIO()
    image = image or Image.new("RGB", (64, 48), "#808080")
    if tags is not None:
        options["exif"] = tags
    image.save(out, kind, **options)
    return out.getvalue()


def upload(data: bytes | None = None, name: str = "foto.jpg") -> SimpleUploadedFile:
    """A file as the browser sends it."""
    return SimpleUploadedFile(name, jpeg() if data is None else data, "image/jpeg")
