"""Alive and ready: words for anyone, details for those who keep the portal."""

from datetime import timedelta

import pytest
from django.utils import timezone

from boards.models import AuditHead, Job
from boards.roles import Role
from tests.make import boards as make


def test_alive_answers_without_the_database(client):
    answer = client.get("/sehat/")

    assert answer.status_code == 200
    assert answer.content == b"sehat"


@pytest.mark.django_db
def test_a_stranger_reads_one_word(client):
    answer = client.get("/sehat/siap/")

    assert (answer.status_code, answer.json()) == (200, {"keadaan": "siap"})
    assert not AuditHead.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "code", "sees"),
    [
        (Role.SYSTEM, "", True),
        (Role.DINAS_ADMIN, "35.20", True),
        (Role.DINAS, "35.20", False),
        (Role.KELURAHAN, "35.20.06.1010", False),
    ],
)
def test_details_are_for_those_who_keep_the_portal(role, code, sees):
    client = make.signed_in(make.user(role, region_code=code))

    answer = client.get("/sehat/siap/").json()

    assert ("pemeriksaan" in answer) == sees
    if sees:
        assert set(answer["pemeriksaan"].values()) == {"baik"}


@pytest.mark.django_db
def test_a_job_that_nobody_takes_makes_it_not_ready(client):
    person = make.user(Role.SYSTEM)
    Job.objects.create(kind="summary", title="R", key="r", user=person)
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=11))

    answer = client.get("/sehat/siap/")

    assert (answer.status_code, answer.json()) == (503, {"keadaan": "belum siap"})
    details = make.signed_in(person).get("/sehat/siap/").json()["pemeriksaan"]
    assert details["pekerjaan"] == "1 pekerjaan menunggu lebih dari 10 menit"


@pytest.mark.django_db
def test_too_little_room_makes_it_not_ready(client, settings):
    settings.UPLOAD_DISK_RESERVE = 10**18

    assert client.get("/sehat/siap/").status_code == 503


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sehat/", "/sehat/siap/"])
def test_only_get_is_answered(client, path):
    assert client.post(path).status_code == 405
