"""What is wrong with the structure of a PDF: our own reading of PDF/A-3 and PDF/UA-1.

No validator: veraPDF is run by hand before a release. These checks hold every paper
to what the press promises.
"""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Name

OUR_FONTS = ("Liberation-Sans", "LiberationSans")
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"


def structure_findings(content: bytes, *, tagged: bool = True) -> list[str]:
    """Sentences on what a paper lacks; empty when nothing was found.

    `tagged` papers are PDF/A-3a and PDF/UA-1, merged matrices PDF/A-3b.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        findings = [*_archive_findings(pdf, "A" if tagged else "B")]
        findings += _font_findings(pdf)
        findings += _attachment_findings(pdf)
        if tagged:
            findings += _tag_findings(pdf)
    return findings


def _archive_findings(pdf: pikepdf.Pdf, conformance: str) -> Iterator[str]:
    intents = list(pdf.Root.get(Name.OutputIntents, []))
    if not any(each.get(Name.S) == Name.GTS_PDFA1 for each in intents):
        yield "no output intent"
    if not all(Name.DestOutputProfile in each for each in intents):
        yield "an output intent without a profile"
    if Name.ID not in pdf.trailer:
        yield "no file identifier"
    if not str(pdf.Root.get(Name.Lang, "")):
        yield "no language"
    if pdf.is_encrypted:
        yield "encrypted"
    if Name.OpenAction in pdf.Root or Name.JavaScript in pdf.Root.get(Name.Names, {}):
        yield "has an action"
    yield from _metadata_findings(pdf, conformance)


def _metadata_findings(pdf: pikepdf.Pdf, conformance: str) -> Iterator[str]:
    title = str(pdf.docinfo.get(Name.Title, ""))
    with pdf.open_metadata() as meta:
        wanted = {f"{PDFA}part": "3", f"{PDFA}conformance": conformance}
        if conformance == "A":
            wanted[f"{PDFUA}part"] = "1"
        for key, value in wanted.items():
            if meta.get(key) != value:
                yield f"metadata lacks {key} {value}"
        if title != meta.get("dc:title", ""):
            yield "titles of information and metadata differ"
    if not title:
        yield "no title"


def _font_findings(pdf: pikepdf.Pdf) -> set[str]:
    findings = set()
    for font in _fonts(pdf):
        name = str(font.get(Name.BaseFont, "/?"))
        if not any(ours in name for ours in OUR_FONTS):
            findings.add(f"font {name} is not ours")
        owner = font.DescendantFonts[0] if Name.DescendantFonts in font else font
        descriptor = owner.get(Name.FontDescriptor, {})
        if not any(key.startswith("/FontFile") for key in descriptor):
            findings.add(f"font {name} is not embedded")
    return findings


def _fonts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    parts = (Name.CIDFontType0, Name.CIDFontType2)
    for thing in _dictionaries(pdf, Name.Font):
        if thing.get(Name.Subtype) not in parts:
            yield thing


def _dictionaries(pdf: pikepdf.Pdf, kind: pikepdf.Name) -> Iterator[pikepdf.Object]:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get(Name.Type) == kind:
            yield thing


def _attachment_findings(pdf: pikepdf.Pdf) -> Iterator[str]:
    listed = {each.objgen for each in pdf.Root.get(Name.AF, [])}
    for thing in _dictionaries(pdf, Name.Filespec):
        label = str(thing.get(Name.UF, "?"))
        if thing.get(Name.AFRelationship) != Name.Data:
            yield f"attachment {label} is not related as Data"
        if thing.objgen not in listed:
            yield f"attachment {label} is not listed under AF"


def _tag_findings(pdf: pikepdf.Pdf) -> Iterator[str]:
    if not pdf.Root.get(Name.MarkInfo, {}).get(Name.Marked, False):
        yield "not marked as tagged"
    if not pdf.Root.get(Name.ViewerPreferences, {}).get(Name.DisplayDocTitle, False):
        yield "viewers do not show the title"
    if Name.StructTreeRoot not in pdf.Root:
        yield "no structure tree"
        return
    kinds = [str(each.S) for each in _elements(pdf.Root.StructTreeRoot)]
    if "/H1" not in kinds:
        yield "no H1"
    for element in _elements(pdf.Root.StructTreeRoot):
        if str(element.S) == "/Figure" and not str(element.get(Name.Alt, "")):
            yield "a figure has no alternative text"


def _elements(top: pikepdf.Object) -> Iterator[pikepdf.Object]:
    waiting = [top]
    while waiting:
        kids = waiting.pop().get(Name.K, [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and Name.S in kid:
                yield kid
                waiting.append(kid)
