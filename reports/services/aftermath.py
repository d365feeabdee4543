"""What becomes of a paper that went out: cancelled, or signed and scanned."""

import datetime

from django.db import transaction
from django.utils import timezone

from boards.audit import record
from boards.files import keep_file
from boards.models import User
from boards.numbers import cancel_number
from boards.uploads import ReadFile
from common.errors import RuleViolation
from common.words import format_date
from reports.models import IssuedReport, PublishedPaper, SignedScan


@transaction.atomic
def cancel_report(
    report: IssuedReport, *, reason: str, on: datetime.date, by: User
) -> IssuedReport:
    """Cancel a paper: number and file stay, the verify page says so.

    A number that this paper alone bears is cancelled with it. Raises RuleViolation
    `paper.not_in_force` and `paper.reason_missing`.
    """
    report = _lock_in_force(report, "Surat ini sudah tidak berlaku.")
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


def _lock_in_force(report: IssuedReport, refusal: str) -> IssuedReport:
    """The row under lock; a paper out of force is refused with these words."""
    report = IssuedReport.objects.select_for_update().get(pk=report.pk)
    if not report.is_in_force:
        raise RuleViolation(refusal, code="paper.not_in_force")
    return report


def _shares_number(report: IssuedReport) -> bool:
    return IssuedReport.objects.in_force().filter(number=report.number).exists()


@transaction.atomic
def attach_scan(
    report: IssuedReport,
    file: ReadFile,
    digest: str,
    *,
    scanned_on: datetime.date,
    today: datetime.date,
    signatures: int,
    note: str,
    by: User,
    role: str,
) -> SignedScan:
    """Put a scan of the signed paper beside it; the verify page then says so.

    `file` was looked at and its bytes written (`digest`) before. Raises RuleViolation
    `paper.not_in_force`, `paper.scan_date` and `paper.scan_twice`.
    """
    report = _lock_for_scan(report, digest, scanned_on=scanned_on, today=today)
    scan = SignedScan.objects.create(
        report=report,
        file=keep_file(file, digest, board=report.board, by=by),
        scanned_on=scanned_on,
        signatures=signatures,
        note=note,
        by=by,
        by_name=str(by),
        by_role=role,
    )
    PublishedPaper.objects.filter(report=report).update(
        seal=PublishedPaper.Seal.PEN, scanned_on=scanned_on, signatures=signatures
    )
    record(
        "reports.scan_attached",
        report,
        by=by,
        says=f"melampirkan pindaian bertanda tangan pada {report}",
        sha256=digest,
    )
    return scan


def _lock_for_scan(
    report: IssuedReport,
    digest: str,
    *,
    scanned_on: datetime.date,
    today: datetime.date,
) -> IssuedReport:
    """The row under lock: a scan is no older than its paper, and attached once."""
    report = _lock_in_force(
        report, "Surat ini sudah tidak berlaku, jadi tidak perlu dipindai."
    )
    if not report.dated_on <= scanned_on <= today:
        raise RuleViolation(
            "Tanggal pindai antara tanggal surat"
            f" ({format_date(report.dated_on)}) dan hari ini.",
            code="paper.scan_date",
        )
    if report.scans.filter(file__sha256=digest).exists():
        raise RuleViolation(
            "Berkas yang sama sudah dilampirkan.", code="paper.scan_twice"
        )
    return report
