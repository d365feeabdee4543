"""Addresses of reports."""

from django.urls import path

from reports.views import paper_acts, papers

app_name = "reports"

paper_urls = [
    path("lkm/<slug:board_slug>/surat/", papers.paper_list, name="paper_list"),
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
        "lkm/<slug:board_slug>/surat/musyawarah/<int:pk>/",
        papers.meeting_papers,
        name="meeting_papers",
    ),
    path(
        "lkm/<slug:board_slug>/surat/keputusan/<int:pk>/",
        papers.decision_papers,
        name="decision_papers",
    ),
]

urlpatterns = [*paper_urls]
