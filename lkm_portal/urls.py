"""Root addresses: one include per app, Indonesian path segments."""

from django.urls import include, path, register_converter

from boards.converters import RegionConverter
from ledger.converters import BookConverter
from lkm_portal import health

handler400 = "lkm_portal.faults.bad_request"
handler403 = "lkm_portal.faults.not_allowed"
handler404 = "lkm_portal.faults.not_found"
handler429 = "lkm_portal.faults.too_many"
handler500 = "lkm_portal.faults.server_error"

register_converter(RegionConverter, "region")
register_converter(BookConverter, "book")

urlpatterns = [
    path("sehat/", health.alive, name="alive"),
    path("sehat/siap/", health.ready, name="ready"),
    path("akun/", include("lkm_portal.sign_in_urls")),
    path("", include("boards.urls")),
    path("", include("members.urls")),
    path("", include("planning.urls")),
    path("", include("ledger.urls")),
    path("", include("loans.urls")),
    path("", include("deliberations.urls")),
    path("", include("activities.urls")),
    path("", include("reports.urls")),
    path("", include("transparency.urls")),
]
