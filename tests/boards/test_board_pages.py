"""Boards of a region and the profile of one, over http."""

import datetime
import io

import pytest
from django.db import connection
from PIL import Image

from boards.files import FreshBytes
from boards.models import AuditEvent, Board, StoredFile
from boards.roles import Role
from boards.views import profile
from tests.boards.addresses import at, over
from tests.make import boards as make

pytestmark = pytest.mark.django_db

ELSEWHERE = "33.13.01.1001"


def test_the_list_costs_six_queries_for_any_number(
    admin, django_assert_max_num_queries
):
    for number in range(30):
        make.board(name=f"Guyub {number:02d} A")
    admin.get(over("board_list"))

    with django_assert_max_num_queries(6):
        first = admin.get(over("board_list"))

    page = first.context["page"]
    assert [str(row) for row in page.rows][:2] == ["LKM Guyub 00 A", "LKM Guyub 01 A"]
    assert len(page.rows) == 25
    rest = admin.get(over("board_list"), {"sesudah": page.older}).context["page"]
    assert [str(row) for row in rest.rows] == [
        f"LKM Guyub {number} A" for number in range(25, 30)
    ]
    back = admin.get(over("board_list"), {"sebelum": rest.newer}).context["page"]
    assert [row.pk for row in back.rows] == [row.pk for row in page.rows]


def test_the_list_is_narrowed_by_name_and_kecamatan(admin, board):
    make.board("35.20.07.1001", name="Berkah", district="Kecamatan Plaosan")

    def found(**query):
        rows = admin.get(over("board_list"), query).context["page"].rows
        return [str(row) for row in rows]

    assert found(q="guyub") == ["LKM Guyub Rukun"]
    assert found(kecamatan="Kecamatan Plaosan") == ["LKM Berkah"]
    assert found(q="tidak ada") == []


def test_an_officer_lists_only_the_own_region(board):
    client = make.signed_in(make.user(Role.KELURAHAN, region_code="35.20.06.1010"))
    far = make.board(ELSEWHERE)

    own = client.get(over("board_list", "35.20.06.1010"))

    assert [row.pk for row in own.context["page"].rows] == [board.pk]
    assert client.get(over("board_list", far.region_code)).status_code == 404
    assert client.get(over("board_list", "35.20")).status_code == 404


@pytest.mark.parametrize("cursor", ["x", "e30=", "WyJhIl0="])
def test_a_broken_cursor_is_an_address_that_does_not_exist(admin, cursor):
    answer = admin.get(over("board_list"), {"sesudah": cursor})

    assert answer.status_code == 404


def test_a_place_is_found_by_name_and_by_code(admin, board):
    make.region("35.20.06.2001", "Selotinatah")
    make.region(ELSEWHERE, "Selojaya")

    by_name = admin.get(over("board_place"), {"q": "selo"}).content.decode()
    by_code = admin.get(
        over("board_place"), {"q": "35.20.06.2"}, headers={"hx-request": "true"}
    ).content.decode()

    assert "Desa Selotinatah" in by_name
    assert "Selojaya" not in by_name
    assert "Desa Selotinatah" in by_code
    assert "<html" not in by_code


def test_a_board_is_registered_with_its_place_by_value(admin, board):
    url = over("board_new", village_code="35.20.06.1010")

    response = admin.post(url, make.once(term="BKM", name="Menara", code="", slug=""))

    made = Board.objects.get(name="Menara")
    assert response["Location"] == at("board_done", made)
    assert (made.slug, made.code, made.head_title) == ("bkm-menara", "BKM-M", "Lurah")
    assert (made.village, made.region_code) == (
        "Kelurahan Wilayah 35.20.06.1010",
        "35.20.06.1010",
    )
    assert AuditEvent.objects.get(action="boards.board_added").board_id == made.pk


def test_a_name_typed_twice_in_one_village_is_refused_beside_the_form(admin, board):
    url = over("board_new", village_code=board.region_code)

    response = admin.post(url, make.once(term="LKM", name="Guyub Rukun"))

    assert "Nama ini sudah dipakai di wilayah itu." in response.content.decode()
    assert Board.objects.count() == 1


@pytest.mark.parametrize("code", [ELSEWHERE, "35.20.06", "35.20.99.9999"])
def test_no_board_is_registered_outside_the_reach(admin, board, code):
    make.board(ELSEWHERE)

    assert admin.get(over("board_new", village_code=code)).status_code == 404


def test_only_an_admin_registers_boards(board):
    dinas = make.signed_in(make.user(Role.DINAS, region_code="35.20"))
    url = over("board_new", village_code=board.region_code)

    assert dinas.post(url, make.once(term="LKM", name="X")).status_code == 403


