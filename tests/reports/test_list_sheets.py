"""Lists of vouchers, loans, receipts and arrears as workbooks: numbers as numbers."""

import io
from datetime import date

from django.urls import reverse
from openpyxl import load_workbook

from tests.make import loans as lend
from tests.reports.fund_office import ON, paid


def rows(office, name: str, *args, **asked) -> list[dict]:
    url = reverse(name, args=[office.board.slug, *args])
    answer = office.clients["supervisor"].get(url, asked)
    assert answer.status_code == 200
    head, *found = load_workbook(io.BytesIO(answer.content)).active.values
    return [dict(zip(head, row, strict=True)) for row in found]


def test_vouchers_and_receipts_are_listed_as_the_page_filters_them(office):
    posted = rows(office, "ledger:voucher_sheet", "fund", jenis="BKM")
    receipts = rows(office, "loans:receipt_sheet")

    # Two payments; what was saved of the payout is no money that came in.
    assert [row["Jumlah (Rp)"] for row in posted] == [120_000, 115_000]
    assert posted[1]["Tanggal"].date() == date(2026, 2, 10)
    assert {row["Keadaan"] for row in posted} == {"Dibukukan"}
    assert [(row["Pokok (Rp)"], row["Jasa (Rp)"]) for row in receipts] == [
        (100_000, 20_000),
        (100_000, 15_000),
    ]
    assert receipts[0]["KSM"] == str(office.loan.group)


def test_loans_and_arrears_have_their_balances(office):
    fund = office.fund
    lend.application(fund, on=date(2026, 4, 20), amounts=(700_000,))
    # Counted by the payment of the day: row 3 is open, but 5,000 of its charge.
    paid(office.loan, ON, 1, fund.cashier)
    loans = rows(office, "loans:loan_sheet")
    running = rows(office, "loans:loan_sheet", keadaan="berjalan")
    behind = rows(office, "loans:arrears_sheet")

    assert [row["Permohonan (Rp)"] for row in loans] == [700_000, 1_000_000]
    assert (loans[0]["Pokok (Rp)"], loans[0]["Saldo pokok (Rp)"]) == (None, None)
    assert [row["Saldo pokok (Rp)"] for row in running] == [800_000]
    (late,) = behind
    assert late["Tunggakan pokok (Rp)"] == 100_000
    assert late["Tunggakan jasa (Rp)"] == 9_999
    assert late["Angsuran menunggak"] == 1
    assert late["Sejak"].date() == date(2026, 4, 10)
