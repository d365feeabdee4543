"""Summaries that went out, as pages list them."""

import datetime

from django.utils import timezone

from boards.models import Job, Region, User
from reports.models import IssuedReport, Summary

KEPT_DAYS = 30
# Of the jobs that make them.
JOB_KIND = "summary"


def summaries_of(region: Region, *, archived: bool = False):
    """Summaries about the region or a part of it, the newest first.

    Those of the last 30 days; with `archived` the older ones.
    """
    edge = timezone.now() - datetime.timedelta(days=KEPT_DAYS)
    rows = Summary.objects.filter(report__region_code__startswith=region.code)
    moment = (
        {"report__issued_at__lt": edge}
        if archived
        else {"report__issued_at__gte": edge}
    )
    return (
        rows.filter(**moment)
        .select_related("report__file", "report__publication", "sheet")
        .order_by("-report__issued_at", "-report_id")
    )


def running_summary(user: User) -> Job | None:
    """The summary that is being made for this user now, or None."""
    jobs = Job.objects.filter(user=user, kind=JOB_KIND, state__in=Job.OPEN)
    return jobs.order_by("-created_at").first()


def expires_on(report: IssuedReport) -> datetime.date:
    """The day until which a summary stands in the list."""
    last = report.issued_at + datetime.timedelta(days=KEPT_DAYS)
    return timezone.localdate(last)
