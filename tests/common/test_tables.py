"""Cells of an imported sheet become rupiah, dates, numbers and text."""

from datetime import date
from decimal import Decimal

import pytest
from import_export import fields, resources

from common.sheets import read_sheet
from common.tables import (
    DateWidget,
    DecimalCommaWidget,
    RupiahWidget,
    TextCellWidget,
    to_dataset,
)

FORMAT = "Pilih kolomnya di Excel, Format Sel, jenis Teks, lalu ketik lagi nomornya."


@pytest.mark.parametrize(
    ("widget", "cell", "value"),
    [
        (RupiahWidget(), 75_000_000, 75_000_000),
        (RupiahWidget(), "Rp 75.000.000", 75_000_000),
        (RupiahWidget(), 0, 0),
        (RupiahWidget(), None, None),
        (RupiahWidget(), " ", None),
        (DateWidget(), date(2026, 11, 22), date(2026, 11, 22)),
        (DateWidget(), "22/11/2026", date(2026, 11, 22)),
        (DateWidget(), None, None),
        (DateWidget(), "", None),
        (DecimalCommaWidget(), Decimal("64.5"), Decimal("64.5")),
        (DecimalCommaWidget(), 1234, Decimal(1234)),
        (DecimalCommaWidget(places=3), Decimal("1.234"), Decimal("1.234")),
        (DecimalCommaWidget(), "64,5", Decimal("64.5")),
        (DecimalCommaWidget(), None, None),
        (DecimalCommaWidget(), "", None),
        (TextCellWidget(), " 9935201203800001 ", "9935201203800001"),
        (TextCellWidget(), "081234567890", "081234567890"),
        (TextCellWidget(), None, ""),
        (TextCellWidget(), "Edi E+", "Edi E+"),
        (TextCellWidget(accept_numbers=True), 3, "3"),
    ],
)
def test_good_cells_are_cleaned(widget, cell, value):
    assert widget.clean(cell) == value


@pytest.mark.parametrize(
    ("widget", "cell", "sentence"),
    [
        (
            RupiahWidget(),
            Decimal("1234.5"),
            "Tulis 1.234,5 sebagai rupiah bulat tanpa sen dan tanpa minus, contoh "
            "1.234.567.",
        ),
        (
            RupiahWidget(),
            -5,
            "Tulis −5 sebagai rupiah bulat tanpa sen dan tanpa minus, contoh "
            "1.234.567.",
        ),
        (
            RupiahWidget(),
            10**15,
            "Jumlah paling besar Rp999.999.999.999.999. Periksa banyaknya angka nol.",
        ),
        (
            RupiahWidget(),
            date(2026, 1, 1),
            "Tulis jumlah rupiah dengan angka, contoh 1.234.567.",
        ),
        (
            RupiahWidget(),
            "lima juta",
            "Tulis jumlah rupiah dengan angka saja, contoh 1.234.567.",
        ),
        (
            DateWidget(),
            46348,
            "“46348” bukan tanggal. Tulis seperti 22/11/2026, atau Format Sel, jenis "
            "Tanggal.",
        ),
        (DateWidget(), "kemarin", "Tulis tanggal seperti 22/11/2026."),
        (
            DecimalCommaWidget(),
            Decimal("64.567"),
            "Paling banyak 2 angka di belakang koma.",
        ),
        (DecimalCommaWidget(), date(2026, 1, 1), "Tulis angka, contoh 64,5."),
        (
            TextCellWidget(),
            9_935_201_203_800_001,
            "9935201203800001 terbaca sebagai bilangan, sehingga angka nol di depan "
            f"atau angka terakhirnya dapat hilang. {FORMAT}",
        ),
        (
            TextCellWidget(accept_numbers=True),
            10**15,
            "1000000000000000 terbaca sebagai bilangan, sehingga angka nol di depan "
            f"atau angka terakhirnya dapat hilang. {FORMAT}",
        ),
        (
            TextCellWidget(),
            81_234_567_890,
            "81234567890 terbaca sebagai bilangan, sehingga angka nol di depan atau "
            f"angka terakhirnya dapat hilang. {FORMAT}",
        ),
        (
            TextCellWidget(),
            "9,9352E+15",
            "“9,9352E+15” sudah dipendekkan oleh Excel, angka aslinya hilang. "
            f"{FORMAT}",
        ),
        (
            TextCellWidget(),
            date(2026, 3, 1),
            f"01/03/2026 terbaca sebagai tanggal. {FORMAT}",
        ),
        (
            TextCellWidget(),
            "a\x07b",
            "Ada huruf yang tidak tampak di sel ini. Ketik ulang.",
        ),
    ],
)
def test_bad_cells_get_a_sentence_with_the_remedy(widget, cell, sentence):
    with pytest.raises(ValueError, match=r".") as refused:
        widget.clean(cell)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("widget", "value", "shown"),
    [
        (RupiahWidget(), 75_000, "75.000"),
        (RupiahWidget(), None, ""),
        (DateWidget(), date(2026, 11, 2), "02/11/2026"),
        (DateWidget(), None, ""),
        (DecimalCommaWidget(), Decimal("64.50"), "64,5"),
        (DecimalCommaWidget(), None, ""),
        (TextCellWidget(), "0812", "0812"),
        (TextCellWidget(), None, ""),
    ],
)
def test_values_are_shown_as_the_portal_writes_them(widget, value, shown):
    assert widget.render(value) == shown


@pytest.mark.parametrize("number", [1234, 1_000_000, Decimal("1234.5")])
def test_a_shown_number_comes_back_the_same(number):
    widget = DecimalCommaWidget()
    assert widget.clean(widget.render(Decimal(number))) == number


def test_a_table_feeds_import_export():
    class PlanResource(resources.Resource):
        title = fields.Field("title", "Nama")
        ceiling = fields.Field("ceiling", "Pagu (Rp)", widget=RupiahWidget())

    table = read_sheet(b"Nama;Pagu (Rp)\nDrainase;75.000.000\n", "a.csv")
    dataset = to_dataset(table)

    assert dataset.headers == ["Nama", "Pagu (Rp)"]
    assert PlanResource().fields["ceiling"].clean(dataset.dict[0]) == 75_000_000
