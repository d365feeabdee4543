"""Every address × every role × {own, foreign}: the doors, walked one by one.

What is expected is computed from `boards/roles.py` alone. An address that is not in
below with the objects it needs fails the test: nothing stays untested.
"""

import pytest
from django.db import connection, transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse

from boards.access import PUBLIC, SIGNED_IN
from boards.models import ServedRegion
from boards.roles import BOARD_ROLES, GRANTS, SERVED_REGION_GRANTS, Permission, Role
from tests.door_world import (
    ADDRESSES,
    DRAFTS,
    GONE,
    OBJECTS,
    WITH_SECOND_FACTOR,
    Address,
    objects_for,
)
from tests.make import boards as make
from tests.world import FOREIGN, HOME, REGIONS, World, full_world

# An answer that means "you are in": the page, a way on, or a fault in what was sent.
IN = {200, 302, 303, 400, 405, 409, 422}
CHUNKS = 12


@pytest.fixture(scope="module")
def kept_world(module_rows):
    """A world for all tests here; each takes back what it changes."""
    world = full_world()
    world.clients = {"anonymous": Client()} | world.clients
    return world


@pytest.fixture
def world(db, kept_world):
    """One board, one account for every role of the product page, and a stranger."""
    return kept_world


def rights_of(role: str, address: Address, *, foreign: bool) -> frozenset | None:
    """Rights of a role behind this door; None: what the address names is not there."""
    if "board_slug" in address.asks:
        return None if foreign or role == Role.SYSTEM else GRANTS[Role(role)]
    # An address without a region is the country's: only the system's own reach is it.
    country = "region_code" not in address.asks
    if role in BOARD_ROLES or ((foreign or country) and role != Role.SYSTEM):
        return None
    return GRANTS[Role(role)]


def expected(role: str, address: Address, *, foreign: bool) -> set[int]:
    """Answers that are right for this role at this address."""
    gone = OBJECTS.get(address.name) is GONE or address.name in WITH_SECOND_FACTOR
    inside = IN | {404} if gone else IN
    if address.door == PUBLIC:
        return IN | {404, 429}
    if role == "anonymous":
        return {302, 401, 405}
    if address.door == SIGNED_IN:
        return inside
    rights = rights_of(role, address, foreign=foreign)
    if rights is None:
        return {404, 405}
    if Permission(address.door) not in rights:
        return {403, 405}
    unseen = address.name in DRAFTS and Permission.VIEW_DRAFTS not in rights
    return {404, 405} if unseen else inside


def answer(client: Client, method: str, path: str) -> int:
    """The status of one request, whose writes are undone again."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        if method == "GET":
            response = client.get(path)
        else:
            response = client.post(path, make.once())
        transaction.set_rollback(True)
    if response.streaming:
        # Read to the end: only then the client closes the file behind it.
        list(response.streaming_content)
    client.cookies = cookies
    return response.status_code


def walk(world: World, address: Address, *, foreign: bool, roles) -> list[str]:
    """Ask one address as every role, by both methods; what went wrong."""
    kwargs = objects_for(world, address)
    if "board_slug" in address.asks:
        kwargs["board_slug"] = (world.foreign if foreign else world.board).slug
    faults, methods = [], ["GET", "POST"]
    for role in roles:
        if "region_code" in address.asks:
            own = REGIONS.get(role, HOME)
            kwargs["region_code"] = FOREIGN if foreign else own
        path = reverse(address.name, kwargs=kwargs)
        right = expected(role, address, foreign=foreign)
        for method in tuple(methods):
            status = answer(world.clients[role], method, path)
            if status not in right:
                faults.append(f"{role} {method} {path}: {status}, not {sorted(right)}")
            if role == "anonymous" and status == 405:
                # Refused before anybody was asked who they are: so it is for all.
                methods.remove(method)
    return faults


@pytest.fixture
def drawn_once(monkeypatch):
    """Draw each page for the first role that gets in; a door costs no drawing."""
    drawn, draw = set(), Template.render

    def render(template, context=None, request=None):
        view = request.resolver_match.view_name if request else ""
        if view in drawn:
            return ""
        drawn.add(view)
        return draw(template, context, request)

    monkeypatch.setattr(Template, "render", render)


# Who may do what hangs on no database; what they then do is tested beside both.
@pytest.mark.either
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_address_opens_for_exactly_the_roles_that_may(world, drawn_once, chunk):
    faults = []
    for address in ADDRESSES[chunk::CHUNKS]:
        guarded = address.door not in (PUBLIC, SIGNED_IN)
        if connection.vendor == "sqlite":
            faults += walk(world, address, foreign=False, roles=world.clients)
            if guarded:
                faults += walk(world, address, foreign=True, roles=world.clients)
        elif guarded:
            one = [Role.SECRETARY] if "board_slug" in address.asks else [Role.DINAS]
            faults += walk(world, address, foreign=True, roles=one)
    assert not faults, "\n".join(faults)


def test_no_address_is_untested():
    listed = set(OBJECTS)
    needing = {
        address.name
        for address in ADDRESSES
        if address.asks - {"board_slug", "region_code"}
    }
    assert needing == listed


def test_a_served_region_reads_and_does_no_more(world):
    neighbour = make.board("35.20.06.1004")
    ServedRegion.objects.create(board=neighbour, region_code=HOME)
    officer = world.clients[Role.KELURAHAN]
    for address in ADDRESSES:
        if address.asks != {"board_slug"} or address.door == PUBLIC:
            continue
        path = reverse(address.name, kwargs={"board_slug": neighbour.slug})
        may = Permission(address.door) in (
            GRANTS[Role.KELURAHAN] & SERVED_REGION_GRANTS
        )
        status = answer(officer, "GET", path)
        assert status in (IN if may else {403, 405}), (path, status)
