"""Uploaded sheets: what is read, and the sentence for each that is refused."""

import subprocess
import sys
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

import common.sheets
from common import readers
from common.errors import RuleViolation
from common.sheets import SENTENCES, SheetError, read_sheet
from tests.common import corpus

CSV = b"Nama;Pagu\nDrainase;5\n"

HOSTILE = {
    "larger than 5 MB": (lambda: b"x" * (5 * 1024 * 1024 + 1), "a.csv", "too_large"),
    "another extension": (lambda: CSV, "a.ods", "wrong_extension"),
    "no extension": (lambda: CSV, "a", "wrong_extension"),
    "a macro workbook": (corpus.zip_bomb, "a.xlsm", "wrong_extension"),
    "an old name": (corpus.old_excel, "a.XLS", "old_excel"),
    "an old file with a new name": (corpus.old_excel, "a.xlsx", "old_excel"),
    "an old file as text": (corpus.old_excel, "a.csv", "old_excel"),
    "a password": (corpus.encrypted_excel, "a.xlsx", "encrypted"),
    "a zip password": (corpus.locked_zip, "a.xlsx", "encrypted"),
    "text called xlsx": (lambda: CSV, "a.xlsx", "wrong_kind"),
    "xlsx called csv": (
        lambda: corpus.workbook(corpus.HEAD + corpus.BODY),
        "a.csv",
        "wrong_kind",
    ),
    "a zip that is no workbook": (
        lambda: corpus.pack({"catatan.txt": "halo"}),
        "a.xlsx",
        "wrong_kind",
    ),
    "half a zip": (
        lambda: corpus.workbook(corpus.HEAD + corpus.BODY)[:-300],
        "a.xlsx",
        "unreadable",
    ),
    "a zip of four bytes": (lambda: b"PK\x03\x04", "a.xlsx", "unreadable"),
    "broken xml": (
        lambda: corpus.workbook_with("xl/worksheets/sheet1.xml", "<worksheet><row"),
        "a.xlsx",
        "unreadable",
    ),
    "a workbook without its sheet": (
        lambda: corpus.workbook_with("xl/workbook.xml", "<html/>"),
        "a.xlsx",
        "empty",
    ),
    "a number that is none": (
        lambda: corpus.workbook(
            corpus.HEAD + corpus.row(2, '<c r="A2"><v>abc</v></c>')
        ),
        "a.xlsx",
        "unreadable",
    ),
    "a number of ten thousand digits": (
        lambda: corpus.workbook(
            corpus.HEAD + corpus.row(2, f'<c r="A2"><v>{"9" * 10_000}</v></c>')
        ),
        "a.xlsx",
        "unreadable",
    ),
    "a bomb": (corpus.zip_bomb, "a.xlsx", "bomb"),
    "a bomb that lies": (corpus.lying_bomb, "a.xlsx", "unreadable"),
    "packed too steeply": (corpus.steep_zip, "a.xlsx", "bomb"),
    "201 members and more": (corpus.many_members, "a.xlsx", "bomb"),
    "an outer entity": (corpus.external_entity, "a.xlsx", "entities"),
    "an outer entity in UTF-16": (
        lambda: corpus.external_entity("utf-16"),
        "a.xlsx",
        "entities",
    ),
    "an entity across two reads": (corpus.entity_across_chunks, "a.xlsx", "entities"),
    "5,001 rows": (lambda: corpus.many_rows(5_001), "a.xlsx", "too_many_rows"),
    "5,001 rows that say they are two": (
        lambda: corpus.many_rows(5_001, "A1:A2"),
        "a.xlsx",
        "too_many_rows",
    ),
    "5,001 rows of text": (
        lambda: b"Nama\n" + b"warga\n" * 5_001,
        "a.csv",
        "too_many_rows",
    ),
    "61 columns": (lambda: corpus.wide_sheet(61), "a.csv", "too_many_columns"),
    "a cell in the last column": (
        lambda: corpus.workbook(
            corpus.HEAD + corpus.row(2, corpus.text_cell("XFD2", "jauh"))
        ),
        "a.xlsx",
        "too_many_columns",
    ),
    "one text in every cell": (corpus.repeated_text, "a.xlsx", "too_much_text"),
    "NUL in text": (lambda: b"Nama;Pagu\nA\x00B;5\n", "a.csv", "null_character"),
    "UTF-16 without its mark": (
        lambda: CSV.decode().encode("utf-16-le"),
        "a.csv",
        "null_character",
    ),
    "NUL in a workbook": (
        lambda: corpus.workbook(
            corpus.HEAD + corpus.row(2, corpus.text_cell("A2", "A_x0000_B"))
        ),
        "a.xlsx",
        "null_character",
    ),
    "half a UTF-16 letter": (
        lambda: "Nama;Pagu\nA".encode("utf-16") + b"\x00\xd8",
        "a.csv",
        "unknown_letters",
    ),
    "letters of no code page": (
        lambda: b"Nama\n\x81\x8d\n",
        "a.csv",
        "unknown_letters",
    ),
    "nothing": (lambda: b"", "a.csv", "empty"),
    "only blanks": (lambda: b";;\n\n;;\n", "a.csv", "empty"),
    "an empty sheet": (lambda: corpus.workbook(""), "a.xlsx", "empty"),
    "only a header": (lambda: b"Nama;Pagu\n;\n", "a.csv", "only_header"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_sheet_that_cannot_be_read_is_refused_with_its_sentence(case):
    build, filename, reason = HOSTILE[case]

    with pytest.raises(SheetError) as refused:
        read_sheet(build(), filename)

    assert refused.value.code == f"sheet.{reason}"
    assert refused.value.messages == [SENTENCES[reason].format(place="5.000")]
    assert isinstance(refused.value, RuleViolation)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            b"Nama;nama\nA;B\n",
            "Judul kolom “nama” muncul dua kali. Hapus atau ganti salah satunya.",
        ),
        (
            b"Nama;Pagu\nA;5;lebih\n",
            "Sel C2 berisi, tetapi kolomnya tidak punya judul. Beri judul di baris "
            "pertama atau kosongkan kolom itu.",
        ),
        (
            b"Nama;;Pagu\nA;B;5\n",
            "Sel B2 berisi, tetapi kolomnya tidak punya judul. Beri judul di baris "
            "pertama atau kosongkan kolom itu.",
        ),
        (
            b'Nama;Pagu\nA;5\n"B;6\n',
            "Baris ke-3 berkas CSV ini rusak: tanda petiknya tidak berpasangan atau "
            "isinya terlalu panjang. Perbaiki baris itu, lalu unggah lagi.",
        ),
        (
            b"Nama\n" + b"x" * 200_000,
            "Baris ke-2 berkas CSV ini rusak: tanda petiknya tidak berpasangan atau "
            "isinya terlalu panjang. Perbaiki baris itu, lalu unggah lagi.",
        ),
    ],
)
def test_the_sentence_names_the_place(data, sentence):
    with pytest.raises(SheetError) as refused:
        read_sheet(data, "a.csv")
    assert refused.value.messages == [sentence]


