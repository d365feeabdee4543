"""Signing in and out: the brake, the session, the way back, the password again."""

import time

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from boards.accounts import create_user, end_access
from boards.models import AuditEvent, BoardSetting, User
from boards.roles import Role
from tests.boards.signing import LOGIN, PASSWORD, profile_of, secretary, sign_in
from tests.make import boards as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counters():
    """Each test begins with an empty brake."""
    cache.clear()


def test_the_names_of_the_library_have_our_addresses():
    assert reverse("account_login") == "/akun/masuk/"
    assert reverse("account_logout") == "/akun/keluar/"
    assert reverse("account_reauthenticate") == "/akun/ulangi-sandi/"
    assert reverse("mfa_activate_totp") == "/akun/dua-langkah/pasang/"


@pytest.mark.parametrize(
    "path", ["daftar/", "signup/", "email/", "password/reset/", "login/code/"]
)
def test_what_is_not_offered_has_no_address(path):
    assert Client().get(f"/akun/{path}").status_code == 404


def test_a_right_password_leads_home():
    user, client = secretary(username="dewi"), Client()

    response = sign_in(client, " Dewi ")

    assert (response.status_code, response["Location"]) == (
        302,
        reverse("reports:home"),
    )
    assert client.get(profile_of(user)).status_code == 200


def test_a_page_that_needs_sign_in_is_reached_after_it():
    user, client = secretary(), Client()
    page = f"{profile_of(user)}?a=1"

    asked = client.get(page)
    assert asked["Location"].startswith(f"{LOGIN}?next=/lkm/")
    response = client.post(
        asked["Location"],
        {"login": user.username, "password": PASSWORD, "next": page},
    )

    assert response["Location"] == page


@pytest.mark.parametrize(
    "elsewhere",
    ["https://jahat.example/", "//jahat.example/", "javascript:alert(1)", "\\\\x.y"],
)
def test_the_way_back_never_leads_elsewhere(elsewhere):
    user = secretary()

    response = sign_in(Client(), user.username, next=elsewhere)

    assert response["Location"] == reverse("reports:home")


def test_unknown_and_known_names_are_told_the_same():
    user = secretary()

    wrong = sign_in(Client(), user.username, "bukan kata sandinya")
    unknown = sign_in(Client(), "tidak.ada", "bukan kata sandinya")

    def sentences(response):
        return [str(error) for error in response.context["form"].non_field_errors()]

    assert sentences(wrong) == sentences(unknown)
    assert sentences(wrong) == [
        "Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecil."
    ]
    assert wrong.status_code == unknown.status_code == 200


def test_refusals_of_every_kind_of_account_cost_the_same_hashes(monkeypatch):
    known = secretary()
    pending, _ = create_user(
        username="baru", name="Baru", role=Role.SECRETARY, board=make.board(), by=None
    )
    closed = secretary()
    User.objects.filter(pk=closed.pk).update(is_active=False)
    names = [known.username, pending.username, closed.username, "tidak.ada"]
    made = []
    plain = MD5PasswordHasher.encode

    def counted(self, *args, **kwargs):
        made.append(1)
        return plain(self, *args, **kwargs)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    costs = []
    for name in names:
        made.clear()
        sign_in(Client(), name, "bukan kata sandinya")
        costs.append(len(made))

    assert costs == [2, 2, 2, 2]


def test_a_failure_is_audited_and_the_password_is_kept_nowhere():
    user = secretary()

    sign_in(Client(), user.username, "bukan-kata-sandinya-77")

    event = AuditEvent.objects.get(action="boards.sign_in_failed")
    assert event.subject_pk == str(user.pk)
    assert event.address == "127.0.0.1"
    assert "bukan-kata" not in f"{event.says} {event.details} {event.subject_name}"


def test_the_sixth_try_waits_and_the_right_password_too():
    user = secretary()
    for _ in range(5):
        assert sign_in(Client(), user.username, "salah").status_code == 200

    braked = sign_in(Client(), user.username)

    assert braked.status_code == 429
    assert "Terlalu banyak percobaan" in braked.content.decode()


def test_one_locked_account_does_not_lock_the_office():
    locked, other = secretary(), secretary()
    for _ in range(8):
        sign_in(Client(), locked.username, "salah")

    assert sign_in(Client(), other.username).status_code == 302


def test_an_address_is_braked_after_fifty_failures(settings):
    settings.ACCOUNT_RATE_LIMITS = {
        **settings.ACCOUNT_RATE_LIMITS,
        "login_failed": "5/5m/key,3/h/ip",
    }
    user = secretary()
    for number in range(3):
        sign_in(Client(), f"tebakan{number}", "salah")

    assert sign_in(Client(), user.username).status_code == 429


