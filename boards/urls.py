"""Addresses of the ground floor."""

from django.urls import path

from boards.views import files, work

app_name = "boards"
urlpatterns = [
    path("lkm/<slug:board_slug>/draf/", work.draft_save, name="draft_save"),
    path("lkm/<slug:board_slug>/berkas/<int:pk>/", files.stored_file, name="file"),
    path("pekerjaan/<uuid:pk>/", work.job_page, name="job_page"),
    path("pekerjaan/<uuid:pk>/keadaan/", work.job_state, name="job_state"),
    path("pekerjaan/<uuid:pk>/batal/", work.job_cancel, name="job_cancel"),
    path("pekerjaan/<uuid:pk>/ulang/", work.job_retry, name="job_retry"),
]
