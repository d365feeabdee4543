"""Photos drawn by code: one street, before, half-way and done."""

import io
import random

from PIL import Image, ImageDraw

from boards.models import StoredFile
from boards.uploads import PhotoFacts, ReadFile, ReadPhoto

SIZE, SMALL = (960, 640), (320, 213)
_SKY, _GRASS, _EARTH, _PAVING = "#bcd3e6", "#8ba36b", "#8a6a4c", "#8e8f92"
_WALLS = ("#d9c3a5", "#c9d6d2", "#e3d3bd", "#cdbfae", "#bfc9cf")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return file.getvalue()


def _houses(draw: ImageDraw.ImageDraw, dice: random.Random) -> None:
    for left in (0, 170, 640, 800):
        top = 190 + dice.randint(0, 60)
        wall = dice.choice(_WALLS)
        draw.rectangle((left, top, left + 160, 420), fill=wall)
        roof = [(left - 12, top), (left + 80, top - 70), (left + 172, top)]
        draw.polygon(roof, fill="#9c4f33")
        draw.rectangle((left + 25, top + 50, left + 62, top + 95), fill="#3f536b")
        draw.rectangle((left + 95, top + 60, left + 135, 420), fill="#6b4630")


def _street(draw: ImageDraw.ImageDraw, stage: int, dice: random.Random) -> None:
    draw.polygon([(400, 400), (560, 400), (860, 640), (100, 640)], fill=_EARTH)
    if stage == 0:
        for _ in range(5):
            x, y = dice.randint(300, 620), dice.randint(470, 600)
            draw.ellipse((x, y, x + 90, y + 22), fill="#9fb0bd")
        return
    far = 640 if stage == 100 else 510
    width = 120 if stage == 100 else 55
    draw.polygon(
        [(400, 400), (560, 400), (560 + width * 2.4, far), (400 - width * 2.4, far)],
        fill=_PAVING,
    )
    for row in range(405, far, 14):
        spread = (row - 400) * 1.22
        draw.line((400 - spread, row, 560 + spread, row), fill="#77787b", width=2)
    if stage == 50:
        draw.rectangle((250, 540, 330, 600), fill="#a9aaac")
        draw.ellipse((600, 555, 760, 620), fill="#c9a36c")


def draw_photo(seed: str, stage: int, facts: PhotoFacts, label: str) -> ReadPhoto:
    """One photo with its thumbnail, as the reader of uploads would hand it over."""
    dice = random.Random(seed)
    image = Image.new("RGB", SIZE, _SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 380, 960, 640), fill=_GRASS)
    _houses(draw, dice)
    _street(draw, stage, dice)
    draw.rectangle((0, 606, 960, 640), fill="#1b2330")
    stamp = f"{facts.taken_at:%d/%m/%Y %H.%M} WIB   {facts.latitude}, {facts.longitude}"
    draw.text((14, 614), stamp, fill="white", font_size=18)
    large, small = _jpeg(image, 74), _jpeg(image.resize(SMALL), 68)
    kind = StoredFile.Kind.PHOTO.value
    return ReadPhoto(
        photo=ReadFile(large, kind, f"{label}.jpg", True, *SIZE),
        thumbnail=ReadFile(small, kind, f"{label}-kecil.jpg", True, *SMALL),
        facts=facts,
    )
