"""Addresses of planning."""

from django.urls import include, path

from planning.views import items, programmes

app_name = "planning"

plan_items = [
    path("", items.item_list, name="item_list"),
    path("baru/", items.item_new, name="item_new"),
    path("impor/", items.item_import, name="item_import"),
    path("impor/contoh/", items.item_example, name="item_example"),
    path("impor/<uuid:token>/", items.item_import_check, name="item_import_check"),
    path("<int:pk>/ubah/", items.item_edit, name="item_edit"),
]
programme_codes = [
    path("", programmes.programme_list, name="programme_list"),
    path("impor/", programmes.programme_import, name="programme_import"),
    path("impor/contoh/", programmes.programme_example, name="programme_example"),
    path(
        "impor/<uuid:token>/",
        programmes.programme_import_check,
        name="programme_import_check",
    ),
]
urlpatterns = [
    path("lkm/<slug:board_slug>/rencana/", include(plan_items)),
    path("wilayah/<region:region_code>/kode-program/", include(programme_codes)),
]
