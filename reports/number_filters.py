"""Filters of the list of numbers that went out."""

from functools import cached_property

from django_filters import ChoiceFilter, TypedChoiceFilter

from common.filters import ListFilter


class NumberFilter(ListFilter):
    """Numbers by type and year; what the board never used asks nothing."""

    jenis = ChoiceFilter("kind", choices=())
    tahun = TypedChoiceFilter("given_on", "year", coerce=int)

    def __init__(
        self, *args, kinds: list[tuple[str, str]], years: list[int], **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choices = {"jenis": kinds, "tahun": [(year, year) for year in years]}

    @cached_property
    def form(self):
        """The form, with the types and years of this board."""
        form = super().form
        for name, box in form.fields.items():
            box.choices = self.choices[name]
        return form
