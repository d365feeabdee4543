"""Who came, when, and who steps out of one item."""

import datetime

from django.db import transaction
from django.db.models import Max

from boards.audit import record
from boards.models import User
from common.errors import RuleViolation
from deliberations.agendas import MEMBER_KINDS
from deliberations.models import AgendaItem, Attendance, Meeting, Recusal
from deliberations.services.meetings import lock_open, name_of


@transaction.atomic
def mark_attendance(
    attendance: Attendance,
    *,
    status: str,
    by: User,
    arrives_at: datetime.time | None = None,
    leaves_at: datetime.time | None = None,
    note: str = "",
) -> Attendance:
    """Note one person's presence; times belong only to those who came.

    `arrives_at` falls back to the beginning of the meeting. Raises ValidationError
    when leaving is before arriving, RuleViolation `meeting.closed` when frozen.
    """
    meeting = lock_open(attendance.meeting)
    came = status == Attendance.Status.PRESENT
    attendance.status = status
    attendance.arrives_at = (arrives_at or meeting.starts_at) if came else None
    attendance.leaves_at = leaves_at if came else None
    attendance.note = note
    attendance.full_clean()
    attendance.save()
    record(
        "deliberations.attendance_marked",
        meeting,
        by=by,
        says=(
            f"mencatat {attendance.name}"
            f" {attendance.get_status_display().lower()} di {name_of(meeting)}"
        ),
    )
    return attendance


@transaction.atomic
def mark_left(
    attendance: Attendance, *, leaves_at: datetime.time, by: User
) -> Attendance:
    """Note that somebody who is here goes now; how they came stays as it is.

    Raises RuleViolation `attendance.not_here` for somebody who is not in the room.
    """
    if attendance.status != Attendance.Status.PRESENT or attendance.leaves_at:
        raise RuleViolation(
            f"{attendance.name} tidak tercatat di ruang rapat.",
            code="attendance.not_here",
        )
    return mark_attendance(
        attendance,
        status=attendance.status,
        arrives_at=attendance.arrives_at,
        leaves_at=leaves_at,
        note=attendance.note,
        by=by,
    )


@transaction.atomic
def mark_all_present(meeting: Meeting, *, by: User) -> int:
    """Note everybody still expected as present from the beginning; how many."""
    current = lock_open(meeting)
    count = current.attendances.filter(status=Attendance.Status.INVITED).update(
        status=Attendance.Status.PRESENT, arrives_at=current.starts_at
    )
    record(
        "deliberations.attendance_marked",
        current,
        by=by,
        says=f"mencatat {count} orang hadir di {name_of(current)}",
    )
    return count


@transaction.atomic
def add_guest(
    meeting: Meeting,
    *,
    by: User,
    is_entitled: bool = False,
    here: bool = True,
    arrives_at: datetime.time | None = None,
    **facts: str,
) -> Attendance:
    """Put someone who holds no mandate on the list, present unless said otherwise.

    `facts` are the name and, where known, `sex`, `element`, `office`, `rt`, `rw`;
    `arrives_at` falls back to the beginning of the meeting. Raises RuleViolation
    `guest.no_vote` for a vote where the members decide.
    """
    current = lock_open(meeting)
    _check_vote(current, is_entitled=is_entitled)
    last = current.attendances.aggregate(last=Max("position"))["last"] or 0
    guest = Attendance(
        meeting=current,
        is_entitled=is_entitled,
        position=last + 1,
        status=Attendance.Status.PRESENT if here else Attendance.Status.INVITED,
        arrives_at=(arrives_at or current.starts_at) if here else None,
        **facts,
    )
    guest.full_clean()
    guest.save()
    record(
        "deliberations.guest_added",
        current,
        by=by,
        says=f"menambah {guest.name} ke daftar hadir {name_of(current)}",
    )
    return guest


def _check_vote(meeting: Meeting, *, is_entitled: bool) -> None:
    if is_entitled and meeting.kind in MEMBER_KINDS:
        raise RuleViolation(
            "Di rapat ini hanya anggota yang berhak suara. Tambahkan tanpa hak suara.",
            code="guest.no_vote",
        )


@transaction.atomic
def remove_guest(attendance: Attendance, *, by: User) -> None:
    """Take a guest off the list again.

    Raises RuleViolation `guest.is_member` for a member or officer: who is left out
    would not be counted among the entitled.
    """
    current = lock_open(attendance.meeting)
    name = attendance.name
    if attendance.person_id:
        raise RuleViolation(
            f"{name} anggota atau petugas rapat dan tetap di daftar."
            " Tandai Tidak hadir bila tidak datang.",
            code="guest.is_member",
        )
    attendance.delete()
    record(
        "deliberations.guest_removed",
        current,
        by=by,
        says=f"menghapus {name} dari daftar hadir {name_of(current)}",
    )


@transaction.atomic
def set_recusals(item: AgendaItem, *, attendances: list[Attendance], by: User) -> None:
    """Say who has an interest in this item: present there, but not counted."""
    meeting = lock_open(item.meeting)
    kept = {row.pk for row in attendances}
    before = set(item.recusals.values_list("attendance_id", flat=True))
    if kept == before:
        return
    item.recusals.exclude(attendance__in=kept).delete()
    Recusal.objects.bulk_create(
        Recusal(item=item, attendance=row)
        for row in attendances
        if row.pk not in before
    )
    names = ", ".join(row.name for row in attendances) or "tidak ada"
    record(
        "deliberations.recusal_noted",
        meeting,
        by=by,
        says=f"mencatat yang berkepentingan pada butir {item}: {names}",
    )
