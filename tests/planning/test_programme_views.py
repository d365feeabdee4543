"""The code list of a regency: reading it, loading the table of a year."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from boards.models import AuditEvent
from boards.roles import Role
from planning.models import ProgrammeCode
from tests.make import boards as make
from tests.make import planning

pytestmark = pytest.mark.django_db
HOME = "35.20"


@pytest.fixture
def admin():
    make.board()
    return make.signed_in(make.user(Role.DINAS_ADMIN, region_code=HOME))


def url(name: str, code: str = HOME, **kwargs) -> str:
    return reverse(f"planning:{name}", kwargs={"region_code": code, **kwargs})


def upload(client, text: str, code: str = HOME):
    file = SimpleUploadedFile("kode.csv", text.encode())
    return client.post(url("programme_import", code), {"file": file})


def codes(page) -> list[str]:
    return [row.code for row in page.context["page"].rows]


def test_the_list_shows_the_codes_of_a_year(admin):
    planning.code("1.04")
    planning.code("1.04.03", "Program Kawasan Permukiman")
    planning.code("1.04.05", year=2025)
    planning.code("7.01", region_code="35.77")

    page = admin.get(url("programme_list"), {"tahun": 2026})

    assert codes(page) == ["1.04", "1.04.03"]
    assert page.context["years"] == [2026, 2025]


def test_codes_are_found_by_their_beginning_or_their_name(admin):
    planning.code("1.04.03", "Program Kawasan Permukiman")
    planning.code("1.03.06", "Sistem Drainase")

    by_code = admin.get(url("programme_list"), {"tahun": 2026, "q": "1.04"})
    by_name = admin.get(url("programme_list"), {"tahun": 2026, "q": "drainase"})
    none = admin.get(url("programme_list"), {"tahun": 2026, "q": "jembatan"})

    assert codes(by_code) == ["1.04.03"]
    assert codes(by_name) == ["1.03.06"]
    assert "Tidak ada kode yang cocok" in none.text


@pytest.mark.parametrize("typed", ["a" * 500, "%", "'; --", "\u202e"])
def test_odd_searches_are_answered(admin, typed):
    planning.code("1.04")

    page = admin.get(url("programme_list"), {"tahun": 2026, "q": typed})

    assert page.status_code == 200


@pytest.mark.parametrize("count", [5, 50])
def test_the_list_costs_the_same_for_any_number(
    admin, django_assert_max_num_queries, count
):
    for number in range(count):
        planning.code(f"1.04.03.2.02.{number + 10:04d}")
    admin.get(url("programme_list"))  # the idle clock starts

    with django_assert_max_num_queries(8):
        admin.get(url("programme_list"), {"tahun": 2026})


def test_a_table_is_checked_then_loaded_for_this_regency_only(admin):
    planning.code("1.04.03", "Program bawaan")
    table = "Tahun;Kode;Nama\r\n2026;1.04.03;Program Kawasan\r\n2026;1.04.07;Baru\r\n"

    address = upload(admin, table)["Location"]
    check = admin.get(address).context["check"]
    answer = admin.post(address)

    assert (check.problems, check.added) == ([], 2)
    assert answer["Location"] == url("programme_list")
    own = ProgrammeCode.objects.filter(region_code=HOME)
    assert list(own.values_list("code", "level")) == [
        ("1.04.03", "PROGRAM"),
        ("1.04.07", "PROGRAM"),
    ]
    assert ProgrammeCode.objects.get(region_code="").name == "Program bawaan"
    event = AuditEvent.objects.get()
    assert event.action == "planning.programmes_imported"
    assert (event.owner, event.region_code) == ("r35.20", "35.20")


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("2026;satu;Nama", "Kode"),
        ("2026;;Nama", "Kode"),
        ("26;1.04;Nama", "Tahun"),
        ("2026;1.04;", "Nama"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_loaded(admin, line, column):
    text = f"Tahun;Kode;Nama\r\n2026;1.03;Ada\r\n{line}\r\n"
    address = upload(admin, text)["Location"]

    check = admin.get(address).context["check"]
    refused = admin.post(address)

    assert [(row.row, row.column) for row in check.problems] == [(3, column)]
    assert refused.status_code == 422
    assert not ProgrammeCode.objects.exists()


def test_loading_twice_changes_nothing(admin):
    text = "Tahun;Kode;Nama;Sumber\r\n2026;1.04;Perumahan;SK 1\r\n"
    admin.post(upload(admin, text)["Location"])

    check = admin.get(upload(admin, text)["Location"]).context["check"]

    assert (check.added, check.changed, check.same) == (0, 0, 1)


def test_the_example_holds_the_codes_in_force(admin):
    make_year = admin.get(url("programme_list")).context["year"]
    planning.code("1.04", "Perumahan", year=make_year)
    example = admin.get(url("programme_example")).content
    file = SimpleUploadedFile("kode.xlsx", example)

    answer = admin.post(url("programme_import"), {"file": file})

    check = admin.get(answer["Location"]).context["check"]
    assert (check.problems, check.added) == ([], 1)


@pytest.mark.parametrize(
    "name",
    [
        "programme_list",
        "programme_import",
        "programme_import_check",
        "programme_example",
    ],
)
def test_other_regions_do_not_exist_and_other_roles_may_not(admin, name):
    make.region("35.77", "Kota Madiun")
    staff = make.signed_in(make.user(Role.DINAS, region_code=HOME))
    kwargs = {"token": uuid.uuid4()} if name == "programme_import_check" else {}

    assert admin.get(url(name, "35.77", **kwargs)).status_code == 404
    assert admin.get(url(name, "35.20.06", **kwargs)).status_code == 404
    assert staff.get(url(name, **kwargs)).status_code == 403


def test_wrong_methods_are_refused(admin):
    assert admin.post(url("programme_list")).status_code == 405
    assert admin.put(url("programme_import")).status_code == 405
