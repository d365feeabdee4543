"""No NIK and no foreign phone on any page, in any sheet, log or address."""

import io
import itertools
import logging
import re

import openpyxl
import pytest
from django.urls import reverse

from boards.models import AuditEvent, ChainLink
from boards.roles import Role
from members.models import Person
from tests.door_world import ADDRESSES
from tests.make import boards as make
from tests.make import members
from tests.test_hostile_forms import path_of, role_for
from tests.world import HOME, REGIONS, World

NIK, PHONE = members.NIK, "081234567890123"
SIXTEEN = re.compile(r"(?<![0-9a-fA-F])\d{16}(?![0-9a-fA-F])")


@pytest.fixture
def world(db):
    """A board with a resident whose number and phone are known."""
    world = World(make.board(HOME))
    for role in Role:
        user = make.user(role, board=world.board, region_code=REGIONS.get(role, ""))
        world.users[role], world.clients[role] = user, make.signed_in(user)
    members.person(world.board, "Warga Bernomor", nik=NIK, phone=PHONE)
    return world


def pages(world: World):
    """Every address, as a role that may open it."""
    for address in ADDRESSES:
        role = role_for(address)
        yield world.clients[role], path_of(world, address, role)


def text_of(response) -> str:
    """What a page or a sheet says."""
    kind = response.headers.get("Content-Type", "")
    if "spreadsheet" in kind:
        book = openpyxl.load_workbook(io.BytesIO(response.getvalue()))
        rows = itertools.chain(*(sheet.values for sheet in book))
        return " ".join(str(cell) for row in rows for cell in row)
    if response.streaming or not kind.startswith(("text/", "application/json")):
        for close in response._resource_closers:
            close()
        return ""
    return response.content.decode()


@pytest.mark.either
def test_no_page_shows_a_number_of_sixteen_digits(world, caplog):
    faults = []
    with caplog.at_level(logging.DEBUG):
        for client, path in pages(world):
            found = set(SIXTEEN.findall(text_of(client.get(path)))) - {"0" * 16}
            faults += [f"{path}: {number}" for number in found]
    faults += [line for line in caplog.messages if NIK in line or PHONE in line]
    assert not faults, "\n".join(faults)


def test_an_export_shows_the_number_masked(world):
    path = reverse("members:person_export", args=[world.board.slug])
    text = text_of(world.clients[Role.SECRETARY].post(path))
    assert "Warga Bernomor" in text
    assert NIK not in text
    assert members.NIK_MASKED in text


def test_a_mistyped_number_stays_out_of_the_log_and_the_address(world, caplog):
    person = Person.objects.get(name="Warga Bernomor")
    path = reverse("members:person_edit", args=[world.board.slug, person.pk])
    body = make.once(name="Warga Bernomor", sex="L", nik=NIK[:15], revision="0")
    with caplog.at_level(logging.DEBUG):
        world.clients[Role.SECRETARY].post(path, body)
        logging.getLogger("portal").warning("salah ketik %s", NIK)
    assert NIK[:15] not in str(list(AuditEvent.objects.values()))
    assert not ChainLink.objects.filter(content__contains=NIK).exists()


def test_revealing_is_logged_without_the_number(world):
    person = Person.objects.get(name="Warga Bernomor")
    path = reverse("members:nik_reveal", args=[world.board.slug, person.pk])
    body = make.once(reason="Diminta formulir Dinas")
    page = world.clients[Role.SECRETARY].post(path, body).content.decode()
    assert NIK in re.sub(r"\s|&nbsp;", "", page)
    events = str(list(AuditEvent.objects.values()))
    assert NIK not in events
    assert "Diminta formulir Dinas" in events
