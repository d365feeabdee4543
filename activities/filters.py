"""Filters of the register of works."""

import datetime

from django import forms
from django.db.models import QuerySet
from django_filters import CharFilter, ChoiceFilter

from activities.models import Activity
from common.filters import ListFilter, WholeNumberFilter

_YEARS_OFFERED = 6


class RtField(forms.CharField):
    """The digits of what was typed, three at most."""

    def clean(self, value):
        return "".join(c for c in super().clean(value)[:3] if c in "0123456789")


class RtFilter(CharFilter):
    """Works that stand in an RT, of whatever RW; "9" is RT 009."""

    field_class = RtField

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.filter(locations__rt=value.zfill(3)).distinct()


class UnalignedFilter(ChoiceFilter):
    """Works that no row of the plan carries."""

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        return rows.not_aligned()


class ActivityFilter(ListFilter):
    """Works by year of start, kind, state, RT, decision and place in the plan."""

    tahun = WholeNumberFilter("starts_on", "year", min_value=1901, max_value=2199)
    jenis = ChoiceFilter("kind", choices=lambda: Activity.Kind.choices)
    keadaan = ChoiceFilter("state", choices=lambda: Activity.State.choices)
    rt = RtFilter()
    keputusan = WholeNumberFilter("decision", min_value=1, max_value=999_999_999)
    selaras = UnalignedFilter(choices=[("belum", "Belum selaras")])

    def say(self, name, value):
        if name == "rt":
            return f"RT {value.zfill(3)}"
        return "Satu keputusan" if name == "keputusan" else super().say(name, value)


def year_choices(today: datetime.date) -> list[int]:
    """Years that the filter offers: next year and the five before it."""
    return list(range(today.year + 1, today.year + 1 - _YEARS_OFFERED, -1))
