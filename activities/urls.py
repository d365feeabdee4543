"""Addresses of activities."""

from django.urls import include, path

from activities.views import activities, proof, reports, review

app_name = "activities"

board = [
    path("", activities.activity_list, name="activity_list"),
    path("baru/", activities.activity_new, name="activity_new"),
    path("<int:pk>/", activities.activity_page, name="activity_page"),
    path("<int:pk>/ubah/", activities.activity_edit, name="activity_edit"),
    path("<int:pk>/mulai/", activities.activity_start, name="activity_start"),
    path("<int:pk>/batal/", activities.activity_cancel, name="activity_cancel"),
    path("<int:pk>/selaras/", activities.activity_align, name="activity_align"),
    path("<int:pk>/laporan/baru/", reports.report_new, name="report_new"),
    path("laporan/<int:pk>/", reports.report_page, name="report_page"),
    path("laporan/<int:pk>/ubah/", reports.report_edit, name="report_edit"),
    path("laporan/<int:pk>/lihat/", reports.report_check, name="report_check"),
    path("laporan/<int:pk>/kirim/", reports.report_send, name="report_send"),
    path("laporan/<int:pk>/terkirim/", reports.report_sent, name="report_sent"),
    path("laporan/<int:pk>/foto/", proof.photo_add, name="photo_add"),
    path(
        "laporan/<int:pk>/foto/<int:photo_pk>/hapus/",
        proof.photo_remove,
        name="photo_remove",
    ),
    path("laporan/<int:pk>/nota/", proof.receipt_add, name="receipt_add"),
    path(
        "laporan/<int:pk>/nota/<int:receipt_pk>/hapus/",
        proof.receipt_remove,
        name="receipt_remove",
    ),
]
office = [
    path("", review.review_list, name="review_list"),
    path("<int:pk>/", review.review_page, name="review_page"),
    path("<int:pk>/kembalikan/", review.review_return, name="review_return"),
    path("<int:pk>/setujui/", review.review_approve, name="review_approve"),
    path("<int:pk>/hasil/", review.review_done, name="review_done"),
]
urlpatterns = [
    path("lkm/<slug:board_slug>/kegiatan/", include(board)),
    path("wilayah/<region:region_code>/periksa/", include(office)),
]
