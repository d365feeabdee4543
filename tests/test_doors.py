"""Every address × every role × {own, foreign}: the doors, walked one by one.

What is expected is computed from `boards/roles.py` alone. An address that is not in
the table below with the objects it needs fails the test: nothing stays untested.
"""

import functools
import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection, transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from boards.access import PUBLIC, SIGNED_IN
from boards.files import store_bytes
from boards.models import Board, ServedRegion, User
from boards.roles import BOARD_ROLES, GRANTS, SERVED_REGION_GRANTS, Permission, Role
from reports.models import IssuedReport
from tests.make import activities as works
from tests.make import boards as make
from tests.make import meetings as meet
from tests.make import members, planning

HOME, FOREIGN = "35.20.06.1010", "33.13.01.2001"
REGIONS = {
    Role.KELURAHAN: HOME,
    Role.KECAMATAN: HOME[:8],
    Role.DINAS: HOME[:5],
    Role.DINAS_ADMIN: HOME[:5],
    Role.PROVINCE: HOME[:2],
    Role.SYSTEM: "",
}
# An answer that means "you are in": the page, a way on, or a fault in what was sent.
IN = {200, 302, 303, 400, 405, 409, 422}


@dataclass
class World:
    """One board with one of everything, and one account a role."""

    board: Board
    clients: dict[str, Client] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    @functools.cached_property
    def secretary(self):
        return self.users[Role.SECRETARY]

    @functools.cached_property
    def people(self):
        return meet.members(self.board)

    @functools.cached_property
    def draft(self):
        return meet.draft(self.board, by=self.secretary, people=self.people)

    @functools.cached_property
    def sent(self):
        return meet.sent(self.board, by=self.secretary, people=self.people)

    @functools.cached_property
    def ratified(self):
        verdict = meet.verdict(
            kind="activity", amount=90_000_000, in_charge_name="Warga 03"
        )
        return meet.ratified(
            self.board, by=self.secretary, people=self.people, verdicts=(verdict,)
        )

    @functools.cached_property
    def activity(self):
        return works.running(self.board)

    @functools.cached_property
    def report(self):
        return works.report(self.activity)

    @functools.cached_property
    def sent_report(self):
        return works.sent(works.running(self.board))

    @functools.cached_property
    def term(self):
        return self.people[0].mandates.get().term

    @functools.cached_property
    def numbered(self):
        return members.person(self.board, nik="9901010101010001")

    @functools.cached_property
    def served(self):
        make.region("35.20.06.1004", "Magetan")
        return ServedRegion.objects.create(
            board=self.board, region_code="35.20.06.1004"
        )

    @functools.cached_property
    def item(self):
        return planning.item(self.board)

    @functools.cached_property
    def paper(self):
        file = store_bytes(
            b"%PDF-1.7 ",
            kind="application/pdf",
            label="surat.pdf",
            board=self.board,
            by=self.secretary,
        )
        return IssuedReport.objects.create(
            board=self.board,
            region_code=HOME,
            kind="berita-acara",
            subject_label="deliberations.meeting",
            subject_pk=str(self.ratified.pk),
            title="Berita acara",
            dated_on=meet.HELD_ON,
            token="A" * 26,
            input_sha256="0" * 64,
            record_hash="0" * 64,
            sha256=file.sha256,
            file=file,
            pages=1,
            paper_size="f4",
            issued_at=meet.NOON,
            issued_by=self.secretary,
            issued_name="Dewi",
        )


def pk(attribute: str):
    """The primary key of something in the world."""
    return lambda world: {"pk": getattr(world, attribute).pk}


def first(attribute: str, many: str, **named: str):
    """The primary key of a row and of its first child."""

    def kwargs(world: World) -> dict[str, Any]:
        row = getattr(world, attribute)
        child = getattr(row, many).first()
        (name,) = named
        return {"pk": row.pk, name: child.pk}

    return kwargs


def _photo(world):
    return {"pk": world.report.pk, "photo_pk": works.photo(world.report).pk}


def _receipt(world):
    return {"pk": world.report.pk, "receipt_pk": works.receipt(world.report).pk}


def _assignment(world):
    user = world.users[Role.SECRETARY]
    return {"pk": user.pk, "assignment_pk": user.assignments.get().pk}


def _nothing(world):
    return {}


_TOKEN = {"token": uuid.UUID(int=7)}
_meeting_item = first("draft", "items", item_pk="item")
_meeting_guest = first("draft", "attendances", attendance_pk="attendance")

