"""Addresses of loans."""

from django.urls import include, path

from loans.views import cards, moves, receipts

app_name = "loans"

one_loan = [
    path("kartu/", cards.loan_card, name="loan_card"),
    path("terima/", receipts.receipt_new, name="receipt_new"),
    path("rekening-koran/", moves.moves_page, name="loan_moves"),
]
money_in = [
    path("", receipts.receipt_list, name="receipt_list"),
    path("<int:pk>/", receipts.receipt_page, name="receipt_page"),
]
savings = [
    path("<int:pk>/", moves.savings_card, name="savings_card"),
    path("<int:pk>/kembalikan/", moves.savings_return, name="savings_return"),
]
urlpatterns = [
    path("lkm/<slug:board_slug>/pinjaman/<int:pk>/", include(one_loan)),
    path("lkm/<slug:board_slug>/pinjaman/angsuran/", include(money_in)),
    path("lkm/<slug:board_slug>/pinjaman/tabungan/", include(savings)),
]
