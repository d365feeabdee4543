"""Money taken where there is no signal: kept through a closed browser, sent once."""

from datetime import date

from django.urls import reverse
from playwright.sync_api import expect

from loans.models import Receipt
from tests.e2e.pages import press, see
from tests.make import loans as lend


def test_receipts_wait_for_a_signal_and_are_sent_once_each(open_page):
    fund = lend.fund()
    loan = lend.lent(fund, on=date(2025, 1, 10))
    card = reverse("loans:loan_card", args=[fund.board.slug, loan.pk])
    page = open_page(fund.cashier, width=360)
    page.goto(card)
    page.wait_for_load_state("networkidle")

    page.context.set_offline(True)
    for count, amount in ((1, "115.000"), (2, "9.999.999")):
        page.get_by_label("Jumlah diterima").fill(amount)
        page.get_by_label("Disetor oleh").fill("Sumiyati")
        press(page, "Periksa uang ini mengisi apa")
        see(page, f"Belum terkirim ({count})", "Tersimpan di perangkat ini.")
    assert Receipt.objects.count() == 0

    # The page is gone; what was kept is not.
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(card)

    see(again, "terkirim, lihat buktinya", "Belum terkirim (1)")
    see(again, "Ditolak:")
    made = Receipt.objects.get()
    assert (made.amount, made.payer) == (115_000, "Sumiyati")
    press(again, "Hapus dari perangkat")
    expect(again.get_by_text("Belum terkirim")).to_have_count(0)
    again.reload()
    assert Receipt.objects.count() == 1

    # With a signal the form goes on to the page that shows what the money fills.
    again.get_by_label("Jumlah diterima").fill("115.000")
    again.get_by_label("Disetor oleh").fill("Sumiyati")
    press(again, "Periksa uang ini mengisi apa")
    see(again, "Uang ini mengisi")
    press(again, "Catat angsuran")
    see(again, "Isi penerimaan")
    assert Receipt.objects.count() == 2
