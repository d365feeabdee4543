"""What becomes of a follow-up after the minutes are frozen."""

import datetime

from django.db import transaction

from boards.audit import record
from boards.forms import EditConflict
from boards.indexing import put_entries
from boards.models import User
from common.errors import RuleViolation
from deliberations.models import ActionItem
from deliberations.search import action_entry


@transaction.atomic
def move_action(
    action: ActionItem,
    *,
    status: str,
    evidence: str,
    seen_revision: int,
    on: datetime.date,
    by: User,
) -> ActionItem:
    """Set the status of a follow-up; closing it needs words about the evidence.

    Raises EditConflict, or RuleViolation `action.no_evidence`, `action.draft`.
    """
    current = ActionItem.objects.select_for_update().get(pk=action.pk)
    if current.revision != seen_revision:
        raise EditConflict(current)
    if not current.meeting.is_ratified:
        raise RuleViolation(
            "Tindak lanjut berjalan sesudah notulennya disahkan.", code="action.draft"
        )
    closed = status in (ActionItem.Status.DONE, ActionItem.Status.CANCELLED)
    if closed and not evidence.strip():
        raise RuleViolation(
            "Tulis bukti atau alasannya, misalnya nomor berita acara atau foto.",
            code="action.no_evidence",
        )
    current.status, current.evidence = status, evidence
    current.closed_on = on if closed else None
    current.closed_by = by if closed else None
    current.revision += 1
    current.save()
    put_entries([action_entry(current)])
    record(
        "deliberations.action_moved",
        current,
        by=by,
        says=f"menandai “{current}” {current.get_status_display().lower()}",
    )
    return current
