"""Attendance of one meeting read as quorum: of each item, and of the room now."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.db.models import Case, OuterRef, Subquery, When

from boards.parameters import Value, held_value, own_settings, setting_of
from deliberations.agendas import MEMBER_KINDS
from deliberations.models import AgendaItem, Attendance, Meeting, Recusal
from deliberations.quorum import Presence, Quorum, QuorumRule, is_here, quorum_of


@dataclass(frozen=True)
class Rule:
    """The board's quorum rule for one meeting, with its article."""

    rule: QuorumRule
    words: str
    article: str
    is_default: bool
    entitled_word: str


OF_MEMBERS, OF_RESIDENTS = "quorum_members", "quorum_residents"
_ENTITLED = {OF_MEMBERS: "anggota", OF_RESIDENTS: "undangan yang berhak"}


def quorum_rule(meeting: Meeting) -> Rule:
    """The rule that held on the day of the meeting, by who decides in this kind.

    Ratified minutes keep theirs: a rule set later for that day changes nothing.
    """
    if frozen := _frozen_rule(meeting):
        return frozen
    name = _rule_name(meeting)
    return _as_rule(name, setting_of(meeting.board, name, on=meeting.held_on))


def with_quorum_rule(meetings: models.QuerySet[Meeting]) -> models.QuerySet[Meeting]:
    """Meetings that bring what their board set for the quorum, for `brought_rule`."""
    name = Case(
        When(kind__in=MEMBER_KINDS, then=models.Value(OF_MEMBERS)),
        default=models.Value(OF_RESIDENTS),
    )
    own = own_settings(OuterRef("board"), OuterRef("rule_name"), on=OuterRef("held_on"))
    return meetings.alias(rule_name=name).annotate(
        rule_value=Subquery(own.values("value")[:1]),
        rule_article=Subquery(own.values("article")[:1]),
    )


def brought_rule(meeting: Meeting) -> Rule:
    """The rule of a meeting that was read `with_quorum_rule`; asks nothing more."""
    if frozen := _frozen_rule(meeting):
        return frozen
    name = _rule_name(meeting)
    return _as_rule(name, held_value(name, meeting.rule_value, meeting.rule_article))


def _rule_name(meeting: Meeting) -> str:
    return OF_MEMBERS if meeting.kind in MEMBER_KINDS else OF_RESIDENTS


def _frozen_rule(meeting: Meeting) -> Rule | None:
    """The rule as the meeting keeps it since its ratification; None without one."""
    if meeting.quorum_numerator is None:
        return None
    rule = QuorumRule(
        meeting.quorum_numerator, meeting.quorum_denominator, meeting.quorum_more_than
    )
    return Rule(
        rule,
        meeting.quorum_words,
        meeting.quorum_article,
        is_default=not meeting.quorum_article,
        entitled_word=_ENTITLED[_rule_name(meeting)],
    )


def _as_rule(name: str, setting: Value) -> Rule:
    rule = QuorumRule(**setting.value)
    return Rule(rule, rule.words, setting.article, setting.is_default, _ENTITLED[name])


class Room:
    """The people of one meeting, read once, counted for any item."""

    def __init__(self, meeting: Meeting, *, rule: Rule | None = None) -> None:
        self.meeting = meeting
        self.rule = rule or quorum_rule(meeting)
        self.attendances = list(meeting.attendances.all())
        self.entitled = [row for row in self.attendances if row.is_entitled]
        self.items = list(meeting.items.all())

    @cached_property
    def _recused(self) -> defaultdict[int, set[int]]:
        """Attendances recused by item; read only when an item is counted."""
        found = defaultdict(set)
        rows = Recusal.objects.filter(item__meeting=self.meeting)
        for item, attendance in rows.values_list("item", "attendance"):
            found[item].add(attendance)
        return found

    def _presences(self, recused: set[int]) -> list[Presence]:
        return [
            Presence(
                present=row.status == Attendance.Status.PRESENT,
                arrives=row.arrives_at,
                leaves=row.leaves_at,
                recused=row.pk in recused,
            )
            for row in self.entitled
        ]

    def quorum(self, item: AgendaItem | None = None) -> Quorum:
        """Quorum of an item at the moment it was decided, or of the room now."""
        recused = self._recused[item.pk] if item else set()
        return quorum_of(
            self._presences(recused),
            rule=self.rule.rule,
            moment=moment_of(item) if item else None,
        )

    def seats(self, item: AgendaItem) -> list[str]:
        """Seats for the picture: counted, late, recused, empty; the bar in between."""
        recused = self._recused[item.pk]
        counted, late, out, empty = [], [], [], []
        for row, presence in zip(self.entitled, self._presences(recused), strict=True):
            if row.pk in recused and is_here(presence, moment_of(item)):
                out.append("out")
            elif is_here(presence, moment_of(item)):
                counted.append("in")
            elif presence.present:
                late.append("late")
            else:
                empty.append("")
        seats = counted + late + out + empty
        needed = self.quorum(item).required
        return [*seats[:needed], "bar", *seats[needed:]]

    @property
    def present_members(self) -> list[Attendance]:
        """Entitled people who came at any time."""
        return [row for row in self.entitled if row.status == Attendance.Status.PRESENT]

    @property
    def present_guests(self) -> list[Attendance]:
        """Others who came."""
        return [
            row
            for row in self.attendances
            if not row.is_entitled and row.status == Attendance.Status.PRESENT
        ]


def moment_of(item: AgendaItem) -> datetime.time | None:
    """When the item was decided: its end, or its beginning, or nothing noted."""
    return item.ends_at or item.starts_at
