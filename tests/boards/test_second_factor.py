"""The second factor: set up, asked at sign-in, never the same code twice, enforced."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from boards.models import User
from boards.roles import Role
from tests.make import boards as make

pytestmark = pytest.mark.django_db

PASSWORD = "sungai gandong pagi hari"
LOGIN = "/akun/masuk/"
SET_UP = "/akun/dua-langkah/pasang/"


@pytest.fixture(autouse=True)
def _fresh_counters():
    """Each test begins with unused codes and an empty brake."""
    cache.clear()


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(user: User) -> Client:
    client = Client()
    client.post(LOGIN, {"login": user.username, "password": PASSWORD})
    return client


def officer(role: Role = Role.DINAS, region_code: str = "35.20") -> User:
    make.region("35.20", "Kabupaten Magetan")
    return make.user(role, region_code=region_code, password=PASSWORD)


def set_up(user: User) -> str:
    """Set up a second factor in a browser; the secret of the phone."""
    client = sign_in(user)
    secret = client.get(SET_UP).context["form"].secret
    client.post(SET_UP, {"code": code_now(secret)})
    cache.clear()
    return secret


def test_it_is_set_up_with_the_first_code_and_sealed_in_the_database():
    user = officer()

    secret = set_up(user)

    kept = user.authenticator_set.get(type="totp")
    assert secret not in str(kept.data)
    assert user.authenticator_set.filter(type="recovery_codes").exists()


def test_a_wrong_first_code_sets_nothing_up():
    user = officer()
    client = sign_in(user)
    client.get(SET_UP)

    response = client.post(SET_UP, {"code": "000000"})

    assert response.status_code == 200
    assert not user.authenticator_set.exists()


def test_the_password_alone_does_not_sign_in_any_more():
    user = officer()
    secret = set_up(user)

    client = Client()
    asked = client.post(LOGIN, {"login": user.username, "password": PASSWORD})

    assert asked["Location"] == "/akun/dua-langkah/masuk/"
    assert client.get("/akun/").status_code == 302
    client.post(asked["Location"], {"code": code_now(secret)})
    assert client.get("/akun/").status_code == 200


def test_a_code_that_was_seen_opens_nothing_a_second_time():
    user = officer()
    secret = set_up(user)
    code = code_now(secret)
    first, thief = sign_in(user), sign_in(user)

    first.post("/akun/dua-langkah/masuk/", {"code": code})
    replayed = thief.post("/akun/dua-langkah/masuk/", {"code": code})

    assert "sudah dipakai" in replayed.content.decode()
    assert first.get("/akun/").status_code == 200
    assert thief.get("/akun/").status_code == 302


@pytest.mark.parametrize(
    ("role", "region_code"),
    [
        (Role.DINAS, "35.20"),
        (Role.DINAS_ADMIN, "35.20"),
        (Role.KELURAHAN, "35.20.06.1010"),
        (Role.SYSTEM, ""),
    ],
)
def test_where_it_is_enforced_these_roles_set_it_up_first(settings, role, region_code):
    settings.TOTP_ENFORCED = True
    make.board()
    user = officer(role, region_code)

    client = sign_in(user)

    page = reverse("reports:home")
    assert client.get(page)["Location"] == SET_UP
    secret = client.get(SET_UP).context["form"].secret
    client.post(SET_UP, {"code": code_now(secret)})
    assert client.get(page).headers.get("Location") != SET_UP


def test_where_it_is_enforced_a_secretary_is_not_asked(settings):
    settings.TOTP_ENFORCED = True
    board = make.board()
    user = make.user(Role.SECRETARY, board=board, password=PASSWORD)

    page = reverse("boards:board_page", kwargs={"board_slug": board.slug})

    assert sign_in(user).get(page).status_code == 200


def test_the_demo_asks_nobody():
    user = officer()

    page = reverse("boards:board_list", kwargs={"region_code": "35.20"})

    assert sign_in(user).get(page).status_code == 200


def test_where_it_is_enforced_it_cannot_be_taken_off(settings):
    user = officer()
    secret = set_up(user)
    settings.TOTP_ENFORCED = True
    client = sign_in(user)
    client.post("/akun/dua-langkah/masuk/", {"code": code_now(secret)})

    response = client.post("/akun/dua-langkah/lepas/")

    assert "wajib memakai kode dua langkah" in response.content.decode()
    assert user.authenticator_set.filter(type="totp").exists()


def test_elsewhere_it_can_be_taken_off():
    user = officer()
    secret = set_up(user)
    client = sign_in(user)
    client.post("/akun/dua-langkah/masuk/", {"code": code_now(secret)})

    response = client.post("/akun/dua-langkah/lepas/")

    assert response["Location"] == "/akun/dua-langkah/"
    assert not user.authenticator_set.exists()


def test_one_recovery_code_replaces_the_phone_once():
    user = officer()
    set_up(user)
    kept = user.authenticator_set.get(type="recovery_codes")
    code = kept.wrap().get_unused_codes()[0]

    first, second = sign_in(user), sign_in(user)
    first.post("/akun/dua-langkah/masuk/", {"code": code})
    second.post("/akun/dua-langkah/masuk/", {"code": code})

    assert first.get("/akun/").status_code == 200
    assert second.get("/akun/").status_code == 302
