"""Addresses of the works, and clients of any role."""

from django.urls import reverse

from boards.models import Board
from boards.roles import Role
from tests.make import boards as make

REGION = "35.20.06.1010"


def client_of(role: Role, board: Board):
    code = "35.20" if role in (Role.DINAS, Role.DINAS_ADMIN) else board.region_code
    return make.signed_in(make.user(role, board=board, region_code=code))


def url(name: str, board: Board, **keys) -> str:
    return reverse(f"activities:{name}", kwargs={"board_slug": board.slug, **keys})


def office(name: str, report=None, code: str = REGION) -> str:
    keys = {"pk": report.pk} if report else {}
    return reverse(f"activities:{name}", kwargs={"region_code": code, **keys})
