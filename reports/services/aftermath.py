"""What becomes of a paper that went out: cancelled."""

import datetime

from django.db import transaction
from django.utils import timezone

from boards.audit import record
from boards.models import User
from boards.numbers import cancel_number
from common.errors import RuleViolation
from reports.models import IssuedReport, PublishedPaper


@transaction.atomic
def cancel_report(
    report: IssuedReport, *, reason: str, on: datetime.date, by: User
) -> IssuedReport:
    """Cancel a paper: number and file stay, the verify page says so.

    A number that this paper alone bears is cancelled with it. Raises RuleViolation
    `paper.not_in_force` and `paper.reason_missing`.
    """
    report = lock_in_force(report, "Surat ini sudah tidak berlaku.")
    if not reason.strip():
        raise RuleViolation("Tulis alasan pembatalan.", code="paper.reason_missing")
    report.state = IssuedReport.State.CANCELLED
    report.cancelled_at, report.cancelled_by = timezone.now(), by
    report.cancel_reason = reason.strip()
    report.save(
        update_fields=["state", "cancelled_at", "cancelled_by", "cancel_reason"]
    )
    if report.number and not _shares_number(report):
        cancel_number(report.number, on=on)
    PublishedPaper.objects.filter(report=report).update(
        state=IssuedReport.State.CANCELLED, ended_on=on
    )
    record(
        "reports.paper_cancelled",
        report,
        by=by,
        says=f"membatalkan {report}: {report.cancel_reason}",
    )
    return report


def lock_in_force(report: IssuedReport, refusal: str) -> IssuedReport:
    """The row under lock; a paper out of force is refused with these words."""
    report = IssuedReport.objects.select_for_update().get(pk=report.pk)
    refuse_out_of_force(report, refusal)
    return report


def refuse_out_of_force(report: IssuedReport, refusal: str) -> None:
    """Raise RuleViolation `paper.not_in_force` with these words."""
    if not report.is_in_force:
        raise RuleViolation(refusal, code="paper.not_in_force")


def _shares_number(report: IssuedReport) -> bool:
    return IssuedReport.objects.in_force().filter(number=report.number).exists()
