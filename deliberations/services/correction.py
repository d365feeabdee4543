"""The correction round: those who were there agree, or ask to mend a part."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from boards.audit import record
from boards.models import User
from boards.parameters import setting_of
from common.errors import RuleViolation
from deliberations.models import (
    AgendaItem,
    Attendance,
    Confirmation,
    Correction,
    Meeting,
)
from deliberations.services.meetings import lock_sent, name_of


def seat_of(meeting: Meeting, user: User) -> Attendance | None:
    """The line of the attendance list of this user, if they came."""
    return meeting.attendances.filter(
        person__user=user, status=Attendance.Status.PRESENT
    ).first()


def confirmations_of(meeting: Meeting) -> QuerySet[Confirmation]:
    """Who agrees with the minutes as they were sent last."""
    rows = meeting.confirmations.filter(round=meeting.round)
    return rows.select_related("attendance", "noted_by")


def confirmations_needed(meeting: Meeting) -> int:
    """How many members must agree before ratification, by the board's rule.

    Never more than came. Once ratified, what was asked then.
    """
    if meeting.confirmations_needed is not None:
        return meeting.confirmations_needed
    rule = setting_of(meeting.board, "confirmations_needed", on=meeting.held_on)
    came = meeting.attendances.filter(
        is_entitled=True, status=Attendance.Status.PRESENT
    ).count()
    return min(rule.value, came)


def without_account(meeting: Meeting) -> QuerySet[Attendance]:
    """Members who came, cannot agree from an account, and did not agree yet."""
    agreed = confirmations_of(meeting).values("attendance")
    rows = meeting.attendances.filter(
        is_entitled=True, status=Attendance.Status.PRESENT, person__user=None
    )
    return rows.exclude(pk__in=agreed)


@dataclass(frozen=True)
class Round:
    """The correction round of minutes, as one reader sees it."""

    needed: int
    confirmations: list[Confirmation]
    corrections: list[Correction]
    unanswered: int
    may_ask: bool
    may_confirm: bool
    is_open: bool

    @property
    def missing(self) -> int:
        """How many members must still agree."""
        return max(0, self.needed - len(self.confirmations))


def round_of(meeting: Meeting, user: User) -> Round:
    """Who agreed, what was asked, and what this reader may do about it."""
    confirmations = list(confirmations_of(meeting))
    corrections = list(meeting.corrections.select_related("item"))
    waiting = [row for row in corrections if row.answered_at is None]
    is_open = meeting.state == Meeting.State.SENT
    seat = seat_of(meeting, user) if is_open else None
    agreed = seat and any(row.attendance_id == seat.pk for row in confirmations)
    own = any(row.asked_by_id == user.pk for row in waiting)
    return Round(
        needed=confirmations_needed(meeting),
        confirmations=confirmations,
        corrections=corrections,
        unanswered=len(waiting),
        may_ask=bool(seat),
        may_confirm=bool(seat and seat.is_entitled and not agreed and not own),
        is_open=is_open,
    )


def with_round(meetings: QuerySet[Meeting], user: User) -> QuerySet[Meeting]:
    """Annotate `unanswered` requests, and `may_agree`: came, and did not yet."""
    own = Attendance.objects.filter(
        meeting=OuterRef("pk"),
        person__user=user,
        is_entitled=True,
        status=Attendance.Status.PRESENT,
    )
    agreed = Confirmation.objects.filter(
        meeting=OuterRef("pk"),
        round=OuterRef("round"),
        attendance__person__user=user,
    )
    waiting = Q(corrections__isnull=False, corrections__answered_at=None)
    return meetings.annotate(
        unanswered=Count("corrections", filter=waiting),
        may_agree=Exists(own) & ~Exists(agreed),
    )


@transaction.atomic
def confirm_minutes(
    meeting: Meeting, *, by: User, at: datetime.datetime
) -> Confirmation:
    """A member who came agrees with the minutes from their own account.

    Audits `deliberations.minutes_confirmed`. Raises RuleViolation `meeting.not_sent`,
    `correction.not_attending`, `correction.not_entitled`, `correction.pending` while an
    own request waits, `correction.confirmed`.
    """
    current = lock_sent(meeting)
    seat = _seat(current, by)
    if not seat.is_entitled:
        raise RuleViolation(
            "Yang menyetujui notulen: anggota yang berhak suara di rapat itu.",
            code="correction.not_entitled",
        )
    if current.corrections.unanswered().filter(asked_by=by).exists():
        raise RuleViolation(
            "Permintaan koreksi Anda belum dijawab. Tunggu jawabannya dulu.",
            code="correction.pending",
        )
    return _confirm(current, seat, by=by, at=at)


@transaction.atomic
def note_confirmation(
    meeting: Meeting,
    attendance: Attendance,
    *,
    told_by: str,
    by: User,
    at: datetime.datetime,
) -> Confirmation:
    """Note that a member without an account agreed, and how they told it.

    Raises RuleViolation `meeting.not_sent`, `correction.not_attending` for somebody
    who did not come or has no vote, `correction.has_account`, `correction.no_way`,
    `correction.confirmed`.
    """
    current = lock_sent(meeting)
    seat = current.attendances.select_related("person").filter(pk=attendance.pk).first()
    came = seat and seat.is_entitled and seat.status == Attendance.Status.PRESENT
    if not came:
        raise RuleViolation(
            "Pilih anggota yang hadir di rapat ini.", code="correction.not_attending"
        )
    if seat.person and seat.person.user_id:
        raise RuleViolation(
            f"{seat.name} punya akun dan menyetujui dari akunnya sendiri.",
            code="correction.has_account",
        )
    if not told_by.strip():
        raise RuleViolation(
            "Tulis bagaimana persetujuannya disampaikan, misalnya tanda tangan di"
            " cetakan.",
            code="correction.no_way",
        )
    return _confirm(current, seat, by=by, at=at, told_by=told_by.strip())


def _confirm(
    meeting: Meeting,
    seat: Attendance,
    *,
    by: User,
    at: datetime.datetime,
    told_by: str = "",
) -> Confirmation:
    if confirmations_of(meeting).filter(attendance=seat).exists():
        raise RuleViolation(
            f"Persetujuan {seat.name} sudah tercatat.", code="correction.confirmed"
        )
    row = Confirmation(
        meeting=meeting,
        attendance=seat,
        round=meeting.round,
        told_by=told_by,
        noted_by=by,
        noted_at=at,
    )
    row.full_clean(exclude=["meeting", "attendance"])
    row.save()
    how = f" (disampaikan lewat {told_by})" if told_by else ""
    record(
        "deliberations.minutes_confirmed",
        meeting,
        by=by,
        says=f"mencatat persetujuan {seat.name}{how} atas notulen {name_of(meeting)}",
    )
    return row


def _seat(meeting: Meeting, by: User) -> Attendance:
    seat = seat_of(meeting, by)
    if seat is None:
        raise RuleViolation(
            "Notulen ini disetujui dan dikoreksi oleh yang tercatat hadir.",
            code="correction.not_attending",
        )
    return seat


@transaction.atomic
def ask_correction(
    meeting: Meeting,
    *,
    item: AgendaItem | None,
    text: str,
    by: User,
    at: datetime.datetime,
) -> Correction:
    """Somebody who came asks to mend a part; their agreement is taken back.

    Raises RuleViolation `meeting.not_sent`, `correction.not_attending`,
    `correction.other_item`, ValidationError for an empty text.
    """
    current = lock_sent(meeting)
    seat = _seat(current, by)
    if item and item.meeting_id != current.pk:
        raise RuleViolation("Pilih butir rapat ini.", code="correction.other_item")
    row = Correction(
        meeting=current,
        item=item,
        round=current.round,
        text=text,
        asked_by=by,
        asked_name=seat.name,
        asked_at=at,
    )
    row.full_clean(exclude=["meeting", "item"])
    row.save()
    confirmations_of(current).filter(attendance=seat).delete()
    where = f"butir {item.position}" if item else "notulen"
    record(
        "deliberations.correction_asked",
        current,
        by=by,
        says=f"meminta koreksi {where} {name_of(current)}",
    )
    return row


@transaction.atomic
def answer_correction(
    correction: Correction,
    *,
    outcome: str,
    answer: str,
    by: User,
    at: datetime.datetime,
) -> Correction:
    """Say what came of a request: mended in the draft, or kept and why.

    Raises RuleViolation `meeting.ratified`, `correction.answered`,
    `correction.own`, `correction.not_mended` while the minutes are not open again,
    `correction.no_reason` when they stay as they are without a reason.
    """
    meeting = Meeting.objects.select_for_update().get(pk=correction.meeting_id)
    current = Correction.objects.select_for_update().get(pk=correction.pk)
    _judge_answer(meeting, current, outcome, answer, by)
    current.outcome, current.answer = outcome, answer.strip()
    current.answered_by, current.answered_at = by, at
    current.save()
    record(
        "deliberations.correction_answered",
        meeting,
        by=by,
        says=(
            f"menjawab permintaan koreksi {current.asked_name} pada"
            f" {name_of(meeting)}: {current.get_outcome_display().lower()}"
        ),
    )
    return current


def _judge_answer(
    meeting: Meeting, current: Correction, outcome: str, answer: str, by: User
) -> None:
    """Raise RuleViolation when a request cannot be answered like this."""
    if meeting.is_ratified:
        raise RuleViolation("Notulen ini sudah disahkan.", code="meeting.ratified")
    if current.answered_at:
        raise RuleViolation("Permintaan ini sudah dijawab.", code="correction.answered")
    if current.asked_by_id == by.pk:
        raise RuleViolation(
            "Permintaan Anda sendiri dijawab orang lain.", code="correction.own"
        )
    mended = outcome == Correction.Outcome.MENDED
    if mended and not meeting.is_open:
        raise RuleViolation(
            "Tarik notulen dan perbaiki dulu, baru jawab “Diperbaiki”.",
            code="correction.not_mended",
        )
    if not mended and not answer.strip():
        raise RuleViolation(
            "Tulis mengapa notulen tidak diubah.", code="correction.no_reason"
        )


@transaction.atomic
def recall_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """Take sent minutes back to mend what was asked.

    Raises RuleViolation `meeting.not_sent`, `correction.none` when nobody asked.
    """
    current = lock_sent(meeting)
    waiting = current.corrections.unanswered().count()
    if not waiting:
        raise RuleViolation(
            "Tidak ada permintaan koreksi. Minta koordinator mengembalikannya bila"
            " perlu diubah.",
            code="correction.none",
        )
    current.state = Meeting.State.DRAFT
    current.sent_at = current.sent_by = None
    current.returned_note = f"{waiting} permintaan koreksi dari yang hadir."
    current.revision += 1
    current.save()
    record(
        "deliberations.meeting_recalled",
        current,
        by=by,
        says=f"menarik notulen {name_of(current)} untuk diperbaiki",
    )
    return current
