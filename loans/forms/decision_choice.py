"""A choice among ratified decisions of meetings, with what is left of their money."""

from collections.abc import Mapping

from django import forms
from django.db.models import QuerySet

from common.money import format_rupiah
from common.words import format_date
from deliberations.models import Decision


class DecisionChoice(forms.ModelChoiceField):
    """Decisions of meetings: number, day, subject, and the rupiah left."""

    # By key of the decision; None where the amount is not what the choice is about.
    spent: Mapping[int, int] | None = None

    def label_from_instance(self, decision: Decision) -> str:
        """What a person reads in the list."""
        day = format_date(decision.held_on)
        words = f"{decision.number_text}, {day}: {decision.title}"
        if self.spent is None or decision.amount is None:
            return words
        left = decision.amount - self.spent.get(decision.pk, 0)
        return f"{words} (sisa {format_rupiah(left)})"


def decision_field(
    rows: QuerySet[Decision], *, spent: Mapping[int, int] | None = None, **kwargs
) -> DecisionChoice:
    """The field; `spent` is rupiah by key of the decision."""
    field = DecisionChoice(
        rows,
        label="Keputusan rapat",
        empty_label="Pilih keputusan",
        error_messages={
            "required": "Pilih keputusan rapat yang menjadi dasar.",
            "invalid_choice": "Pilih keputusan dari daftar.",
        },
        **kwargs,
    )
    field.spent = spent
    return field