def test_the_profile_is_read_by_all_and_changed_by_some(secretary, member, board):
    change = at("board_edit", board, section="kop")

    assert change in secretary.get(at("board_page", board)).content.decode()
    assert change not in member.get(at("board_page", board)).content.decode()
    assert member.get(change).status_code == 403
    assert secretary.put(change).status_code == 405


def test_a_section_is_saved_with_its_audit(secretary, board):
    url = at("board_edit", board, section="kop")
    body = make.once(address="Jalan Mawar 12", phone="", email="", revision="0")

    response = secretary.post(url, body)

    board.refresh_from_db()
    assert response["Location"] == at("board_page", board)
    assert (board.address, board.revision) == ("Jalan Mawar 12", 1)
    event = AuditEvent.objects.get(action="boards.board_changed")
    assert event.says == "mengubah profil LKM Guyub Rukun: kop surat"
    assert event.role == "Sekretaris LKM"


def test_the_second_editor_keeps_the_text_on_a_page_of_its_own(secretary, board):
    url = at("board_edit", board, section="kop")
    secretary.post(url, make.once(address="Pertama", revision="0"))

    response = secretary.post(url, make.once(address="Kedua", revision="0"))

    board.refresh_from_db()
    assert response.status_code == 409
    assert "Kedua" in response.content.decode()
    assert board.address == "Pertama"


def test_the_name_is_changed_by_the_dinas_only(secretary, admin, board):
    url = at("board_edit", board, section="nama")
    body = {"term": "LKM", "name": "Guyub Baru", "code": "LKM-GB", "revision": "0"}

    assert secretary.post(url, make.once(**body)).status_code == 403
    admin.post(url, make.once(**body))

    board.refresh_from_db()
    assert (board.name, board.code) == ("Guyub Baru", "LKM-GB")


def test_a_name_that_is_taken_is_refused_by_a_sentence(admin, board):
    make.board(name="Berkah")

    response = admin.post(
        at("board_edit", board, section="nama"),
        make.once(term="LKM", name="Berkah", code="X", revision="0"),
    )

    assert response.status_code == 200
    assert "Nama ini sudah dipakai di wilayah itu." in response.content.decode()


def test_a_pattern_kept_from_before_is_shown_and_can_be_mended(secretary, board):
    Board.objects.filter(pk=board.pk).update(number_pattern="{seq}/LKM")

    page = secretary.get(at("board_page", board))

    assert "belum lengkap: ubah polanya" in page.content.decode()
    assert secretary.get(at("board_edit", board, section="surat")).status_code == 200


@pytest.mark.parametrize(
    "pattern",
    [
        "{type}/{year}",
        "{seq}/{year}",
        "{seq}/{type}",
        "{seq}/{x}",
        "{seq.__class__}",
        "{seq",
        "{seq!r}",
    ],
)
def test_a_number_pattern_must_give_a_number(secretary, board, pattern):
    body = make.once(
        paper_size="f4",
        time_zone="Asia/Jakarta",
        number_pattern=pattern,
        greeting="Dengan hormat,",
        revision="0",
    )

    response = secretary.post(at("board_edit", board, section="surat"), body)

    assert "number_pattern" in response.context["form"].errors
    assert Board.objects.get(pk=board.pk).revision == 0


def test_another_board_and_another_section_do_not_exist(secretary, board):
    other = make.board()

    assert secretary.get(at("board_page", other)).status_code == 404
    assert secretary.get(at("board_edit", other, section="kop")).status_code == 404
    assert secretary.get(at("board_edit", board, section="x")).status_code == 404


def test_a_logo_is_kept_and_given_to_those_who_see_the_board(secretary, member, board):
    picture = io.BytesIO()
    Image.new("RGB", (600, 600), "#1f4f7e").save(picture, "PNG")
    picture.seek(0)
    picture.name = "logo.png"

    response = secretary.post(at("logo_new", board), make.once() | {"logo": picture})

    assert response.status_code == 302
    board.refresh_from_db()
    url = at("logo", board, pk=board.logo_id)
    served = member.get(url)
    assert served["Content-Type"] == "image/png"
    assert b"".join(served.streaming_content).startswith(b"\x89PNG")
    stranger = make.signed_in(make.user(Role.SECRETARY, board=make.board()))
    assert stranger.get(url).status_code == 404
    assert member.get(at("logo", board, pk=board.logo_id + 1)).status_code == 404


def picture(shade="#1f4f7e"):
    file = io.BytesIO()
    Image.new("RGB", (600, 600), shade).save(file, "PNG")
    file.seek(0)
    file.name = "logo.png"
    return file


