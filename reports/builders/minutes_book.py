"""Buku notulen: the ratified minutes of a year behind a list of them.

Source: governance sheet, sections 4.4 and 4.6 (minutes are kept for good).
"""

import datetime
from dataclasses import dataclass, replace

from common.periods import Period
from common.words import format_date, format_date_short, no_break
from deliberations.models import Meeting
from reports.builders import minutes
from reports.builders.letters import (
    Paper,
    coordinator_signs,
    figure_words,
    home_of,
    letterhead_of,
)
from reports.builders.minutes import Minutes
from reports.frame import Signer
from reports.models import MinutesBook

NONE = "–"


@dataclass(frozen=True)
class Entry:
    """One line of the list, in the order in which the minutes follow."""

    place: int
    letter: str
    day: str
    title: str
    came: str
    decisions: int


@dataclass(frozen=True, kw_only=True)
class Volume(Paper):
    """The book of one year; a piece of it is the list, or one meeting (`part`)."""

    year: int
    dated: str
    entries: tuple[Entry, ...]
    parts: tuple[Minutes, ...]
    closing: str
    signer: Signer
    part: Minutes | None = None

    @property
    def signers(self) -> tuple[Signer, ...]:
        """Of the list the koordinator; of minutes those who signed them."""
        if self.part:
            return self.part.signers
        place = f"{self.place}, {self.dated}"
        return Signer(), replace(self.signer, above=place)

    @property
    def pieces(self) -> list["Volume"]:
        """The list first, then every meeting on pages of its own."""
        bare = replace(self, entries=(), parts=())
        front = replace(self, parts=())
        return [front, *(replace(bare, part=part) for part in self.parts)]


def minutes_of(book: MinutesBook) -> list[Meeting]:
    """The ratified meetings of the year, in the order of their days."""
    held = Meeting.objects.ratified().held_in(Period.year(book.year))
    rows = held.filter(board=book.board).select_related("chair", "note_taker")
    meetings = list(rows.order_by("held_on", "pk"))
    for meeting in meetings:
        meeting.board = book.board
    return meetings


def build(book: MinutesBook, *, number: str, on: datetime.date) -> Volume:
    """Read the book of a year as it stands on the day `on`.

    Raises RuleViolation `paper.no_coordinator`.
    """
    board, meetings = book.board, minutes_of(book)
    parts = tuple(
        minutes.build(meeting, number=meeting.minutes_number_text, on=meeting.held_on)
        for meeting in meetings
    )
    return Volume(
        letterhead=letterhead_of(board),
        title=str(book),
        public_title=str(book),
        place=home_of(board),
        dated_on=on,
        number=number,
        year=book.year,
        dated=format_date(on, unbroken=True),
        entries=tuple(_entry(at, each) for at, each in enumerate(meetings, start=1)),
        parts=parts,
        closing=no_break(
            f"Buku notulen tahun {book.year} memuat {figure_words(len(meetings))}"
            " notulen yang sudah disahkan, masing-masing mulai di halaman baru. Yang"
            " asli adalah notulen dengan nomornya sendiri."
        ),
        signer=coordinator_signs(board, on),
    )


def _entry(place: int, meeting: Meeting) -> Entry:
    return Entry(
        place=place,
        letter=meeting.minutes_number_text or NONE,
        day=format_date_short(meeting.held_on),
        title=no_break(meeting.title),
        came=f"{meeting.present} dari {meeting.entitled}",
        decisions=meeting.decision_count,
    )
