"""Long work: a Job row for people beside the task that does it.

The task backend has no retries and leaves a killed task running for ever; the row
brings a lease, a heartbeat, five tries at growing distance, cancel and percent. While
a job waits, its heartbeat is the moment it was last offered to the workers.
"""

import datetime
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from typing import TypeVar

from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from boards.audit import record
from boards.models import Board, Job, User
from common.errors import RuleViolation

LEASE = datetime.timedelta(seconds=60)
TRIES = 5
WAIT = datetime.timedelta(seconds=15)
BEAT_SECONDS = 5
DIED = "Berhenti lima kali. Ulangi, atau hubungi pengelola sistem."
BROKEN = "Berhenti karena gangguan. Ulangi, atau hubungi pengelola sistem."

# Set when the worker process goes home: a running job is given back at its next step.
closing = threading.Event()
Result = TypeVar("Result")


class JobStopped(Exception):
    """The job was cancelled, given back, or taken over by another worker."""


class Progress:
    """Handed to a handler: reports how far it is and learns when to stop."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def step(self, done: int, total: int, note: str = "") -> None:
        """Say that `done` of `total` parts are ready; also the heartbeat.

        Raises JobStopped when the user cancelled, the worker is closing, or the lease
        went to another worker.
        """
        self._keep(done=done, total=total, note=note[:300])

    def beat(self) -> None:
        """Only the heartbeat, for work between two steps. Raises JobStopped."""
        self._keep()

    def during(self, work: Callable[[], Result]) -> Result:
        """Do `work` in a thread and keep the lease meanwhile; what it returns.

        For work that touches no rows and takes long, as printing does. Raises what the
        work raises, and JobStopped once it is done if the job was stopped meanwhile.
        """
        with ThreadPoolExecutor(1) as crew:
            future = crew.submit(work)
            while True:
                try:
                    return future.result(timeout=BEAT_SECONDS)
                except NotYet:
                    if future.done():
                        raise
                    self.beat()

    def _keep(self, **changes) -> None:
        now = timezone.now()
        mine = Job.objects.filter(
            pk=self.job.pk, lease=self.job.lease, state=Job.State.RUNNING
        )
        going = mine.filter(cancel_asked_at=None)
        if closing.is_set():
            # Given back without losing a try: the next worker takes it at once.
            going.update(
                state=Job.State.QUEUED,
                lease=None,
                heartbeat_at=None,
                attempts=F("attempts") - 1,
            )
        elif going.update(heartbeat_at=now, **changes):
            return
        mine.exclude(cancel_asked_at=None).update(
            state=Job.State.CANCELLED, finished_at=now, note="Dihentikan."
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
    open_jobs = Job.objects.filter(key=key, state__in=Job.OPEN)
    try:
        with transaction.atomic():
            there = open_jobs.first()
            if there:
                return there
            job = Job.objects.create(
                kind=kind,
                title=title[:200],
                key=key,
                user=by,
                board=board,
                region_code=board.region_code if board else region_code,
                arguments=arguments or {},
                heartbeat_at=timezone.now(),
            )
    except IntegrityError:
        # Two asked at once; the other row is there now.
        return open_jobs.get()
    record("boards.job_asked", job, by=by, says=f"meminta {title}", board=board)
    transaction.on_commit(lambda: run_job.enqueue(str(job.pk)))
    return job


@transaction.atomic
def cancel_job(job: Job, *, by: User) -> Job:
    """Ask a job to stop at its next step; a waiting one stops at once.

    A finished job stays as it is.
    """
    now = timezone.now()
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.QUEUED).update(
        state=Job.State.CANCELLED, finished_at=now, note="Dibatalkan sebelum mulai."
    )
    running = Job.objects.filter(
        pk=job.pk, state=Job.State.RUNNING, cancel_asked_at=None
    ).update(cancel_asked_at=now)
    if waiting or running:
        record(
            "boards.job_cancelled",
            job,
            by=by,
            says=f"membatalkan {job}",
            board=job.board,
        )
    job.refresh_from_db()
    return job


@transaction.atomic
def retry_job(job: Job, *, by: User) -> Job:
    """Start a failed or cancelled job again from the beginning.

    Raises RuleViolation `boards.job_open` when it is still open or was asked again,
    and `boards.job_done` when it is finished.
    """
    job = Job.objects.select_for_update().get(pk=job.pk)
    again = Job.objects.filter(key=job.key, state__in=Job.OPEN)
    if job.is_open or again.exists():
        raise RuleViolation("Pekerjaan ini masih berjalan.", code="boards.job_open")
    if job.state == Job.State.DONE:
        raise RuleViolation("Pekerjaan ini sudah selesai.", code="boards.job_done")
    job.state, job.attempts, job.note = Job.State.QUEUED, 0, ""
    job.done = job.total = 0
    job.lease = job.cancel_asked_at = job.finished_at = job.run_after = None
    job.heartbeat_at = timezone.now()
    job.save()
    record("boards.job_retried", job, by=by, says=f"mengulang {job}", board=job.board)
    transaction.on_commit(lambda: run_job.enqueue(str(job.pk)))
    return job


def _claim(job_id: str) -> Job | None:
    """Take the job if it waits; only one worker ever gets it."""
    now, lease = timezone.now(), uuid.uuid4()
    ready = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).filter(
        Q(run_after=None) | Q(run_after__lte=now)
    )
    taken = ready.update(
        state=Job.State.RUNNING,
        lease=lease,
        heartbeat_at=now,
        started_at=now,
        run_after=None,
        attempts=F("attempts") + 1,
    )
    if not taken:
        return None
    held = Job.objects.select_related("user", "board")
    return held.filter(pk=job_id, lease=lease).first()


def _finish(job: Job, state: str, **changes) -> None:
    """Close the job if this worker still holds it."""
    Job.objects.filter(pk=job.pk, lease=job.lease, state=Job.State.RUNNING).update(
        state=state, finished_at=timezone.now(), **changes
    )


def _give_back(job: Job, now: datetime.datetime, note: str) -> bool:
    """Queue a job that stopped again at growing distance; give up after five tries.

    The first time at once, then after 30, 60 and 120 seconds. One that the user
    cancelled meanwhile ends. False when it was not queued, or another worker moved it.
    """
    held = Job.objects.filter(
        pk=job.pk,
        lease=job.lease,
        state=Job.State.RUNNING,
        heartbeat_at=job.heartbeat_at,
    )
    if job.cancel_asked_at:
        held.update(state=Job.State.CANCELLED, finished_at=now, note="Dihentikan.")
        return False
    if job.attempts >= TRIES:
        held.update(state=Job.State.FAILED, finished_at=now, note=note)
        return False
    wait = WAIT * 2 ** (job.attempts - 1) if job.attempts > 1 else WAIT * 0
    return bool(
        held.update(
            state=Job.State.QUEUED,
            lease=None,
            heartbeat_at=None,
            run_after=now + wait,
            note="",
        )
    )


@task()
def run_job(job_id: str) -> None:
    """Do one job under its lease; a bug fails the job and rises into the log."""
    job = _claim(job_id)
    if job is None:
        return
    try:
        handler: Callable = import_string(settings.JOB_HANDLERS[job.kind])
        result_url = handler(job, Progress(job))
    except JobStopped:
        return
    except RuleViolation as refused:
        _finish(job, Job.State.FAILED, note=str(refused)[:300])
    except OperationalError:
        # A locked or restarted database is not the job's fault.
        job.refresh_from_db(fields=["cancel_asked_at", "heartbeat_at", "attempts"])
        _give_back(job, timezone.now(), BROKEN)
        raise
    except Exception:
        _finish(job, Job.State.FAILED, note=BROKEN)
        raise
    else:
        _finish(job, Job.State.DONE, result_url=result_url, note="")


def sweep_jobs(*, now: datetime.datetime) -> int:
    """Queue again what a dead worker left behind; the number put back in the queue.

    A running job whose heartbeat is older than the lease belongs to nobody; a waiting
    one whose time has come is offered to the workers, at most once a lease (a task
    too many finds nothing to claim). Called by the worker every few seconds.
    """
    dead = Job.objects.filter(state=Job.State.RUNNING, heartbeat_at__lt=now - LEASE)
    back = sum(_give_back(job, now, DIED) for job in dead)
    waiting = Job.objects.filter(state=Job.State.QUEUED).filter(
        Q(run_after=None) | Q(run_after__lte=now),
        Q(heartbeat_at=None) | Q(heartbeat_at__lt=now - LEASE),
    )
    for job in waiting:
        same = Job.objects.filter(
            pk=job.pk, state=Job.State.QUEUED, heartbeat_at=job.heartbeat_at
        )
        if same.update(heartbeat_at=now):
            run_job.enqueue(str(job.pk))
    return back
