"""Which kinds of signature a paper has and has not, said truthfully."""

from dataclasses import dataclass

from common.words import format_date
from reports.models import PublishedPaper


@dataclass(frozen=True)
class Seal:
    """One kind of signature, and whether this paper bears it."""

    has: bool
    title: str
    text: str


def seals_of(paper: PublishedPaper) -> list[Seal]:
    """Ink and certificate; a paper without either is said to be unsigned."""
    kinds = PublishedPaper.Seal
    pen, certificate = paper.seal == kinds.PEN, paper.seal == kinds.CERTIFICATE
    seals = [
        Seal(pen, "Tanda tangan basah, dipindai", _pen_words(paper)),
        Seal(
            certificate,
            kinds.CERTIFICATE.label,
            "Ada pada berkas ini." if certificate else "Tidak ada pada dokumen ini.",
        ),
    ]
    if pen or certificate:
        return seals
    unsigned = Seal(
        True,
        f"{'Disahkan' if paper.ratified else 'Diterbitkan'}, belum ditandatangani",
        "Isinya tercatat dan terkunci. Pindaian bertanda tangan belum dilampirkan.",
    )
    return [unsigned, *seals]


def _pen_words(paper: PublishedPaper) -> str:
    if paper.seal != PublishedPaper.Seal.PEN:
        return "Belum ada pindaian."
    day = format_date(paper.scanned_on, unbroken=True)
    return f"{paper.signatures} tanda tangan, dipindai {day} oleh {paper.board_name}."
