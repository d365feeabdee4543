"""The sign-on of a Dinas from end to end, in a portal that has it switched on.

Run by test_sign_on.py as a process of its own: the list of apps depends on it.
"""

from urllib.parse import parse_qs, urlsplit

from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import resolve, reverse

from boards.access import PUBLIC, SIGNED_IN
from boards.accounts import end_access, issue_code, set_own_password
from boards.models import AuditEvent, User
from boards.roles import Role
from tests.boards.signing import LOGIN, PASSWORD, profile_of, secretary, sign_in
from tests.make import boards as make

HOME = reverse("reports:home")


def back(client: Client, started, identity: str = "", **said):
    """Come back from the Dinas, which says who it is (or why not)."""
    assert started.status_code == 302, started.content.decode()
    way = urlsplit(started["Location"])
    assert f"{way.scheme}://{way.netloc}" == settings.OIDC_SERVER
    asked = {name: values[0] for name, values in parse_qs(way.query).items()}
    assert asked["redirect_uri"] == "http://testserver/akun/dinas/kembali/"
    assert (asked["scope"], asked["code_challenge_method"]) == ("openid", "S256")
    answer = {"state": asked["state"], **({"code": identity} if identity else said)}
    return client.get("/akun/dinas/kembali/", answer)


def come(identity: str, **typed):
    """A new browser that signs in at the Dinas; the browser and the answer."""
    client = Client()
    return client, back(client, client.post("/akun/dinas/masuk/", typed), identity)


def linked(identity: str) -> tuple[User, Client]:
    """A secretary who linked the account to `identity`."""
    user, client = secretary(), Client()
    sign_in(client, user.username)
    done = back(client, client.post("/akun/dinas/hubungkan/"), identity)
    assert done["Location"] == "/akun/dinas/"
    return user, client


def is_in(client: Client, user: User) -> bool:
    return client.get(profile_of(user)).status_code == 200


def the_sign_in_page_offers_it():
    page = Client().get(f"{LOGIN}?next=/lkm/")
    assert "Masuk dengan SSO Magetan" in page.content.decode()
    allowed = f"form-action 'self' {settings.OIDC_SERVER};"
    assert allowed in page["Content-Security-Policy"]


def every_address_has_its_door():
    doors = {
        "": (SIGNED_IN, 302, 405),
        "masuk/": (PUBLIC, 405, 302),
        "hubungkan/": (SIGNED_IN, 405, 302),
        "lepas/": (SIGNED_IN, 405, 302),
        "kembali/": (PUBLIC, 401, 405),
    }
    for name, (door, get, post) in doors.items():
        path = f"/akun/dinas/{name}"
        view = resolve(path).func
        assert getattr(view, "guarded_by", "") == door, path
        assert Client().get(path).status_code == get, path
        assert Client().post(path).status_code == post, path
    for path in ("/akun/dinas/signup/", "/akun/social/signup/", "/akun/3rdparty/"):
        assert Client().get(path).status_code == 404


def an_unknown_identity_opens_and_makes_nothing():
    before = User.objects.count()
    make.user(Role.SECRETARY, board=make.board(), username="asing")
    client, answer = come("asing")
    assert answer.status_code == 403
    assert "SSO Magetan ini belum dihubungkan" in answer.content.decode()
    assert (User.objects.count(), SocialAccount.objects.count()) == (before + 1, 0)
    assert "_auth_user_id" not in client.session


def a_linked_account_is_opened():
    user, client = linked("dewi")
    link = SocialAccount.objects.get(user=user)
    assert (link.provider, link.uid, link.extra_data) == ("dinas", "dewi", {})
    assert "Terhubung sejak" in client.get("/akun/dinas/").content.decode()
    assert "/akun/dinas/" in client.get("/akun/").content.decode()
    event = AuditEvent.objects.get(action="boards.sign_on_linked")
    assert (event.user_id, event.board_id) == (user.pk, user.reach()[0].board_id)

    browser, answer = come("dewi", next="https://jahat.example/")
    assert answer["Location"] == HOME
    assert is_in(browser, user)
    assert come("dewi", next="/akun/")[1]["Location"] == "/akun/"
    assert SocialAccount.objects.get(user=user).extra_data == {}
    asked = browser.post("/akun/dinas/lepas/")
    assert asked["Location"].startswith("/akun/ulangi-sandi/")
    client.post("/akun/dinas/lepas/")
    assert come("dewi")[1].status_code == 403


def one_identity_opens_one_account():
    linked("satu")
    other, client = linked("satu")
    assert (
        "sudah dihubungkan ke akun lain" in client.get("/akun/dinas/").content.decode()
    )
    assert not SocialAccount.objects.filter(user=other).exists()
    mine, client = linked("dua")
    back(client, client.post("/akun/dinas/hubungkan/"), "tiga")
    assert "Lepas dulu" in client.get("/akun/dinas/").content.decode()
    assert SocialAccount.objects.get(user=mine).uid == "dua"


def the_second_factor_is_still_asked():
    user, _ = linked("pakai-totp")
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    client, answer = come("pakai-totp")
    assert answer["Location"] == "/akun/dua-langkah/masuk/"
    assert not is_in(client, user)


def a_new_code_ends_the_link_for_good():
    admin = make.user(Role.DINAS_ADMIN, region_code="35.20")
    user, _ = linked("berganti")
    issue_code(user, by=admin)
    client, answer = come("berganti")
    assert (answer.status_code, "ditutup" in answer.content.decode()) == (403, True)
    set_own_password(User.objects.get(pk=user.pk), PASSWORD)
    client, answer = come("berganti")
    assert (answer.status_code, is_in(client, user)) == (403, False)
    assert "belum dihubungkan" in answer.content.decode()
    fresh, _ = linked("berganti")
    assert is_in(come("berganti")[0], fresh)

    end_access(fresh, by=admin)
    client, answer = come("berganti")
    assert (answer.status_code, "_auth_user_id" in client.session) == (403, False)


def what_the_dinas_cannot_say_is_a_page():
    for identity in ("rusak", "kosong"):
        answer = come(identity)[1]
        assert answer.status_code == 401, identity
        assert "tidak menjawab" in answer.content.decode()
    client = Client()
    started = client.post("/akun/dinas/masuk/")
    assert back(client, started, error="access_denied")["Location"] == LOGIN
    assert "dibatalkan" in client.get(LOGIN).content.decode()
    assert back(client, started, "dewi").status_code == 401


def tell() -> None:
    """The whole story, in a database of its own."""
    call_command("migrate", verbosity=0)  # what the sign-on itself adds
    the_sign_in_page_offers_it()
    every_address_has_its_door()
    an_unknown_identity_opens_and_makes_nothing()
    a_linked_account_is_opened()
    one_identity_opens_one_account()
    the_second_factor_is_still_asked()
    a_new_code_ends_the_link_for_good()
    what_the_dinas_cannot_say_is_a_page()
