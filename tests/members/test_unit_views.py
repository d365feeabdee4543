"""Pages about units and appointments: five questions for each act."""

from datetime import date

import pytest
from django.urls import reverse

from boards.roles import Role
from members.models import Appointment, Unit
from tests.make import boards as make
from tests.make import members

pytestmark = pytest.mark.django_db
ACTS = ("unit_edit", "unit_close", "appointment_edit", "appointment_end")


@pytest.fixture(scope="module")
def house(module_rows):
    """A board with a UPK and its manager, and who signs in; made once."""
    board = make.board()
    upk = members.unit(board)
    return {
        "board": board,
        "upk": upk,
        "staff": members.appointment(upk, members.person(board, "Sri Rahayu")),
        "person": members.person(board, "Tumini", sex="P"),
        "secretary": make.signed_in(make.user(Role.SECRETARY, board=board)),
        "reader": make.signed_in(make.user(Role.SUPERVISOR, board=board)),
    }


def url(name: str, board, **kwargs) -> str:
    return reverse(f"members:{name}", kwargs={"board_slug": board.slug, **kwargs})


def key_of(house, name: str) -> dict[str, int]:
    """The key in the address of a page."""
    if name in ("unit_new", "unit_usual"):
        return {}
    if name == "appointment_new":
        return {"pk": house["person"].pk}
    row = house["upk"] if name.startswith("unit") else house["staff"]
    return {"pk": row.pk}


def send(house, name: str, /, **body):
    """Post as the secretary."""
    address = url(name, house["board"], **key_of(house, name))
    return house["secretary"].post(address, make.once(**body))


def test_a_unit_is_recorded_once_for_a_double_click(house):
    body = make.once(kind="UPS", name="UPS Melati")
    address = url("unit_new", house["board"])

    first, again = (house["secretary"].post(address, body) for _ in "ab")

    assert (first.status_code, again.status_code) == (302, 303)
    assert Unit.objects.filter(name="UPS Melati").count() == 1


def test_a_taken_name_is_refused_beside_the_field(house):
    answer = send(house, "unit_new", kind="UPL", name=house["upk"].name)

    assert answer.status_code == 200
    assert "name" in answer.context["form"].errors
    assert Unit.objects.filter(board=house["board"]).count() == 1


def test_the_usual_units_come_with_one_press(house):
    answer = send(house, "unit_usual")

    assert answer.status_code == 302
    assert Unit.objects.filter(board=house["board"]).count() == 6


def test_a_unit_gets_another_name_and_a_late_editor_is_told(house):
    saved = send(house, "unit_edit", name="UPK Mekar", revision="0")
    late = send(house, "unit_edit", name="UPK Lain", revision="0")

    assert (saved.status_code, late.status_code) == (302, 409)
    assert Unit.objects.get(pk=house["upk"].pk).name == "UPK Mekar"
    assert "UPK Mekar" in late.text


def test_a_unit_with_staff_stays(house):
    answer = send(house, "unit_close", closed_on="31/12/2026")

    assert "Masih bertugas sesudah hari itu: Sri Rahayu" in answer.text
    assert Unit.objects.get(pk=house["upk"].pk).closed_on is None


def test_a_resident_is_appointed(house):
    place = f"{house['upk'].pk}:CASHIER"

    answer = send(
        house,
        "appointment_new",
        place=place,
        started_on="05/01/2026",
        ends_on="31/12/2027",
    )

    assert answer["Location"] == reverse(
        "reports:officer_page", args=[house["board"].slug]
    )
    made = Appointment.objects.get(person=house["person"])
    assert (made.post, made.started_on) == ("CASHIER", date(2026, 1, 5))


@pytest.mark.parametrize("post", ["CASHIER", "HEAD"])
def test_a_post_of_another_board_or_unit_is_no_choice(house, post):
    unit = members.unit(make.board()) if post == "CASHIER" else house["upk"]

    answer = send(
        house, "appointment_new", place=f"{unit.pk}:{post}", started_on="05/01/2026"
    )

    assert "place" in answer.context["form"].errors
    assert not Appointment.objects.filter(person=house["person"]).exists()


def test_an_end_before_the_start_is_refused_and_what_was_typed_stays(house):
    answer = send(
        house,
        "appointment_new",
        place=f"{house['upk'].pk}:CASHIER",
        started_on="05/01/2026",
        ends_on="04/01/2026",
    )

    assert "Berlaku sampai 5 Januari 2026 atau sesudahnya" in answer.text
    assert "04/01/2026" in answer.text
    assert not Appointment.objects.filter(person=house["person"]).exists()


def test_days_are_corrected_and_a_late_editor_is_told(house):
    body = {"started_on": "02/01/2025", "ends_on": "31/12/2026", "decree": "SK 4"}

    saved = send(house, "appointment_edit", **body, revision="0")
    late = send(house, "appointment_edit", **{**body, "decree": "X"}, revision="0")

    assert (saved.status_code, late.status_code) == (302, 409)
    staff = Appointment.objects.get(pk=house["staff"].pk)
    assert (staff.ends_on, staff.decree) == (date(2026, 12, 31), "SK 4")


def test_an_appointment_is_ended(house):
    answer = send(house, "appointment_end", ended_on="31/03/2026", reason="RESIGNED")

    assert answer.status_code == 302
    staff = Appointment.objects.get(pk=house["staff"].pk)
    assert staff.ended_on == date(2026, 3, 31)


@pytest.mark.parametrize("name", [*ACTS, "appointment_new"])
def test_rows_of_another_board_do_not_exist(house, name):
    other = make.board()
    unit = members.unit(other)
    rows = {"unit": unit, "appointment": members.appointment(unit)}
    row = rows[name.split("_")[0]]
    pk = row.person_id if name == "appointment_new" else row.pk

    for board in (house["board"], other):
        address = url(name, board, pk=pk)
        assert house["secretary"].get(address).status_code == 404


@pytest.mark.parametrize("name", [*ACTS, "appointment_new", "unit_new", "unit_usual"])
def test_a_reader_may_not_change(house, name):
    address = url(name, house["board"], **key_of(house, name))

    assert house["reader"].post(address, make.once()).status_code == 403


def test_wrong_methods_are_refused(house):
    board = house["board"]

    assert house["secretary"].get(url("unit_usual", board)).status_code == 405
    assert house["secretary"].delete(url("unit_new", board)).status_code == 405


def test_the_page_of_a_resident_shows_the_work_in_units(house):
    address = url("person_page", house["board"], pk=house["staff"].person_id)

    text = house["reader"].get(address).text.replace("\N{NO-BREAK SPACE}", " ")

    assert "Manajer, Unit Pengelola Keuangan (UPK)" in text
    assert "1 Januari 2025 sampai sekarang" in text
