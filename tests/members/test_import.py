"""A sheet of residents: checked row by row, then loaded whole or not at all."""

import io
import uuid

import pytest
import xlsxwriter
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from boards.audit import events_of_board
from boards.roles import Role
from members.models import Person
from members.nik import open_nik
from tests.make import boards as make
from tests.make import members

WHOLE = pytest.param(5_000, 200, marks=pytest.mark.deep)
pytestmark = pytest.mark.django_db
TITLES = ["Nama", "L/P", "Tahun lahir", "RT", "RW", "NIK"]
SITI = ("Siti Aminah", "P", 1979, "003", "005", members.NIK)
BAMBANG = ("Bambang", "L", 1965, "1", 2, "")


@pytest.fixture
def board():
    return make.board()


@pytest.fixture
def secretary(board):
    return make.signed_in(make.user(Role.SECRETARY, board=board))


def url(name: str, board, **kwargs) -> str:
    return reverse(f"members:{name}", kwargs={"board_slug": board.slug, **kwargs})


def upload(client, board, data: bytes, name: str = "warga.xlsx"):
    file = SimpleUploadedFile(name, data)
    return client.post(url("person_import", board), {"file": file})


def checked(client, board, *rows, titles=TITLES):
    """Upload a workbook of these rows; the page of the check, and its address."""
    answer = upload(client, board, members.sheet(titles, *rows))
    assert answer.status_code == 302, answer.context["form"].errors
    return client.get(answer["Location"]), answer["Location"]


def problems(page) -> list[tuple[int, str]]:
    return [(row.row, row.column) for row in page.context["check"].problems]


def test_a_sheet_is_checked_then_loaded(board, secretary):
    page, address = checked(secretary, board, SITI, BAMBANG)

    assert page.context["check"].added == 2
    assert not Person.objects.exists()
    answer = secretary.post(address)
    assert (answer.status_code, answer["Location"]) == (303, url("person_list", board))
    bambang, siti = Person.objects.filter(board=board)
    assert (bambang.rt, bambang.rw, bambang.birth_year) == ("001", "002", 1965)
    assert (siti.region_code, open_nik(siti)) == (board.region_code, members.NIK)
    event = events_of_board(board).get()
    assert event.says == "memuat warga dari berkas warga.xlsx: 2 baru, 0 diubah"


BAD_CELLS = (
    (("Siti", "X", 1979, "", "", ""), "L/P", "Tulis L untuk laki-laki"),
    (("Sari", "", 1979, "", "", ""), "L/P", "Isi L untuk laki-laki"),
    (("", "P", 1979, "", "", ""), "Nama", "Isi nama"),
    (("Sumi", "P", 79, "", "", ""), "Tahun lahir", "empat angka"),
    (("Susi", "P", 2099, "", "", ""), "Tahun lahir", "antara 1900"),
    (("Sri", "P", None, "0003", "", ""), "RT", "paling banyak tiga"),
    (("Santi", "P", None, "", "lima", ""), "RW", "angka saja"),
    (("Sulis", "P", None, "", "", "993520061279001"), "NIK", "15 angka"),
    (("Suci", "P", None, "", "", 993520061279001), "NIK", "jenis Teks"),
    (("Sinta", "P", None, "", "", "9,93520061279E+15"), "NIK", "dipendekkan"),
    (("Sekar", "P", None, "", "", "9935********0009"), "", "tersamar"),
    (("A" * 121, "P", None, "", "", ""), "Nama", "120"),
)


def test_every_bad_cell_is_named_with_its_remedy(board, secretary):
    rows = [row for row, _, _ in BAD_CELLS]
    page, address = checked(secretary, board, BAMBANG, *rows)

    # The title is row 1 and Bambang row 2.
    assert problems(page) == [
        (number, column) for number, (_, column, _) in enumerate(BAD_CELLS, 3)
    ]
    told = [problem.remedy for problem in page.context["check"].problems]
    for (_, column, remedy), said in zip(BAD_CELLS, told, strict=True):
        assert remedy in said, column
    assert "12 baris perlu diperbaiki" in page.text
    refused = secretary.post(address)
    assert refused.status_code == 422
    assert not Person.objects.exists()


def test_every_bad_row_is_shown_by_its_number_in_the_file(board, secretary):
    blank = (None,) * 6
    bad = ("Siti", "X", "abc", "", "", "12")

    page, _ = checked(secretary, board, bad, blank, BAMBANG, bad)

    assert problems(page) == [
        (2, "L/P"),
        (2, "Tahun lahir"),
        (2, "NIK"),
        (5, "L/P"),
        (5, "Tahun lahir"),
        (5, "NIK"),
    ]


def test_no_nik_is_repeated_on_the_check(board, secretary):
    wrong = "99352006127900011"

    page, _ = checked(
        secretary,
        board,
        SITI,
        ("Budi", "L", None, "", "", wrong),
        (f"Tono {members.NIK}", "X", None, "", "", ""),
    )

    assert members.NIK not in page.text
    assert wrong not in page.text
    assert "9935*********0011" in page.text


