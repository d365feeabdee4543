"""What to do when a meeting opens without a quorum: a second call, or another day."""

import datetime

from django.db import transaction
from django.db.models import F

from boards.audit import record
from boards.models import User
from common.errors import RuleViolation
from common.words import format_date
from deliberations.calls import opens_without_quorum, second_call_fault
from deliberations.models import AgendaItem, Meeting
from deliberations.presence import Room
from deliberations.services.copying import copy_meeting
from deliberations.services.meetings import (
    lock_open,
    lock_running,
    name_of,
    note_writer,
)


@transaction.atomic
def call_second(meeting: Meeting, *, at: datetime.time, by: User) -> Meeting:
    """Open the meeting again at `at`: from then the quorum of the second call holds.

    Raises RuleViolation `meeting.closed`, `meeting.postponed`, `meeting.quorum_held`
    when there is no need, `meeting.second_call` when the board's rules forbid it.
    Source: governance sheet, section 4.3 (S44b).
    """
    current = lock_running(meeting)
    _refuse_quorum(current)
    if fault := second_call_fault(Room(current), at):
        raise RuleViolation(fault, code="meeting.second_call")
    current.second_call_at = at
    _save(current, "second_call_at")
    return _noted(current, by, "second_call", f"membuka panggilan kedua {at:%H.%M} di")


@transaction.atomic
def undo_second_call(meeting: Meeting, *, by: User) -> Meeting:
    """Take a second call back: the rule of the first holds again for every item."""
    current = lock_open(meeting)
    current.second_call_at = None
    _save(current, "second_call_at")
    return _noted(current, by, "second_call_undone", "membatalkan panggilan kedua di")


@transaction.atomic
def postpone_meeting(
    meeting: Meeting,
    *,
    at: datetime.time,
    held_on: datetime.date,
    starts_at: datetime.time,
    place: str,
    by: User,
) -> Meeting:
    """Close a meeting without quorum at `at`; its successor on `held_on` is a draft.

    Every item is put off and continued there. What is left of this one goes the usual
    way: checked, sent, ratified, as the record that it failed. Raises RuleViolation
    `meeting.closed`, `meeting.postponed`, `meeting.quorum_held`, `meeting.too_early`
    or `meeting.backwards`, ValidationError from the successor's facts.
    """
    current = lock_running(meeting)
    _refuse_quorum(current)
    _check_order(current, at, held_on, starts_at)
    current.items.update(state=AgendaItem.State.DEFERRED, revision=F("revision") + 1)
    current.postponed_at = current.ends_at = at
    current.postponed_until = held_on
    _save(current, "postponed_at", "ends_at", "postponed_until")
    successor = copy_meeting(
        current,
        kind=current.kind,
        title=current.title,
        held_on=held_on,
        starts_at=starts_at,
        place=place,
        purpose=current.purpose,
        chair=current.chair,
        note_taker=current.note_taker,
        by=by,
    )
    successor.resumes = current
    successor.save(update_fields=["resumes"])
    _noted(current, by, "meeting_postponed", f"menunda ke {format_date(held_on)}")
    return successor


@transaction.atomic
def undo_postponement(meeting: Meeting, *, by: User) -> Meeting:
    """The meeting is held after all: its items are open again.

    Raises RuleViolation `meeting.in_use` while its successor is there.
    """
    current = lock_open(meeting)
    if next_one := Meeting.objects.filter(resumes=current).first():
        raise RuleViolation(
            f"Rapat lanjutannya sudah disiapkan untuk {format_date(next_one.held_on)}."
            " Hapus dulu draf itu.",
            code="meeting.in_use",
        )
    current.items.filter(state=AgendaItem.State.DEFERRED).update(
        state=AgendaItem.State.OPEN, revision=F("revision") + 1
    )
    current.postponed_at = current.postponed_until = current.ends_at = None
    _save(current, "postponed_at", "postponed_until", "ends_at")
    return _noted(current, by, "postponement_undone", "membatalkan penundaan")


def _refuse_quorum(meeting: Meeting) -> None:
    if not opens_without_quorum(Room(meeting)):
        raise RuleViolation(
            "Kuorum sudah tercapai, kehadiran belum dicatat, atau sudah ada butir yang"
            " dibahas. Lanjutkan rapat seperti biasa.",
            code="meeting.quorum_held",
        )


def _check_order(
    meeting: Meeting,
    at: datetime.time,
    held_on: datetime.date,
    starts_at: datetime.time,
) -> None:
    if at <= meeting.starts_at:
        raise RuleViolation(
            f"Rapat ditunda sesudah mulai pukul {meeting.starts_at:%H.%M}."
            " Periksa jamnya.",
            code="meeting.too_early",
        )
    if (held_on, starts_at) <= (meeting.held_on, at):
        raise RuleViolation(
            f"Rapat lanjutan harus sesudah {format_date(meeting.held_on)} pukul"
            f" {at:%H.%M}. Pilih hari atau jam lain.",
            code="meeting.backwards",
        )


def _save(meeting: Meeting, *names: str) -> None:
    meeting.revision += 1
    meeting.save(update_fields=[*names, "revision"])


def _noted(meeting: Meeting, by: User, act: str, says: str) -> Meeting:
    note_writer(meeting, by)
    record(f"deliberations.{act}", meeting, by=by, says=f"{says} {name_of(meeting)}")
    return meeting
