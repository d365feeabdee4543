"""Filters of a list as they stand in its address: what is asked, and the way back."""

import copy
from dataclasses import dataclass
from functools import cache, cached_property
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django_filters import CharFilter, Filter, FilterSet

from common.text import plain_lines


@dataclass(frozen=True)
class Chip:
    """One filter in force, and the address without it."""

    label: str
    url: str


class ListFilter(FilterSet):
    """A FilterSet over GET whose filters are named as in the address.

    A value that means nothing asks for nothing. What the page shows in its boxes is
    `wanted`; an address without parameters costs no form.
    """

    @cached_property
    def wanted(self) -> dict:
        """Every filter with its value, "" where nothing (or nonsense) was asked."""
        wanted = dict.fromkeys(self.filters, "")
        if self.data:
            self.form.is_valid()  # fills in what could be read
            found = self.form.cleaned_data
            wanted |= {name: value for name, value in found.items() if value}
        return wanted

    @property
    def qs(self) -> QuerySet:
        """The rows that pass every filter in force."""
        rows = self.queryset
        for name, value in self.wanted.items():
            if value:
                rows = self.filters[name].filter(rows, value)
        return rows

    def get_form_class(self) -> type[forms.Form]:
        """A form with the boxes that were filled in: an empty one asks for nothing."""
        asked = tuple(name for name in self.filters if self.data.get(name))
        return _form_class(type(self), asked)

    def say(self, name: str, value) -> str:
        """What the chip of a filter says: the words of a choice, or what was typed."""
        choices = getattr(self.form.fields[name], "choices", ())
        return str(dict(choices).get(value, value))

    @property
    def held(self) -> dict:
        """Filters in force with their values."""
        return {name: value for name, value in self.wanted.items() if value}

    @property
    def query(self) -> str:
        """The filters in force as an address: "?tahun=2026", "" without any."""
        return f"?{urlencode(self.held)}" if self.held else ""

    def chips(self) -> list[Chip]:
        """One chip a filter in force, with the address that leaves it out."""
        held = self.held
        return [
            Chip(
                self.say(name, value),
                f"?{urlencode({key: held[key] for key in held if key != name})}",
            )
            for name, value in held.items()
        ]


@cache
def _form_class(filters: type[ListFilter], names: tuple[str, ...]) -> type[forms.Form]:
    """Built once: Django copies the fields for each form.

    Of copies, because a field kept on a filter would be copied with it each time.
    """
    fields = {name: copy.deepcopy(filters.base_filters[name]).field for name in names}
    return type(f"{filters.__name__}Form", (forms.Form,), fields)


class WordsFilter(CharFilter):
    """Typed words, looked for in several columns."""

    def __init__(self, *columns: str, **kwargs) -> None:
        super().__init__(**kwargs)
        self.columns = columns

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        words = plain_lines(value)
        found = ((f"{column}__icontains", words) for column in self.columns)
        return rows.filter(Q(*found, _connector=Q.OR))


class WholeNumberFilter(Filter):
    """A whole number: a year, the key of a row."""

    field_class = forms.IntegerField
