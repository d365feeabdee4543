"""The portal, and beside each of its lists the raw one and a naive one."""

from django.contrib import admin
from django.urls import path

import bench_site.admin  # noqa: F401  # registers the lists of the admin
from bench_site import naive, raw
from lkm_portal.urls import urlpatterns as portal

board = "bench/<slug:board_slug>"
urlpatterns = [
    path(f"{board}/raw/keputusan/", raw.decision_list),
    path(f"{board}/raw/musyawarah/", raw.meeting_list),
    path("bench/wilayah/<region:region_code>/raw/lkm/", raw.board_list),
    path(f"{board}/naive/keputusan/", naive.decision_list),
    path("admin/", admin.site.urls),
    *portal,
]
