"""Pages about residents: list, search, form, and the NIK that stays hidden."""

import pytest
from django.urls import reverse

from boards.audit import events_about, events_of_board
from boards.roles import Role
from common.sheets import read_sheet
from members.models import Person
from members.nik import open_nik
from tests.make import boards as make
from tests.make import members

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Siti Aminah",
    "title_after": "S.Pd.",
    "sex": "P",
    "birth_year": "1979",
    "rt": "3",
    "rw": "05",
    "phone": "081234567890",
    "nik": "9935 2006 1279 0001",
    "revision": "0",
}


@pytest.fixture
def board():
    return make.board()


@pytest.fixture
def secretary(board):
    return make.signed_in(make.user(Role.SECRETARY, board=board))


def url(name: str, board, **kwargs) -> str:
    return reverse(f"members:{name}", kwargs={"board_slug": board.slug, **kwargs})


def names(page) -> list[str]:
    return [row.name for row in page.context["page"].rows]


def test_residents_are_listed_by_name_page_by_page(board, secretary):
    for number in range(30):
        members.person(board, f"Warga {number:02d}")

    first = secretary.get(url("person_list", board))
    second = secretary.get(
        url("person_list", board), {"sesudah": first.context["page"].older}
    )
    back = secretary.get(
        url("person_list", board), {"sebelum": second.context["page"].newer}
    )

    assert names(first) == [f"Warga {number:02d}" for number in range(25)]
    assert names(second) == [f"Warga {number:02d}" for number in range(25, 30)]
    assert names(back) == names(first)
    assert (first.context["page"].newer, second.context["page"].older) == ("", "")


def test_persons_of_one_name_are_not_lost_between_pages(board, secretary):
    for _ in range(30):
        members.person(board, "Slamet")

    first = secretary.get(url("person_list", board)).context["page"]
    second = secretary.get(url("person_list", board), {"sesudah": first.older})

    seen = {row.pk for row in first.rows} | {
        row.pk for row in second.context["page"].rows
    }
    assert len(seen) == 30


@pytest.mark.parametrize("cursor", ["abc", "0", "99999999999999999999", "-1", "1'"])
def test_a_broken_cursor_is_a_page_that_does_not_exist(board, secretary, cursor):
    members.person(board)

    answer = secretary.get(url("person_list", board), {"sesudah": cursor})

    assert answer.status_code == 404


@pytest.mark.parametrize("typed", ["a" * 500, "%", "'; --", "\u202e"])
def test_odd_searches_are_answered(board, secretary, typed):
    members.person(board)

    assert secretary.get(url("person_list", board), {"q": typed}).status_code == 200


def test_a_cursor_of_another_board_does_not_exist(board, secretary):
    foreign = members.person(make.board())

    answer = secretary.get(url("person_list", board), {"sesudah": foreign.pk})

    assert answer.status_code == 404


def test_residents_are_found_by_name_or_nickname(board, secretary):
    members.person(board, "Siti Aminah", nickname="Bu Min")
    members.person(board, "Bambang")
    members.person(make.board(), "Siti Lain")

    assert names(secretary.get(url("person_list", board), {"q": "siti"})) == [
        "Siti Aminah"
    ]
    assert names(secretary.get(url("person_list", board), {"q": "bu min"})) == [
        "Siti Aminah"
    ]
    empty = secretary.get(url("person_list", board), {"q": "jembatan"})
    assert "Tidak ada warga yang cocok" in empty.text
    assert "jembatan" in empty.text


@pytest.mark.parametrize("count", [5, 50])
def test_the_list_costs_the_same_for_any_number(
    board, secretary, django_assert_max_num_queries, count
):
    term = members.term(board)
    for _ in range(count):
        members.mandate(term)
    start = Person.objects.order_by("name").first()
    secretary.get(url("person_list", board))  # the idle clock starts

    with django_assert_max_num_queries(6):
        secretary.get(url("person_list", board), {"sesudah": start.pk})


def test_a_resident_is_recorded_with_everything_in_its_place(board, secretary):
    answer = secretary.post(url("person_new", board), make.once(**TYPED))

    person = Person.objects.get()
    assert answer["Location"] == url("person_page", board, pk=person.pk)
    assert (person.full_name, person.rt, person.rw) == (
        "Siti Aminah, S.Pd.",
        "003",
        "005",
    )
    assert open_nik(person) == members.NIK
    event = events_about(person).get()
    assert event.says == "mencatat warga Siti Aminah, S.Pd."
    logged = f"{event.says} {event.details}"
    assert members.NIK not in logged.replace(" ", "")
    assert "081234567890" not in logged


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", ""),
        ("sex", "X", ""),
        ("birth_year", "1800", "paling awal 1900"),
        ("birth_year", "2099", "belum terjadi"),
        ("rt", "12a", "tiga angka"),
        ("nik", "993520061279001", "15 angka"),
        ("nik", "bukan nomor", "hanya berisi angka"),
    ],
)
def test_a_wrong_field_is_said_beside_it_and_nothing_is_written(
    board, secretary, field, typed, sentence
):
    answer = secretary.post(
        url("person_new", board), make.once(**{**TYPED, field: typed})
    )

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert sentence in str(answer.context["form"].errors[field])
    assert not Person.objects.exists()


def test_a_nik_that_somebody_has_is_refused_by_name(board, secretary):
    members.person(board, "Sukirman", nik=members.NIK)

    answer = secretary.post(url("person_new", board), make.once(**TYPED))

    assert "NIK ini sudah tercatat pada Sukirman" in answer.text
    assert Person.objects.count() == 1


