"""Sheets in and out: read an uploaded XLSX or CSV, write one that is safe to open."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePath

import xlsxwriter

from common.errors import RuleViolation
from common.money import LARGEST_RUPIAH
from common.readers import ReaderFailed, read_apart
from common.words import format_date_short

MAX_BYTES = 5 * 1024 * 1024
WALL_SECONDS = 60
MOST_ROWS = 5_000

Cell = str | int | Decimal | date | None

WORKER = "common.sheet_worker"
_FAILURES = {"time": "too_slow", "memory": "too_heavy", "crashed": "unreadable"}
_DANGEROUS = frozenset("=+-@\t\r\n\0")

SENTENCES = {
    "too_large": "Berkas ini lebih dari 5 MB. Bagi menjadi beberapa berkas, lalu "
    "unggah satu per satu.",
    "wrong_extension": "Hanya berkas .xlsx atau .csv yang dapat dibaca. Di Excel, "
    "pilih Simpan Sebagai, jenis “Buku Kerja Excel (.xlsx)”.",
    "old_excel": "Ini berkas Excel lama (.xls). Buka di Excel, pilih Simpan Sebagai, "
    "jenis “Buku Kerja Excel (.xlsx)”, lalu unggah hasilnya.",
    "encrypted": "Berkas ini terkunci kata sandi. Buka di Excel, hapus kata sandinya, "
    "simpan, lalu unggah lagi.",
    "wrong_kind": "Isi berkas tidak cocok dengan akhiran namanya. Simpan ulang dari "
    "Excel sebagai .xlsx atau .csv, jangan hanya mengganti nama berkas.",
    "unreadable": "Berkas ini rusak atau tidak lengkap. Buka di Excel, simpan ulang "
    "sebagai .xlsx, lalu unggah lagi.",
    "bomb": "Isi berkas ini terlalu besar setelah dibuka. Salin hanya tabelnya ke "
    "buku kerja baru, tanpa gambar, lalu unggah lagi.",
    "entities": "Berkas ini memuat perintah yang tidak boleh ada di lembar kerja. "
    "Salin tabelnya ke buku kerja baru, lalu unggah lagi.",
    "too_many_rows": "Lembar ini lebih dari {place} baris. Bagi menjadi beberapa "
    "berkas.",
    "too_many_columns": "Lembar ini lebih dari 60 kolom. Hapus kolom yang tidak "
    "dipakai.",
    "too_much_text": "Tulisan di lembar ini terlalu panjang. Bagi menjadi beberapa "
    "berkas.",
    "too_heavy": "Berkas ini terlalu berat untuk dibaca. Salin hanya tabelnya ke buku "
    "kerja baru, lalu unggah lagi.",
    "too_slow": "Berkas ini terlalu lama dibaca. Salin hanya tabelnya ke buku kerja "
    "baru, lalu unggah lagi.",
    "null_character": "Berkas ini memuat huruf kosong (NUL). Simpan ulang dari Excel "
    "sebagai .xlsx atau “CSV UTF-8”, lalu unggah lagi.",
    "unknown_letters": "Huruf di berkas CSV ini tidak terbaca. Simpan ulang dari Excel "
    "sebagai “CSV UTF-8”, lalu unggah lagi.",
    "broken_csv": "Baris ke-{place} berkas CSV ini rusak: tanda petiknya tidak "
    "berpasangan atau isinya terlalu panjang. Perbaiki baris itu, lalu unggah lagi.",
    "empty": "Lembar pertama kosong. Isi judul kolom di baris pertama dan isian di "
    "bawahnya.",
    "only_header": "Lembar ini hanya berisi judul kolom. Isi paling sedikit satu "
    "baris.",
    "same_title": "Judul kolom “{place}” muncul dua kali. Hapus atau ganti salah "
    "satunya.",
    "no_title": "Sel {place} berisi, tetapi kolomnya tidak punya judul. Beri judul di "
    "baris pertama atau kosongkan kolom itu.",
}
PROBLEMS = {
    "no_result": "Baris {row}, kolom “{column}”: rumus belum punya hasil. Buka berkas "
    "di Excel, simpan, lalu unggah lagi; atau ganti rumus dengan nilainya.",
    "broken": "Baris {row}, kolom “{column}”: sel berisi galat {value}. Perbaiki "
    "rumusnya atau tulis nilainya.",
}


class SheetError(RuleViolation):
    """An uploaded sheet cannot be read; the message says why and what to do."""

    def __init__(self, reason: str, place: str = "") -> None:
        sentence = SENTENCES[reason].format(place=place[:80])
        super().__init__(sentence, code=f"sheet.{reason}")


@dataclass(frozen=True)
class SheetRow:
    """One row as it was read; `number` is its row in the file, counted from one.

    `formulas` holds the places (from zero) of cells whose value is a formula's stored
    result; `problems` the sentences for cells that have no usable value (None there).
    """

    number: int
    cells: tuple[Cell, ...]
    formulas: tuple[int, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetTable:
    """The first sheet of a file: titles and the rows that are not blank."""

    header: tuple[str, ...]
    rows: tuple[SheetRow, ...]

    @property
    def problems(self) -> list[str]:
        """All sentences about cells without a usable value, from top to bottom."""
        return [problem for row in self.rows for problem in row.problems]


def read_sheet(data: bytes, filename: str, *, most_rows: int = MOST_ROWS) -> SheetTable:
    """Read an uploaded XLSX or CSV in a process with limits (512 MB, 60 s).

    `filename` only tells the extension; more than `most_rows` are refused. Text written
    by `write_xlsx` or `write_csv` comes back as it was. Raises SheetError
    (`sheet.<reason>`, see SENTENCES).
    """
    extension = PurePath(filename).suffix.lower()
    if len(data) > MAX_BYTES:
        raise SheetError("too_large")
    if extension == ".xls":
        raise SheetError("old_excel")
    if extension not in (".xlsx", ".csv"):
        raise SheetError("wrong_extension")
    if not data:
        raise SheetError("empty")
    answer = _ask_worker(data, f"{extension} {most_rows}")
    if "refused" in answer:
        raise SheetError(answer["refused"], answer["place"])
    header = tuple(unescape_cell(title) for title in answer["header"])
    rows = tuple(_row(number, cells, header) for number, cells in answer["rows"])
    return SheetTable(header, rows)


def _ask_worker(data: bytes, argument: str) -> dict:
    try:
        return read_apart(WORKER, data, argument, seconds=WALL_SECONDS)
    except ReaderFailed as failed:
        raise SheetError(_FAILURES[failed.reason]) from failed


def _row(number: int, raw: list, header: tuple[str, ...]) -> SheetRow:
    cells, formulas, problems = [], [], []
    for place, cell in enumerate(raw):
        value = cell
        if isinstance(cell, dict) and "value" in cell:
            value = cell["value"]
            if cell.get("formula"):
                formulas.append(place)
            else:
                sentence = PROBLEMS[cell["problem"]]
                problems.append(
                    sentence.format(row=number, column=header[place], value=value)
                )
                value = None
        cells.append(_value(value))
    return SheetRow(number, tuple(cells), tuple(formulas), tuple(problems))


def _value(raw: object) -> Cell:
    match raw:
        case {"decimal": number}:
            return Decimal(number)
        case {"date": day}:
            return date.fromisoformat(day)
        case str():
            return unescape_cell(raw)
    return raw


def escape_cell(text: str) -> str:
    """Put `'` before text that a sheet program would run as a formula.

    Judges the first character behind any `'`, in its full-width and small forms too,
    so that `unescape_cell` gives back every text exactly.
    """
    return f"'{text}" if _starts_dangerously(text.lstrip("'")) else text


def unescape_cell(text: str) -> str:
    """Take away the `'` that `escape_cell` put there."""
    if text.startswith("'") and _starts_dangerously(text.lstrip("'")):
        return text[1:]
    return text


def _starts_dangerously(text: str) -> bool:
    first = text[:1]
    if first.isascii():
        return first in _DANGEROUS
    return bool(_DANGEROUS & set(unicodedata.normalize("NFKC", first)))


@dataclass(frozen=True)
class Column:
    """A column of a sheet that we write; `money` prints whole rupiah with dots."""

    title: str
    width: int = 18
    money: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet to write: its tab, its columns and its rows (read once, one by one)."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


def write_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """Write a workbook: typed numbers and dates, text escaped, first row frozen.

    Rows are streamed through a temporary file, so memory stays flat. Raises ValueError
    when a cell or a sheet is larger than XLSX can hold, TypeError on another type.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        formats = {
            "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1}),
            "text": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": "dd/mm/yyyy"}),
            "money": book.add_format({"num_format": "#,##0"}),
            "plain": None,
        }
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.title), sheet, formats)
    return target.getvalue()


