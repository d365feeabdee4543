"""The signed scan of a paper: attached, or withdrawn when it was the wrong one."""

import datetime

from django.db import transaction
from django.utils import timezone

from boards.audit import record
from boards.files import keep_file
from boards.indexing import drop_entries
from boards.models import Board, User
from boards.uploads import ReadFile
from common.errors import RuleViolation
from common.words import format_date
from deliberations.models import Meeting
from loans.models import LoanShare
from members.models import ElectionArea
from reports.builders.attendance_list import ROWS_A_PAGE
from reports.catalogue import KINDS
from reports.models import IssuedReport, PublishedPaper, SignedScan
from reports.search_entries import SCAN, index_scan
from reports.services.aftermath import lock_in_force, refuse_out_of_force

# Every borrowing member of the group signs, too.
_SIGNED_BY_MEMBERS = ("tanggung-renteng", "perjanjian-pinjaman")
# Lists with empty lines, for whoever comes.
_OPEN_LISTS = ("daftar-hadir-kosong", "pemilihan-hadir")


def most_signatures(report: IssuedReport) -> int:
    """How many signatures fit on a paper at most, as its meeting was ratified."""
    signers = KINDS[report.kind].signers if report.kind in KINDS else 1
    if report.kind == "pemilihan":  # committee and witnesses sign one under the other
        area = ElectionArea.objects.get(pk=report.subject_pk)
        return signers + area.election.committee.count()
    if report.kind in _OPEN_LISTS:
        return signers + report.pages * ROWS_A_PAGE[Board.PaperSize(report.paper_size)]
    if report.kind in _SIGNED_BY_MEMBERS:
        return signers + LoanShare.objects.filter(loan=report.subject_pk).count()
    if report.kind == "buku-notulen":  # bound minutes bear those of their two signers
        return signers + 2 * report.pages
    if report.kind not in ("daftar-hadir", "berita-acara"):
        return signers
    meeting = Meeting.objects.get(pk=report.subject_pk)
    guests = meeting.guests if report.kind == "daftar-hadir" else 0
    return signers + (meeting.present or 0) + (guests or 0)


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
    `paper.not_in_force`, `paper.scan_date`, `paper.scan_twice`, `paper.scan_pages` and
    `paper.scan_signatures`.
    """
    report = _lock_for_scan(report, digest, scanned_on=scanned_on, today=today)
    _refuse_mismatch(report, file, signatures)
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
    _show_seal(report, scan)
    index_scan(scan)
    record(
        "reports.scan_attached",
        report,
        by=by,
        says=f"melampirkan pindaian bertanda tangan pada {report}",
        sha256=digest,
    )
    return scan


def judge_scan(
    report: IssuedReport, *, scanned_on: datetime.date, today: datetime.date
) -> None:
    """Refuse a scan of a paper out of force, or one that is older than its paper.

    Asked before the file is read, and again under lock.
    """
    refuse_out_of_force(
        report, "Surat ini sudah tidak berlaku, jadi tidak perlu dipindai."
    )
    if not report.dated_on <= scanned_on <= today:
        raise RuleViolation(
            "Tanggal pindai antara tanggal surat"
            f" ({format_date(report.dated_on)}) dan hari ini.",
            code="paper.scan_date",
        )


def _lock_for_scan(
    report: IssuedReport,
    digest: str,
    *,
    scanned_on: datetime.date,
    today: datetime.date,
) -> IssuedReport:
    """The row under lock: a scan is no older than its paper, and attached once."""
    report = IssuedReport.objects.select_for_update().get(pk=report.pk)
    judge_scan(report, scanned_on=scanned_on, today=today)
    if report.scans.standing().filter(file__sha256=digest).exists():
        raise RuleViolation(
            "Berkas yang sama sudah dilampirkan.", code="paper.scan_twice"
        )
    return report


def _refuse_mismatch(report: IssuedReport, file: ReadFile, signatures: int) -> None:
    """A scan shows every page, and no more signatures than the paper has places."""
    if file.pages and file.pages < report.pages:
        raise RuleViolation(
            f"Surat ini {report.pages} halaman, pindaian {file.pages} halaman. Pindai"
            " semua halamannya menjadi satu PDF.",
            code="paper.scan_pages",
        )
    most = most_signatures(report)
    if signatures > most:
        raise RuleViolation(
            f"Surat ini memuat paling banyak {most} tanda tangan. Hitung lagi pada"
            " kertasnya.",
            code="paper.scan_signatures",
        )


def _show_seal(report: IssuedReport, scan: SignedScan | None) -> None:
    """What the verify page says of ink: this scan, or that there is none."""
    kinds = PublishedPaper.Seal
    PublishedPaper.objects.filter(report=report).update(
        seal=kinds.PEN if scan else kinds.UNSIGNED,
        scanned_on=scan.scanned_on if scan else None,
        signatures=scan.signatures if scan else None,
    )


@transaction.atomic
def withdraw_scan(scan: SignedScan, *, reason: str, by: User) -> SignedScan:
    """Take back a wrong scan: row, file and sentence stay, the verify page forgets it.

    Raises RuleViolation `paper.not_in_force`, `paper.scan_withdrawn` and
    `paper.reason_missing`.
    """
    report = lock_in_force(scan.report, "Surat ini sudah tidak berlaku.")
    scan = SignedScan.objects.select_for_update().get(pk=scan.pk)
    if scan.withdrawn_at:
        raise RuleViolation("Pindaian ini sudah ditarik.", code="paper.scan_withdrawn")
    if not reason.strip():
        raise RuleViolation("Tulis alasan penarikan.", code="paper.reason_missing")
    scan.withdrawn_at, scan.withdrawn_by = timezone.now(), by
    scan.withdrawn_reason = reason.strip()
    scan.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    _show_seal(report, report.scans.standing().first())
    drop_entries(SCAN, [scan.pk])
    record(
        "reports.scan_withdrawn",
        report,
        by=by,
        says=f"menarik pindaian pada {report}: {scan.withdrawn_reason}",
    )
    return scan