def test_the_same_person_twice_in_the_file_is_refused(board, secretary):
    page, _ = checked(
        secretary, board, BAMBANG, ("BAMBANG", "L", 1965, "001", "002", "")
    )

    assert [row.remedy for row in page.context["check"].problems] == [
        "Sama dengan baris 2. Hapus atau bedakan salah satunya."
    ]


def test_one_nik_under_two_names_in_the_file_is_refused(board, secretary):
    page, _ = checked(secretary, board, SITI, ("Orang lain", *SITI[1:]))

    assert problems(page) == [(3, "")]


def test_a_nik_that_somebody_else_has_is_refused(board, secretary):
    members.person(board, "Sukirman", nik=members.NIK)

    page, _ = checked(secretary, board, SITI)

    assert "sudah tercatat pada Sukirman" in page.context["check"].problems[0].remedy


def test_known_residents_are_changed_or_left_alone(board, secretary):
    siti = members.person(board, "Siti Aminah", sex="P", nik=members.NIK)
    members.person(board, "Bambang", birth_year=1965, rt="001", rw="002")

    page, address = checked(secretary, board, SITI, BAMBANG)
    secretary.post(address)

    check = page.context["check"]
    assert (check.added, check.changed, check.same) == (0, 1, 1)
    siti.refresh_from_db()
    assert (siti.birth_year, siti.rt, siti.revision) == (1979, "003", 1)
    assert open_nik(siti) == members.NIK
    assert Person.objects.count() == 2


def test_what_was_exported_comes_back_unchanged(board, secretary):
    members.person(board, "=SUM(1)", nik=members.NIK, phone="081234567890")
    members.person(board, "Bambang", sex="P", rt="001")
    exported = secretary.post(url("person_export", board)).content

    answer = upload(secretary, board, exported)
    check = secretary.get(answer["Location"]).context["check"]

    assert (check.problems, check.added, check.changed, check.same) == ([], 0, 0, 2)


def test_a_missing_nik_is_filled_in(board, secretary):
    person = members.person(
        board, "Siti Aminah", sex="P", birth_year=1979, rt="003", rw="005"
    )

    _, address = checked(secretary, board, SITI)
    secretary.post(address)

    person.refresh_from_db()
    assert open_nik(person) == members.NIK


def test_columns_that_are_not_ours_are_named_and_ignored(board, secretary):
    other = make.board()
    titles = ["id", "board", "Nama", "L/P", "status", "revision"]

    page, address = checked(
        secretary, board, (1, other.pk, "Siti", "P", "disahkan", 7), titles=titles
    )
    secretary.post(address)

    assert page.context["check"].ignored == ["id", "board", "status", "revision"]
    assert "id, board, status, revision" in page.text
    person = Person.objects.get()
    assert (person.board, person.revision) == (board, 0)


def test_titles_may_differ_in_capitals_and_blanks(board, secretary):
    page, _ = checked(secretary, board, ("Siti", "p"), titles=[" NAMA ", "l/P *"])

    assert page.context["check"].added == 1


def test_formula_cells_give_their_stored_result(board, secretary):
    data = make_formula_book()

    answer = upload(secretary, board, data)
    page = secretary.get(answer["Location"])

    assert problems(page) == [(3, "Nama")]
    assert "rumus" in page.context["check"].problems[0].remedy
    assert page.context["check"].formulas == 1


