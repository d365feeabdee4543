"""Sheets, good and hostile, built by code: no binary file stands in the repository."""

import io
import zipfile

from common.sheet_worker import ENCRYPTED_PACKAGE, OLE_MAGIC

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8"?>'


def text_cell(place: str, text: str) -> str:
    """A cell that holds its text itself."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *cells: str) -> str:
    """One row of a worksheet."""
    return f'<row r="{number}">{"".join(cells)}</row>'


HEAD = row(1, text_cell("A1", "Nama"), text_cell("B1", "Pagu"))
BODY = row(2, text_cell("A2", "Drainase"), '<c r="B2"><v>5</v></c>')


def worksheet(rows: str, dimension: str = "A1:B2") -> str:
    """A worksheet with these rows, that says it is as large as `dimension`."""
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><dimension ref="{dimension}"/>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )


def relation(kind: str, target: str) -> str:
    """The part that names the one part another part needs."""
    return (
        f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{DOCUMENT}/{kind}" Target="{target}"/>'
        "</Relationships>"
    )


def parts(sheet: str) -> dict[str, str | bytes]:
    """The least parts of a workbook with one sheet."""
    return {
        "[Content_Types].xml": (
            f'{XML}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" '
            f'ContentType="{OFFICE}.sheet.main+xml"/>'
            '<Override PartName="/xl/worksheets/sheet1.xml" '
            f'ContentType="{OFFICE}.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>'
            '<sheet name="Isi" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relation("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet,
    }


def pack(members: dict[str, str | bytes]) -> bytes:
    """The members as one deflated zip."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return target.getvalue()


def workbook(rows: str, dimension: str = "A1:B2") -> bytes:
    """An XLSX with these rows."""
    return pack(parts(worksheet(rows, dimension)))


def workbook_with(name: str, content: str | bytes) -> bytes:
    """A good XLSX with one member more (or in place of its own)."""
    return pack(parts(worksheet(HEAD + BODY)) | {name: content})


def zip_bomb() -> bytes:
    """A few kB that say openly that they unpack to 60 MB."""
    return workbook_with("xl/media/image1.bin", b"\0" * 60_000_000)


def lying_bomb() -> bytes:
    """The same bomb, whose directory says that the large member holds ten bytes."""
    bomb = bytearray(zip_bomb())
    size = (60_000_000).to_bytes(4, "little")
    return bytes(bomb.replace(size, (10).to_bytes(4, "little")))


def steep_zip() -> bytes:
    """20 MB in 20 kB: small enough, but packed more than a hundred times."""
    return workbook_with("xl/media/image1.bin", b"\0" * 20_000_000)


def many_members() -> bytes:
    """A workbook with more than 200 members."""
    extra = {f"xl/media/{number}.txt": "x" for number in range(200)}
    return pack(parts(worksheet(HEAD + BODY)) | extra)


def external_entity(encoding: str = "utf-8") -> bytes:
    """A sheet that asks the reader for a file of the server."""
    evil = worksheet(HEAD + row(2, text_cell("A2", "&x;"))).removeprefix(XML)
    kind = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
    return workbook_with(
        "xl/worksheets/sheet1.xml", (declaration + kind + evil).encode(encoding)
    )


def entity_across_chunks() -> bytes:
    """A forbidden mark that lies across the 64 kB at which the file is streamed."""
    return workbook_with("docProps/custom.xml", b"x" * (64 * 1024 - 4) + b"<!ENTITY x>")


def many_rows(count: int, dimension: str = "A1:B2") -> bytes:
    """A header and so many rows, whatever the sheet says of its own size."""
    rows = (
        row(n, text_cell(f"A{n}", f"warga {n * 7919}")) for n in range(2, count + 2)
    )
    return workbook(HEAD + "".join(rows), dimension)


def wide_sheet(columns: int) -> bytes:
    """A CSV with so many columns."""
    header = ";".join(f"kolom {number}" for number in range(columns))
    return f"{header}\n{';' * (columns - 1)}x\n".encode()


def repeated_text() -> bytes:
    """One text of 30,000 letters, named by 4,000 cells: small, but 120 MB to answer."""
    shared = f'{XML}<sst xmlns="{MAIN}"><si><t>{"panjang " * 3750}</t></si></sst>'
    rows = (row(n, f'<c r="A{n}" t="s"><v>0</v></c>') for n in range(2, 4002))
    members = parts(worksheet(HEAD + "".join(rows))) | {"xl/sharedStrings.xml": shared}
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(
        "</Types>",
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{OFFICE}'
        '.sharedStrings+xml"/></Types>',
    )
    return pack(members)


def locked_zip() -> bytes:
    """A workbook whose members are marked as locked by a zip password."""
    data = bytearray(workbook(HEAD + BODY))
    place = data.find(b"PK\x01\x02")
    while place != -1:
        data[place + 8] |= 0x1
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(data)


def old_excel() -> bytes:
    """What an .xls begins with."""
    return OLE_MAGIC + b"\0" * 4096


def encrypted_excel() -> bytes:
    """What an .xlsx with a password begins with."""
    return OLE_MAGIC + b"\0" * 1024 + ENCRYPTED_PACKAGE + b"\0" * 1024
