"""Small papers for the tests of the press, made by plain functions."""

from django.template import engines

from reports.document import Document, VerifyLine
from reports.frame import Letterhead, Signer

VERIFY = VerifyLine(
    portal="https://lkm.example",
    token="IDLZNABSFO6CQ7WEXRTYUI2345",
    fingerprint="f22e1c20cc918095" + "0" * 48,
)
NUMBER = "012/BA/LKM-SR/XI/2026"
LETTERHEAD = Letterhead(
    kind="LEMBAGA KESWADAYAAN MASYARAKAT (LKM)",
    name="SUMBER REJEKI",
    places="Kelurahan Tirtomulyo, Kecamatan Argosari, Kabupaten Giriwana",
    address="Jalan Melati Nomor 14, RT 003/RW 002, Tirtomulyo 63999",
)
SIGNERS = (
    Signer("Notulis,", "Retno Wulandari, A.Md.", below=("Sekretaris",)),
    Signer("Pimpinan rapat,", "Drs. H. Suprapto", above="Tirtomulyo, 21 November 2026"),
)


def page(body: str, *, shape: str = "", title: str = "Matriks") -> str:
    """A bare page around `body`, without the frame."""
    return (
        f'<!DOCTYPE html><html lang="id" class="{shape}"><head><meta charset="utf-8">'
        f"<title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    )


def paragraphs(count: int) -> str:
    text = "Rapat membahas pemeliharaan drainase dan jalan lingkungan di RW 004. " * 6
    return f"<p>{text}</p>" * count


def letter(count: int = 12, **changes) -> Document:
    """A numbered, verifiable letter of `count` paragraphs; 12 fill two pages."""
    html = page(paragraphs(count), title=f"Surat {NUMBER}")
    return Document(**{"html": html, "number": NUMBER, "verify": VERIFY, **changes})


FRAMED = """{% extends "reports/pdf/base.html" %}
{% block title %}Berita acara {{ number }}{% endblock %}
{% block name %}Berita Acara{% endblock %}
{% block main %}<p>{{ text }}</p><p class="closing">Demikian.</p>{% endblock %}
{% block signatures %}
  {% include "reports/pdf/_signatures.html" with signers=signers shape="" only %}
{% endblock %}"""


def framed(**context) -> str:
    """A paper made from the frame itself, with its parts."""
    values = {
        "letterhead": LETTERHEAD,
        "number": NUMBER,
        "signers": SIGNERS,
        "text": "Rapat menyepakati hal-hal berikut.",
    }
    return engines["django"].from_string(FRAMED).render({**values, **context})


def table(first: int, last: int) -> str:
    """Rows `first` to `last` of a matrix, each with a code and a sum of its own."""
    rows = "".join(
        f"<tr><td>K-{row:05d}</td><td>Drainase lingkungan RT {row % 9}</td>"
        f'<td class="n">{row * 1_350}</td></tr>'
        for row in range(first, last)
    )
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Kode", "Apa", "Rp"))
    columns = '<colgroup><col class="w30"><col><col class="w30"></colgroup>'
    return (
        f'<table class="grid dense">{columns}<thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def matrix(rows: int, *, chunk: int) -> list[Document]:
    """A long landscape matrix in chunks of `chunk` rows."""
    return [
        Document(
            html=page(table(first, min(first + chunk, rows)), shape="landscape"),
            number=NUMBER,
            verify=VERIFY,
        )
        for first in range(0, rows, chunk)
    ]