def test_a_logo_is_read_and_written_before_the_database_is_asked(
    secretary, board, monkeypatch
):
    deep, real_read, real_put = [], profile.read_logo, FreshBytes.put

    def read(upload):
        deep.append(len(connection.savepoint_ids))
        return real_read(upload)

    def put(fresh, data):
        deep.append(len(connection.savepoint_ids))
        return real_put(fresh, data)

    monkeypatch.setattr(profile, "read_logo", read)
    monkeypatch.setattr(FreshBytes, "put", put)
    outside = len(connection.savepoint_ids)

    response = secretary.post(at("logo_new", board), make.once() | {"logo": picture()})

    assert response.status_code == 302
    assert deep == [outside, outside]


def test_a_double_click_keeps_one_logo_and_a_used_key_keeps_no_other(secretary, board):
    key = make.once()
    codes = [
        secretary.post(at("logo_new", board), key | {"logo": picture(shade)})
        for shade in ("#1f4f7e", "#1f4f7e", "#4f1f7e")
    ]

    assert [code.status_code for code in codes] == [302, 303, 409]
    stored = StoredFile.objects.get()
    assert Board.objects.get(pk=board.pk).logo == stored
    assert AuditEvent.objects.filter(action="boards.logo_changed").count() == 1


def test_what_is_no_picture_is_refused_with_a_sentence(secretary, board):
    text = io.BytesIO(b"<svg onload=alert(1)>")
    text.name = "logo.svg"

    response = secretary.post(at("logo_new", board), make.once() | {"logo": text})

    assert response.status_code == 200
    assert response.context["form"].errors["logo"]
    assert Board.objects.get(pk=board.pk).logo is None


def test_a_served_region_lets_its_officers_read_and_no_more(admin, board):
    make.board("35.20.06.1011")
    officer = make.signed_in(make.user(Role.KELURAHAN, region_code="35.20.06.1011"))
    assert officer.get(at("board_page", board)).status_code == 404

    admin.post(at("served_add", board, code="35.20.06.1011"), make.once())

    assert officer.get(at("board_page", board)).status_code == 200
    served = board.served_regions.get()
    admin.post(at("served_end", board, pk=served.pk), make.once())
    assert officer.get(at("board_page", board)).status_code == 404


def test_a_served_region_is_noted_once_and_inside_the_kabupaten(admin, board):
    make.board("35.20.06.1011")
    make.board(ELSEWHERE)
    url = at("served_add", board, code="35.20.06.1011")

    admin.post(url, make.once())
    admin.post(url, make.once())
    far = admin.post(at("served_add", board, code=ELSEWHERE), make.once())
    home = admin.post(at("served_add", board, code=board.region_code), make.once())

    assert board.served_regions.count() == 1
    assert (far.status_code, home.status_code) == (404, 302)


def test_a_board_is_closed_once_and_never_in_the_future(admin, secretary, board):
    url = at("board_close", board)
    tomorrow = board.today() + datetime.timedelta(days=1)

    future = admin.post(url, make.once(on=tomorrow.isoformat()))
    assert "paling lambat hari ini" in future.content.decode()
    admin.post(url, make.once(on=board.today().isoformat()))
    again = admin.post(url, make.once(on=board.today().isoformat()))

    board.refresh_from_db()
    assert board.closed_on == board.today()
    assert "sudah ditutup" in again.content.decode()
    assert secretary.get(url).status_code == 403


def test_the_hand_over_page_shows_the_code_and_what_comes_next(admin, board):
    old = make.user(Role.SECRETARY, board=board, name="Dewi").assignments.get()

    response = admin.post(
        at("secretary_handover", board),
        make.once(old=old.pk, kind="baru", name="Bambang", username="bambang"),
    )

    page = admin.get(response["Location"]).content.decode()
    assert "Tugas sekretaris diserahkan" in page
    assert "Kode sekali pakai" in page
    old.refresh_from_db()
    assert old.ended_at is not None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "baru", "username": "bambang"}, "name"),
        ({"kind": "baru", "name": "Bambang"}, "username"),
        ({"kind": "ada"}, "user"),
    ],
)
def test_a_hand_over_asks_for_what_is_missing(admin, board, body, field):
    response = admin.post(at("secretary_handover", board), make.once(**body))

    assert list(response.context["form"].errors) == [field]
    assert not board.assignments.exists()


def test_an_assignment_of_another_board_is_not_handed_over(admin, board):
    other = make.user(Role.SECRETARY, board=make.board()).assignments.get()
    make.user(Role.SECRETARY, board=board)

    response = admin.post(
        at("secretary_handover", board),
        make.once(old=other.pk, kind="baru", name="B", username="bambang"),
    )

    assert "old" in response.context["form"].errors
    other.refresh_from_db()
    assert other.ended_at is None


def test_a_hand_over_belongs_to_the_admin_of_the_region(secretary, board):
    far = make.signed_in(make.user(Role.DINAS_ADMIN, region_code="33.13"))

    assert secretary.get(at("secretary_handover", board)).status_code == 403
    assert far.get(at("secretary_handover", board)).status_code == 404
    assert far.get(at("board_page", board)).status_code == 404
