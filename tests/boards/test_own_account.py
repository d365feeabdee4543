"""One's own account: the first password, another one, sign-ins, the password again."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from boards.accounts import create_user
from boards.models import AuditEvent, User
from boards.roles import Role
from tests.boards.signing import LOGIN, PASSWORD, profile_of, secretary, sign_in
from tests.make import boards as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counters():
    """Each test begins with an empty brake."""
    cache.clear()


def test_a_code_leads_to_a_password_of_ones_own_and_nowhere_else():
    board = make.board()
    user, code = create_user(
        username="dewi", name="Dewi", role=Role.SECRETARY, board=board, by=None
    )
    client = Client()

    sign_in(client, "dewi", code.lower())
    kept_out = client.get(profile_of(user))
    assert kept_out["Location"] == "/akun/sandi-pertama/"
    weak = client.post(
        "/akun/sandi-pertama/", make.once(password="pendek", again="pendek")
    )
    assert weak.status_code == 200
    assert User.objects.get(pk=user.pk).code_hash
    response = client.post(
        "/akun/sandi-pertama/", make.once(password=PASSWORD, again=PASSWORD)
    )

    assert response["Location"] == reverse("reports:home")
    assert client.get(profile_of(user)).status_code == 200
    assert sign_in(Client(), "dewi", code).status_code == 200
    assert sign_in(Client(), "dewi").status_code == 302


def test_two_passwords_that_differ_are_not_stored():
    user, code = create_user(
        username="dewi", name="Dewi", role=Role.SECRETARY, board=make.board(), by=None
    )
    client = Client()
    sign_in(client, "dewi", code)

    response = client.post(
        "/akun/sandi-pertama/", make.once(password=PASSWORD, again=f"{PASSWORD}x")
    )

    assert "belum sama" in response.content.decode()
    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_changing_the_password_ends_the_other_sign_ins():
    user, here, there = secretary(), Client(), Client()
    sign_in(here, user.username)
    sign_in(there, user.username)

    response = here.post(
        "/akun/sandi/",
        make.once(
            old=PASSWORD, password="gunung lawu di timur", again="gunung lawu di timur"
        ),
    )

    assert response["Location"] == "/akun/"
    assert here.get(profile_of(user)).status_code == 200
    assert there.get(profile_of(user)).status_code == 302
    assert UserSession.objects.filter(user=user).count() == 1
    assert AuditEvent.objects.filter(action="boards.password_set").count() == 1


def test_a_wrong_old_password_changes_nothing_and_guessing_is_braked():
    user, client = secretary(), Client()
    sign_in(client, user.username)
    body = {"password": "gunung lawu di timur", "again": "gunung lawu di timur"}

    answers = [
        client.post("/akun/sandi/", make.once(old=f"tebakan {number}", **body))
        for number in range(6)
    ]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert sign_in(Client(), user.username).status_code == 302


def test_my_account_shows_roles_and_sign_ins_and_ends_the_others():
    user, here, there = secretary(), Client(), Client()
    sign_in(here, user.username)
    there.post(
        LOGIN,
        {"login": user.username, "password": PASSWORD},
        headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/126.0"},
    )

    page = here.get("/akun/").content.decode()
    assert "Sekretaris LKM" in page
    assert "Chrome di ponsel Android" in page
    other = UserSession.objects.get(session_key=there.session.session_key)
    here.post(reverse("boards:session_end", args=[other.pk]), make.once())

    assert there.get(profile_of(user)).status_code == 302
    assert here.get(profile_of(user)).status_code == 200


def test_nobody_ends_sign_ins_of_others():
    mine, theirs = secretary(), secretary()
    me, them = Client(), Client()
    sign_in(me, mine.username)
    sign_in(them, theirs.username)
    other = UserSession.objects.get(user=theirs)

    response = me.post(reverse("boards:session_end", args=[other.pk]), make.once())
    me.post(reverse("boards:sessions_end"), make.once())

    assert response.status_code == 404
    assert them.get(profile_of(theirs)).status_code == 200


@pytest.mark.parametrize("name", ["sessions_end", "session_end"])
def test_ending_sign_ins_takes_a_post(name):
    user, client = secretary(), Client()
    sign_in(client, user.username)
    args = [1] if name == "session_end" else []

    assert client.get(reverse(f"boards:{name}", args=args)).status_code == 405


def stale(client: Client) -> None:
    """The password was typed eleven minutes ago."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 11 * 60
    session.save()


def test_an_old_sign_in_is_asked_again_and_then_the_act_is_done_once():
    admin = make.user(Role.DINAS_ADMIN, region_code="35.20", password=PASSWORD)
    board = make.board()
    client = Client()
    sign_in(client, admin.username)
    url = reverse("boards:secretary_handover", kwargs={"board_slug": board.slug})
    body = make.once(kind="baru", name="Dewi Anggraini", username="dewi.anggraini")

    stale(client)
    asked = client.post(url, body)
    assert asked["Location"].startswith("/akun/ulangi-sandi/?next=")
    assert not User.objects.filter(username="dewi.anggraini").exists()
    refused = client.post(asked["Location"], {"password": "salah"})
    assert refused.status_code == 200
    done = client.post(asked["Location"], {"password": PASSWORD})

    user = User.objects.get(username="dewi.anggraini")
    assert done["Location"] == reverse(
        "boards:handover_done", kwargs={"board_slug": board.slug, "pk": user.pk}
    )
    shown = client.get(done["Location"]).content.decode()
    assert re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", shown)
    again = client.post(url, body)
    assert (again.status_code, again["Location"]) == (303, done["Location"])
    assert board.assignments.filter(role=Role.SECRETARY).count() == 1
    event = AuditEvent.objects.get(action="boards.secretary_handed_over")
    assert event.role == "Admin Dinas"


def test_a_fresh_sign_in_is_not_asked_again():
    admin = make.user(Role.DINAS_ADMIN, region_code="35.20", password=PASSWORD)
    board = make.board()
    client = Client()
    sign_in(client, admin.username)

    response = client.post(
        reverse("boards:secretary_handover", kwargs={"board_slug": board.slug}),
        make.once(kind="baru", name="Dewi", username="dewi.a"),
    )

    assert response["Location"].startswith(f"/lkm/{board.slug}/serah-terima/")


def test_the_brake_also_holds_for_the_password_again():
    admin = make.user(Role.DINAS_ADMIN, region_code="35.20", password=PASSWORD)
    client = Client()
    sign_in(client, admin.username)

    answers = [
        client.post("/akun/ulangi-sandi/", {"password": "salah"}).status_code
        for _ in range(6)
    ]

    assert answers == [200] * 5 + [429]
