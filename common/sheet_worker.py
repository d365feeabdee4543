"""Read one untrusted sheet, in a process that `common.readers` starts for it.

Stands alone: no Django, nothing of ours. The environment that `common.readers` gives
turns lxml off, so that XML is read by defusedxml. The answer is one JSON object, either
`{"header": […], "rows": […]}` or `{"refused": code, "place": text}`. What is not
foreseen ends the process and the parent calls the file unreadable.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from openpyxl import load_workbook

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 60
MAX_MEMBERS = 200
MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100
MAX_COLUMNS = 60
MAX_CHARACTERS = 10_000_000  # one long shared text may be named by every cell
CHUNK = 64 * 1024

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
FORBIDDEN_XML = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ESCAPED_LETTER = re.compile(r"_x([0-9A-Fa-f]{4})_")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = ";,\t"
BLANK = (None, "")
NO_RESULT = "no_result"
BROKEN = "broken"


class RefusedSheetError(Exception):
    """The sheet is refused for a reason that a sentence can explain."""

    def __init__(self, code: str, place: object = ""):
        super().__init__(code)
        self.code, self.place = code, str(place)


class Budget:
    """What may still be read: rows, columns and characters, counted as they come."""

    def __init__(self, most_rows: int):
        self.most_rows = most_rows
        self.rows, self.characters = 0, 0

    def spend(self, cells: list) -> None:
        """Count one row that is not blank; RefusedSheetError when it is too many."""
        if len(cells) > MAX_COLUMNS:
            raise RefusedSheetError("too_many_columns")
        self.rows += 1
        if self.rows > self.most_rows + 1:  # the header is not one of the rows
            most = f"{self.most_rows:,}".replace(",", ".")
            raise RefusedSheetError("too_many_rows", most)
        for cell in cells:
            text = cell["value"] if isinstance(cell, dict) else cell
            self.characters += len(text) if isinstance(text, str) else 1
        if self.characters > MAX_CHARACTERS:
            raise RefusedSheetError("too_much_text")


def read_table(data: bytes, extension: str, most_rows: int) -> dict:
    """Judge the file, read its first sheet and return header and rows."""
    check_kind(data, extension)
    if extension == ".csv":
        return as_table(read_csv(data), most_rows)
    check_package(data)
    return as_table(read_workbook(data), most_rows)


def check_kind(data: bytes, extension: str) -> None:
    """Compare the extension with the first bytes."""
    if data.startswith(OLE_MAGIC):
        locked = ENCRYPTED_PACKAGE in data
        raise RefusedSheetError("encrypted" if locked else "old_excel")
    if data.startswith(ZIP_MAGIC) != (extension == ".xlsx"):
        raise RefusedSheetError("wrong_kind")


def check_package(data: bytes) -> None:
    """Measure the zip before any of it is parsed: members, sizes, entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            check_directory(package.infolist(), len(data))
            names = set(package.namelist())
            if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
                raise RefusedSheetError("wrong_kind")
            unpacked = 0
            for member in package.infolist():
                unpacked += check_member(package, member, MAX_UNPACKED - unpacked)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError) as broken:
        raise RefusedSheetError("unreadable") from broken
    if unpacked > MAX_RATIO * len(data):
        raise RefusedSheetError("bomb")


def check_directory(members: list[zipfile.ZipInfo], size: int) -> None:
    """What the zip says of itself: members, locked members, declared size."""
    if len(members) > MAX_MEMBERS:
        raise RefusedSheetError("bomb")
    if any(member.flag_bits & 0x1 for member in members):
        raise RefusedSheetError("encrypted")
    declared = sum(member.file_size for member in members)
    if declared > MAX_UNPACKED or declared > MAX_RATIO * size:
        raise RefusedSheetError("bomb")


def check_member(
    package: zipfile.ZipFile, member: zipfile.ZipInfo, allowed: int
) -> int:
    """Stream one member, counting real bytes; refuse document types and entities."""
    size, tail = 0, b""
    with package.open(member) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > allowed:
                raise RefusedSheetError("bomb")
            # UTF-16 parts are caught by leaving out the zero bytes.
            window = tail + chunk.replace(b"\0", b"")
            if FORBIDDEN_XML.search(window):
                raise RefusedSheetError("entities")
            tail = window[-16:]
    return size


def read_workbook(data: bytes) -> Iterator[tuple[int, list]]:
    """Rows of the first visible worksheet, with results and formulas side by side."""
    results, formulas = (
        load_workbook(io.BytesIO(data), read_only=True, data_only=wanted)
        for wanted in (True, False)
    )
    index = next(
        (
            number
            for number, sheet in enumerate(results.worksheets)
            if sheet.sheet_state == "visible"
        ),
        None,
    )
    if index is None:
        raise RefusedSheetError("empty")
    sheets = results.worksheets[index], formulas.worksheets[index]
    for sheet in sheets:
        sheet.reset_dimensions()  # the file's own size is not trusted
    both = zip(
        *(sheet.iter_rows(min_row=1, min_col=1) for sheet in sheets), strict=True
    )
    for number, (shown, written) in enumerate(both, start=1):
        yield number, [cell_value(*pair) for pair in zip(shown, written, strict=True)]


