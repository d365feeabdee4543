"""Edge values in every field of every form, and in every address: never a 5xx.

The forms are read off the pages themselves, so that a new field is tried without
anybody thinking of it. What is sent must not come back unescaped.
"""

import contextlib
import itertools

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from boards.access import PUBLIC, SIGNED_IN
from boards.models import Draft
from boards.roles import GRANTS, Permission, Role
from tests import hostile
from tests.door_world import ADDRESSES, objects_for
from tests.make import boards as make
from tests.world import HOME, REGIONS, World, full_world

CHUNKS = 8
# Names that views read off the address; all are tried everywhere.
ASKED = (
    "q sesudah sebelum tahun jenis keadaan bulan orang peran kecamatan tanggapi"
    " keputusan next rt salin sumber dari sampai status unduh then masa pada dengan"
    " cara siapa lapor rencana per hanya lunas langkah"
).split()
CURSORS = (
    "MjAyNi0wMS0wMVQxMDowMDowMHwx",  # 2026-01-01T10:00:00|1
    "MjAyNi0wMS0wMXwxMDAwMDAwMDAwMDAwMDAwMDAwMDAwMA==",  # …|10 ** 23
    "MjAyNi0wMS0wMXwx",  # 2026-01-01|1
    "WyJcdTAwMDAiLDFd",  # ["\u0000",1]
    "WyJhIiwxMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDBd",  # ["a",10 ** 24]
    "W1tb" * 900,
    "WyJcdWQ4MDAiLDFd",  # ["\ud800",1]
    "²",
    "é",
)
_KEPT = ("csrfmiddlewaretoken", "submission_key", "revision")


@pytest.fixture(scope="module")
def kept_world(module_rows):
    """A world for all tests here; each takes back what it changes."""
    return full_world()


@pytest.fixture
def world(db, kept_world):
    """One board, one account for every role."""
    return kept_world


def role_for(address) -> Role:
    """A role that the door lets in."""
    if address.door in (PUBLIC, SIGNED_IN):
        return Role.SECRETARY
    right = Permission(address.door)
    board = "board_slug" in address.asks
    return next(
        role
        for role in Role
        if right in GRANTS[role]
        and (board or role in REGIONS)
        and (role == Role.SYSTEM) == (right == Permission.MANAGE_ACCOUNTS)
    )


def path_of(world: World, address, role: Role) -> str:
    """The address with the objects it needs."""
    kwargs = objects_for(world, address)
    if "board_slug" in address.asks:
        kwargs["board_slug"] = world.board.slug
    if "region_code" in address.asks:
        kwargs["region_code"] = REGIONS[role]
    return reverse(address.name, kwargs=kwargs)


class Faults(list):
    """What went wrong, each with the request that did it."""

    def send(self, client, method: str, path: str, data: dict, what: str) -> str:
        """One request, undone again; the page it gave."""
        cookies, page = client.cookies.copy(), ""
        with contextlib.suppress(Undone), transaction.atomic():
            try:
                response = getattr(client, method)(path, data)
            except Exception as fault:
                self.append(f"{method} {path} [{what}]: {fault!r:.200}")
                raise Undone from fault
            page = self._read(response, f"{method} {path} [{what}]")
            raise Undone
        client.cookies = cookies
        return page

    def _read(self, response, where: str) -> str:
        if response.status_code >= 500:
            self.append(f"{where}: {response.status_code}")
        for name, value in response.headers.items():
            if "\n" in value or name.lower() == "a":
                self.append(f"{where}: header {name}")
        kind = response.headers.get("Content-Type", "")
        for close in response._resource_closers:
            close()
        if response.streaming or not kind.startswith("text/html"):
            return ""
        page = response.content.decode()
        if hostile.MARK in page or hostile.SUMMED in page:
            self.append(f"{where}: echoed as it was typed")
        return page


class Undone(Exception):
    """Ends the transaction of one request."""


def walk_pages(world: World, addresses):
    """Pages with the client that opens them."""
    for address in addresses:
        role = role_for(address)
        yield address, world.clients[role], path_of(world, address, role)


