"""Filters of the book of letters that came in."""

from functools import cached_property

from django.db.models import QuerySet
from django_filters import ChoiceFilter, TypedChoiceFilter

from common.filters import ListFilter, WordsFilter
from deliberations.models import IncomingLetter


class LetterFilter(ListFilter):
    """Letters by words, year and what still waits; a year without any asks nothing."""

    STATES = (("baru", "Belum didisposisi"), ("batal", "Dibatalkan"))

    q = WordsFilter("sender", "subject", "sender_number", "number_text")
    tahun = TypedChoiceFilter("received_on", "year", coerce=int)
    keadaan = ChoiceFilter(choices=STATES, method="in_state")

    def __init__(self, *args, years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.years = years

    @cached_property
    def form(self):
        """The form, with the years of this book."""
        form = super().form
        if "tahun" in form.fields:
            form.fields["tahun"].choices = [(year, year) for year in self.years]
        return form

    def in_state(
        self, rows: QuerySet[IncomingLetter], _name: str, state: str
    ) -> QuerySet[IncomingLetter]:
        """Letters that nobody passed on yet, or struck out entries."""
        if state == "batal":
            return rows.exclude(cancelled_on=None)
        return rows.filter(disposition="", cancelled_on=None)
