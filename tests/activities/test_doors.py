"""Who gets into the pages of the works, by which method, and with a key."""

import pytest

from activities.models import FieldComment
from boards.roles import Role
from tests.activities.addresses import REGION, client_of, office, url
from tests.make import activities as works
from tests.make import boards as make

pytestmark = [pytest.mark.django_db, pytest.mark.either]

READ, WRITE, SEND = "read", "write", "send"
BOARD_PAGES = {
    "activity_list": (READ, "get"),
    "activity_new": (WRITE, "both"),
    "activity_page": (READ, "get"),
    "activity_edit": (WRITE, "both"),
    "activity_start": (WRITE, "both"),
    "activity_cancel": (WRITE, "both"),
    "activity_align": (WRITE, "both"),
    "report_new": (WRITE, "both"),
    "report_page": (READ, "get"),
    "report_edit": (WRITE, "both"),
    "report_check": (WRITE, "get"),
    "report_send": (SEND, "post"),
    "report_sent": (READ, "get"),
    "photo_add": (WRITE, "post"),
    "photo_remove": (WRITE, "post"),
    "receipt_add": (WRITE, "post"),
    "receipt_remove": (WRITE, "post"),
}
OFFICE_PAGES = {
    "review_list": "get",
    "review_page": "both",
    "review_return": "both",
    "review_approve": "both",
    "review_done": "get",
}
# A role that may see the board but lacks the right of the page.
SHUT_OUT = {READ: Role.DINAS_ADMIN, WRITE: Role.MEMBER, SEND: Role.WORKS_UNIT}


@pytest.fixture(scope="module", autouse=True)
def board(module_rows):
    return make.board(region_code=REGION)


@pytest.fixture(scope="module", autouse=True)
def work(board):
    return works.running(board)


@pytest.fixture(scope="module", autouse=True)
def keys(work):
    """Keys of one work, one report, its photo and its receipt."""
    report = works.report(work)
    receipt = works.receipt(report)
    return {
        "work": work.pk,
        "report": report.pk,
        "photo_pk": report.photos.get().pk,
        "receipt_pk": receipt.pk,
    }


def keys_of(name: str, keys: dict) -> dict:
    """The keyword arguments that the address `name` needs."""
    if name in ("activity_list", "activity_new"):
        return {}
    about_work = name.startswith("activity") or name == "report_new"
    found = {"pk": keys["work"] if about_work else keys["report"]}
    if name.endswith("_remove"):
        place = f"{name.partition('_')[0]}_pk"
        found[place] = keys[place]
    return found


def call(client, address: str, method: str):
    return (
        client.post(address, make.once()) if method == "post" else client.get(address)
    )


@pytest.mark.parametrize("name", BOARD_PAGES)
def test_another_board_sees_404(board, keys, name):
    stranger = client_of(Role.SECRETARY, make.board(region_code="35.19.01.1001"))
    method = "post" if BOARD_PAGES[name][1] == "post" else "get"
    address = url(name, board, **keys_of(name, keys))
    assert call(stranger, address, method).status_code == 404


@pytest.mark.parametrize(
    "name", sorted(set(BOARD_PAGES) - {"activity_list", "activity_new"})
)
def test_another_boards_row_under_ones_own_board_is_404(keys, name):
    other = make.board()
    method = "post" if BOARD_PAGES[name][1] == "post" else "get"
    address = url(name, other, **keys_of(name, keys))
    assert call(client_of(Role.SECRETARY, other), address, method).status_code == 404


@pytest.mark.parametrize("name", BOARD_PAGES)
def test_a_role_without_the_right_sees_403(board, keys, name):
    right, kind = BOARD_PAGES[name]
    shut_out = client_of(SHUT_OUT[right], board)
    address = url(name, board, **keys_of(name, keys))
    answer = call(shut_out, address, "post" if kind == "post" else "get")
    assert answer.status_code == 403


@pytest.mark.parametrize("name", BOARD_PAGES)
def test_the_wrong_method_is_405(client, board, keys, name):
    kind = BOARD_PAGES[name][1]
    address = url(name, board, **keys_of(name, keys))
    wrong = client.get if kind == "post" else client.put
    assert wrong(address).status_code == 405
    if kind == "get":
        assert client.post(address, make.once()).status_code == 405


@pytest.mark.parametrize("name", [n for n in BOARD_PAGES if BOARD_PAGES[n][1] != "get"])
def test_a_post_without_a_key_is_400(client, board, keys, name):
    address = url(name, board, **keys_of(name, keys))
    assert client.post(address, {}).status_code == 400


@pytest.mark.parametrize("role", [Role.DINAS, Role.KECAMATAN, Role.KELURAHAN])
@pytest.mark.parametrize("name", ["activity_list", "activity_page", "report_page"])
def test_officers_of_the_region_read(board, keys, name, role):
    code = {"KECAMATAN": REGION[:8], "DINAS": "35.20"}.get(role, REGION)
    reader = make.signed_in(make.user(role, region_code=code))
    address = url(name, board, **keys_of(name, keys))
    assert reader.get(address).status_code == 200


@pytest.mark.parametrize("name", OFFICE_PAGES)
def test_review_is_for_the_kelurahan_at_home(board, name):
    report = None if name == "review_list" else works.sent(works.running(board))
    address = office(name, report)
    at_home = make.signed_in(works.officer(board))
    assert at_home.get(address).status_code in (200, 302)
    assert client_of(Role.DINAS, board).get(address).status_code == 403
    elsewhere = make.user(Role.KELURAHAN, region_code="35.20.06.1011")
    assert make.signed_in(elsewhere).get(address).status_code == 404
    assert at_home.put(address).status_code == 405


def test_an_officer_of_a_served_region_reads_and_does_not_review(board):
    board.served_regions.create(region_code="35.20.06.1011")
    make.region("35.20.06.1011", "Magetan")
    report = works.sent(works.running(board))
    visitor = make.signed_in(make.user(Role.KELURAHAN, region_code="35.20.06.1011"))
    assert visitor.get(url("report_page", board, pk=report.pk)).status_code == 200
    there = office("review_page", report, code="35.20.06.1011")
    assert visitor.get(there).status_code == 404
    key = make.once(field="volume", text="Kurang.")
    assert visitor.post(there, key).status_code == 404
    assert not FieldComment.objects.exists()
