"""Addresses of reports."""

from django.urls import include, path

from reports.views import (
    books,
    collection,
    evaluations,
    fund_papers,
    fund_regions,
    home,
    ledger_notes,
    numbered,
    officers,
    paper_acts,
    papers,
    scan_stacks,
    search,
    summaries,
    trace,
    year_books,
)

app_name = "reports"

paper_urls = [
    path("lkm/<slug:board_slug>/surat/", papers.paper_list, name="paper_list"),
    path(
        "lkm/<slug:board_slug>/surat/nomor/<int:pk>/",
        numbered.numbered,
        name="numbered",
    ),
    path("lkm/<slug:board_slug>/surat/<int:pk>/", papers.paper_page, name="paper_page"),
    path(
        "lkm/<slug:board_slug>/surat/<int:pk>/berkas/",
        papers.paper_file,
        name="paper_file",
    ),
    path(
        "lkm/<slug:board_slug>/surat/<int:pk>/pindaian/",
        paper_acts.scan_attach,
        name="scan_attach",
    ),
    path(
        "lkm/<slug:board_slug>/surat/<int:pk>/pindaian/<int:scan_pk>/",
        paper_acts.scan_file,
        name="scan_file",
    ),
    path(
        "lkm/<slug:board_slug>/surat/<int:pk>/pindaian/<int:scan_pk>/tarik/",
        paper_acts.scan_withdraw,
        name="scan_withdraw",
    ),
    path(
        "lkm/<slug:board_slug>/surat/<int:pk>/batalkan/",
        paper_acts.paper_cancel,
        name="paper_cancel",
    ),
    path(
        "lkm/<slug:board_slug>/surat/draf/<slug:kind>/<int:pk>/",
        papers.paper_preview,
        name="paper_preview",
    ),
    path(
        "lkm/<slug:board_slug>/surat/terbitkan/<slug:kind>/<int:pk>/",
        papers.paper_issue,
        name="paper_issue",
    ),
    path(
        "lkm/<slug:board_slug>/pemilihan/wilayah/<int:pk>/surat/",
        papers.area_papers,
        name="area_papers",
    ),
    path(
        "lkm/<slug:board_slug>/surat/musyawarah/<int:pk>/",
        papers.meeting_papers,
        name="meeting_papers",
    ),
    path(
        "lkm/<slug:board_slug>/surat/aturan/<int:pk>/",
        papers.rule_papers,
        name="rule_papers",
    ),
    path(
        "lkm/<slug:board_slug>/surat/keputusan/<int:pk>/",
        papers.decision_papers,
        name="decision_papers",
    ),
]

scan_urls = [
    path("", scan_stacks.scan_upload, name="scan_upload"),
    path("<uuid:pk>/", scan_stacks.stack_page, name="stack_page"),
    path("<uuid:pk>/tambah/", scan_stacks.stack_add, name="stack_add"),
    path("<uuid:pk>/buang/", scan_stacks.stack_drop, name="stack_drop"),
    path("<uuid:pk>/<int:page_pk>/", scan_stacks.sheet_place, name="sheet_place"),
    path("<uuid:pk>/<int:page_pk>/lewati/", scan_stacks.sheet_skip, name="sheet_skip"),
    path(
        "<uuid:pk>/<int:page_pk>/<slug:size>.jpg",
        scan_stacks.sheet_picture,
        name="sheet_picture",
    ),
]

secretary_urls = [
    path("", books.book_list, name="book_list"),
    path("surat-keluar/", books.outgoing_list, name="outgoing_list"),
    path("kehadiran/", books.attendance_recap, name="attendance_recap"),
    path("notulen/", year_books.minutes_book_list, name="minutes_book_list"),
    path(
        "notulen/<int:year>/terbitkan/",
        year_books.minutes_book_issue,
        name="minutes_book_issue",
    ),
    path("<slug:book>/pdf/", books.book_print, name="book_print"),
    path("<slug:book>/excel/", books.book_sheet, name="book_sheet"),
]

home_urls = [
    path("", home.front, name="front"),
    path("beranda/", home.home, name="home"),
    path("ganti/", home.switch, name="switch"),
    path("menu/", home.menu, name="menu"),
    path("bantuan/", home.help_page, name="help"),
    path("lkm/<slug:board_slug>/", home.board_home, name="board_home"),
    path("wilayah/<region:region_code>/", home.region_home, name="region_home"),
    path("lkm/<slug:board_slug>/cari/", search.board_search, name="board_search"),
    path(
        "wilayah/<region:region_code>/cari/", search.region_search, name="region_search"
    ),
]

