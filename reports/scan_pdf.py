"""Pictures of pages become one PDF. Pure: our own JPEGs in, bytes out; no Django."""

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

MM = 72 / 25.4


def bind_pages(pictures: Sequence[bytes], *, long_side: int, title: str) -> bytes:
    """One page for each JPEG, its longer side `long_side` mm; nothing is re-coded.

    The same pictures give the same bytes.
    """
    paper = pikepdf.new()
    for picture in pictures:
        _add_page(paper, picture, long_side * MM)
    paper.docinfo[Name.Title] = title
    paper.Root.Lang = "id"
    out = io.BytesIO()
    paper.save(out, deterministic_id=True)
    return out.getvalue()


def _add_page(paper: pikepdf.Pdf, picture: bytes, long_side: float) -> None:
    with Image.open(io.BytesIO(picture), formats=("JPEG",)) as seen:
        dots, grey = seen.size, seen.mode == "L"
    width, height = (long_side * side / max(dots) for side in dots)
    image = Stream(
        paper,
        picture,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=dots[0],
        Height=dots[1],
        ColorSpace=Name.DeviceGray if grey else Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    drawing = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /Page Do Q".encode()
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 2), round(height, 2)]),
        Resources=Dictionary(XObject=Dictionary(Page=paper.make_indirect(image))),
        Contents=paper.make_indirect(Stream(paper, drawing)),
    )
    paper.pages.append(pikepdf.Page(paper.make_indirect(page)))
