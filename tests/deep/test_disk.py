"""SQLite that is really full, and really read-only: refused cleanly, no damage."""

import pytest
from django.db import connection
from django.urls import reverse

from boards.models import AuditEvent, Submission
from boards.verification import broken_chains
from deliberations.models import Meeting
from tests.make import boards as make
from tests.make import meetings as meet

pytestmark = [pytest.mark.sqlite_only, pytest.mark.django_db(transaction=True)]
LONG = "Maksud rapat yang panjang. " * 37


def pragma(text: str) -> int | None:
    """Run one PRAGMA; what it says."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {text}")
        row = cursor.fetchone()
    return row[0] if row else None


@pytest.fixture
def office():
    """A secretary with a client, and the page that opens meetings."""
    board = make.board()
    meet.members(board)
    client = make.signed_in(meet.secretary(board))
    client.raise_request_exception = False
    return board, client, reverse("deliberations:meeting_new", args=[board.slug])


def typed() -> dict:
    """A meeting as the form sends it."""
    return make.once(
        kind=Meeting.Kind.RUTIN,
        held_on="14/03/2026",
        starts_at="19.30",
        place="Balai",
        purpose=LONG,
    )


def test_a_database_without_room_refuses_and_goes_on_later(office):
    board, client, path = office
    pragma(f"max_page_count = {pragma('page_count') + 8}")
    try:
        answers = [client.post(path, typed()).status_code for _ in range(40)]
        full = typed()
        last = client.post(path, full).status_code
        listed = client.get(reverse("deliberations:meeting_list", args=[board.slug]))
    finally:
        pragma("max_page_count = 1073741823")

    assert set(answers) == {302, 507}
    assert last == 507
    assert listed.status_code == 200
    made = answers.count(302)
    assert Meeting.objects.count() == Submission.objects.count() == made
    opened = AuditEvent.objects.filter(action="deliberations.meeting_created")
    assert opened.count() == made
    assert list(broken_chains()) == []
    assert pragma("integrity_check") == "ok"
    assert client.post(path, full).status_code == 302


def test_a_database_that_may_only_be_read_refuses_and_goes_on_later(office):
    board, client, path = office
    body = typed()
    pragma("query_only = 1")
    try:
        refused = client.post(path, body).status_code
        listed = client.get(reverse("deliberations:meeting_list", args=[board.slug]))
    finally:
        pragma("query_only = 0")
    assert refused == 507
    assert listed.status_code == 200
    assert not Meeting.objects.exists()
    assert client.post(path, body).status_code == 302
