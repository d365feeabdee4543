"""What becomes of a follow-up after the minutes are frozen."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from boards.audit import record
from boards.files import keep_file
from boards.forms import EditConflict
from boards.indexing import put_entries
from boards.models import LetterNumber, User
from boards.uploads import ReadFile
from common.errors import RuleViolation
from deliberations.models import ActionItem, ActionMove
from deliberations.search import action_entry


@dataclass(frozen=True)
class Evidence:
    """What shows that something was done, or why it will not be.

    `file` was looked at and its bytes are on the disk under `digest`; `number` is that
    of a record in force: a decision, minutes, an approved report, a paper.
    """

    note: str = ""
    number: LetterNumber | None = None
    file: ReadFile | None = None
    digest: str = ""


@transaction.atomic
def move_action(
    action: ActionItem,
    *,
    status: str,
    evidence: Evidence,
    seen_revision: int,
    on: datetime.date,
    by: User,
) -> ActionItem:
    """Say where a follow-up stands; one more row in its story.

    "Selesai" needs a file or a numbered record, or words why there is none; "batal" and
    opening again need a reason. Raises EditConflict, or RuleViolation `action.draft`,
    `action.no_evidence`, `action.no_reason`, `action.not_a_decision` or
    `action.nothing`. Source: governance sheet, section 4.6.
    """
    current = ActionItem.objects.select_for_update().get(pk=action.pk)
    if current.revision != seen_revision:
        raise EditConflict(current)
    refuse_draft(current)
    _judge(current, status, evidence)
    closed = status in (ActionItem.Status.DONE, ActionItem.Status.CANCELLED)
    current.status, current.evidence = status, evidence.note
    current.closed_on = on if closed else None
    current.closed_by = by if closed else None
    current.revision += 1
    current.save()
    _write_move(current, evidence, on=on, by=by)
    put_entries([action_entry(current)])
    record(
        "deliberations.action_moved",
        current,
        by=by,
        says=f"menandai “{current}” {current.get_status_display().lower()}"
        + _shown_by(evidence),
    )
    return current


def refuse_draft(action: ActionItem) -> None:
    """Raise RuleViolation `action.draft`, before any upload."""
    if not action.meeting.is_ratified:
        raise RuleViolation(
            "Tindak lanjut berjalan sesudah notulennya disahkan.", code="action.draft"
        )


def _judge(action: ActionItem, status: str, evidence: Evidence) -> None:
    shown = evidence.file or evidence.number
    if status == ActionItem.Status.DONE and not (shown or evidence.note):
        raise RuleViolation(
            "Lampirkan foto atau PDF, tulis nomor suratnya, atau tulis mengapa tidak"
            " ada berkas.",
            code="action.no_evidence",
        )
    if status == ActionItem.Status.CANCELLED:
        _judge_cancelling(evidence)
    elif action.is_closed and status != action.status and not evidence.note:
        raise RuleViolation(
            "Tulis mengapa tindak lanjut ini dibuka lagi.", code="action.no_reason"
        )
    if status == action.status and not (shown or evidence.note):
        raise RuleViolation(
            "Belum ada yang berubah. Pilih keadaan lain, atau tulis keterangan.",
            code="action.nothing",
        )


def _judge_cancelling(evidence: Evidence) -> None:
    """What the meeting wanted is not undone without a word, or another decision."""
    if evidence.number and evidence.number.kind != "KEP":
        raise RuleViolation(
            f"Nomor {evidence.number} bukan nomor keputusan. Tulis nomor keputusan yang"
            " membatalkannya, atau kosongkan.",
            code="action.not_a_decision",
        )
    if not (evidence.note or evidence.number):
        raise RuleViolation(
            "Tulis alasan pembatalan, atau nomor keputusan yang membatalkannya.",
            code="action.no_reason",
        )


def _write_move(
    action: ActionItem, evidence: Evidence, *, on: datetime.date, by: User
) -> ActionMove:
    stored = None
    if evidence.file:
        stored = keep_file(evidence.file, evidence.digest, board=action.board, by=by)
    return ActionMove.objects.create(
        action=action,
        status=action.status,
        note=evidence.note,
        file=stored,
        number=evidence.number,
        moved_on=on,
        moved_by=by,
        moved_name=str(by)[:120],
    )


def _shown_by(evidence: Evidence) -> str:
    """The evidence as the log names it: ", bukti 019/KEP/LKM-SR/XI/2026"."""
    parts = [str(evidence.number)] if evidence.number else []
    parts += ["berkas terlampir"] if evidence.file else []
    return f", bukti {' dan '.join(parts)}" if parts else ""
