"""Sheets that we write: safe to open, typed, and the same when they come back."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.sheets import (
    Column,
    Sheet,
    escape_cell,
    read_sheet,
    unescape_cell,
    write_csv,
    write_xlsx,
)

DANGEROUS = ["=1+1", "+62812", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", "\0x"]
FULL_WIDTH = ["＝1+1", "＋62", "－5", "＠SUM", "﹦1", "﹢1", "﹣1", "﹫a"]
storable = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30
)
risky = st.builds(
    str.__add__, st.sampled_from([*"=+-@\t\r\n'＝＠_", "_x000D_"]), storable
)


@pytest.mark.parametrize("text", DANGEROUS + FULL_WIDTH)
def test_text_that_could_run_gets_a_quote(text):
    assert escape_cell(text) == "'" + text


@pytest.mark.parametrize(
    "text", ["", "Sukirman", "'Aisyah", "RT 001", "5", "−5", " =1", "a=b", "’x"]
)
def test_other_text_is_left_alone(text):
    assert escape_cell(text) == text
    assert unescape_cell(text) == text


@given(st.one_of(st.text(), risky))
def test_what_is_escaped_comes_back_the_same(text):
    escaped = escape_cell(text)
    assert unescape_cell(escaped) == text
    assert escaped[:1] not in {*"=+-@\t\r\n\0＝＋－＠", "﹦", "﹢", "﹣", "﹫"}


def test_text_that_was_quoted_already_keeps_its_quote():
    assert escape_cell("'=1") == "''=1"
    assert unescape_cell("''=1") == "'=1"


def open_sheet(data):
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def test_a_workbook_has_typed_cells():
    columns = [
        Column("Nama", width=30),
        Column("Pagu", money=True),
        Column("Volume"),
        Column("Tanggal"),
        Column("Hadir"),
    ]
    row = ["=HYPERLINK(1)", 75_000_000, Decimal("310.25"), date(2026, 11, 22), True]

    sheet = open_sheet(write_xlsx([Sheet("Kegiatan", columns, [row, [None] * 5])]))

    assert sheet.title == "Kegiatan"
    assert [cell.value for cell in sheet[1]] == [column.title for column in columns]
    assert [cell.value for cell in sheet[2]] == [
        "'=HYPERLINK(1)",
        75_000_000,
        310.25,
        datetime(2026, 11, 22),  # noqa: DTZ001
        "ya",
    ]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "n", "d", "s"]
    assert [cell.number_format for cell in sheet[2]] == [
        "@",
        "#,##0",
        "General",
        "dd/mm/yyyy",
        "@",
    ]
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].width == pytest.approx(30, abs=1)


def test_a_number_longer_than_fifteen_digits_is_kept_as_text():
    data = write_xlsx([Sheet("x", [Column("n")], [[3_520_991_203_800_001]])])
    assert open_sheet(data)["A2"].value == "3520991203800001"


def test_several_sheets_stand_in_one_workbook():
    data = write_xlsx(Sheet(name, [Column("a")], [["x"]]) for name in ("Satu", "Dua"))
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["Satu", "Dua"]


def test_rows_are_never_cut_silently():
    with pytest.raises(ValueError, match="row 1 does not fit"):
        write_xlsx([Sheet("x", [Column("a")], [["x" * 32_768]])])
    with pytest.raises(ValueError, match="zip"):
        write_xlsx([Sheet("x", [Column("a")], [["x", "y"]])])


@pytest.mark.parametrize(
    "cell", [datetime(2026, 1, 1, tzinfo=UTC), 1.5, b"x", ["x"], object()]
)
def test_other_types_are_refused(cell):
    with pytest.raises(TypeError):
        write_xlsx([Sheet("x", [Column("a")], [[cell]])])
    with pytest.raises(TypeError):
        write_csv(["a"], [[cell]])


def test_a_text_file_opens_in_indonesian_excel():
    data = write_csv(
        ["Nama", "=Pagu"],
        [
            ["Siti; RT 01", 75_000_000],
            ["-", Decimal("-310.25")],
            [None, date(2026, 11, 2)],
            [True, False],
        ],
    )

    assert data == (
        b"\xef\xbb\xbfNama;'=Pagu\r\n"
        b'"Siti; RT 01";75000000\r\n'
        b"'-;-310,25\r\n"
        b";02/11/2026\r\n"
        b"ya;tidak\r\n"
    )


# Each example starts two readers of their own: few examples, many texts in each.
@settings(max_examples=5, deadline=None)
@given(st.lists(st.one_of(storable, risky).filter(bool), min_size=60, max_size=240))
def test_hostile_text_survives_export_and_import(texts):
    header, rows = ["No", "Isi"], [[number, text] for number, text in enumerate(texts)]
    columns = [Column(title) for title in header]

    from_xlsx = read_sheet(write_xlsx([Sheet("Isi", columns, rows)]), "a.xlsx")
    from_csv = read_sheet(write_csv(header, rows), "a.csv")

    assert [row.cells for row in from_xlsx.rows] == [tuple(row) for row in rows]
    assert [row.cells for row in from_csv.rows] == [
        (str(number), text) for number, text in rows
    ]


def test_a_strict_reader_finds_the_same_cells():
    text = write_csv(["a", "b"], [['"', "x\r\ny"]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=";")) == [
        ["a", "b"],
        ['"', "x\r\ny"],
    ]
