"""Addresses of loans that go wrong, of profit and of the Pengawas."""

from django.urls import include, path

from loans.views import openings, problems, profits, reserves, supervision

one_loan = [
    path("hapus-buku/", problems.loan_write_off, name="loan_write_off"),
    path("jadwal-ulang/", problems.loan_reschedule, name="loan_reschedule"),
    path("hapus-tagih/", problems.loan_waive, name="loan_waive"),
    path("tagihan/", problems.loan_recovery, name="loan_recovery"),
]
reserve = [
    path("", reserves.reserve_page, name="reserve_page"),
    path("bukukan/", reserves.reserve_book, name="reserve_book"),
]
watch = [
    path("", supervision.supervision_home, name="supervision_home"),
    path("undi/", supervision.sample_draw, name="sample_draw"),
    path("undian/<int:pk>/", supervision.sample_page, name="sample_page"),
    path("kunjungan/<int:pk>/", supervision.sample_visit, name="sample_visit"),
    path("kas/", supervision.cash_count, name="cash_count"),
    path("kas/<int:pk>/", supervision.cash_count_page, name="cash_count_page"),
    path("temuan/baru/", supervision.finding_new, name="finding_new"),
    path("temuan/<int:pk>/", supervision.finding_page, name="finding_page"),
    path("temuan/<int:pk>/jawab/", supervision.finding_answer, name="finding_answer"),
    path("temuan/<int:pk>/selesai/", supervision.finding_close, name="finding_close"),
]
old_book = [
    path("", openings.opening_import, name="opening_import"),
    path("contoh/", openings.opening_example, name="opening_example"),
    path("<uuid:token>/", openings.opening_import_check, name="opening_import_check"),
]
problem_patterns = [
    path("lkm/<slug:board_slug>/pinjaman/buku-lama/", include(old_book)),
    path("lkm/<slug:board_slug>/pinjaman/<int:pk>/", include(one_loan)),
    path(
        "lkm/<slug:board_slug>/pinjaman/di-luar-buku/",
        problems.claim_list,
        name="claim_list",
    ),
    path("lkm/<slug:board_slug>/pinjaman/cadangan/", include(reserve)),
    path(
        "lkm/<slug:board_slug>/pinjaman/laba/", profits.profit_list, name="profit_list"
    ),
    path(
        "lkm/<slug:board_slug>/pinjaman/laba/<int:year>/",
        profits.profit_page,
        name="profit_page",
    ),
    path("lkm/<slug:board_slug>/pinjaman/pengawasan/", include(watch)),
]
