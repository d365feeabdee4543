"""Three lists of the same rows beside the portal's own."""

from django.contrib import admin
from django.urls import include, path

from bench_site.views import naive_list, raw_list
from deliberations.models import Decision


@admin.register(Decision)
class DecisionAdmin(admin.ModelAdmin):
    """The admin's list as one would set it up for this register."""

    list_display = (
        "title",
        "number_text",
        "held_on",
        "method",
        "in_charge_name",
        "ratified_at",
    )
    list_filter = ("kind", "method")
    search_fields = ("title", "text", "number_text")
    list_per_page = 25
    ordering = ("-held_on", "-pk")


urlpatterns = [
    path("bench/raw/<slug:board_slug>/", raw_list),
    path("bench/naive/<slug:board_slug>/", naive_list),
    path("admin/", admin.site.urls),
    path("", include("lkm_portal.urls")),
]
