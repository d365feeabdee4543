"""Attendance of one meeting read as quorum: of each item, and of the room now."""

import datetime
from dataclasses import dataclass

from boards.parameters import setting_of
from deliberations.agendas import MEMBER_KINDS
from deliberations.models import AgendaItem, Attendance, Meeting
from deliberations.quorum import Presence, Quorum, QuorumRule, is_here, quorum_of


@dataclass(frozen=True)
class Rule:
    """The board's quorum rule for one meeting, with its article."""

    rule: QuorumRule
    article: str
    is_default: bool
    entitled_word: str


def quorum_rule(meeting: Meeting) -> Rule:
    """The rule that held on the day of the meeting, by who decides in this kind."""
    members_decide = meeting.kind in MEMBER_KINDS
    name = "quorum_members" if members_decide else "quorum_residents"
    setting = setting_of(meeting.board, name, on=meeting.held_on)
    return Rule(
        QuorumRule(**setting.value),
        setting.article,
        setting.is_default,
        "anggota" if members_decide else "undangan yang berhak",
    )


class Room:
    """The people of one meeting, read once, counted for any item."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.rule = quorum_rule(meeting)
        self.attendances = list(meeting.attendances.all())
        self.entitled = [row for row in self.attendances if row.is_entitled]
        self.items = list(meeting.items.prefetch_related("recusals"))

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
        recused = (
            {recusal.attendance_id for recusal in item.recusals.all()}
            if item
            else set()
        )
        return quorum_of(
            self._presences(recused),
            rule=self.rule.rule,
            moment=moment_of(item) if item else None,
        )

    def seats(self, item: AgendaItem) -> list[str]:
        """Seats for the picture: counted, late, recused, empty; the bar in between."""
        recused = {recusal.attendance_id for recusal in item.recusals.all()}
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
