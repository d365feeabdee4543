"""Long work: a Job row for people beside the task that does it.

The task backend has no retries and leaves a killed task running for ever; the row
brings a lease, a heartbeat, five tries at growing distance, cancel and percent.
"""

import datetime
import uuid
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from boards.audit import record
from boards.models import Board, Job, User
from common.errors import RuleViolation

LEASE = datetime.timedelta(seconds=60)
TRIES = 5
WAIT = datetime.timedelta(seconds=15)
KEPT_DAYS = 30


class JobStopped(Exception):
    """The job was cancelled, or another worker took it over; stop quietly."""


class Progress:
    """Handed to a handler: reports how far it is and learns when to stop."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def step(self, done: int, total: int, note: str = "") -> None:
        """Say that `done` of `total` parts are ready; also the heartbeat.

        Raises JobStopped when the user cancelled or the lease went to another worker.
        """
        now = timezone.now()
        mine = Job.objects.filter(
            pk=self.job.pk, lease=self.job.lease, state=Job.State.RUNNING
        )
        kept = mine.filter(cancel_asked_at=None).update(
            done=done, total=total, note=note[:300], heartbeat_at=now
        )
        if kept:
            return
        mine.update(
            state=Job.State.CANCELLED,
            finished_at=now,
            note=f"Dihentikan sesudah {done} dari {total} bagian.",
        )
        raise JobStopped


@transaction.atomic
def enqueue_job(
    kind: str,
    *,
    title: str,
    key: str,
    by: User,
    board: Board | None = None,
    region_code: str = "",
    arguments: dict | None = None,
) -> Job:
    """Put long work in the queue; the same open `key` returns the job already there.

    `kind` names a handler in `settings.JOB_HANDLERS`; the handler gets the job and a
    Progress, checks the right of the user again, and returns the address of the
    result. It must be safe to run twice and to be killed at any line.
    """
    open_job = Job.objects.filter(
        key=key, state__in=(Job.State.QUEUED, Job.State.RUNNING)
    ).first()
    if open_job:
        return open_job
    job = Job.objects.create(
        kind=kind,
        title=title,
        key=key,
        user=by,
        board=board,
        region_code=board.region_code if board else region_code,
        arguments=arguments or {},
    )
    record("boards.job_asked", job, by=by, says=f"meminta {title}", board=board)
    transaction.on_commit(lambda: run_job.enqueue(str(job.pk)))
    return job


@transaction.atomic
def cancel_job(job: Job, *, by: User) -> Job:
    """Ask a job to stop at its next step; a waiting one stops at once."""
    now = timezone.now()
    Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(
        state=Job.State.CANCELLED, finished_at=now, note="Dibatalkan sebelum mulai."
    )
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(cancel_asked_at=now)
    record(
        "boards.job_cancelled", job, by=by, says=f"membatalkan {job}", board=job.board
    )
    job.refresh_from_db()
    return job


@transaction.atomic
def retry_job(job: Job, *, by: User) -> Job:
    """Start a failed or cancelled job again from the beginning.

    Raises RuleViolation `boards.job_open` when it is still open or was asked again.
    """
    job = Job.objects.select_for_update().get(pk=job.pk)
    again = Job.objects.filter(
        key=job.key, state__in=(Job.State.QUEUED, Job.State.RUNNING)
    )
    if job.is_open or again.exists():
        raise RuleViolation("Pekerjaan ini masih berjalan.", code="boards.job_open")
    job.state, job.attempts, job.note = Job.State.QUEUED, 0, ""
    job.cancel_asked_at = job.finished_at = job.run_after = None
    job.save()
    record("boards.job_retried", job, by=by, says=f"mengulang {job}", board=job.board)
    transaction.on_commit(lambda: run_job.enqueue(str(job.pk)))
    return job


def _claim(job_id: str) -> Job | None:
    """Take the job if it waits; only one worker ever gets it."""
    now = timezone.now()
    lease = uuid.uuid4()
    ready = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).filter(
        Q(run_after=None) | Q(run_after__lte=now)
    )
    if not ready.update(
        state=Job.State.RUNNING, lease=lease, heartbeat_at=now, started_at=now
    ):
        return None
    job = Job.objects.select_related("user", "board").get(pk=job_id)
    job.attempts += 1
    Job.objects.filter(pk=job_id, lease=lease).update(attempts=job.attempts)
    return job


def _finish(job: Job, state: str, **changes) -> None:
    """Close the job if this worker still holds it."""
    Job.objects.filter(pk=job.pk, lease=job.lease, state=Job.State.RUNNING).update(
        state=state, finished_at=timezone.now(), **changes
    )


def _postpone_or_fail(job: Job, now: datetime.datetime, note: str) -> bool:
    """Queue a job again at growing distance, or give up after five tries."""
    held = Job.objects.filter(
        pk=job.pk,
        lease=job.lease,
        state=Job.State.RUNNING,
        heartbeat_at=job.heartbeat_at,
    )
    if job.attempts >= TRIES:
        held.update(state=Job.State.FAILED, finished_at=now, note=note[:300])
        return False
    wait = WAIT * (2 ** (job.attempts - 1)) if job.attempts > 1 else WAIT * 0
    return bool(
        held.update(state=Job.State.QUEUED, lease=None, run_after=now + wait, note="")
    )


@task()
def run_job(job_id: str) -> None:
    """Do one job under its lease; a bug fails the job and rises into the log."""
    job = _claim(job_id)
    if job is None:
        return
    handler: Callable = import_string(settings.JOB_HANDLERS[job.kind])
    try:
        result_url = handler(job, Progress(job))
    except JobStopped:
        return
    except RuleViolation as refused:
        _finish(job, Job.State.FAILED, note=str(refused)[:300])
    except Exception:
        _finish(
            job,
            Job.State.FAILED,
            note="Pekerjaan berhenti karena gangguan. Ulangi, atau hubungi pengelola.",
        )
        raise
    else:
        _finish(job, Job.State.DONE, result_url=result_url, note="")


def sweep_jobs(*, now: datetime.datetime) -> int:
    """Queue again what a dead worker left behind; the number put back in the queue.

    A running job whose heartbeat is older than the lease belongs to nobody; a waiting
    one whose time has come lost its task. Called by the worker every few seconds.
    """
    back = 0
    dead = Job.objects.filter(
        state=Job.State.RUNNING, heartbeat_at__lt=now - LEASE
    ).select_related("user", "board")
    for job in dead:
        back += _postpone_or_fail(
            job, now, "Berhenti lima kali. Ulangi, atau hubungi pengelola."
        )
    waiting = Job.objects.filter(state=Job.State.QUEUED).filter(
        Q(run_after__lte=now) | Q(run_after=None, created_at__lt=now - LEASE)
    )
    for job in waiting:
        # Enqueued once more at most every lease; a double task finds nothing to claim.
        Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(
            run_after=now + LEASE, heartbeat_at=now
        )
        Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(run_after=None)
        run_job.enqueue(str(job.pk))
    return back
