"""A disk that is full or closed, a database that is busy: a page that says so."""

import errno

import pytest
from django import get_version
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from boards.models import StoredFile
from boards.roles import Role
from common.troubles import trouble_of
from deliberations.models import Meeting
from tests.make import activities as works
from tests.make import boards as make
from tests.make import photos


class Broken:
    """Lets reads through; every write meets the same fault."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault

    def __call__(self, execute, sql, params, many, context):
        """A database wrapper."""
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            raise self.fault
        return execute(sql, params, many, context)


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (OperationalError("database or disk is full"), 507),
        (OperationalError("attempt to write a readonly database"), 507),
        (OperationalError("could not extend file: No space left on device"), 507),
        (OSError(errno.ENOSPC, "No space left on device"), 507),
        (OSError(errno.EROFS, "Read-only file system"), 507),
        (OperationalError("database is locked"), 503),
        (OperationalError("deadlock detected"), 503),
        (OperationalError("server closed the connection unexpectedly"), 503),
        (OSError(errno.EACCES, "Permission denied"), 0),
        (ValueError("a bug"), 0),
    ],
)
def test_a_fault_has_the_status_that_helps(fault, status):
    assert trouble_of(fault) == status


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        ("database or disk is full", 507, "penuh"),
        ("attempt to write a readonly database", 507, "penuh"),
        ("database is locked", 503, "sibuk"),
    ],
)
def test_a_write_that_cannot_be_made_is_a_page_and_leaves_nothing(words, status, says):
    board = make.board()
    client = make.signed_in(make.user(Role.SECRETARY, board=board))
    client.raise_request_exception = False
    body = make.once(
        kind=Meeting.Kind.RUTIN, held_on="14/03/2026", starts_at="19.30", place="Balai"
    )
    path = reverse("deliberations:meeting_new", args=[board.slug])
    with connection.execute_wrapper(Broken(OperationalError(words))):
        response = client.post(path, body)
        reading = client.get(reverse("deliberations:meeting_list", args=[board.slug]))

    page = response.content.decode()
    assert response.status_code == status
    assert says in page
    assert "Nomor rujukan" in page
    assert words not in page
    assert reading.status_code == 200
    assert not Meeting.objects.exists()
    assert client.post(path, body).status_code == 302, "the same form works later"


@pytest.mark.django_db
def test_a_bug_is_a_500_with_a_number_and_no_trace(monkeypatch):
    board = make.board()
    client = make.signed_in(make.user(Role.SECRETARY, board=board))
    client.raise_request_exception = False
    monkeypatch.setattr("deliberations.views.meetings.paginate", lambda *a, **k: 1 / 0)
    response = client.get(reverse("deliberations:meeting_list", args=[board.slug]))
    page = response.content.decode()
    assert response.status_code == 500
    assert "Nomor rujukan" in page
    assert "ZeroDivisionError" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_photo_on_a_full_disk_is_a_sentence_and_no_row(code, monkeypatch):
    report = works.report(works.running(make.board()))
    client = make.signed_in(report.created_by)

    def full(*args, **kwargs):
        raise OSError(code, "disk")

    storage = "boards.storage.DurableStorage"
    monkeypatch.setattr(f"{storage}.exists", lambda self, name: False)
    monkeypatch.setattr(f"{storage}._save", full)
    before = StoredFile.objects.count()
    path = reverse("activities:photo_add", args=[report.board.slug, report.pk])
    body = make.once(stage="0", note="", photos=photos.upload())
    response = client.post(path, body)
    assert response.status_code == 200
    assert "hampir penuh" in str(response.context["form"].errors)
    assert StoredFile.objects.count() == before


@pytest.mark.django_db
def test_a_nul_in_the_address_is_a_bad_request():
    board = make.board()
    client = make.signed_in(make.user(Role.SECRETARY, board=board))
    path = reverse("deliberations:meeting_list", args=[board.slug])
    for address in (f"{path}?q=a%00b", "/v/a%00b/", f"{path}%00"):
        assert client.get(address).status_code == 400


@pytest.mark.django_db
def test_a_body_larger_than_any_form_is_refused_unread(client, settings):
    settings.LARGEST_BODY = 1_000_000
    for path in ("/akun/masuk/", "/v/AAAA/bandingkan/", "/tidak-ada/"):
        response = client.post(path, {"file": photos.upload(b"x" * 1_000_100)})
        assert response.status_code == 413
        assert "besar" in response.content.decode()


def locked_door(client, board):
    """The answer to a secretary at the door of an Admin Dinas."""
    return client.get(reverse("boards:secretary_handover", args=[board.slug]))


def asked_twice(client, board):
    """The answer to a form whose key was used with other words before."""
    path = reverse("deliberations:meeting_new", args=[board.slug])
    first = make.once(
        kind=Meeting.Kind.RUTIN, held_on="14/03/2026", starts_at="19.30", place="Balai"
    )
    client.post(path, first)
    return client.post(path, {**first, "place": "Rumah"})


def braked(client):
    """The answer after too many failures to sign in."""
    body = {"login": "siapa", "password": "tebakan"}
    return [client.post("/akun/masuk/", body) for _ in range(6)][-1]


def without_token(board):
    """The answer to a form whose page stood open for too long."""
    strict = Client(enforce_csrf_checks=True)
    return strict.post("/akun/masuk/", {"login": "a", "password": "b"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "says", "ask"),
    [
        (400, "tidak lengkap", lambda client, board: client.get("/v/a%00b/")),
        (400, "tidak lengkap", lambda client, board: client.get("/", HTTP_HOST="x.y")),
        (403, "izin", locked_door),
        (403, "terlalu lama", lambda client, board: without_token(board)),
        (404, "tidak ada", lambda client, board: client.get("/tidak-ada/")),
        (409, "sudah terkirim", asked_twice),
        (413, "besar", lambda client, board: client.post("/", {"a": "b" * 2_000})),
        (429, "percobaan", lambda client, board: braked(Client())),
    ],
)
def test_every_refusal_is_a_page_with_the_number_of_its_request(
    status, says, ask, settings
):
    cache.clear()
    settings.LARGEST_BODY = 1_000
    board = make.board()
    client = make.signed_in(make.user(Role.SECRETARY, board=board))

    response = ask(client, board)

    page = response.content.decode()
    assert (response.status_code, says in page) == (status, True)
    assert f"Nomor rujukan: <b>{response['X-Request-ID']}</b>" in page
    assert response["Cache-Control"] == "no-store"
    for inside in ("Traceback", "Permission", "view_", "manage_", get_version()):
        assert inside not in page


@pytest.mark.django_db
def test_a_strange_host_on_a_secure_server_gets_a_number_too(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    response = client.get("/sehat/", HTTP_HOST="lain.example.org")

    assert response.status_code == 400
    assert response["X-Request-ID"] in response.content.decode()
