"""Notulen: what was said about each item, what was decided, who does what by when."""

import datetime
from dataclasses import dataclass
from itertools import chain

from boards.models import Board
from common.words import format_date, format_date_short, no_break, with_stop
from deliberations.follow_ups import promises_before
from deliberations.models import ActionItem, AgendaItem, Decision, Meeting
from deliberations.services.ratification import follow_ups
from reports.builders.gathering import (
    Gathering,
    day_of,
    kind_and_day,
    listed,
    method_words,
    reasons_of,
    sexes,
    title_and_day,
)
from reports.builders.letters import (
    Paper,
    home_of,
    hours,
    letterhead_of,
    rupiah_words,
)
from reports.frame import Signer


@dataclass(frozen=True)
class Spoken:
    """What one person said."""

    speaker: str
    text: str


@dataclass(frozen=True)
class Decided:
    """One decision in its box."""

    title: str
    clauses: tuple[str, ...]
    method: str
    carried: bool
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One item of the agenda with all that belongs to it."""

    heading: str
    line: str
    people: str
    paragraphs: tuple[str, ...]
    talk: tuple[Spoken, ...]
    decided: tuple[Decided, ...]
    outcome: str


@dataclass(frozen=True)
class Promise:
    """An action: what, who, by when, and how it stood on the day of the meeting."""

    number: int
    text: str
    owner: str
    due: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Minutes(Paper):
    """The whole minutes of one meeting."""

    event: str
    facts: tuple[tuple[str, str], ...]
    earlier: tuple[Promise, ...]
    items: tuple[Item, ...]
    actions: tuple[Promise, ...]
    closing: str
    signers: tuple[Signer, Signer]


def build(meeting: Meeting, *, number: str, on: datetime.date) -> Minutes:
    """Read the minutes of a meeting; the paper bears the day of the meeting.

    Source: governance sheet, section 4.4 (notulen).
    """
    room, board = Gathering(meeting), meeting.board
    actions = list(chain.from_iterable(_actions(room, item) for item in room.items))
    return Minutes(
        letterhead=letterhead_of(board),
        title=f"Notulen {title_and_day(meeting)}",
        public_title=f"Notulen {kind_and_day(meeting)}",
        place=home_of(board),
        dated_on=meeting.held_on,
        number=number,
        event=meeting.title,
        facts=_facts(room),
        earlier=_earlier(meeting),
        items=tuple(_item(room, item) for item in room.items),
        actions=tuple(
            _promise(at, action, state="Belum dikerjakan")
            for at, action in enumerate(actions, start=1)
        ),
        closing=_closing(room),
        signers=room.signers(),
    )


def _facts(room: Gathering) -> tuple[tuple[str, str], ...]:
    meeting, board = room.meeting, room.board
    here, guests = room.room.present_members, room.room.present_guests
    men, women = sexes(here)
    letter = room.invitation
    return (
        ("Hari, tanggal", day_of(meeting)),
        (
            "Waktu",
            "Pukul "
            + hours(board, meeting.starts_at, meeting.ends_at, end_word="selesai"),
        ),
        ("Tempat", no_break(meeting.place)),
        ("Undangan", _letter(letter.number_text, letter.dated_on) if letter else "–"),
        (room.words["Dipimpin oleh"], room.chair.called),
        ("Notulis", room.note_taker.called),
        (
            room.words["Hadir"],
            no_break(
                f"{len(here)} dari {len(room.room.entitled)}"
                f" {room.room.rule.entitled_word} ({men} laki-laki, {women} perempuan);"
                f" {len(guests)} undangan"
            ),
        ),
        ("Berhalangan", room.absences()),
        ("Kuorum", _quorum(room)),
        *_calls(room),
    )


def _calls(room: Gathering) -> list[tuple[str, str]]:
    """A second call and a postponement, where there was one."""
    said = (
        ("Panggilan kedua", room.second_call()),
        ("Penundaan", room.postponement()),
    )
    return [(label, no_break(words)) for label, words in said if words]


def _letter(number: str, on: datetime.date) -> str:
    return f"Nomor {number} tanggal {format_date(on, unbroken=True)}"


def _quorum(room: Gathering) -> str:
    rule = f"paling sedikit {room.required()} orang {room.source_words()}"
    if not room.items:
        return no_break(f"Belum diperiksa ({rule})")
    missed = ", ".join(room.without_quorum())
    if not missed:
        return no_break(f"Tercapai pada semua pokok bahasan ({rule})")
    return no_break(f"Tidak tercapai pada pokok bahasan {missed} ({rule})")


def _earlier(meeting: Meeting) -> tuple[Promise, ...]:
    """Promises of earlier meetings as they stood on the day of this one."""
    return tuple(
        _promise(at, action, state=_state(action, meeting.held_on))
        for at, action in enumerate(promises_before(meeting), start=1)
    )


def _state(action: ActionItem, on: datetime.date) -> str:
    if action.stood == ActionItem.Status.DONE:
        return f"Selesai {format_date_short(action.stood_on)}"
    late = action.due_on and action.due_on < on
    return "Belum selesai, lewat tenggat" if late else "Belum selesai"


def _actions(room: Gathering, item: AgendaItem) -> list[ActionItem]:
    """What was promised under an item; before ratification also what it will make."""
    noted = list(item.actions.all())
    if room.meeting.is_ratified:
        return noted
    return noted + follow_ups(room.meeting, item.decisions.all())


def _promise(at: int, action: ActionItem, *, state: str) -> Promise:
    due = format_date_short(action.due_on) if action.due_on else "–"
    owner = no_break(action.owner_name)
    return Promise(at, no_break(action.text), owner, due, state)


def _item(room: Gathering, item: AgendaItem) -> Item:
    points = list(item.points.all())
    return Item(
        heading=no_break(f"{item.position}. {item.title}"),
        line=_line(room, item),
        people=room.people_words(item),
        paragraphs=tuple(
            no_break(line)
            for point in points
            if not point.speaker
            for line in point.text.splitlines()
            if line.strip()
        ),
        talk=tuple(
            Spoken(no_break(point.speaker), no_break(point.text))
            for point in points
            if point.speaker
        ),
        decided=tuple(_decided(decision) for decision in item.decisions.all()),
        outcome=_outcome(item),
    )


def _line(room: Gathering, item: AgendaItem) -> str:
    """When it was opened, who was counted, who stepped out."""
    counted, entitled, _, held = room.count(item)
    opened = f"Dibuka pukul {room.clock(item.starts_at)}" if item.starts_at else ""
    reached = "tercapai" if held else "tidak tercapai"
    quorum = f"{room.words['Hadir']} {counted} dari {entitled}; kuorum {reached}"
    out = ", ".join(recusal.attendance.name for recusal in item.recusals.all())
    recused = f"Berkepentingan, tidak dihitung: {out}" if out else ""
    return no_break(" · ".join(part for part in (opened, quorum, recused) if part))


def _outcome(item: AgendaItem) -> str:
    if item.decisions.all():
        return ""
    if item.state == AgendaItem.State.DEFERRED:
        return "Ditunda ke rapat berikutnya."
    return "Keputusan: tidak ada."


def _decided(decision: Decision) -> Decided:
    facts = []
    if decision.amount is not None:
        facts.append(f"Jumlah uang: {rupiah_words(decision.amount)}.")
    if decision.in_charge_name:
        facts.append(with_stop(f"Penanggung jawab: {decision.in_charge_name}"))
    if decision.due_on:
        facts.append(f"Paling lambat: {format_date(decision.due_on, unbroken=True)}.")
    facts += [with_stop(f"{label}: {words}") for label, words in decision.facts]
    lines = [" ".join(facts)] if facts else []
    lines += _of_vote(decision)
    lines += [
        f"Keberatan {listed(names)}: {reason}."
        for reason, names in reasons_of(decision).items()
    ]
    return Decided(
        title=no_break(decision.title),
        clauses=tuple(no_break(clause) for clause in decision.clauses),
        method=method_words(decision),
        carried=decision.is_carried,
        notes=tuple(no_break(line) for line in lines),
    )


def _of_vote(decision: Decision) -> list[str]:
    """Why there was a vote, and in an open one whose voices were not in favour."""
    said = (
        ("Mufakat tidak tercapai", decision.failed_consensus),
        ("Tidak setuju", listed(_names(decision.against_names))),
        ("Abstain", listed(_names(decision.abstain_names))),
    )
    return [with_stop(f"{label}: {words}") for label, words in said if words]


def _names(typed: str) -> list[str]:
    return [name.strip() for name in typed.split(";") if name.strip()]


def _closing(room: Gathering) -> str:
    meeting, board = room.meeting, room.board
    sentences = []
    if meeting.ends_at:
        zone = Board.TimeZone(board.time_zone).label
        closed = room.words["Rapat ditutup"]
        sentences.append(f"{closed} pukul {room.clock(meeting.ends_at)} {zone}.")
    if meeting.is_ratified:
        day = format_date(board.local(meeting.ratified_at).date(), unbroken=True)
        post = f", {meeting.ratified_post}," if meeting.ratified_post else ""
        alone = " yang juga menulisnya, karena pengurus kurang,"
        maker = alone if meeting.one_person_office else ""
        sentences.append(
            f"Notulen ini disahkan oleh {meeting.ratified_name}{post}{maker}"
            f" pada {day}."
        )
    annexes = "undangan dan daftar hadir" if room.invitation else "daftar hadir"
    sentences.append(f"Lampiran: {annexes}.")
    return no_break(" ".join(sentences))