# Objects an address needs beside its board or region. `GONE` marks an address whose
# object cannot exist for everybody (a stranger's upload): there 404 is right inside.
GONE = "gone"
OBJECTS: dict[str, Any] = {
    "deliberations:meeting_page": pk("draft"),
    "deliberations:meeting_edit": pk("draft"),
    "deliberations:meeting_delete": pk("draft"),
    "deliberations:agenda_page": pk("draft"),
    "deliberations:agenda_move": _meeting_item,
    "deliberations:agenda_rename": _meeting_item,
    "deliberations:agenda_remove": _meeting_item,
    "deliberations:attendance_page": pk("draft"),
    "deliberations:attendance_all": pk("draft"),
    "deliberations:guest_add": pk("draft"),
    "deliberations:attendance_mark": _meeting_guest,
    "deliberations:attendance_here": _meeting_guest,
    "deliberations:guest_remove": _meeting_guest,
    "deliberations:item_page": _meeting_item,
    "deliberations:meeting_check": pk("sent"),
    "deliberations:meeting_send": pk("draft"),
    "deliberations:meeting_sent": pk("sent"),
    "deliberations:meeting_return": pk("sent"),
    "deliberations:meeting_ratify": pk("sent"),
    "deliberations:meeting_done": pk("ratified"),
    "deliberations:decision_page": lambda world: {
        "pk": world.ratified.decisions.first().pk
    },
    "deliberations:action_move": lambda world: {
        "pk": world.ratified.actions.first().pk
    },
    "members:term_edit": pk("term"),
    "members:mandate_end": lambda world: {"pk": world.people[3].mandates.get().pk},
    "members:person_page": lambda world: {"pk": world.people[3].pk},
    "members:person_edit": lambda world: {"pk": world.people[3].pk},
    "members:nik_reveal": pk("numbered"),
    "members:mandate_new": lambda world: {"pk": members.person(world.board).pk},
    "members:person_import_check": GONE,
    "planning:item_edit": pk("item"),
    "planning:item_import_check": GONE,
    "planning:programme_import_check": GONE,
    "activities:activity_page": pk("activity"),
    "activities:activity_edit": pk("activity"),
    "activities:activity_start": pk("activity"),
    "activities:activity_cancel": pk("activity"),
    "activities:activity_align": pk("activity"),
    "activities:report_new": pk("activity"),
    "activities:report_page": pk("report"),
    "activities:report_edit": pk("report"),
    "activities:report_check": pk("report"),
    "activities:report_send": pk("report"),
    "activities:report_sent": pk("sent_report"),
    "activities:photo_add": pk("report"),
    "activities:photo_remove": _photo,
    "activities:receipt_add": pk("report"),
    "activities:receipt_remove": _receipt,
    "activities:review_page": pk("sent_report"),
    "activities:review_return": pk("sent_report"),
    "activities:review_approve": pk("sent_report"),
    "activities:review_done": pk("sent_report"),
    "boards:file": GONE,
    "boards:logo": GONE,
    "boards:served_add": lambda world: {
        "code": make.region("35.20.06.1004", "Magetan").code
    },
    "boards:served_end": pk("served"),
    "boards:board_edit": lambda world: {"section": "kop"},
    "boards:handover_done": lambda world: {"pk": world.secretary.pk},
    "boards:setting_new": lambda world: {"name": "review_days"},
    "boards:board_new": lambda world: {"village_code": HOME},
    "boards:user_new_as": lambda world: {"role": "sekretaris-lkm"},
    "boards:user_page": lambda world: {"pk": world.secretary.pk},
    "boards:user_code": lambda world: {"pk": world.secretary.pk},
    "boards:user_code_shown": lambda world: {"pk": world.secretary.pk},
    "boards:user_end": lambda world: {"pk": world.secretary.pk},
    "boards:user_role_new": lambda world: {"pk": world.secretary.pk},
    "boards:user_role_new_as": lambda world: {
        "pk": world.secretary.pk,
        "role": "anggota-lkm",
    },
    "boards:user_role_end": _assignment,
    "boards:account_new_as": lambda world: {"role": "admin-dinas"},
    "boards:account_code": lambda world: {"pk": world.users[Role.DINAS_ADMIN].pk},
    "boards:account_code_shown": GONE,
    "boards:account_end": lambda world: {"pk": world.users[Role.DINAS_ADMIN].pk},
    "boards:session_end": GONE,
    "boards:job_page": GONE,
    "boards:job_state": GONE,
    "boards:job_cancel": GONE,
    "boards:job_retry": GONE,
    "reports:paper_page": pk("paper"),
    "reports:paper_file": pk("paper"),
    "reports:paper_cancel": pk("paper"),
    "reports:scan_attach": pk("paper"),
    "reports:scan_file": GONE,
    "reports:paper_preview": GONE,
    "reports:paper_issue": GONE,
    "reports:meeting_papers": pk("ratified"),
    "reports:decision_papers": lambda world: {
        "pk": world.ratified.decisions.first().pk
    },
    "reports:trace_decision": lambda world: {"pk": world.ratified.decisions.first().pk},
    "reports:trace_activity": pk("activity"),
    "reports:summary_page": GONE,
    "reports:summary_file": GONE,
    "transparency:verify_token": GONE,
    "transparency:verify_page": GONE,
    "transparency:verify_compare": GONE,
    "transparency:verify_capitals": GONE,
}
# Pages about a second factor that none of these accounts has.
WITH_SECOND_FACTOR = {
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
}
GONE_KWARGS = {
    "pk": 999_999,
    "token": _TOKEN["token"],
    "page": 1,
    "kind": "berita-acara",
    "what": "pdf",
    "scan_pk": 999_999,
}


