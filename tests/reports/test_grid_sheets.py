"""Statements as workbooks: the figures of the paper, as numbers."""

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from reports.grid_sheets import _tab, cell_of


def workbook(office, code: str, who: str = "cashier", **asked):
    url = office.url("statement_workbook", "fund", code)
    answer = office.clients[who].get(url, {"bulan": "2026-04", **asked})
    assert answer.status_code == 200
    assert f'{code}-2026-04.xlsx"' in answer["Content-Disposition"]
    return load_workbook(io.BytesIO(answer.content))


def column(page, title: str) -> list:
    (at,) = [n for n, cell in enumerate(page[1]) if cell.value == title]
    return [row[at].value for row in page.iter_rows(min_row=2)]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1.250.000", 1_250_000),
        ("(17.500)", -17_500),
        ("80,00", Decimal("80.00")),
        ("–", None),
        ("", None),
        ("007", 7),
        ("10/02/2026", "10/02/2026"),
        ("100.000 dari 300.000", "100.000 dari 300.000"),
        ("12.34", "12.34"),
        ("=1+1", "=1+1"),
    ],
)
def test_a_printed_figure_is_read_back(printed, value):
    assert cell_of(printed) == value


def test_the_progress_of_loans_has_pokok_and_jasa_in_columns_of_their_own(office):
    (page,) = workbook(office, "perkembangan-pinjaman").worksheets

    # Sheet, E6: 235,000 came in; two rows and the charge of the third but 10,000.
    assert column(page, "Saldo, pokok") == [800_000, 800_000]
    assert column(page, "Tunggakan, pokok") == [100_000, 100_000]
    assert column(page, "Tunggakan, jasa") == [10_000, 10_000]
    assert column(page, "Realisasi: Bulan ini, pokok") == [100_000, 100_000]
    assert column(page, "Realisasi: Bulan ini, jasa") == [20_000, 20_000]
    assert column(page, "% saldo") == [80, 80]


def test_every_statement_opens_as_a_workbook(office):
    bank = office.book.accounts.get(code="11021").pk
    for code in ("laporan-keuangan", "kas-harian", "uang-masuk", "tunggakan"):
        assert workbook(office, code).worksheets[0].max_row > 1
    assert workbook(office, "buku-bank", akun=str(bank)).worksheets
    url = office.url("statement_workbook", "fund", "buku-bank")
    assert office.clients["cashier"].get(url, {"akun": "999999"}).status_code == 404
    assert office.clients["officer"].get(url).status_code == 403
    assert office.clients["stranger"].get(url).status_code == 404


def test_a_tab_is_cut_between_words():
    used: set[str] = set()
    name = "Pinjaman KSM dan cadangan risiko"

    assert _tab(name, 1, used) == "Pinjaman KSM dan cadangan"
    assert _tab(name, 2, used) == "Pinjaman KSM dan cadangan 2"
    assert _tab("x" * 40, 3, used) == "x" * 31
