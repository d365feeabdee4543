"""Signing in over http, as the tests of accounts do it."""

from django.test import Client
from django.urls import reverse

from boards.models import User
from boards.roles import Role
from tests.make import boards as make

PASSWORD = "sungai gandong pagi hari"
LOGIN = "/akun/masuk/"


def sign_in(client: Client, username: str, password: str = PASSWORD, **more):
    """Type name and password into the form."""
    return client.post(LOGIN, {"login": username, "password": password, **more})


def secretary(**fields) -> User:
    """A secretary of a board of its own, with PASSWORD."""
    return make.user(Role.SECRETARY, board=make.board(), password=PASSWORD, **fields)


def profile_of(user: User) -> str:
    """A page that asks for sign-in: the profile of the user's board."""
    slug = user.assignments.get().board.slug
    return reverse("boards:board_page", kwargs={"board_slug": slug})
