"""Surat undangan: who is called to which meeting, and what is on its agenda."""

import datetime
from dataclasses import dataclass

from common.text import lines_of
from common.words import format_date, no_break
from deliberations.agendas import MEMBER_KINDS
from deliberations.models import AgendaItem, Meeting
from reports.builders.gathering import Gathering, day_of, kind_and_day, title_and_day
from reports.builders.letters import (
    Paper,
    coordinator_signs,
    home_of,
    hours,
    inside_a_sentence,
    letterhead_of,
)
from reports.frame import Signer

_GREETING, _FAREWELL = "assalamu", "Wassalamu’alaikum warahmatullahi wabarakatuh."


@dataclass(frozen=True)
class Invitee:
    """One line of the list of the invited."""

    number: int
    name: str
    office: str


@dataclass(frozen=True, kw_only=True)
class Invitation(Paper):
    """A letter to all who are on the list of the meeting."""

    dated: str
    annex: str
    regarding: str
    addressee: str
    greeting: str
    opening: str
    day: str
    time: str
    venue: str
    purpose: str
    agenda: tuple[str, ...]
    absence: str
    farewell: str
    signer: Signer
    copies: tuple[str, ...]
    invitees: tuple[Invitee, ...]


def build(meeting: Meeting, *, number: str, on: datetime.date) -> Invitation:
    """Read the invitation to `meeting` as sent on `on`.

    Raises RuleViolation `paper.no_coordinator`. Source: governance sheet, section 4.4
    (surat undangan).
    """
    board, room = meeting.board, Gathering(meeting)
    name = inside_a_sentence(meeting.title)
    invitees = tuple(
        Invitee(at, no_break(row.name), row.role or "–")
        for at, row in enumerate(room.room.attendances, start=1)
    )
    return Invitation(
        letterhead=letterhead_of(board),
        title=f"Undangan {title_and_day(meeting)}",
        public_title=f"Undangan {kind_and_day(meeting)}",
        place=home_of(board),
        dated_on=on,
        number=number,
        dated=f"{home_of(board)}, {format_date(on, unbroken=True)}",
        annex="1 (satu) berkas" if invitees else "tidak ada",
        regarding=f"Undangan {name}",
        addressee=_addressee(meeting),
        greeting=board.greeting,
        opening=(
            "Bersama ini kami mengundang Bapak/Ibu untuk hadir dalam"
            f" {name} {board} yang akan diselenggarakan pada:"
        ),
        day=day_of(meeting),
        time=hours(board, meeting.starts_at, None, end_word="selesai"),
        venue=no_break(meeting.place),
        purpose=no_break(meeting.purpose),
        agenda=tuple(_agenda_line(item) for item in room.items),
        absence=_absence(meeting, on),
        farewell=_FAREWELL if board.greeting.lower().startswith(_GREETING) else "",
        signer=coordinator_signs(board, on),
        copies=_copies(meeting),
        invitees=invitees,
    )


def _agenda_line(item: AgendaItem) -> str:
    """What is discussed; a promise of an earlier meeting with its owner and day."""
    action = item.action
    if action is None:
        return no_break(item.title)
    due = f", paling lambat {format_date(action.due_on)}" if action.due_on else ""
    return no_break(f"{item.title} (tindak lanjut {action.owner_name}{due})")


def _copies(meeting: Meeting) -> tuple[str, ...]:
    """Who gets a copy; the archive is always the last."""
    board = meeting.board
    named = [line for line in lines_of(meeting.copies) if line.casefold() != "arsip"]
    return (*(named or [f"{board.head_title} {home_of(board)}"]), "Arsip")


def _addressee(meeting: Meeting) -> str:
    if meeting.kind in MEMBER_KINDS:
        return f"Bapak/Ibu anggota {meeting.board} dan undangan"
    return f"Bapak/Ibu peserta {inside_a_sentence(meeting.title)}"


def _absence(meeting: Meeting, on: datetime.date) -> str:
    eve = meeting.held_on - datetime.timedelta(days=1)
    until = (
        f"paling lambat {format_date(eve, unbroken=True)}"
        if eve > on
        else "sebelum rapat dimulai"
    )
    phone = f" (telepon {meeting.board.phone})" if meeting.board.phone else ""
    return (
        "Mengingat pentingnya acara tersebut, kami mengharapkan kehadiran Bapak/Ibu"
        f" tepat waktu. Bila berhalangan, Bapak/Ibu memberi tahu Sekretaris{phone}"
        f" {until}."
    )