def make_formula_book() -> bytes:
    """Row 2: a formula with its result. Row 3: a formula nobody has computed."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet()
    page.write_row(0, 0, ["Nama", "L/P"])
    page.write_formula(1, 0, '="Si"&"ti"', value="Siti")
    page.write(1, 1, "P")
    page.write_formula(2, 0, '="Bu"&"di"', value="")
    page.write(2, 1, "L")
    book.close()
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("warga.pdf", b"%PDF-1.7", "Hanya berkas .xlsx atau .csv"),
        ("warga.xls", b"\xd0\xcf\x11\xe0", "Excel lama"),
        ("warga.xlsx", b"bukan zip", "tidak cocok"),
        ("warga.csv", b"Nama;L/P\r\n", "hanya berisi judul kolom"),
        ("warga.csv", b"Nama;RT\r\nSiti;1\r\n", "Kolom “L/P” tidak ada"),
        ("warga.csv", b"", "kosong"),
        ("warga.csv", b"x" * (5 * 1024 * 1024 + 1), "lebih dari 5 MB"),
        (
            "warga.csv",
            b"Nama;L/P\r\n" + b"Siti;P\r\n" * 5_001,
            "lebih dari 5.000 baris",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(
    board, secretary, name, data, sentence
):
    answer = upload(secretary, board, data, name)

    assert answer.status_code == 200
    assert sentence in answer.context["form"].errors["file"][0]
    assert sentence in answer.text
    assert not Person.objects.exists()


def test_no_file_is_refused(board, secretary):
    answer = secretary.post(url("person_import", board), {})

    assert "Pilih berkasnya dulu." in answer.text


@pytest.mark.parametrize(("count", "most"), [(1_000, 50), WHOLE])
def test_thousands_of_rows_are_judged_without_a_query_a_row(
    board, secretary, django_assert_max_num_queries, count, most
):
    lines = b"".join(b"Warga %d;P\r\n" % number for number in range(count))
    address = upload(secretary, board, b"Nama;L/P\r\n" + lines, "w.csv")["Location"]

    with django_assert_max_num_queries(8):
        page = secretary.get(address)
    with django_assert_max_num_queries(most):
        secretary.post(address)

    assert page.context["check"].added == Person.objects.count() == count


def test_a_double_confirm_loads_once(board, secretary):
    _, address = checked(secretary, board, SITI, BAMBANG)

    first, again = secretary.post(address), secretary.post(address)

    assert (first.status_code, again.status_code) == (303, 303)
    assert first["Location"] == again["Location"]
    assert Person.objects.count() == 2
    assert events_of_board(board).count() == 1


def test_the_stored_file_is_sealed_and_gone_after_loading(
    board, secretary, django_capture_on_commit_callbacks
):
    _, address = checked(secretary, board, SITI)
    user = secretary.session["_auth_user_id"]
    token = address.rstrip("/").rpartition("/")[2]
    place = f"staged/{user}/{token}"

    with default_storage.open(place) as file:
        stored = file.read()
    with django_capture_on_commit_callbacks(execute=True):
        secretary.post(address)

    assert not stored.startswith(b"PK")
    assert b"warga.xlsx" not in stored
    assert not default_storage.exists(place)


def test_the_check_belongs_to_its_user_and_board(board, secretary):
    _, address = checked(secretary, board, SITI)
    token = address.rstrip("/").rpartition("/")[2]
    colleague = make.signed_in(make.user(Role.SECRETARY, board=board))
    other = make.board()
    both = make.user(Role.SECRETARY, board=other)

    assert colleague.post(address).status_code == 302
    elsewhere = url("person_import_check", other, token=token)
    assert make.signed_in(both).post(elsewhere).status_code == 302
    assert secretary.get(elsewhere).status_code == 404
    assert not Person.objects.exists()


def test_the_same_user_cannot_carry_a_file_to_another_board(board):
    user = make.user(Role.SECRETARY, board=board)
    other = make.board()
    user.assignments.create(role=Role.SECRETARY, board=other)
    client = make.signed_in(user)
    _, address = checked(client, board, SITI)
    token = address.rstrip("/").rpartition("/")[2]

    answer = client.post(url("person_import_check", other, token=token))

    assert answer["Location"] == url("person_import", other)
    assert not Person.objects.exists()


def test_an_unknown_token_leads_back_to_the_upload(board, secretary):
    answer = secretary.get(url("person_import_check", board, token=uuid.uuid4()))

    assert answer["Location"] == url("person_import", board)


def test_rows_are_judged_again_when_they_are_loaded(board, secretary):
    _, address = checked(secretary, board, SITI, BAMBANG)
    members.person(board, "Sukirman", nik=members.NIK)

    answer = secretary.post(address)

    assert answer.status_code == 422
    assert "sudah tercatat pada Sukirman" in answer.text
    assert Person.objects.count() == 1


def test_a_file_name_with_a_nik_is_masked(board, secretary):
    data = members.sheet(TITLES, BAMBANG)
    answer = upload(secretary, board, data, f"{members.NIK}.xlsx")

    page = secretary.get(answer["Location"])
    secretary.post(answer["Location"])

    assert members.NIK not in page.text
    assert members.NIK not in events_of_board(board).get().says


def test_the_example_can_be_filled_and_loaded(board, secretary):
    example = secretary.get(url("person_example", board))

    answer = upload(secretary, board, example.content)

    check = secretary.get(answer["Location"]).context["check"]
    assert (check.problems, check.added) == ([], 2)


@pytest.mark.parametrize(
    "name", ["person_import", "person_example", "person_import_check"]
)
def test_who_may_not_edit_may_not_import(board, name):
    reader = make.signed_in(make.user(Role.MEMBER, board=board))
    stranger = make.signed_in(make.user(Role.SECRETARY, board=make.board()))
    kwargs = {"token": uuid.uuid4()} if name == "person_import_check" else {}

    assert reader.get(url(name, board, **kwargs)).status_code == 403
    assert stranger.get(url(name, board, **kwargs)).status_code == 404


def test_wrong_methods_are_refused(board, secretary):
    assert secretary.delete(url("person_import", board)).status_code == 405
    assert secretary.post(url("person_example", board)).status_code == 405
