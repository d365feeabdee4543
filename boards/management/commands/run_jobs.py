"""The job worker: long work of the portal, and what dead workers left behind."""

import datetime
import logging
import signal
import threading
import uuid

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from boards.clock import doubt_at, look, watch_clock
from boards.drafts import forget_old_drafts
from boards.jobs import closing, sweep_jobs

POLL_SECONDS = 1
SWEEP_SECONDS = 5
TIDY_EVERY = datetime.timedelta(days=1)
# What the rooms above count anew when a day is over in one of the time zones.
COUNT_EVERY = datetime.timedelta(hours=1)
KEPT = datetime.timedelta(days=30)
logger = logging.getLogger("boards.jobs")


class PortalWorker(Worker):
    """The worker of the task backend; told to stop, it gives its job back."""

    def shutdown(self, signum, frame) -> None:
        """End after the step in hand; a second signal ends at once."""
        closing.set()
        super().shutdown(signum, frame)


class Command(BaseCommand):
    """See the module's docstring."""

    help = "Kerjakan pekerjaan panjang sampai dihentikan (Ctrl-C atau SIGTERM)."

    def add_arguments(self, parser):
        """Only tests and scripts ask for a batch."""
        parser.add_argument(
            "--batch", action="store_true", help="Kerjakan yang ada, lalu berhenti."
        )

    def handle(self, *args, batch: bool, **options):
        """Sweep and tidy once, then work; a thread goes on with both."""
        closing.clear()
        if doubt := doubt_at(timezone.now()):
            logger.warning("nothing is frozen until the clock is confirmed: %s", doubt)
        sweep_jobs(now=timezone.now())
        tidy(now=timezone.now())
        count_anew()
        worker = PortalWorker(
            queue_names=["*"],
            interval=POLL_SECONDS,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=str(uuid.uuid4()),
            excluded_queue_names=[],
        )
        stop = threading.Event()
        sweeper = threading.Thread(target=sweep_until, args=[stop], daemon=True)
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, worker.shutdown)
            signal.signal(signal.SIGTERM, worker.shutdown)
        try:
            if not batch:
                sweeper.start()
            work_until_told(worker)
        finally:
            stop.set()


def work_until_told(worker: Worker) -> None:
    """Run the loop; a database that went away for a moment does not end it."""
    while worker.running:
        try:
            worker.run()
            return
        except Error:
            logger.exception("the job worker lost its database; it tries again")
            close_old_connections()
            closing.wait(POLL_SECONDS * 5)


def sweep_until(stop: threading.Event) -> None:
    """Sweep and look at the clock every few seconds, count hourly, tidy once a day.

    Over a connection of its own.
    """
    tidied = counted = timezone.now()
    seen = look()
    while not stop.wait(SWEEP_SECONDS):
        try:
            close_old_connections()
            # One that cannot be written down is seen again, from the same look.
            seen = watch_clock(seen)
            sweep_jobs(now=timezone.now())
            if timezone.now() - counted >= COUNT_EVERY:
                counted = timezone.now()
                count_anew()
            if timezone.now() - tidied >= TIDY_EVERY:
                tidied = timezone.now()
                tidy(now=tidied)
        except Error:
            logger.warning("jobs could not be swept; trying again", exc_info=True)
    connection.close()


def tidy(*, now: datetime.datetime) -> None:
    """Delete what is kept for a time only, and whose time is over."""
    forget_old_tasks(now=now)
    forget_old_drafts(now=now)


def count_anew() -> None:
    """Let the rooms above bring up to date what changes with the day alone.

    One that fails is tried again an hour later, and stops neither the others nor jobs.
    """
    for path in settings.DAILY_COUNTS:
        try:
            import_string(path)()
        except Error:
            logger.exception("%s could not count", path)


def forget_old_tasks(*, now: datetime.datetime) -> None:
    """Drop what the task backend remembers of finished work; the Job rows stay."""
    old = DBTaskResult.objects.filter(enqueued_at__lt=now - KEPT)
    old.exclude(status="READY").delete()
