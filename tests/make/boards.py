"""Boards, regions, users and signed-in clients for tests."""

import datetime
import itertools
from datetime import date
from typing import Any

from django.test import Client

from boards.files import store_bytes
from boards.guide_lines import read_lines
from boards.models import (
    Assignment,
    Board,
    BoardSetting,
    Guide,
    GuideClause,
    Region,
    User,
)
from boards.roles import BOARD_ROLES, Role

_count = itertools.count(1)

MAGETAN = ("35.20.06.1010", "Selosari", "Magetan")


def region(code: str = "35.20.06.1010", name: str = "Selosari") -> Region:
    """One row of the region list."""
    return Region.objects.get_or_create(
        code=code,
        defaults={"name": name, "within": "Kecamatan Magetan, Kabupaten Magetan"},
    )[0]


def board(region_code: str = "35.20.06.1010", **fields) -> Board:
    """A board of its own; regions above it exist too."""
    number = next(_count)
    for length in (2, 5, 8, 13):
        region(region_code[:length], f"Wilayah {region_code[:length]}")
    values = {
        "slug": f"lkm-{number}",
        "name": f"Guyub {number}",
        "code": f"LKM-G{number}",
        "village": "Kelurahan Selosari",
        "district": "Kecamatan Magetan",
        "regency": "Kabupaten Magetan",
        "province": "Jawa Timur",
    }
    return Board.objects.create(region_code=region_code, **{**values, **fields})


def user(
    role: Role | None = None,
    *,
    board: Board | None = None,
    region_code: str = "",
    post: str = "",
    **fields,
) -> User:
    """A user; with a role, the assignment over `board` or `region_code`."""
    number = next(_count)
    values = {"username": f"orang{number}", "name": f"Orang {number}"}
    person = User.objects.create_user(**{**values, **fields})
    if role:
        inside = role in BOARD_ROLES
        Assignment.objects.create(
            user=person,
            role=role,
            post=post,
            board=board if inside else None,
            region_code="" if inside else region_code,
        )
    return person


def signed_in(person: User) -> Client:
    """A client in which `person` typed the password just now."""
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": 4102444800, "username": person.username}
    ]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def once(**body: str) -> dict[str, str]:
    """A POST body with a fresh submission key."""
    return {"submission_key": f"kunci-{next(_count)}", **body}


def rule(
    board: Board,
    name: str,
    value: Any,
    *,
    starts_on: date = date(2025, 1, 1),
    article: str = "ART pasal 9",
) -> BoardSetting:
    """What a board has set for one of its rules, from a day on."""
    return BoardSetting.objects.create(
        board=board, name=name, value=value, starts_on=starts_on, article=article
    )


def guide(region_code: str, *, by: User, clauses: str = "Satu\nDua\nTiga") -> Guide:
    """A juklak of a kabupaten with these clauses; its PDF is a stub."""
    number, day = next(_count), datetime.date(2023, 7, 18)
    file = store_bytes(
        b"%PDF-1.7 ",
        kind="application/pdf",
        label="juklak.pdf",
        region_code=region_code,
        by=by,
    )
    made = Guide.objects.create(
        region_code=region_code,
        title=f"Juklak {number}",
        letter_number=f"600/{number}/2023",
        letter_on=day,
        in_force_on=day,
        file=file,
        created_by=by,
    )
    for at, line in enumerate(read_lines(clauses), start=1):
        GuideClause.objects.create(
            guide=made, position=at, number=line.number, text=line.text
        )
    return made