book_urls = [
    path(
        "lkm/<slug:board_slug>/keputusan/buku/",
        year_books.decision_book_list,
        name="decision_book_list",
    ),
    path(
        "lkm/<slug:board_slug>/keputusan/buku/<int:year>/terbitkan/",
        year_books.decision_book_issue,
        name="decision_book_issue",
    ),
]

fund_urls = [
    path("bukti/<int:pk>/surat/", fund_papers.voucher_papers, name="voucher_papers"),
    path("pinjaman/<int:pk>/surat/", fund_papers.loan_papers, name="loan_papers"),
    path(
        "pinjaman/pengawasan/kas/<int:pk>/surat/",
        fund_papers.count_papers,
        name="count_papers",
    ),
    path("laba/<int:pk>/surat/", fund_papers.profit_papers, name="profit_papers"),
    path(
        "pinjaman/penagihan/cetak/",
        collection.collection_print,
        name="collection_print",
    ),
    path(
        "surat/dana/draf/<slug:kind>/<int:pk>/",
        fund_papers.fund_preview,
        name="fund_preview",
    ),
    path(
        "surat/dana/terbitkan/<slug:kind>/<int:pk>/",
        fund_papers.fund_issue,
        name="fund_issue",
    ),
    path("surat/laporan/<int:pk>/", fund_papers.statement_page, name="statement_page"),
    path("buku/<book:kind>/catatan/", ledger_notes.note_page, name="note_page"),
    path(
        "buku/<book:kind>/catatan/<int:year>/",
        ledger_notes.note_write,
        name="note_write",
    ),
    path("buku/<book:kind>/cetak/", fund_papers.ledger_papers, name="ledger_papers"),
    path(
        "buku/<book:kind>/cetak/<slug:code>/draf/",
        fund_papers.statement_preview,
        name="statement_preview",
    ),
    path(
        "buku/<book:kind>/cetak/<slug:code>/excel/",
        fund_papers.statement_workbook,
        name="statement_workbook",
    ),
    path(
        "buku/<book:kind>/cetak/<slug:code>/terbitkan/",
        fund_papers.statement_issue,
        name="statement_issue",
    ),
]

officer_urls = [
    path("", officers.officer_page, name="officer_page"),
    path("cetak/", officers.officer_print, name="officer_print"),
]

evaluation_urls = [
    path("", evaluations.evaluation_list, name="evaluation_list"),
    path("mulai/", evaluations.evaluation_start, name="evaluation_start"),
    path("<int:pk>/", evaluations.evaluation_page, name="evaluation_page"),
    path("<int:pk>/selesai/", evaluations.evaluation_finish, name="evaluation_finish"),
    path(
        "<int:pk>/bidang/<int:area_pk>/",
        evaluations.evaluation_area,
        name="evaluation_area",
    ),
    path(
        "<int:pk>/nilai/<int:score_pk>/bukti/",
        evaluations.evidence_add,
        name="evidence_add",
    ),
    path(
        "<int:pk>/bukti/<int:evidence_pk>/lepas/",
        evaluations.evidence_remove,
        name="evidence_remove",
    ),
]

trace_urls = [
    path(
        "lkm/<slug:board_slug>/benang-merah/keputusan/<int:pk>/",
        trace.trace_decision,
        name="trace_decision",
    ),
    path(
        "lkm/<slug:board_slug>/benang-merah/kegiatan/<int:pk>/",
        trace.trace_activity,
        name="trace_activity",
    ),
]

summary_urls = [
    path("", summaries.summary_list, name="summary_list"),
    path("buat/", summaries.summary_new, name="summary_new"),
    path("<int:pk>/", summaries.summary_page, name="summary_page"),
    path("<int:pk>/<slug:what>/", summaries.summary_file, name="summary_file"),
]

fund_region_urls = [
    path("", fund_regions.fund_region, name="fund_region"),
    path("excel/", fund_regions.fund_region_sheet, name="fund_region_sheet"),
    path("pdf/", fund_regions.fund_region_print, name="fund_region_print"),
]

urlpatterns = [
    *home_urls,
    path("lkm/<slug:board_slug>/buku/", include(secretary_urls)),
    *paper_urls,
    *book_urls,
    path("lkm/<slug:board_slug>/", include(fund_urls)),
    *trace_urls,
    path("lkm/<slug:board_slug>/pindaian/", include(scan_urls)),
    path("lkm/<slug:board_slug>/susunan/", include(officer_urls)),
    path("lkm/<slug:board_slug>/penilaian/", include(evaluation_urls)),
    path("wilayah/<region:region_code>/ringkasan/", include(summary_urls)),
    path("wilayah/<region:region_code>/dana-bergulir/", include(fund_region_urls)),
]
