"""Long work: one effect whatever dies, is pressed twice, cancelled or goes wrong."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from boards import jobs
from boards.jobs import cancel_job, enqueue_job, retry_job, run_job, sweep_jobs
from boards.models import AuditEvent, Job
from boards.roles import Role
from common.errors import RuleViolation
from tests.boards import handlers
from tests.make import boards as make

KINDS = (
    "good",
    "refused",
    "poisoned",
    "cancelled_midway",
    "taken_over",
    "going_home",
    "slow_printing",
)


@pytest.fixture(autouse=True)
def _handlers(settings):
    settings.JOB_HANDLERS = {name: f"tests.boards.handlers.{name}" for name in KINDS}
    handlers.DONE.clear()
    yield
    jobs.closing.clear()


@pytest.fixture
def person(db):
    return make.user(Role.DINAS, region_code="35.20")


def waiting(person, kind: str = "good", **fields) -> Job:
    """A job in the queue that no task was made for."""
    values = {"kind": kind, "title": "Ringkasan", "key": kind, "user": person}
    return Job.objects.create(**{**values, **fields})


def run(job: Job) -> Job:
    """Do the job as a worker would; what it is afterwards."""
    run_job.call(str(job.pk))
    job.refresh_from_db()
    return job


def dead(person, attempts: int = 1, **fields) -> Job:
    """A job whose worker has been silent for two minutes."""
    then = timezone.now() - timedelta(minutes=2)
    return waiting(
        person,
        state=Job.State.RUNNING,
        lease="11111111-1111-4111-8111-111111111111",
        heartbeat_at=then,
        attempts=attempts,
        **fields,
    )


def test_a_job_is_done_and_says_where_its_result_is(person):
    job = run(waiting(person))

    assert (job.state, job.result_url, job.percent) == ("done", "/hasil/", 100)
    assert (job.done, job.total, job.attempts) == (3, 3, 1)


def test_the_same_key_gives_the_job_that_is_already_there(person):
    first = waiting(person, key="satu")

    assert enqueue_job("good", title="Ringkasan", key="satu", by=person) == first
    assert Job.objects.count() == 1
    assert not AuditEvent.objects.filter(action="boards.job_asked").exists()


def test_a_finished_key_may_be_asked_again(person):
    waiting(person, key="satu", state=Job.State.DONE)

    enqueue_job("good", title="Ringkasan", key="satu", by=person)

    assert Job.objects.filter(key="satu").count() == 2
    assert AuditEvent.objects.filter(action="boards.job_asked").count() == 1


def test_the_database_holds_one_open_job_a_key(person):
    waiting(person, key="satu")

    with pytest.raises(IntegrityError):
        waiting(person, key="satu")


def test_who_asks_at_the_same_moment_gets_the_job_of_the_other(person, monkeypatch):
    first = waiting(person, key="satu")
    found = iter([None, first])
    monkeypatch.setattr(
        "django.db.models.query.QuerySet.first", lambda rows: next(found)
    )

    assert enqueue_job("good", title="Ringkasan", key="satu", by=person) == first


def test_two_tasks_of_one_job_have_one_effect(person):
    job = waiting(person)

    run(job)
    run(job)

    assert [str(job.pk)] == handlers.DONE


def test_a_job_that_must_wait_is_not_claimed(person):
    job = waiting(person, run_after=timezone.now() + timedelta(minutes=1))

    assert run(job).state == Job.State.QUEUED


def test_a_refusal_is_told_in_its_own_words(person):
    job = run(waiting(person, "refused"))

    assert (job.state, job.note) == ("failed", "Wilayah ini sudah tidak ada.")


def test_a_poisoned_handler_fails_its_job_and_rises(person):
    job = waiting(person, "poisoned")

    with pytest.raises(ZeroDivisionError):
        run_job.call(str(job.pk))

    job.refresh_from_db()
    assert (job.state, job.note) == ("failed", jobs.BROKEN)


def test_cancel_stops_a_running_job_at_its_next_step(person):
    job = run(waiting(person, "cancelled_midway"))

    assert (job.state, job.done, job.result_url) == ("cancelled", 1, "")
    assert handlers.DONE == []


def test_cancel_stops_a_waiting_job_at_once(person):
    job = cancel_job(waiting(person), by=person)

    assert job.state == Job.State.CANCELLED
    assert run(job).state == Job.State.CANCELLED
    assert AuditEvent.objects.filter(action="boards.job_cancelled").count() == 1


def test_a_finished_job_cannot_be_cancelled_any_more(person):
    job = cancel_job(waiting(person, state=Job.State.DONE), by=person)

    assert job.state == Job.State.DONE
    assert not AuditEvent.objects.filter(action="boards.job_cancelled").exists()


def test_who_lost_the_lease_keeps_nothing(person):
    job = run(waiting(person, "taken_over"))

    assert (job.state, job.result_url) == ("queued", "")
    assert handlers.DONE == []


def test_a_worker_that_goes_home_gives_its_job_back_without_losing_a_try(person):
    job = run(waiting(person, "going_home"))

    assert (job.state, job.lease, job.attempts) == ("queued", None, 0)


def test_printing_longer_than_a_beat_keeps_the_lease(person, monkeypatch):
    monkeypatch.setattr(jobs, "BEAT_SECONDS", 0)

    assert run(waiting(person, "slow_printing")).result_url == "/hasil/"


@pytest.mark.parametrize(("attempts", "wait"), [(1, 0), (2, 30), (3, 60), (4, 120)])
def test_a_dead_job_is_queued_again_at_growing_distance(person, attempts, wait):
    now = timezone.now()
    # Another month's task finds it later; now only the queue is looked at.
    job = dead(person, attempts)

    assert jobs._give_back(job, now, jobs.DIED)

    job.refresh_from_db()
    assert job.state == Job.State.QUEUED
    assert job.run_after == now + timedelta(seconds=wait)


def test_after_five_deaths_the_job_has_failed(person):
    job = dead(person, 5)

    assert sweep_jobs(now=timezone.now()) == 0

    job.refresh_from_db()
    assert (job.state, job.note) == ("failed", jobs.DIED)


def test_a_swept_job_is_done_by_the_next_worker(person):
    job = dead(person)

    assert sweep_jobs(now=timezone.now()) == 1

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)
    assert [str(job.pk)] == handlers.DONE


def test_a_dead_job_that_was_cancelled_ends(person):
    job = dead(person, cancel_asked_at=timezone.now())

    sweep_jobs(now=timezone.now())

    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


def test_a_living_job_is_left_alone(person):
    job = dead(person)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now())

    assert sweep_jobs(now=timezone.now()) == 0

    job.refresh_from_db()
    assert job.state == Job.State.RUNNING


def test_a_waiting_job_is_offered_once_a_lease(person, monkeypatch):
    offered = []
    monkeypatch.setattr(type(run_job), "enqueue", lambda self, pk: offered.append(pk))
    job = waiting(person)
    now = timezone.now()

    for seconds in (0, 5, 10, 59, 61):
        sweep_jobs(now=now + timedelta(seconds=seconds))

    assert offered == [str(job.pk), str(job.pk)]


def test_a_failed_job_starts_again_from_the_beginning(person):
    job = waiting(person, state=Job.State.FAILED, attempts=5, done=2, total=3)

    job = retry_job(job, by=person)

    assert (job.state, job.attempts, job.done) == ("queued", 0, 0)
    assert run(job).state == Job.State.DONE


@pytest.mark.parametrize("state", [Job.State.QUEUED, Job.State.RUNNING, Job.State.DONE])
def test_an_open_or_finished_job_is_not_started_again(person, state):
    job = waiting(person, state=state)

    with pytest.raises(RuleViolation):
        retry_job(job, by=person)

    assert Job.objects.get().state == state