def cell_value(shown, written):
    """Plain value of a cell; a dict marks a formula or an error.

    `shown` is the cell with its stored result, `written` the same with its formula.
    """
    value = None if shown.value is None else plain_value(shown.value)
    if shown.value is not None and shown.data_type == "e":
        return {"problem": BROKEN, "value": str(shown.value)}
    if isinstance(value, dict):
        return value
    if written.data_type != "f":
        return value
    if value in BLANK:  # a formula that gave "" has the type "str"
        empty_text = shown.data_type == "str"
        return None if empty_text else {"problem": NO_RESULT, "value": None}
    return {"formula": True, "value": value}


def plain_value(value):
    """Str, int, Decimal or date; times and truths as the text that people read."""
    match value:
        case bool():
            return "ya" if value else "tidak"
        case float():
            return plain_number(value)
        case datetime() if value.time() == time():
            return value.date()
        case datetime():
            return f"{value:%d/%m/%Y %H.%M}"
        case time():
            return f"{value:%H.%M}"
        case timedelta():
            minutes = value // timedelta(minutes=1)
            return f"{minutes // 60:02d}.{minutes % 60:02d}"
        case int() | date():
            return value
    return plain_text(ESCAPED_LETTER.sub(unescape_letter, str(value)))


def unescape_letter(found: re.Match) -> str:
    """The letter that a sheet writes as `_x000D_`, because XML cannot hold it."""
    return chr(int(found[1], 16))


def plain_text(text: str) -> str:
    """The text, if a database can hold it."""
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise RefusedSheetError("null_character")
    return text


def plain_number(value: float):
    """The number as it was written: int when whole, else Decimal."""
    exact = Decimal(repr(value))
    if not exact.is_finite():
        return {"problem": BROKEN, "value": str(value)}
    return int(exact) if exact == exact.to_integral_value() else exact


def read_csv(data: bytes) -> Iterator[tuple[int, list]]:
    """Rows of a text file; the delimiter is the commonest in the first line."""
    text = decode(data)
    plain_text(text)
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"sep=[;,\t]\r?", first):
        delimiter, text = first[4], rest
    else:
        delimiter = commonest_delimiter(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for cells in lines:
            number += 1
            yield number, [cell or None for cell in cells]
    except csv.Error as broken:
        raise RefusedSheetError("broken_csv", number + 1) from broken


def decode(data: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 with one, else Windows-1252."""
    marked = data.startswith(UTF16_MARKS)
    codecs = ("utf-16",) if marked else ("utf-8-sig", "cp1252")
    for codec in codecs:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    raise RefusedSheetError("unknown_letters")


def commonest_delimiter(text: str) -> str:
    """Semicolon, comma or tab: the one most used outside quotes in the header."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", header)
    return max(DELIMITERS, key=bare.count)


def as_table(lines: Iterator[tuple[int, list]], most_rows: int) -> dict:
    """First row that is not blank is the header; blank rows are left out."""
    budget, header, rows = Budget(most_rows), None, []
    for number, cells in lines:
        while cells and cells[-1] in BLANK:
            cells.pop()
        if not cells:
            continue
        budget.spend(cells)
        if header is None:
            header = read_header(cells)
            continue
        check_width(cells, header, number)
        rows.append([number, cells + [None] * (len(header) - len(cells))])
    if header is None:
        raise RefusedSheetError("empty")
    if not rows:
        raise RefusedSheetError("only_header")
    return {"header": header, "rows": rows}


def read_header(cells: list) -> list[str]:
    """Column titles with single spaces; refuses the same title twice."""
    values = (cell["value"] if isinstance(cell, dict) else cell for cell in cells)
    header = ["" if value is None else " ".join(str(value).split()) for value in values]
    seen = set()
    for title in filter(None, header):
        if title.casefold() in seen:
            raise RefusedSheetError("same_title", title)
        seen.add(title.casefold())
    return header


def check_width(cells: list, header: list[str], number: int) -> None:
    """Every filled cell must stand under a title."""
    for index, cell in enumerate(cells):
        if cell not in BLANK and (index >= len(header) or not header[index]):
            raise RefusedSheetError("no_title", f"{column_letters(index)}{number}")


def column_letters(index: int) -> str:
    """Letters of a column as a sheet shows them: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def encode(value):
    """JSON has no Decimal and no date."""
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    return {"date": value.isoformat()}


def answer(data: bytes, argument: str) -> str:
    """Header and rows as JSON, or why the file is refused.

    `argument`: the extension and how many rows at most, ".xlsx 5000".
    """
    extension, most_rows = argument.split()
    try:
        found = read_table(data, extension, int(most_rows))
    except RefusedSheetError as refused:
        found = {"refused": refused.code, "place": refused.place}
    except MemoryError:
        found = {"refused": "too_heavy", "place": ""}
    return json.dumps(found, default=encode)
