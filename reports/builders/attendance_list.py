"""Daftar hadir: blank for signing before the meeting, filled after it."""

import datetime
from dataclasses import dataclass

from boards.models import Board
from common.words import no_break, with_stop
from deliberations.models import Attendance, Meeting
from deliberations.overview import element_counts
from reports.builders.gathering import (
    Gathering,
    day_of,
    kind_and_day,
    sexes,
    title_and_day,
)
from reports.builders.letters import (
    NOBODY,
    Paper,
    figure_words,
    home_of,
    hours,
    letterhead_of,
)
from reports.frame import Signer

# Lines of 7 mm that leave room for totals and signatures on the same page.
ROWS_A_PAGE = {Board.PaperSize.F4: 20, Board.PaperSize.A4: 16}
SPARE_ROWS = 3
TO_WRITE = "................................"


@dataclass(frozen=True)
class Row:
    """One person, or an empty line with its number."""

    number: int
    name: str = ""
    sex: str = ""
    area: str = ""
    office: str = ""

    @property
    def staggered(self) -> bool:
        """Even numbers stand in the middle of the signature column."""
        return self.number % 2 == 0


@dataclass(frozen=True, kw_only=True)
class AttendanceList(Paper):
    """One sheet; `totals` is empty on the blank one."""

    event: str
    day: str
    time: str
    venue: str
    blank: bool
    rows: tuple[Row, ...]
    totals: str
    by_element: str
    closing: str
    signers: tuple[Signer, Signer]


def build(meeting: Meeting, *, number: str, on: datetime.date) -> AttendanceList:
    """Read who came to a meeting, with times and totals by sex."""
    room = Gathering(meeting)
    came = room.room.present_members + room.room.present_guests
    return AttendanceList(
        **_head(meeting, number=number, on=meeting.held_on),
        time=hours(
            meeting.board, meeting.starts_at, meeting.ends_at, end_word="selesai"
        ),
        blank=False,
        rows=tuple(_filled(at, row) for at, row in enumerate(came, start=1)),
        totals=_totals(came),
        by_element=_by_element(came),
        closing=_closing(room),
        signers=room.signers(),
    )


def build_blank(meeting: Meeting, *, number: str, on: datetime.date) -> AttendanceList:
    """The sheet for pens: everybody on the list by name, then empty lines."""
    room = Gathering(meeting)
    page = ROWS_A_PAGE[Board.PaperSize(meeting.board.paper_size)]
    named = [
        Row(at, no_break(row.name), row.sex, _area(row), row.role)
        for at, row in enumerate(room.room.attendances, start=1)
    ]
    whole = -(-(len(named) + SPARE_ROWS) // page) * page
    empty = [Row(at) for at in range(len(named) + 1, whole + 1)]
    return AttendanceList(
        **_head(meeting, number=number, on=on),
        time=hours(meeting.board, meeting.starts_at, None, end_word="selesai"),
        blank=True,
        rows=tuple(named + empty),
        totals="",
        by_element="",
        closing="",
        signers=tuple(_to_write(signer) for signer in room.signers()),
    )


def _head(meeting: Meeting, *, number: str, on: datetime.date) -> dict:
    board = meeting.board
    return {
        "letterhead": letterhead_of(board),
        "title": f"Daftar hadir {title_and_day(meeting)}",
        "public_title": f"Daftar hadir {kind_and_day(meeting)}",
        "place": home_of(board),
        "dated_on": on,
        "number": number,
        "event": f"{meeting.title} {board}",
        "day": day_of(meeting),
        "venue": no_break(meeting.place),
    }


def _filled(at: int, row: Attendance) -> Row:
    return Row(at, no_break(row.name), row.sex or "–", _area(row), row.role or "–")


def _area(row: Attendance) -> str:
    parts = [row.rt, row.rw] if row.rt and row.rw else []
    return "/".join(parts) or "–"


def _totals(came: list[Attendance]) -> str:
    men, women = sexes(came)
    unknown = len(came) - men - women
    other = f", tidak tercatat {unknown} orang" if unknown else ""
    return no_break(
        f"Jumlah hadir: laki-laki {men} orang, perempuan {women} orang{other},"
        f" seluruhnya {len(came)} orang"
    )


def _by_element(came: list[Attendance]) -> str:
    """ "Menurut unsur: Anggota 9 (L 6, P 3); PKK 2 (L 0, P 2)"; "" with one element."""
    counts = element_counts(came)[:-1]
    said = [
        f"{line.element} {line.total} (L {line.men}, P {line.women})" for line in counts
    ]
    return no_break(f"Menurut unsur: {'; '.join(said)}") if len(said) > 1 else ""


def _closing(room: Gathering) -> str:
    here, entitled = len(room.room.present_members), len(room.room.entitled)
    return no_break(
        f"Hadir {figure_words(here)} dari {figure_words(entitled)}"
        f" {room.room.rule.entitled_word}; {_quorum(room)}. {_times(room)}"
        f" Berhalangan: {with_stop(room.absences())}"
    )


def _quorum(room: Gathering) -> str:
    """By item, as the minutes say it."""
    if not room.items:
        return "kuorum belum diperiksa"
    missed = ", ".join(room.without_quorum())
    if missed:
        return f"kuorum tidak tercapai pada butir {missed}"
    return "kuorum tercapai pada semua pokok bahasan"


def _times(room: Gathering) -> str:
    """Who came late or left early; the others stayed from beginning to end."""
    meeting, said = room.meeting, []
    for row in room.room.attendances:
        parts = []
        if row.arrives_at and row.arrives_at > meeting.starts_at:
            parts.append(f"datang {room.clock(row.arrives_at)}")
        if row.leaves_at and row.leaves_at != meeting.ends_at:
            parts.append(f"pulang {room.clock(row.leaves_at)}")
        if parts:
            said.append(f"{row.name} {' dan '.join(parts)}")
    if not said:
        return "Semua hadir dari awal sampai akhir rapat."
    return with_stop(f"Datang terlambat atau pulang lebih awal: {'; '.join(said)}")


def _to_write(signer: Signer) -> Signer:
    """Before the meeting the date is known, but maybe not yet who leads it."""
    name = TO_WRITE if signer.name == NOBODY else signer.name
    return Signer(signer.role, name, signer.above, signer.below)
