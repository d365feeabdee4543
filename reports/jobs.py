"""Summaries as long work: asked for with a key, made board by board, stopped midway."""

import time
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from boards.access import region_permissions_of
from boards.jobs import BEAT_SECONDS, Progress, enqueue_job
from boards.models import Job, Region, User
from boards.roles import Permission
from common.errors import RuleViolation
from common.periods import Period
from common.words import format_time
from reports.builders import dinas_summary
from reports.builders.summary_parts import Issue
from reports.document import Document, Rendered, RenderFailed
from reports.render import render_long, render_pdf
from reports.services.summaries import Asked, issue_summary, subject_key
from reports.summaries import JOB_KIND

PATIENCE_SECONDS = 600


def exports_left(user: User) -> int:
    """How many summaries this user may still ask for within the hour."""
    recent = Job.objects.filter(
        kind=JOB_KIND, user=user, created_at__gt=timezone.now() - timedelta(hours=1)
    )
    return max(0, settings.EXPORTS_PER_HOUR - recent.count())


def enqueue_summary(office: Region, region: Region, period: Period, *, by: User) -> Job:
    """Ask for a summary; the same open request of the same person is the same job."""
    return enqueue_job(
        JOB_KIND,
        title=f"Ringkasan {region.title}, {period.label}",
        key=f"summary:{by.pk}:{subject_key(region.code, period)}",
        by=by,
        region_code=office.code,
        arguments={
            "office": office.code,
            "region": region.code,
            "period": period.code,
        },
    )


def make_summary(job: Job, progress: Progress) -> str:
    """Make the summary of a job; the address of its page. Safe to run twice.

    Checks account and right again. Percent counts the LKM read; a cancel stops at the
    next LKM, or at the next look while it is printed. A killed job begins anew: all
    figures are as of one moment, and what is already kept is found again.
    """
    region = Region.objects.get(code=job.arguments["region"])
    office = Region.objects.get(code=job.arguments["office"])
    rights = region_permissions_of(job.user, region.code)
    if not job.user.is_active or Permission.MAKE_SUMMARIES not in rights:
        raise RuleViolation(
            "Anda tidak lagi punya izin membuat ringkasan.", code="summary.right_gone"
        )
    at = timezone.now()
    facts = dinas_summary.build(
        region,
        Period.parse(job.arguments["period"]),
        at=at,
        on=timezone.localdate(at, ZoneInfo(settings.TIME_ZONE)),
        progress=partial(_tell, progress, time.monotonic()),
    )
    asked = _asked(job.user, office, at)
    progress.step(len(facts.boards), len(facts.boards), "Mencetak")
    try:
        report = issue_summary(
            facts, asked, press=partial(_print, progress), arrived=progress.beat
        )
    except RenderFailed as failed:
        raise RuleViolation(str(failed), code=f"summary.{failed.code}") from failed
    return reverse("reports:summary_page", args=[office.code, report.pk])


def _asked(by: User, office: Region, at: datetime) -> Asked:
    """Who asks, for which office, as of when, on the paper of the settings."""
    issue = Issue(
        regency=office.title,
        on=timezone.localdate(at, ZoneInfo(settings.TIME_ZONE)),
        clock=format_time(at, settings.TIME_ZONE),
        by_name=str(by),
        province=office.within,
        portal=urlsplit(settings.PORTAL_URL).netloc,
        by_title=by.title,
        by_civil_id=by.civil_id,
    )
    return Asked(
        office=office,
        at=at,
        issue=issue,
        size=settings.SUMMARY_PAPER_SIZE,
        zone=settings.TIME_ZONE,
        by=by,
    )


def _tell(progress: Progress, began: float, done: int, total: int) -> None:
    """ "38 dari 64 LKM, sekitar 20 detik lagi"."""
    left = round((time.monotonic() - began) / done * (total - done)) if done else 0
    tail = f", sekitar {left} detik lagi" if left >= 2 else ""
    progress.step(done, total, f"{done} dari {total} LKM{tail}")


def _print(progress: Progress, documents: list[Document]) -> Rendered:
    """Print one document whole, or several as one; the lease is kept meanwhile."""
    if len(documents) == 1:
        order = partial(render_pdf, documents[0], patience=PATIENCE_SECONDS)
        return progress.during(order)
    return render_long(documents, cancelled=_Watch(progress).is_stopped)


class _Watch:
    """Asked twice a second whether to stop; looks at the job every few seconds."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.looked = time.monotonic()

    def is_stopped(self) -> bool:
        """False; a stopped job raises JobStopped out of the press."""
        if time.monotonic() - self.looked > BEAT_SECONDS:
            self.progress.beat()
            self.looked = time.monotonic()
        return False