def test_the_sentences_speak_as_the_portal_does():
    banned = ("!", "mohon", "silakan", "maaf", "valid", "error", "file", "upload")
    for sentence in [*SENTENCES.values(), *common.sheets.PROBLEMS.values()]:
        assert sentence.endswith(".")
        assert not [word for word in banned if word in sentence.lower()]


def test_exactly_five_thousand_rows_and_sixty_columns_are_read():
    assert len(read_sheet(corpus.many_rows(5_000), "a.xlsx").rows) == 5_000
    more = read_sheet(corpus.many_rows(5_001), "a.xlsx", most_rows=5_001)
    assert len(more.rows) == 5_001
    assert len(read_sheet(corpus.wide_sheet(60), "a.csv").header) == 60


@pytest.mark.parametrize(
    "data",
    [
        "Nama;Pagu\nSiti Nurhaliza – ibu;5\n".encode(),
        "Nama;Pagu\nSiti Nurhaliza – ibu;5\n".encode("utf-8-sig"),
        "Nama;Pagu\r\nSiti Nurhaliza – ibu;5\r\n".encode("utf-16"),
        b"\xfe\xff" + "Nama;Pagu\nSiti Nurhaliza – ibu;5\n".encode("utf-16-be"),
        "Nama;Pagu\nSiti Nurhaliza – ibu;5\n".encode("cp1252"),
        "Nama,Pagu\nSiti Nurhaliza – ibu,5\n".encode(),
        "Nama\tPagu\nSiti Nurhaliza – ibu\t5\n".encode(),
        "sep=,\r\nNama,Pagu\r\nSiti Nurhaliza – ibu,5\r\n".encode(),
        '"Nama";"Pagu"\n"Siti Nurhaliza – ibu";"5"\n'.encode(),
        '\n\n"Nama, lengkap";Pagu\nSiti Nurhaliza – ibu;5\n'.encode(),
        "Nama;Pagu\rSiti Nurhaliza – ibu;5\r".encode(),
    ],
)
def test_text_files_of_every_office_program_are_read(data):
    table = read_sheet(data, "Anggota.CSV")

    assert table.header[1] == "Pagu"
    assert [row.cells for row in table.rows] == [("Siti Nurhaliza – ibu", "5")]


def test_blank_rows_are_left_out_and_row_numbers_stay_those_of_the_file():
    table = read_sheet(b"\nNama;Pagu;\n;;\nA;;\n\nB;6;\n", "a.csv")

    assert table.header == ("Nama", "Pagu")
    assert [(row.number, row.cells) for row in table.rows] == [
        (4, ("A", None)),
        (6, ("B", "6")),
    ]