def bodies(form: hostile.PageForm, *, every: bool):
    """What to send: hostile values in all fields at once, and in one of them."""
    names = [name for name in form.values if name not in _KEPT]
    kinds = list(hostile.VALUES.items())
    turns = range(len(kinds)) if every else (1,)
    for turn in turns:
        mixed = {
            name: kinds[(turn + 7 * place) % len(kinds)][1]
            for place, name in enumerate(names)
        }
        yield f"mixed {turn}", form.values | mixed
    pairs = [(name, kind) for name in [*names, "revision"] for kind in kinds]
    for name, (what, value) in pairs if every else pairs[5 :: max(6, len(pairs) // 2)]:
        yield f"{name}: {what}", form.values | {name: value}
    yield "odd revision", form.values | {"revision": "²"}


def try_forms(faults: Faults, client, path: str, *, every: bool) -> int:
    """Send every form of the page with hostile values; how many forms."""
    page = faults.send(client, "get", path, {}, "as it is")
    forms = [form for form in hostile.forms_of(page) if form.method == "post"]
    forms = [form for form in forms if "keluar" not in form.action]
    for form in forms:
        # A file is looked at in a process of its own, which takes time.
        most = 1 if form.files and not every else None
        for what, typed in itertools.islice(bodies(form, every=every), most):
            files = {
                name: SimpleUploadedFile("a\r\nb/../x.jpg", what.encode())
                for name in form.files
            }
            body = typed | files | make.once()
            faults.send(client, "post", form.action or path, body, what)
    return len(forms)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_value_in_any_form_breaks_a_page(world, chunk):
    faults, count = Faults(), 0
    for _, client, path in walk_pages(world, ADDRESSES[chunk::CHUNKS]):
        count += try_forms(faults, client, path, every=False)
    assert not faults, "\n".join(faults)
    assert count


@pytest.mark.deep
@pytest.mark.parametrize("chunk", range(CHUNKS * 4))
def test_no_value_in_any_single_field_breaks_a_page(world, chunk):
    faults = Faults()
    for _, client, path in walk_pages(world, ADDRESSES[chunk :: CHUNKS * 4]):
        try_forms(faults, client, path, every=True)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("month", ["9999-12", "9999", "9999-T4", "0001", "0001-01"])
def test_a_month_at_the_edge_of_the_calendar_is_no_fault(world, month):
    path = reverse("boards:audit_board", args=[world.board.slug])
    answer = world.clients[Role.SECRETARY].get(path, {"bulan": month})
    assert (answer.status_code, list(answer.context["page"].rows)) == (200, [])


def test_a_key_longer_than_any_row_has_is_not_found(world):
    path = reverse("reports:summary_page", args=["35.20", 10**29])
    assert world.clients[Role.DINAS].get(path).status_code == 404


def is_list(address) -> bool:
    """Pages that are cut by cursors and narrowed by filters."""
    return any(part in address.name for part in ("_list", "audit_", "search", "_home"))


@pytest.mark.parametrize(
    "what",
    [
        "markup",
        "nul",
        "odd digit",
        "last month",
        *(
            pytest.param(what, marks=pytest.mark.deep)
            for what in ("template", "first month", "only a year")
        ),
    ],
)
def test_no_value_in_the_address_of_a_list_breaks_it(world, what):
    faults, asked = Faults(), dict.fromkeys(ASKED, hostile.VALUES[what])
    for _, client, path in walk_pages(world, filter(is_list, ADDRESSES)):
        faults.send(client, "get", path, asked, what)
        faults.send(client, "get", path, {"q": hostile.VALUES[what]}, what)
    assert not faults, "\n".join(faults)


def test_a_broken_cursor_leads_nowhere(world):
    faults = Faults()
    for _, client, path in walk_pages(world, filter(is_list, ADDRESSES)):
        for turn, cursor in enumerate(CURSORS):
            name = ("sesudah", "sebelum")[turn % 2]
            faults.send(client, "get", path, {name: cursor}, f"{name} {cursor:.40}")
    assert not faults, "\n".join(faults)


@pytest.mark.deep
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_value_in_any_address_breaks_a_page(world, chunk):
    faults = Faults()
    for _, client, path in walk_pages(world, ADDRESSES[chunk::CHUNKS]):
        for what, value in hostile.VALUES.items():
            faults.send(client, "get", path, dict.fromkeys(ASKED, value[:3000]), what)
        for cursor in CURSORS:
            for name in ("sesudah", "sebelum"):
                faults.send(client, "get", path, {name: cursor}, f"{name} {cursor:.40}")
    assert not faults, "\n".join(faults)


BODIES = {
    "no object": b"[]",
    "a text": b'"content"',
    "nested": b"[" * 150_000,
    "nested inside": b'{"content":' * 20_000,
    "content is a list": b'{"form":"a","object":"b","content":[]}',
    "deep value": b'{"form":"a","object":"b","content":{"x":{"y":{}}}}',
    "not a number": b'{"form":"a","object":"b","content":{"x":NaN}}',
    "nul": b'{"form":"a","object":"b","content":{"x":"a\\u0000b"}}',
    "half a letter": b'{"form":"a","object":"b","content":{"x":"\\ud800"}}',
    "nul in the name": b'{"form":"a\\u0000","object":"b","content":{}}',
    "five megabytes": b'{"form":"a","object":"b","content":{"x":"' + b"y" * 5_000_000,
    "no utf-8": b"\xff\xfe\x00",
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", BODIES)
def test_a_broken_draft_is_refused(what):
    board = make.board(HOME)
    client = make.signed_in(make.user(Role.SECRETARY, board=board))
    path = reverse("boards:draft_save", args=[board.slug])
    answer = client.post(path, BODIES[what], content_type="application/json")
    assert answer.status_code in (400, 413)
    assert not Draft.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("revision", ["Infinity", "1e400", "10" * 40, "-3", "null"])
def test_a_draft_with_an_odd_revision_is_kept_or_refused(revision):
    board = make.board(HOME)
    client = make.signed_in(make.user(Role.SECRETARY, board=board))
    body = f'{{"form":"a","object":"b","content":{{}},"revision":{revision}}}'
    path = reverse("boards:draft_save", args=[board.slug])
    answer = client.post(path, body, content_type="application/json")
    assert answer.status_code in (200, 400)


@pytest.mark.django_db
def test_the_draft_of_another_board_is_out_of_reach():
    board, other = make.board(HOME), make.board("33.13.01.2001")
    client = make.signed_in(make.user(Role.SECRETARY, board=board))
    body = {
        "form": "deliberations.item",
        "object": f"{other.pk}:rapat-1",
        "content": {},
    }
    for target, status in ((other, 404), (board, 200)):
        path = reverse("boards:draft_save", args=[target.slug])
        answer = client.post(path, body, content_type="application/json")
        assert answer.status_code == status
    kept = Draft.objects.get()
    assert kept.object_key.startswith(f"{board.pk}:")
    assert kept.board == board
