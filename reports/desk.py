"""What the home page of a board reads once, and a row of what waits for somebody."""

import datetime
from dataclasses import dataclass

from django.urls import reverse

from activities.models import ActivityReport
from boards.models import Board, User
from boards.roles import Permission
from deliberations.models import ActionItem, Meeting


@dataclass(frozen=True)
class Task:
    """One row of the list, as `components/task_list.html` reads it."""

    title: str
    url: str
    note: str
    kind: str
    word: str


@dataclass(frozen=True)
class Desk:
    """What the home page of a board reads once and shows in several places."""

    board: Board
    user: User
    rights: frozenset[Permission]
    now: datetime.datetime
    meetings: list[Meeting]
    reports: list[ActivityReport]
    actions: list[ActionItem]

    def url(self, name: str, *args) -> str:
        """Address of a page of this board."""
        return reverse(name, args=[self.board.slug, *args])

    @property
    def today(self) -> datetime.date:
        """The board's date."""
        return self.now.date()

    def has_begun(self, meeting: Meeting) -> bool:
        """The hour for which the meeting was called has come."""
        begins = (meeting.held_on, meeting.starts_at)
        return begins <= (self.now.date(), self.now.time())

    def meetings_in(self, state: str) -> list[Meeting]:
        """Unratified meetings in one state."""
        return [row for row in self.meetings if row.state == state]