@dataclass(frozen=True)
class Address:
    """One named address: its door, and what its path asks for."""

    name: str
    door: str
    asks: frozenset[str]


def addresses(patterns=None, space="", asks=frozenset()):
    """Every named address of the portal, with its namespace."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        here = asks | set(entry.pattern.converters)
        if isinstance(entry, URLResolver):
            inner = entry.namespace or space
            yield from addresses(entry.url_patterns, inner, here)
        elif entry.name:
            name = f"{space}:{entry.name}" if space else entry.name
            # A view that fixes its region itself (accounts) asks for none.
            asked = here - set(entry.default_args)
            yield Address(name, entry.callback.guarded_by, frozenset(asked))


ADDRESSES = sorted(set(addresses()), key=lambda address: address.name)
CHUNKS = 12


@pytest.fixture
def world(db):
    """One board, one account for every role of the product page, and a stranger."""
    board = make.board(HOME)
    make.region(FOREIGN, "Tempat lain")
    world = World(board)
    for role in Role:
        where = REGIONS.get(role, "")
        user = make.user(role, board=board, region_code=where, password="sandi")
        world.users[role] = user
        world.clients[role] = make.signed_in(user)
    world.clients["anonymous"] = Client()
    return world


def objects_for(world: World, address: Address) -> dict[str, Any]:
    """What the path asks beside board and region; fails on an address not listed."""
    rest = address.asks - {"board_slug", "region_code"}
    if not rest:
        return {}
    found = OBJECTS[address.name]
    if found is GONE:
        gone = {name: GONE_KWARGS[name] for name in rest}
        return gone | ({"pk": uuid.UUID(int=7)} if ":job_" in address.name else {})
    return found(world)


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
    return inside if Permission(address.door) in rights else {403, 405}


def answer(client: Client, method: str, path: str) -> int:
    """The status of one request, whose writes are undone again."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        if method == "GET":
            response = client.get(path)
        else:
            response = client.post(path, make.once())
        transaction.set_rollback(True)
    if hasattr(response, "file_to_stream"):
        response.file_to_stream.close()
    client.cookies = cookies
    return response.status_code


def walk(world: World, address: Address, *, foreign: bool, roles) -> list[str]:
    """Ask one address as every role, by both methods; what went wrong."""
    kwargs = objects_for(world, address)
    if "board_slug" in address.asks:
        other = make.board(FOREIGN) if foreign else world.board
        kwargs["board_slug"] = other.slug
    faults = []
    for role in roles:
        if "region_code" in address.asks:
            own = REGIONS.get(role, HOME)
            kwargs["region_code"] = FOREIGN if foreign else own
        path = reverse(address.name, kwargs=kwargs)
        right = expected(role, address, foreign=foreign)
        for method in ("GET", "POST"):
            status = answer(world.clients[role], method, path)
            if status not in right:
                faults.append(f"{role} {method} {path}: {status}, not {sorted(right)}")
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


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_address_opens_for_exactly_the_roles_that_may(world, drawn_once, chunk):
    faults = []
    for address in ADDRESSES[chunk::CHUNKS]:
        with transaction.atomic():
            foreign = address.door not in (PUBLIC, SIGNED_IN)
            faults += walk(world, address, foreign=False, roles=world.clients)
            if foreign and connection.vendor == "sqlite":
                faults += walk(world, address, foreign=True, roles=world.clients)
            elif foreign:
                one = [Role.SECRETARY] if "board_slug" in address.asks else [Role.DINAS]
                faults += walk(world, address, foreign=True, roles=one)
            transaction.set_rollback(True)
        for name in list(vars(world)):
            if name not in ("board", "clients", "users"):
                delattr(world, name)
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
        if address.asks != {"board_slug"}:
            continue
        path = reverse(address.name, kwargs={"board_slug": neighbour.slug})
        may = Permission(address.door) in (
            GRANTS[Role.KELURAHAN] & SERVED_REGION_GRANTS
        )
        status = answer(officer, "GET", path)
        assert status in (IN if may else {403, 405}), (path, status)