def test_cells_of_a_workbook_keep_their_types():
    cells = (
        corpus.text_cell("A2", " Andr\u00e9 "),
        '<c r="B2"><v>75000000</v></c>',
        '<c r="C2"><v>310.25</v></c>',
        '<c r="D2"><v>5.0</v></c>',
        '<c r="E2" t="b"><v>1</v></c>',
        '<c r="F2"><v>3.520991203800001E+15</v></c>',
        '<c r="G2" t="d"><v>2026-11-22</v></c>',
        '<c r="H2" t="d"><v>2026-11-22T19:30:00</v></c>',
    )
    head = (corpus.text_cell(f"{letter}1", letter) for letter in "ABCDEFGH")

    table = read_sheet(
        corpus.workbook(corpus.row(1, *head) + corpus.row(2, *cells)), "a.xlsx"
    )

    assert table.rows[0].cells == (
        " Andr\u00e9 ",
        75_000_000,
        Decimal("310.25"),
        5,
        "ya",
        3_520_991_203_800_001,
        date(2026, 11, 22),
        "22/11/2026 19.30",
    )


def test_titles_lose_line_ends_and_double_blanks():
    head = corpus.row(1, corpus.text_cell("A1", " Nama\n  lengkap "))
    table = read_sheet(
        corpus.workbook(head + corpus.BODY.replace("B2", "A3")), "a.xlsx"
    )
    assert table.header == ("Nama lengkap",)


def test_a_formula_with_its_result_is_flagged_and_read():
    cells = '<c r="A2"><f>B2*2</f><v>10</v></c>', '<c r="B2"><v>5</v></c>'
    table = read_sheet(corpus.workbook(corpus.HEAD + corpus.row(2, *cells)), "a.xlsx")

    assert table.rows[0].cells == (10, 5)
    assert table.rows[0].formulas == (0,)
    assert table.problems == []


def test_a_formula_without_result_names_row_column_and_remedy():
    cells = corpus.text_cell("A2", "A"), '<c r="B2"><f>SUM(C2:C9)</f></c>'
    table = read_sheet(corpus.workbook(corpus.HEAD + corpus.row(2, *cells)), "a.xlsx")

    assert table.rows[0].cells == ("A", None)
    assert table.problems == [
        "Baris 2, kolom “Pagu”: rumus belum punya hasil. Buka berkas di Excel, simpan, "
        "lalu unggah lagi; atau ganti rumus dengan nilainya."
    ]


def test_a_formula_that_gives_empty_text_is_a_blank_cell():
    formula = '<c r="B{0}" t="str"><f>IF(A{0}="","",1)</f><v></v></c>'
    rows = corpus.row(2, corpus.text_cell("A2", "A"), formula.format(2))
    table = read_sheet(
        corpus.workbook(corpus.HEAD + rows + corpus.row(3, formula.format(3))), "a.xlsx"
    )

    assert [row.cells for row in table.rows] == [("A", None)]
    assert table.problems == []


def test_an_error_cell_names_row_column_and_value():
    cells = corpus.text_cell("A2", "A"), '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    table = read_sheet(corpus.workbook(corpus.HEAD + corpus.row(2, *cells)), "a.xlsx")

    assert table.problems == [
        "Baris 2, kolom “Pagu”: sel berisi galat #DIV/0!. Perbaiki rumusnya atau tulis "
        "nilainya."
    ]


def test_a_number_without_end_is_an_error_cell():
    cells = corpus.text_cell("A2", "A"), '<c r="B2"><v>1e999</v></c>'
    table = read_sheet(corpus.workbook(corpus.HEAD + corpus.row(2, *cells)), "a.xlsx")
    assert table.rows[0].cells == ("A", None)
    assert "galat inf" in table.problems[0]


def test_hidden_sheets_are_passed_over(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["rahasia"])
    book.active.sheet_state = "hidden"
    book.create_sheet("Isi").append(["Nama"])
    book["Isi"].append(["Siti"])
    book.save(tmp_path / "a.xlsx")

    table = read_sheet((tmp_path / "a.xlsx").read_bytes(), "a.xlsx")

    assert [row.cells for row in table.rows] == [("Siti",)]


def test_a_sheet_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(common.sheets, "WORKER", "tests.common.dying_reader")
    monkeypatch.setattr(common.sheets, "WALL_SECONDS", 0.1)
    with pytest.raises(SheetError) as refused:
        read_sheet(b"asleep", "a.csv")
    assert refused.value.code == "sheet.too_slow"


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        ("memory", "too_heavy"),
        ("slow", "too_slow"),
        ("killed", "too_heavy"),
        ("broken", "unreadable"),
    ],
)
def test_a_reader_that_dies_ends_in_a_sentence(monkeypatch, trouble, reason):
    monkeypatch.setattr(common.sheets, "WORKER", "tests.common.dying_reader")
    with pytest.raises(SheetError) as refused:
        read_sheet(trouble.encode(), "a.csv")
    assert refused.value.code == f"sheet.{reason}"


def test_the_reader_stands_alone_and_parses_with_defusedxml():
    script = (
        "import sys, openpyxl, common.sheet_worker; "
        "print('django' in sys.modules, openpyxl.LXML, openpyxl.DEFUSEDXML)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=readers.ROOT,
        env=readers.ENVIRONMENT,
        check=True,
    )
    assert done.stdout.split() == ["False", "False", "True"]
