"""Filters of the lists: meetings, and the register of decisions."""

from functools import cached_property

from django_filters import ChoiceFilter, TypedChoiceFilter

from common.filters import ListFilter, WordsFilter
from deliberations.models import Decision, Meeting


class MeetingFilter(ListFilter):
    """Meetings by words, kind and state."""

    q = WordsFilter("title", "place", "number_text")
    jenis = ChoiceFilter("kind", choices=lambda: Meeting.Kind.choices)
    keadaan = ChoiceFilter("state", choices=lambda: Meeting.State.choices)


class DecisionFilter(ListFilter):
    """Decisions by words, year and kind; a year without decisions asks nothing."""

    q = WordsFilter("title", "text", "number_text")
    tahun = TypedChoiceFilter("held_on", "year", coerce=int)
    jenis = ChoiceFilter("kind", choices=lambda: Decision.Kind.choices)

    def __init__(self, *args, years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.years = years

    @cached_property
    def form(self):
        """The form, with the years of this register."""
        form = super().form
        if "tahun" in form.fields:
            form.fields["tahun"].choices = [(year, year) for year in self.years]
        return form
