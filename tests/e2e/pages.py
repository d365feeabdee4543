"""What a person does on any page: sign in, press, read; and what every page must be."""

import re
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from playwright.sync_api import Download, Locator, Page, expect

from boards.models import User
from tests.e2e.office import PASSWORD


def sign_in(page: Page, user: User, *, address: str = "/akun/masuk/") -> None:
    """Type name and password into the form, on `address` or where one was led."""
    page.goto(address)
    fill_sign_in(page, user)


def fill_sign_in(page: Page, user: User) -> None:
    """The form of the page that is open."""
    page.get_by_label("Nama pengguna").fill(user.username)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    press(page, "Masuk")


def session_of(page: Page) -> SessionBase:
    """The sign-in of this browser as the server keeps it."""
    jar = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    store = import_module(settings.SESSION_ENGINE).SessionStore
    return store(jar[settings.SESSION_COOKIE_NAME])


def let_password_age(page: Page) -> None:
    """The password of this sign-in was typed a quarter of an hour ago."""
    session = session_of(page)
    for typed in session["account_authentication_methods"]:
        typed["at"] -= 15 * 60
    session.modified = True
    session.save()


def press(page: Page, name: str | re.Pattern) -> None:
    """Press the one button of that name and wait for the next page."""
    page.get_by_role("button", name=name).click()


def follow(page: Page, name: str | re.Pattern) -> None:
    """Follow the first link of that name."""
    page.get_by_role("link", name=name).first.click()


def see(page: Page, *texts: str) -> None:
    """Every text stands on the page."""
    for text in texts:
        expect(page.get_by_text(text).first).to_be_visible()


def heading(page: Page, text: str | re.Pattern) -> None:
    """The page is the one with this title."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def lines(rows: Locator) -> list[str]:
    """The text of each row, every kind of blank made one blank."""
    return [" ".join(text.split()) for text in rows.all_inner_texts()]


def taken_by(page: Page, act) -> bytes:
    """The bytes of the file that `act()` makes the browser keep."""
    with page.expect_download() as waiting:
        act()
    return saved(waiting.value)


def saved(download: Download) -> bytes:
    """The bytes of a finished download."""
    return Path(download.path()).read_bytes()


def fetch(page: Page, address: str) -> bytes:
    """What this person gets at an address that the browser would show as a file."""
    answer = page.context.request.get(address)
    assert answer.status == 200, f"{address}: {answer.status}"
    return answer.body()