def test_signing_in_gives_a_new_session():
    user, client = secretary(), Client()
    client.get(LOGIN)
    session = client.session
    session["planted"] = "by somebody"
    session.save()
    client.cookies["sessionid"] = session.session_key

    sign_in(client, user.username)

    assert client.session.session_key != session.session_key
    assert client.get(profile_of(user)).status_code == 200
    thief = Client()
    thief.cookies["sessionid"] = session.session_key
    assert thief.get(profile_of(user)).status_code == 302


def test_leaving_is_a_post_and_ends_the_session():
    user, client = secretary(), Client()
    sign_in(client, user.username)
    key = client.session.session_key

    asked = client.get("/akun/keluar/")
    assert "data-signout" in asked.content.decode()
    assert client.get(profile_of(user)).status_code == 200
    client.post("/akun/keluar/")

    again = Client()
    again.cookies["sessionid"] = key
    assert again.get(profile_of(user)).status_code == 302


def test_a_closed_account_is_out_at_its_next_click():
    user, client = secretary(), Client()
    sign_in(client, user.username)

    end_access(user, by=make.user(Role.DINAS_ADMIN, region_code="35.20"))

    assert client.get(profile_of(user)).status_code == 302
    assert sign_in(Client(), user.username).status_code == 200
    assert not UserSession.objects.filter(user=user).exists()


def test_an_hour_without_a_click_asks_for_sign_in_and_keeps_the_way():
    user, client = secretary(), Client()
    sign_in(client, user.username)
    session = client.session
    session["seen_at"] = int(time.time()) - 60 * 60 - 1
    session.save()

    response = client.get(profile_of(user))

    assert response["Location"] == f"{LOGIN}?next={profile_of(user)}"


def end_idle(client: Client) -> None:
    """Nobody clicked for more than an hour."""
    session = client.session
    session["seen_at"] = int(time.time()) - 60 * 60 - 1
    session.save()


def rule_form(user: User) -> tuple[str, dict[str, str]]:
    slug = user.assignments.get().board.slug
    url = reverse("boards:setting_new", args=[slug, "review_days"])
    facts = {
        "value": "7",
        "starts_on": f"{timezone.localdate():%d/%m/%Y}",
        "article": "SK Dinas 5/2026",
    }
    return url, make.once(**facts)


def test_a_form_sent_after_an_hour_is_offered_again_and_kept_once():
    user, client = secretary(), Client()
    sign_in(client, user.username)
    url, body = rule_form(user)
    end_idle(client)

    asked = client.post(url, body)
    assert asked["Location"] == f"{LOGIN}?next={url}"
    offered = client.post(
        asked["Location"], {"login": user.username, "password": PASSWORD, "next": url}
    )
    page = client.get(offered["Location"])

    assert offered["Location"] == "/akun/belum-terkirim/"
    assert "SK Dinas 5/2026" in page.content.decode()
    again = dict(page.context["kept"]["typed"])
    assert again == body
    assert client.post(url, again).status_code == 302
    assert client.post(url, again).status_code == 303
    assert BoardSetting.objects.get().value == 7


def test_the_form_of_one_is_never_offered_to_another():
    user, other, client = secretary(), secretary(), Client()
    sign_in(client, user.username)
    url, body = rule_form(user)
    end_idle(client)
    client.post(url, body)

    response = sign_in(client, other.username)

    assert response["Location"] == reverse("reports:home")
    assert client.get("/akun/belum-terkirim/").status_code == 302


def test_a_late_password_is_not_kept():
    user, client = secretary(), Client()
    sign_in(client, user.username)
    end_idle(client)

    client.post("/akun/sandi/", make.once(old=PASSWORD, password="x" * 12, again="y"))

    assert PASSWORD not in str(dict(client.session))


def test_a_kept_form_can_be_thrown_away():
    user, client = secretary(), Client()
    sign_in(client, user.username)
    url, body = rule_form(user)
    end_idle(client)
    client.post(url, body)
    sign_in(client, user.username)

    client.post("/akun/belum-terkirim/buang/")

    assert client.get("/akun/belum-terkirim/").status_code == 302


def test_twelve_hours_end_a_sign_in_that_is_used_all_day():
    user, client = secretary(), Client()
    sign_in(client, user.username)
    client.get(profile_of(user))
    session = client.session
    session["began_at"] -= 12 * 60 * 60 + 1
    session.save()

    assert client.get(profile_of(user)).status_code == 302


def test_a_foreign_host_is_refused():
    response = Client().get(LOGIN, headers={"host": "jahat.example"})

    assert response.status_code == 400


def test_sign_in_needs_the_csrf_token():
    user = secretary()

    response = sign_in(Client(enforce_csrf_checks=True), user.username)

    assert response.status_code == 403
