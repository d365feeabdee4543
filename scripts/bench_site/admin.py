"""Django's admin over the same rows, with the same columns, filters and search."""

from django.contrib import admin
from django.db.models import Exists, OuterRef

from boards.models import Assignment, Board
from boards.roles import Role
from deliberations.models import Decision, Meeting


@admin.register(Decision)
class DecisionAdmin(admin.ModelAdmin):
    """The register, with the follow-ups of each decision."""

    list_display = (
        *("title", "number_text", "held_on", "method", "in_charge_name"),
        "follow_ups",
    )
    list_filter = ("kind",)
    date_hierarchy = "held_on"
    search_fields = ("title", "text", "number_text")
    list_per_page = 25
    ordering = ("-held_on", "-pk")

    def get_queryset(self, request):
        """Whether it was changed, and what follows, without a query a row."""
        rows = super().get_queryset(request).ratified().with_force()
        return rows.prefetch_related("actions")

    @admin.display(description="Tindak lanjut")
    def follow_ups(self, decision):
        """States of the follow-ups."""
        return ", ".join(each.get_status_display() for each in decision.actions.all())


@admin.register(Meeting)
class MeetingAdmin(admin.ModelAdmin):
    """Meetings of a board."""

    list_display = (
        *("title", "place", "held_on", "number_text", "present", "entitled"),
        *("decision_count", "state"),
    )
    list_filter = ("kind", "state")
    search_fields = ("title", "place", "number_text")
    list_per_page = 25
    ordering = ("-held_on", "-pk")


@admin.register(Board)
class BoardAdmin(admin.ModelAdmin):
    """Boards of a region."""

    list_display = ("name", "village", "district", "closed_on", "has_secretary")
    list_filter = ("district",)
    search_fields = ("name", "village")
    list_per_page = 25
    ordering = ("name", "pk")

    def get_queryset(self, request):
        """With the one fact that is not on the row."""
        secretaries = Assignment.objects.filter(
            board=OuterRef("pk"), role=Role.SECRETARY, ended_at=None
        )
        rows = super().get_queryset(request)
        return rows.annotate(has_secretary=Exists(secretaries))

    @admin.display(boolean=True)
    def has_secretary(self, board):
        """Somebody keeps its minutes."""
        return board.has_secretary
