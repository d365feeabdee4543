"""Plan items: the list of a year with its totals, the form, the sheet of the Dinas."""

import uuid
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from boards.audit import events_about, events_of_board
from boards.roles import Role
from common.sheets import Sheet, write_xlsx
from planning.models import PlanItem
from planning.resources import ITEM_COLUMNS
from tests.make import boards as make
from tests.make import planning

pytestmark = pytest.mark.django_db
TYPED = {
    "kind": "RENJA_KECAMATAN",
    "year": "2026",
    "code": "7.01.03.2.02.0002",
    "title": "Pembangunan sarana dan prasarana kelurahan",
    "indicator": "Panjang drainase",
    "target": "310,5",
    "unit": "m",
    "location": "RT 003/RW 005",
    "ceiling": "Rp 72.000.000",
    "source_of_funds": "DAU",
    "priority_note": "",
    "next_target": "",
    "next_ceiling": "",
    "revision": "0",
}
ROW = (
    "Renja Dinas",
    2026,
    "1.04.03.2.02.03",
    "Pembinaan KSM",
    "Jumlah KSM",
    12,
    "kelompok",
    "28 kelurahan",
    320_000_000,
    "DAU",
    "",
    14,
    340_000_000,
)


@pytest.fixture
def board():
    return make.board()


@pytest.fixture
def secretary(board):
    return make.signed_in(make.user(Role.SECRETARY, board=board))


def url(name: str, board, **kwargs) -> str:
    return reverse(f"planning:{name}", kwargs={"board_slug": board.slug, **kwargs})


def checked(client, board, *rows):
    """Upload these rows; the page of the check, and its address."""
    data = write_xlsx([Sheet("Rencana", ITEM_COLUMNS, rows)])
    file = SimpleUploadedFile("renja.xlsx", data)
    answer = client.post(url("item_import", board), {"file": file})
    assert answer.status_code == 302, answer.context["form"].errors
    return client.get(answer["Location"]), answer["Location"]


def test_the_list_shows_one_year_with_its_totals(board, secretary):
    planning.item(board, "Drainase", ceiling=72_000_000, next_ceiling=80_000_000)
    planning.item(board, "Sosialisasi", ceiling=8_000_000)
    planning.item(board, "Tahun lalu", year=2025)
    planning.item(make.board(), "LKM lain")

    page = secretary.get(url("item_list", board), {"tahun": "2026"})

    assert [item.title for item in page.context["page"].rows] == [
        "Drainase",
        "Sosialisasi",
    ]
    assert "80.000.000" in page.text
    assert page.context["total"]["ceiling_sum"] == 80_000_000
    assert page.context["years"] == [2026, 2025]


@pytest.mark.parametrize("typed", ["", "abc", "٢٠٢٦", "20266"])
def test_a_year_that_is_none_shows_a_year_that_has_items(board, secretary, typed):
    planning.item(board, year=2024)

    page = secretary.get(url("item_list", board), {"tahun": typed})

    assert page.context["year"] == 2024


def test_a_code_outside_the_list_of_the_year_is_marked(board, secretary):
    planning.code("1.04.03.2.02.03")
    planning.item(board, "Ada")
    planning.item(board, "Tidak ada", code="1.04.03.2.02.99")
    planning.item(board, "Desa", code="2.3.10", kind=PlanItem.Kind.RKP_DESA)

    page = secretary.get(url("item_list", board), {"tahun": "2026"})

    marked = {item.title: item.has_code for item in page.context["page"].rows}
    assert marked == {"Ada": True, "Tidak ada": False, "Desa": True}
    assert page.text.count("Kode belum terdaftar") == 1


@pytest.mark.parametrize("count", [5, 60])
def test_the_list_costs_the_same_for_any_number(
    board, secretary, django_assert_max_num_queries, count
):
    for _ in range(count):
        planning.item(board)
    start = PlanItem.objects.order_by("pk").first()
    secretary.get(url("item_list", board))  # the idle clock starts

    with django_assert_max_num_queries(8):
        secretary.get(url("item_list", board), {"tahun": 2026, "sesudah": start.pk})


def test_an_item_is_recorded(board, secretary):
    answer = secretary.post(url("item_new", board), make.once(**TYPED))

    item = PlanItem.objects.get()
    assert answer["Location"] == f"{url('item_list', board)}?tahun=2026"
    assert (item.ceiling, item.target) == (72_000_000, Decimal("310.5"))
    assert (item.region_code, item.next_ceiling) == (board.region_code, None)
    assert events_about(item).get().action == "planning.item_added"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("code", "satu"),
        ("code", ""),
        ("year", "1926"),
        ("year", "dua ribu"),
        ("title", ""),
        ("ceiling", "72 juta"),
        ("ceiling", "-5"),
        ("target", "1.234"),
        ("kind", "LAIN"),
    ],
)
def test_a_wrong_field_is_said_beside_it_and_nothing_is_written(
    board, secretary, field, typed
):
    body = make.once(**{**TYPED, field: typed})

    answer = secretary.post(url("item_new", board), body)

    assert list(answer.context["form"].errors) == [field]
    assert not PlanItem.objects.exists()


