"""A meeting that opens without a quorum: what the board's rules then allow."""

import datetime
from dataclasses import dataclass

from boards.parameters import setting_of
from deliberations.models import AgendaItem, Attendance, Meeting
from deliberations.presence import Room, Rule, moment_of, second_rule
from deliberations.quorum import earliest_second_call


@dataclass(frozen=True)
class SecondCall:
    """What holds for a second call: its rule, and how long the room waits for it."""

    rule: Rule | None
    minutes: int
    not_before: datetime.time | None


def second_call_of(room: Room) -> SecondCall:
    """The board's rules of a second call on the day of the meeting."""
    meeting = room.meeting
    wait = setting_of(meeting.board, "postpone_minutes", on=meeting.held_on)
    return SecondCall(
        rule=second_rule(meeting),
        minutes=wait.value,
        not_before=earliest_second_call(meeting.starts_at, wait.value),
    )


def opens_without_quorum(room: Room) -> bool:
    """The list was taken, nothing is discussed yet, and too few are here."""
    meeting = room.meeting
    taken = any(row.status != Attendance.Status.INVITED for row in room.entitled)
    # A circular has no hour at which it opens.
    if meeting.kind == Meeting.Kind.SIRKULER or meeting.is_postponed:
        return False
    if not (meeting.is_open and taken):
        return False
    begun = any(item.state == AgendaItem.State.DISCUSSED for item in room.items)
    return not begun and not room.quorum().held


def second_call_fault(room: Room, at: datetime.time) -> str:
    """Why there can be no second call at `at`, with the remedy; "" when there can."""
    call, start = second_call_of(room), room.meeting.starts_at
    if call.rule is None:
        return "Aturan LKM tidak membolehkan panggilan kedua. Tunda rapat ke hari lain."
    if call.not_before is None or at < call.not_before:
        return (
            f"Panggilan kedua paling cepat {call.minutes} menit sesudah rapat mulai"
            f" pukul {start:%H.%M}. Ubah jamnya, atau tunda rapat."
        )
    if room.first_quorum(at).held:
        return (
            f"Pukul {at:%H.%M} kuorum sudah tercapai, jadi panggilan kedua tidak perlu."
            " Periksa jam kehadiran, atau batalkan panggilan kedua."
        )
    if _opened_before(room, at):
        return (
            f"Sebelum pukul {at:%H.%M} sudah ada butir yang dibahas. Panggilan kedua"
            " hanya sebelum rapat dibuka."
        )
    return ""


def _opened_before(room: Room, at: datetime.time) -> bool:
    discussed = [i for i in room.items if i.state == AgendaItem.State.DISCUSSED]
    moments = [item.starts_at or moment_of(item) for item in discussed]
    return any(moment is not None and moment < at for moment in moments)


def postponement_fault(room: Room) -> str:
    """Why minutes of a meeting that was put off do not fit its list; "" if they do."""
    meeting = room.meeting
    if meeting.postponed_at and room.quorum_at(meeting.postponed_at).held:
        return (
            f"Menurut daftar hadir, kuorum tercapai pukul {meeting.postponed_at:%H.%M}."
            " Periksa kehadiran, atau batalkan penundaan."
        )
    return ""
