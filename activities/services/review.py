"""The kelurahan reads, comments on a field, returns or approves. Never one's own."""

import datetime

from django.db import transaction

from activities.models import ActivityReport, FieldComment, ReportField
from activities.readiness import earlier_open
from activities.records import report_record
from activities.services.activities import count_again, finish_activity
from activities.services.reports import lock_report, name_of, refuse_after_end
from boards.access import assignment_in
from boards.audit import record
from boards.chain import add_link
from boards.models import User
from boards.numbers import give_number
from boards.roles import Permission
from common.errors import RuleViolation


def pending_comments(report: ActivityReport):
    """Comments written since the report came in, not yet shown to the LKM."""
    return report.comments.filter(round=report.round + 1, resolved_at=None)


@transaction.atomic
def comment_on_field(
    report: ActivityReport,
    *,
    field: str,
    text: str,
    at: datetime.datetime,
    by: User,
) -> FieldComment | None:
    """Write, change or (with no text) withdraw the comment on one field.

    The LKM sees it only once the report is returned. Raises RuleViolation
    `report.not_sent` or `report.own`.
    """
    current = _lock_sent(report, by)
    old = pending_comments(current).filter(field=field).first()
    if not text.strip():
        if old:
            old.delete()
            _record_comment(current, field, by, "menarik tanggapan")
        return None
    comment = old or FieldComment(report=current, field=field, round=current.round + 1)
    comment.text, comment.at, comment.by = text.strip(), at, by
    comment.by_name = str(by)
    comment.full_clean()
    comment.save()
    _record_comment(current, field, by, "menanggapi")
    return comment


@transaction.atomic
def return_report(
    report: ActivityReport, *, at: datetime.datetime, by: User
) -> ActivityReport:
    """Give the report back; only the commented fields open for the LKM.

    Raises RuleViolation `report.not_sent`, `report.own` or `report.no_comment`.
    """
    current = _lock_sent(report, by)
    count = pending_comments(current).count()
    if not count:
        raise RuleViolation(
            "Tanggapi paling sedikit satu isian, supaya LKM tahu apa yang diperbaiki.",
            code="report.no_comment",
        )
    current.round += 1
    current.state, current.state_since = ActivityReport.State.RETURNED, at
    current.returned_at, current.returned_by = at, by
    current.revision += 1
    current.save()
    record(
        "activities.report_returned",
        current,
        by=by,
        says=f"mengembalikan {count} isian {name_of(current)}",
    )
    return current


@transaction.atomic
def approve_report(
    report: ActivityReport, *, at: datetime.datetime, by: User
) -> ActivityReport:
    """Approve and freeze: number, name, post and time by value, chain, counters.

    A final report closes its work. Raises RuleViolation `report.not_sent`,
    `report.own`, `report.work_ended`, `report.earlier_open` or
    `report.comments_pending`.
    """
    current = _lock_sent(report, by)
    _refuse_out_of_turn(current)
    pending = pending_comments(current).count()
    if pending:
        raise RuleViolation(
            f"Masih ada {pending} tanggapan. Kembalikan laporan, atau kosongkan"
            " tanggapannya.",
            code="report.comments_pending",
        )
    board, on = current.board, current.board.local(at).date()
    held = assignment_in(by, board, Permission.REVIEW_REPORTS)
    number = give_number(board, "LAP", on=on, subject_name=str(current))
    current.number, current.number_text = number, number.text
    current.state, current.state_since = ActivityReport.State.APPROVED, at
    current.approved_at, current.approved_by = at, by
    current.approved_name, current.approved_title = str(by), by.title
    current.approved_role = held.label if held else ""
    current.revision += 1
    current.save()
    count_again(current.activity)
    if current.is_final:
        finish_activity(current.activity, on=on, by=by)
    add_link("activities.report", current, report_record(current.pk), board=board)
    record(
        "activities.report_approved",
        current,
        by=by,
        says=f"menyetujui {name_of(current)}, nomor {number.text}",
        spent=current.spent,
    )
    return current


def is_maker(report: ActivityReport, by: User) -> bool:
    """Whether `by` wrote into this report: opened, filled, proved or sent it."""
    return report.writers.filter(user=by).exists()


def _lock_sent(report: ActivityReport, by: User) -> ActivityReport:
    current = lock_report(report)
    if current.state != ActivityReport.State.SENT:
        words = current.get_state_display().lower()
        raise RuleViolation(
            f"Laporan ini tidak menunggu pemeriksaan: keadaannya {words}.",
            code="report.not_sent",
        )
    if is_maker(current, by):
        raise RuleViolation(
            "Anda yang menulis laporan ini, jadi orang lain yang memeriksanya.",
            code="report.own",
        )
    return current


def _refuse_out_of_turn(report: ActivityReport) -> None:
    """While a work runs, its months are approved in order: each builds on the last."""
    refuse_after_end(report)
    first = earlier_open(report)
    if first:
        raise RuleViolation(
            f"Laporan {first.period_name} belum disetujui. Setujui laporan itu dulu,"
            " atau kembalikan laporan ini.",
            code="report.earlier_open",
        )


def _record_comment(report: ActivityReport, field: str, by: User, verb: str) -> None:
    record(
        "activities.field_commented",
        report,
        by=by,
        says=f"{verb} isian {ReportField(field).label} pada {name_of(report)}",
    )
