"""Handlers of long work for tests: each does one thing and says what it did."""

from boards.jobs import cancel_job, closing
from boards.models import Job
from common.errors import RuleViolation

DONE: list[str] = []


def good(job, progress):
    """Three steps, then an address."""
    for step in range(1, 4):
        progress.step(step, 3)
    DONE.append(str(job.pk))
    return "/hasil/"


def refused(job, progress):
    """A rule says no."""
    raise RuleViolation("Wilayah ini sudah tidak ada.", code="test.gone")


def poisoned(job, progress):
    """A bug."""
    raise ZeroDivisionError("bug")


def cancelled_midway(job, progress):
    """Somebody presses Batalkan while it works."""
    progress.step(1, 3)
    cancel_job(Job.objects.get(pk=job.pk), by=job.user)
    progress.step(2, 3)
    DONE.append(str(job.pk))
    return "/hasil/"


def taken_over(job, progress):
    """Another worker took the lease meanwhile."""
    Job.objects.filter(pk=job.pk).update(lease=None, state=Job.State.QUEUED)
    progress.step(1, 3)
    DONE.append(str(job.pk))
    return "/hasil/"


def going_home(job, progress):
    """The worker is told to stop while it works."""
    closing.set()
    progress.step(1, 3)
    DONE.append(str(job.pk))
    return "/hasil/"


def slow_printing(job, progress):
    """Work in a thread, longer than a beat."""
    return progress.during(lambda: "/hasil/")