def test_the_same_item_twice_in_a_year_is_refused(board, secretary):
    planning.item(board, TYPED["title"], code=TYPED["code"])

    answer = secretary.post(url("item_new", board), make.once(**TYPED))

    assert answer.status_code == 200
    assert "Butir dengan kode dan nama ini sudah ada" in answer.text
    assert PlanItem.objects.count() == 1


def test_an_item_is_changed_and_a_second_editor_is_told(board, secretary):
    item = planning.item(board)
    address = url("item_edit", board, pk=item.pk)

    saved = secretary.post(address, make.once(**TYPED))
    late = secretary.post(address, make.once(**{**TYPED, "unit": "meter"}))

    assert (saved.status_code, late.status_code) == (302, 409)
    item.refresh_from_db()
    assert (item.unit, item.revision) == ("m", 1)


@pytest.mark.parametrize("field", ["ceiling", "next_ceiling", "target"])
def test_the_database_refuses_amounts_below_zero(board, field):
    item = planning.item(board)

    with pytest.raises(DatabaseError), transaction.atomic():
        PlanItem.objects.filter(pk=item.pk).update(**{field: -1})


def test_a_sheet_of_the_dinas_is_checked_then_loaded(board, secretary):
    known = planning.item(board, "Pembinaan KSM", ceiling=1)
    new = ("", 2026, "2.3.10", "Talud desa", *(None,) * 4, "45.000.000", *(None,) * 4)

    page, address = checked(secretary, board, ROW, new)
    answer = secretary.post(address)

    check = page.context["check"]
    assert (check.problems, check.added, check.changed) == ([], 1, 1)
    assert answer.status_code == 303
    known.refresh_from_db()
    assert (known.ceiling, known.kind, known.revision) == (
        320_000_000,
        "RENJA_DINAS",
        1,
    )
    assert PlanItem.objects.get(title="Talud desa").ceiling == 45_000_000
    event = events_of_board(board).get()
    assert event.says == "memuat butir rencana dari berkas renja.xlsx: 1 baru, 1 diubah"


@pytest.mark.parametrize(
    ("place", "cell", "column"),
    [
        (0, "Renstra", "Dokumen"),
        (1, "26", "Tahun"),
        (2, Decimal("1.04"), "Kode"),
        (2, "satu", "Kode"),
        (2, None, "Kode"),
        (3, "", "Subkegiatan"),
        (8, None, "Pagu (Rp)"),
        (8, "72 juta", "Pagu (Rp)"),
        (5, -3, "Target"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_loaded(
    board, secretary, place, cell, column
):
    row = list(ROW)
    row[place] = cell

    page, address = checked(secretary, board, row)
    refused = secretary.post(address)

    assert [problem.column for problem in page.context["check"].problems] == [column]
    assert refused.status_code == 422
    assert not PlanItem.objects.exists()


def test_the_example_can_be_loaded(board, secretary):
    example = secretary.get(url("item_example", board)).content
    file = SimpleUploadedFile("contoh.xlsx", example)

    answer = secretary.post(url("item_import", board), {"file": file})

    check = secretary.get(answer["Location"]).context["check"]
    assert (check.problems, check.added) == ([], 1)


@pytest.mark.parametrize("name", ["item_list", "item_new", "item_import"])
def test_another_board_does_not_exist(secretary, name):
    assert secretary.get(url(name, make.board())).status_code == 404


def test_an_item_of_another_board_does_not_exist(board, secretary):
    item = planning.item(make.board())

    assert secretary.get(url("item_edit", board, pk=item.pk)).status_code == 404
    answer = secretary.post(url("item_edit", board, pk=item.pk), make.once(**TYPED))
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "name",
    ["item_new", "item_edit", "item_import", "item_import_check", "item_example"],
)
def test_a_reader_may_read_but_not_change(board, name):
    region = board.region_code
    reader = make.signed_in(make.user(Role.KELURAHAN, region_code=region))
    item = planning.item(board)
    kwargs = {
        "item_edit": {"pk": item.pk},
        "item_import_check": {"token": uuid.uuid4()},
    }.get(name, {})

    assert reader.get(url("item_list", board)).status_code == 200
    assert reader.get(url(name, board, **kwargs)).status_code == 403


def test_wrong_methods_are_refused(board, secretary):
    assert secretary.post(url("item_list", board)).status_code == 405
    assert secretary.put(url("item_new", board)).status_code == 405
