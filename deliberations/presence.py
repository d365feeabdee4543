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
from deliberations.quorum import (
    Presence,
    Quorum,
    QuorumRule,
    is_here,
    quorum_of,
    second_call_rule,
    second_holds,
)


@dataclass(frozen=True)
class Rule:
    """The board's quorum rule for one meeting, with its article."""

    rule: QuorumRule
    words: str
    article: str
    is_default: bool
    entitled_word: str


@dataclass(frozen=True)
class People:
    """Who was counted for one item, who stepped out of it, who was not in the room.

    Rebuilt from attendance and recusals, which are frozen with the minutes.
    """

    counted: list[Attendance]
    recused: list[Attendance]
    away: list[Attendance]


# With more entitled people than this there is no picture of seats, and no names beside
# an item: the sentence speaks, and the list with its times.
MOST_NAMED = 21
OF_MEMBERS, OF_RESIDENTS = "quorum_members", "quorum_residents"
OF_CIRCULAR = "circular_quorum"
_ENTITLED = {
    OF_MEMBERS: "anggota",
    OF_RESIDENTS: "undangan yang berhak",
    OF_CIRCULAR: "anggota",
}


def quorum_rule(meeting: Meeting) -> Rule:
    """The rule that held on the day of the meeting, by who decides in this kind.

    Ratified minutes keep theirs: a rule set later for that day changes nothing.
    """
    if frozen := _frozen_rule(meeting):
        return frozen
    name = _rule_name(meeting)
    return _as_rule(name, setting_of(meeting.board, name, on=meeting.held_on))


def second_rule(meeting: Meeting) -> Rule | None:
    """The rule of the second call on the day of the meeting; None where not valid.

    Ratified minutes keep theirs, as they keep the first.
    """
    word = _ENTITLED[_rule_name(meeting)]
    if meeting.second_numerator is not None:
        rule = QuorumRule(
            meeting.second_numerator,
            meeting.second_denominator,
            meeting.second_more_than,
        )
        words, article = meeting.second_words, meeting.second_article
        return Rule(rule, words, article, is_default=not article, entitled_word=word)
    setting = setting_of(meeting.board, "second_call_valid", on=meeting.held_on)
    rule = second_call_rule(setting.value)
    if rule is None:
        return None
    return Rule(rule, rule.words, setting.article, setting.is_default, word)


def members_count(meeting: Meeting) -> bool:
    """Whether the members are counted in this kind of meeting, by the board's rule."""
    if meeting.kind in MEMBER_KINDS:
        return True
    name = "members_count_with_residents"
    return bool(setting_of(meeting.board, name, on=meeting.held_on).value)


def with_quorum_rule(meetings: models.QuerySet[Meeting]) -> models.QuerySet[Meeting]:
    """Meetings that bring what their board set for the quorum, for `brought_rule`."""
    name = Case(
        When(kind=Meeting.Kind.SIRKULER, then=models.Value(OF_CIRCULAR)),
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
    if meeting.kind == Meeting.Kind.SIRKULER:
        return OF_CIRCULAR
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

    @cached_property
    def second(self) -> Rule | None:
        """The rule of the second call, once there was one and it is valid."""
        return second_rule(self.meeting) if self.meeting.second_call_at else None

    def rule_at(self, moment: datetime.time | None) -> Rule:
        """The rule at a moment: from the second call on its own; None is the end."""
        holds = second_holds(self.meeting.second_call_at, moment)
        return self.second if holds and self.second else self.rule

    def quorum(self, item: AgendaItem | None = None) -> Quorum:
        """Quorum of an item at the moment it was decided, or of the room now."""
        moment = moment_of(item) if item else None
        recused = self._recused[item.pk] if item else set()
        rule = self.rule_at(moment).rule
        return quorum_of(self._presences(recused), rule=rule, moment=moment)

    def first_quorum(self, moment: datetime.time) -> Quorum:
        """Quorum of the room at a moment under the rule of the first call."""
        return quorum_of(self._presences(set()), rule=self.rule.rule, moment=moment)

    def quorum_at(self, moment: datetime.time) -> Quorum:
        """Quorum of the room at a moment under the rule that holds then."""
        rule = self.rule_at(moment).rule
        return quorum_of(self._presences(set()), rule=rule, moment=moment)

    def people(self, item: AgendaItem) -> People:
        """Who was counted when an item was decided, who stepped out, who was away."""
        recused, moment = self._recused[item.pk], moment_of(item)
        people = People([], [], [])
        for row, presence in zip(self.entitled, self._presences(recused), strict=True):
            if not is_here(presence, moment):
                people.away.append(row)
            else:
                (people.recused if presence.recused else people.counted).append(row)
        return people

    def with_people(self) -> list[tuple[AgendaItem, People | None]]:
        """Every item with its people; without, where the list is long or undecided."""
        named = len(self.entitled) <= MOST_NAMED
        return [
            (item, self.people(item) if named and item.counted is not None else None)
            for item in self.items
        ]

    def seats(self, item: AgendaItem) -> list[str]:
        """Seats for the picture: counted, late, recused, empty; the bar in between."""
        people = self.people(item)
        came = [row.status == Attendance.Status.PRESENT for row in people.away]
        seats = ["in"] * len(people.counted) + ["late"] * sum(came)
        seats += ["out"] * len(people.recused) + [""] * (len(came) - sum(came))
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
