"""Filters of the lists: meetings, and the register of decisions."""

import re
from collections.abc import Collection
from functools import cached_property

from django import forms
from django.db.models import Q, QuerySet
from django_filters import CharFilter, ChoiceFilter, Filter, TypedChoiceFilter

from boards.models import Board
from boards.roles import Permission
from common.fields import RupiahFormField
from common.filters import ListFilter, WordsFilter
from common.money import format_rupiah
from common.stems import Term, rt_token, terms_of
from common.text import plain_lines
from common.words import neighbourhood
from deliberations.models import Decision, Meeting
from deliberations.search import decisions_with

WAITING = "menunggu"
STATES = {
    "berlaku": "Berlaku",
    "diubah": "Diubah keputusan lain",
    "gugur": "Gugur, tidak dikukuhkan",
    "ditolak": "Tidak disetujui",
    WAITING: "Menunggu pengesahan",
}


class MeetingFilter(ListFilter):
    """Meetings by words, kind and state."""

    q = WordsFilter("title", "place", "number_text")
    jenis = ChoiceFilter("kind", choices=lambda: Meeting.Kind.choices)
    keadaan = ChoiceFilter("state", choices=lambda: Meeting.State.choices)


class RtField(forms.IntegerField):
    """Number of an RT: "3", "003" or "RT 03"."""

    def to_python(self, value):
        bare = re.sub(r"(?i)^\s*rt[\s.]*", "", value) if value else value
        return super().to_python(bare)


class RegisterWords(CharFilter):
    """Words of a decision by their roots; in what waits for ratification as typed."""

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        words = plain_lines(value)
        if self.parent.waiting:
            return rows.filter(Q(title__icontains=words) | Q(text__icontains=words))
        terms = terms_of(words)
        found = decisions_with(terms, board=self.parent.board)
        return rows.filter(pk__in=found) if terms else rows


class RtFilter(Filter):
    """Decisions for an RT, or that name it in their words."""

    field_class = RtField

    def filter(self, rows: QuerySet, value: int) -> QuerySet:
        named = Term((rt_token(value),))
        found = decisions_with((named,), board=self.parent.board)
        return rows.filter(Q(rt=f"{value:03d}") | Q(pk__in=found))


class StateFilter(ChoiceFilter):
    """In force, changed, dropped, refused; what waits is another set of rows."""

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        if value == "ditolak":
            return rows.exclude(pk__in=rows.carried().values("pk"))
        if value == WAITING:
            return rows
        if value == "berlaku":
            return rows.in_force()
        ended = "is_amended" if value == "diubah" else "is_dropped"
        return rows.carried().with_force().filter(**{ended: True})


class AmountFilter(Filter):
    """A bound of the amount, as people write rupiah."""

    field_class = RupiahFormField


class DecisionFilter(ListFilter):
    """The register of one board; a year without decisions asks nothing.

    Shows what was ratified; with `keadaan=menunggu` what was not yet, to those whose
    rights read drafts.
    """

    q = RegisterWords()
    tahun = TypedChoiceFilter("held_on", "year", coerce=int)
    jenis = ChoiceFilter("kind", choices=lambda: Decision.Kind.choices)
    keadaan = StateFilter(choices=())
    cara = ChoiceFilter("method", choices=lambda: Decision.Method.choices)
    dari = AmountFilter("amount", "gte")
    sampai = AmountFilter("amount", "lte")
    rt = RtFilter(min_value=1, max_value=999)

    def __init__(
        self, data, *, board: Board, rights: Collection[Permission] = ()
    ) -> None:
        decisions = Decision.objects.filter(board=board)
        self.ratified = decisions.ratified()
        super().__init__(data, self.ratified)
        self.board = board
        self.states = dict(STATES)
        if Permission.VIEW_DRAFTS not in rights:
            del self.states[WAITING]
        if self.waiting:
            self.queryset = decisions.filter(ratified_at=None)

    @cached_property
    def years(self) -> list[int]:
        """Years with ratified decisions, newest first."""
        days = self.ratified.dates("held_on", "year", order="DESC")
        return [day.year for day in days]

    @cached_property
    def waiting(self) -> bool:
        """Asked for what is not ratified yet."""
        return self.wanted["keadaan"] == WAITING

    @cached_property
    def form(self):
        """The form, with the years of this register and the states one may see."""
        form = super().form
        if "tahun" in form.fields:
            form.fields["tahun"].choices = [(year, year) for year in self.years]
        if "keadaan" in form.fields:
            form.fields["keadaan"].choices = self.states.items()
        return form

    def say(self, name: str, value) -> str:
        """Bounds and RT in words."""
        words = {
            "dari": lambda: f"mulai {format_rupiah(value)}",
            "sampai": lambda: f"sampai {format_rupiah(value)}",
            "rt": lambda: neighbourhood(f"{value:03d}", ""),
        }
        return words[name]() if name in words else super().say(name, value)

    @property
    def asks_more(self) -> bool:
        """One of the filters that are folded away is in force."""
        return any(self.wanted[name] for name in ("cara", "dari", "sampai", "rt"))
