"""A job as its owner sees it in each state."""

import pytest
from django.utils import timezone

from boards.models import Job
from boards.roles import Role
from tests.make import boards as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make.user(Role.SECRETARY, board=make.board())


def job(owner, state: str, **facts) -> Job:
    return Job.objects.create(
        kind="summary",
        title="Ringkasan Oktober",
        user=owner,
        key=state,
        state=state,
        **facts,
    )


def page(owner, row: Job) -> str:
    return make.signed_in(owner).get(f"/pekerjaan/{row.pk}/").content.decode()


def test_running_work_is_watched_and_may_be_cancelled(owner):
    row = job(owner, "running", done=38, total=64)

    text = page(owner, row)

    assert f'data-job-url="/pekerjaan/{row.pk}/keadaan/"' in text
    assert "38 dari 64" in text
    assert f'action="/pekerjaan/{row.pk}/batal/"' in text
    assert 'value="59"' in text


def test_done_work_leads_to_what_it_made(owner):
    row = job(owner, "done", finished_at=timezone.now(), result_url="/hasil/1/")

    text = page(owner, row)

    assert 'href="/hasil/1/"' in text
    assert "data-job-url" not in text


@pytest.mark.parametrize(
    ("state", "word"), [("failed", "Gagal"), ("cancelled", "Dibatalkan")]
)
def test_stopped_work_says_why_and_may_be_tried_again(owner, state, word):
    row = job(owner, state, note="Berhenti lima kali.", finished_at=timezone.now())

    text = page(owner, row)

    assert word in text
    assert "Berhenti lima kali." in text
    assert f'action="/pekerjaan/{row.pk}/ulang/"' in text


def test_work_of_others_does_not_exist(owner):
    row = job(make.user(), "running")

    assert make.signed_in(owner).get(f"/pekerjaan/{row.pk}/").status_code == 404