def test_the_same_nik_in_another_board_is_no_matter(board, secretary):
    members.person(make.board(), nik=members.NIK)

    secretary.post(url("person_new", board), make.once(**TYPED))

    assert Person.objects.filter(board=board).count() == 1


def test_editing_keeps_the_nik_that_is_not_typed_again(board, secretary):
    person = members.person(board, "Siti", nik=members.NIK)
    body = {**TYPED, "nik": ""}

    secretary.post(url("person_edit", board, pk=person.pk), make.once(**body))

    person.refresh_from_db()
    assert (person.name, open_nik(person)) == ("Siti Aminah", members.NIK)


def test_a_nik_is_forgotten_when_asked(board, secretary):
    person = members.person(board, "Siti", nik=members.NIK)
    body = {**TYPED, "nik": "", "forget_nik": "on"}

    secretary.post(url("person_edit", board, pk=person.pk), make.once(**body))

    person.refresh_from_db()
    assert (person.nik_sealed, person.nik_hmac, person.nik_masked) == ("", "", "")


def test_two_editors_are_told_of_each_other(board, secretary):
    person = members.person(board, "Siti")
    address = url("person_edit", board, pk=person.pk)
    secretary.post(address, make.once(**TYPED))

    late = secretary.post(address, make.once(**{**TYPED, "name": "Siti Rahma"}))

    assert late.status_code == 409
    assert "Siti Rahma" in late.text
    assert members.NIK not in late.text
    person.refresh_from_db()
    assert person.name == "Siti Aminah"


def test_only_accounts_of_this_board_can_be_linked(board, secretary):
    stranger = make.user(Role.SECRETARY, board=make.board())

    answer = secretary.post(
        url("person_new", board), make.once(**TYPED, user=str(stranger.pk))
    )

    assert list(answer.context["form"].errors) == ["user"]


def test_the_nik_is_in_full_on_no_page_but_the_one_that_was_asked_for(board, secretary):
    person = members.person(board, "Siti Aminah", nik=members.NIK)
    pages = [
        url("person_list", board),
        url("person_page", board, pk=person.pk),
        url("person_edit", board, pk=person.pk),
        url("nik_reveal", board, pk=person.pk),
        url("term_page", board),
    ]

    for page in pages:
        assert members.NIK not in secretary.get(page).text
    shown = secretary.post(
        url("nik_reveal", board, pk=person.pk), {"reason": "surat keterangan domisili"}
    )
    assert members.NIK in shown.text
    assert members.NIK not in shown.text.partition("</title>")[0]
    assert "no-store" in shown["Cache-Control"]
    assert events_about(person).get().action == "members.nik_revealed"


def test_a_nik_is_not_shown_without_a_reason(board, secretary):
    person = members.person(board, nik=members.NIK)

    answer = secretary.post(url("nik_reveal", board, pk=person.pk), {"reason": "ingin"})

    assert members.NIK not in answer.text
    assert "Tulis untuk apa" in answer.text
    assert not events_about(person).exists()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SUPERVISOR, Role.LOAN_UNIT])
def test_readers_see_the_mask_and_no_way_to_lift_it(board, role):
    reader = make.signed_in(make.user(role, board=board))
    person = members.person(board, nik=members.NIK)

    page = reader.get(url("person_page", board, pk=person.pk))
    refused = reader.post(
        url("nik_reveal", board, pk=person.pk), {"reason": "surat keterangan domisili"}
    )

    assert members.NIK_MASKED in page.text
    assert "Lihat NIK" not in page.text
    assert refused.status_code == 403
    assert not events_about(person).exists()


def test_the_export_masks_the_nik_escapes_formulas_and_is_logged(board, secretary):
    members.person(board, "=HYPERLINK(1)", nik=members.NIK, phone="081234567890")
    members.person(make.board(), "Orang lain")

    answer = secretary.post(url("person_export", board))

    assert members.NIK.encode() not in answer.content
    table = read_sheet(answer.content, "warga.xlsx")
    assert [row.cells[0] for row in table.rows] == ["=HYPERLINK(1)"]
    assert table.rows[0].cells[-1] == members.NIK_MASKED
    assert table.rows[0].formulas == ()
    event = events_of_board(board).get()
    assert (event.action, event.details) == ("members.exported", {"rows": 1})


@pytest.mark.parametrize("name", ["person_page", "person_edit", "nik_reveal"])
def test_a_resident_of_another_board_does_not_exist(board, secretary, name):
    other = make.board()
    person = members.person(other, nik=members.NIK)

    for home in (board, other):
        assert secretary.get(url(name, home, pk=person.pk)).status_code == 404
        body = make.once(reason="surat keterangan domisili")
        answer = secretary.post(url(name, home, pk=person.pk), body)
        assert answer.status_code in (404, 405)
        assert members.NIK not in answer.text


@pytest.mark.parametrize("name", ["person_new", "person_edit", "person_export"])
def test_a_reader_may_not_change_or_take_away(board, name):
    reader = make.signed_in(make.user(Role.MEMBER, board=board))
    person = members.person(board)
    kwargs = {"pk": person.pk} if name == "person_edit" else {}

    assert reader.post(url(name, board, **kwargs), make.once()).status_code == 403


def test_wrong_methods_are_refused(board, secretary):
    assert secretary.get(url("person_export", board)).status_code == 405
    assert secretary.post(url("person_list", board)).status_code == 405
    assert secretary.put(url("person_new", board)).status_code == 405
