"""Real workers that die in the middle of a summary: the next one makes it, once."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from boards.models import ChainLink, Job, LetterNumber
from boards.roles import Role
from reports.models import IssuedReport, SummarisedReport
from tests.make import boards as make
from tests.make import summaries

PATIENCE = 60


def database_url() -> str:
    """Address of the database of this test."""
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{own['NAME']}"
    return (
        f"postgres://{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}"
        f"/{own['NAME']}"
    )


def worker(*arguments: str) -> subprocess.Popen:
    """A job worker in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "run_jobs", *arguments],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.reports.slow_settings",
            "DATA_DIR": str(settings.DATA_DIR),
            "DATABASE_URL": database_url(),
            "LIVE_PORTAL": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def wait_for(job: Job, reached) -> None:
    """Look at the job until it is so."""
    end = time.monotonic() + PATIENCE
    while not reached(job):
        assert time.monotonic() < end, f"{job.state} {job.done}/{job.total} {job.note}"
        time.sleep(0.05)
        job.refresh_from_db()


def finish(process: subprocess.Popen) -> int:
    """Wait for the end of a worker; its status."""
    process.communicate(timeout=PATIENCE)
    return process.returncode


@pytest.fixture
def job(transactional_db):
    """A summary that waits, and nobody who makes it."""
    summaries.regency()
    return Job.objects.create(
        kind="summary",
        title="Ringkasan",
        key="summary:1",
        user=make.user(Role.DINAS, region_code="35.20"),
        region_code="35.20",
        arguments={"office": "35.20", "region": "35.20", "period": "2026-T3"},
    )


def assert_one_effect(job: Job) -> None:
    job.refresh_from_db()
    report = IssuedReport.objects.get()
    assert (job.state, job.result_url) == (
        "done",
        f"/wilayah/35.20/ringkasan/{report.pk}/",
    )
    assert LetterNumber.objects.filter(kind="RINGKASAN").count() == 1
    assert ChainLink.objects.filter(kind="reports.paper").count() == 1
    assert SummarisedReport.objects.count() == 5


# The browser stories kill a worker too, in each run of CI.
@pytest.mark.deep
def test_a_worker_killed_midway_is_followed_by_another_with_one_effect(job):
    first = worker()
    try:
        wait_for(job, lambda job: job.done >= 2)
    finally:
        os.killpg(first.pid, signal.SIGKILL)
        finish(first)

    job.refresh_from_db()
    assert job.state == Job.State.RUNNING
    assert not IssuedReport.objects.exists()
    # The lease runs out: as if a minute had passed.
    Job.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=2))

    assert finish(worker("--batch")) == 0

    assert_one_effect(job)
    assert job.attempts == 2


@pytest.mark.deep
def test_a_worker_told_to_stop_gives_the_summary_back(job):
    first = worker()
    wait_for(job, lambda job: job.done >= 1)
    first.send_signal(signal.SIGTERM)

    assert finish(first) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.QUEUED, 0)
    assert finish(worker("--batch")) == 0
    assert_one_effect(job)


@pytest.mark.deep
def test_two_workers_at_once_make_one_summary(job):
    both = [worker("--batch"), worker("--batch")]

    statuses = [finish(process) for process in both]
    if Job.objects.get().state == Job.State.QUEUED:
        statuses.append(finish(worker("--batch")))

    assert set(statuses) == {0}
    assert_one_effect(job)