def _write_sheet(page, sheet: Sheet, formats: dict) -> None:
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, escape_cell(column.title), formats["head"])
    page.freeze_panes(1, 0)
    for number, cells in enumerate(sheet.rows, start=1):
        for place, (value, column) in enumerate(zip(cells, sheet.columns, strict=True)):
            if _write_cell(page, number, place, value, column, formats):
                raise ValueError(f"row {number} does not fit into a sheet")


def _write_cell(page, row, place, value, column: Column, formats: dict) -> int:
    """Write one cell by its type; 0 when it was written."""
    match value:
        case str():
            return page.write_string(row, place, escape_cell(value), formats["text"])
        case None:
            return 0
        case bool():
            return page.write_string(row, place, _yes_or_no(value), formats["text"])
        case int() if abs(value) > LARGEST_RUPIAH:  # a sheet keeps fifteen digits
            return page.write_string(row, place, str(value), formats["text"])
        case int() | Decimal():
            kind = formats["money" if column.money else "plain"]
            return page.write_number(row, place, value, kind)
        case datetime():
            raise TypeError("write a moment as its date or as text")
        case date():
            return page.write_datetime(row, place, value, formats["date"])
    raise TypeError(f"a sheet cell cannot hold {type(value).__name__}")


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a CSV that Indonesian Excel opens by double click.

    UTF-8 with its mark (else Excel takes it for Windows-1252), semicolons (the list
    separator where the comma is decimal), decimals with a comma, dates 22/11/2026,
    CRLF. `read_sheet` reads the same back, all as text.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([escape_cell(title) for title in header])
    writer.writerows([_csv_cell(value) for value in cells] for cells in rows)
    return target.getvalue().encode("utf-8-sig")


def _csv_cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _yes_or_no(value)
        case int():
            return str(value)
        case Decimal():
            return f"{value:f}".replace(".", ",")
        case datetime():
            raise TypeError("write a moment as its date or as text")
        case date():
            return format_date_short(value)
        case str():
            return escape_cell(value)
    raise TypeError(f"a sheet cell cannot hold {type(value).__name__}")


def _yes_or_no(value: bool) -> str:
    return "ya" if value else "tidak"
