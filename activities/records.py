"""The canonical record of an approved report: what the chain remembers."""

from typing import Any

from django.db.models import QuerySet

from activities.models import Activity, ActivityReport
from boards.numbers import as_registered


def approved_reports() -> QuerySet[ActivityReport]:
    """The rows that have a link in the chain: every approved report."""
    return ActivityReport.objects.approved().select_related("activity")


def report_record(pk: str | int) -> dict[str, Any] | None:
    """Rebuild the record of an approved report from its rows; None if it is gone.

    Money in rupiah, proof by SHA-256, names and posts as they were; no NIK, phone or
    address.
    """
    reports = ActivityReport.objects.select_related("activity__decision", "number")
    report = reports.filter(pk=pk).first()
    if report is None:
        return None
    return {
        "kind": "activities.report",
        "board": report.board_id,
        "number": as_registered(report.number_text, report.number),
        "activity": _activity(report.activity),
        "period": [report.period_start, report.period_end],
        "is_final": report.is_final,
        "physical_progress": report.physical_progress,
        "volume_done": report.volume_done,
        "person_days": [report.person_days_women, report.person_days_men],
        "workers": [report.workers_women, report.workers_men],
        "problems": report.problems,
        "follow_up": report.follow_up,
        "explanation": report.explanation,
        "spent": report.spent,
        "round": report.round,
        "sent": [report.sent_by_id, report.sent_name, report.sent_role, report.sent_at],
        "approved": [
            report.approved_by_id,
            report.approved_name,
            report.approved_title,
            report.approved_role,
            report.approved_at,
        ],
        **_children(report),
    }


def _activity(activity: Activity) -> dict[str, Any]:
    return {
        "code": activity.code,
        "title": activity.title,
        "decision": activity.decision.number_text,
        "budget": activity.budget_total,
        "volume": activity.volume,
        "unit": activity.unit,
    }


def _children(report: ActivityReport) -> dict[str, Any]:
    photos = report.photos.select_related("file").order_by("pk")
    receipts = report.receipts.select_related("file").order_by("pk")
    return {
        "spending": [
            [row.source, row.kind, row.amount]
            for row in report.spendings.order_by("source", "kind")
        ],
        "photos": [
            [
                photo.stage,
                photo.file.sha256,
                photo.taken_at,
                photo.latitude,
                photo.longitude,
                photo.note,
            ]
            for photo in photos
        ],
        "receipts": [
            [row.label, row.receipt_on, row.amount, row.file.sha256] for row in receipts
        ],
        "comments": [
            [row.round, row.field, row.text, row.by_name, row.answer]
            for row in report.comments.order_by("pk")
        ],
    }
