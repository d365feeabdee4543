"""Addresses of loans."""

from django.urls import include, path

from loans.problem_urls import problem_patterns
from loans.views import (
    applications,
    arrears,
    cards,
    checks,
    collection,
    decisions,
    groups,
    health,
    loans,
    moves,
    payouts,
    products,
    receipts,
    sheets,
)

app_name = "loans"

community_groups = [
    path("", groups.group_list, name="group_list"),
    path("<int:pk>/", groups.group_page, name="group_page"),
    path("<int:pk>/bubarkan/", groups.group_close, name="group_close"),
    path("anggota/<int:pk>/keluar/", groups.member_leave, name="member_leave"),
]
offers = [
    path("", products.product_list, name="product_list"),
    path("baru/", products.product_new, name="product_new"),
    path("<int:pk>/", products.product_page, name="product_page"),
    path("<int:pk>/ketentuan/", products.terms_new, name="terms_new"),
]
stages = [
    path("", loans.loan_list, name="loan_list"),
    path("excel/", sheets.loan_sheet, name="loan_sheet"),
    path("baru/", applications.loan_new, name="loan_new"),
    path("<int:pk>/", loans.loan_page, name="loan_page"),
    path("<int:pk>/tarik/", applications.loan_withdraw, name="loan_withdraw"),
    path("<int:pk>/periksa/", checks.loan_check, name="loan_check"),
    path("<int:pk>/putus/", decisions.loan_decide, name="loan_decide"),
    path("<int:pk>/tanda-tangan/", decisions.loan_cosign, name="loan_cosign"),
    path("<int:pk>/keputusan/", decisions.loan_by_decision, name="loan_by_decision"),
    path("<int:pk>/periksa-ulang/", decisions.loan_recheck, name="loan_recheck"),
    path("<int:pk>/tolak/", decisions.loan_refuse, name="loan_refuse"),
    path("<int:pk>/cairkan/", payouts.loan_payout, name="loan_payout"),
    path("<int:pk>/cair/", payouts.loan_paid_out, name="loan_paid_out"),
]
one_loan = [
    path("kartu/", cards.loan_card, name="loan_card"),
    path("terima/", receipts.receipt_new, name="receipt_new"),
    path("rekening-koran/", moves.moves_page, name="loan_moves"),
    path("penanganan/", arrears.step_new, name="step_new"),
]
money_in = [
    path("", receipts.receipt_list, name="receipt_list"),
    path("excel/", sheets.receipt_sheet, name="receipt_sheet"),
    path("<int:pk>/", receipts.receipt_page, name="receipt_page"),
]
savings = [
    path("<int:pk>/", moves.savings_card, name="savings_card"),
    path("<int:pk>/kembalikan/", moves.savings_return, name="savings_return"),
]
rounds = [
    path("", collection.collection_sheet, name="collection_sheet"),
    path("catat/", collection.collection_new, name="collection_new"),
]
fund_health = [
    path("", health.health_page, name="health_page"),
    path("ksm/", health.health_loans, name="health_loans"),
]
urlpatterns = [
    path("lkm/<slug:board_slug>/pinjaman/", include(stages)),
    path("lkm/<slug:board_slug>/pinjaman/ksm/", include(community_groups)),
    path("lkm/<slug:board_slug>/pinjaman/produk/", include(offers)),
    path(
        "lkm/<slug:board_slug>/pinjaman/tunggakan/",
        arrears.arrears_list,
        name="arrears_list",
    ),
    path(
        "lkm/<slug:board_slug>/pinjaman/tunggakan/excel/",
        sheets.arrears_sheet,
        name="arrears_sheet",
    ),
    path("lkm/<slug:board_slug>/pinjaman/<int:pk>/", include(one_loan)),
    path("lkm/<slug:board_slug>/pinjaman/angsuran/", include(money_in)),
    path("lkm/<slug:board_slug>/pinjaman/tabungan/", include(savings)),
    *problem_patterns,
    path("lkm/<slug:board_slug>/pinjaman/kesehatan/", include(fund_health)),
    path("lkm/<slug:board_slug>/pinjaman/penagihan/", include(rounds)),
]
