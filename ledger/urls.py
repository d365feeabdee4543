"""Addresses of the books."""

from django.urls import include, path

from ledger.views import accounts, closing, entries, home, sheets, statements, vouchers

app_name = "ledger"

evidence = [
    path("excel/", sheets.voucher_sheet, name="voucher_sheet"),
    path("", vouchers.voucher_list, name="voucher_list"),
    path("<int:pk>/", vouchers.voucher_page, name="voucher_page"),
    path("<int:pk>/tercatat/", vouchers.voucher_done, name="voucher_done"),
    path("<int:pk>/setujui/", vouchers.voucher_approve, name="voucher_approve"),
    path("<int:pk>/batal/", vouchers.voucher_drop, name="voucher_drop"),
    path("<int:pk>/pembatalan/", vouchers.voucher_reverse, name="voucher_reverse"),
]
chart = [
    path("", accounts.account_list, name="account_list"),
    path("baru/", accounts.account_new, name="account_new"),
    path("<int:pk>/ubah/", accounts.account_edit, name="account_edit"),
]
books = [
    path("", statements.statement_list, name="statement_list"),
    path("kas/", statements.cash_book, name="cash_book"),
    path("akun/<int:pk>/", statements.account_book_page, name="account_book"),
    path("neraca/", statements.balance_page, name="balance"),
    path("laba-rugi/", statements.income_page, name="income"),
    path("modal/", statements.equity_page, name="equity"),
    path("<slug:journal>/", statements.journal_page, name="day_journal"),
]
closing_acts = [
    path("", closing.close_list, name="close_list"),
    path("bulan/", closing.month_close, name="month_close"),
    path("bulan/<int:pk>/", closing.close_page, name="close_page"),
    path("bulan/<int:pk>/buka/", closing.month_reopen, name="month_reopen"),
    path("tahun/<int:year>/", closing.year_close, name="year_close"),
]
book = [
    path("", home.book_home, name="book_home"),
    path("buka/", home.book_open, name="book_open"),
    path("saldo-awal/", entries.opening, name="opening"),
    path("catat/<slug:code>/", entries.entry_new, name="entry_new"),
    path("jurnal/", entries.journal_new, name="journal_new"),
    path("bukti/", include(evidence)),
    path("akun/", include(chart)),
    path("laporan/", include(books)),
    path("tutup/", include(closing_acts)),
]
urlpatterns = [path("lkm/<slug:board_slug>/buku/<book:kind>/", include(book))]
