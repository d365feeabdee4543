"""Accounts as an Admin Dinas and as the Pengelola sistem keep them, over http."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from boards.accounts import issue_code
from boards.models import Assignment, AuditEvent, User
from boards.roles import Role
from tests.make import boards as make

pytestmark = pytest.mark.django_db

CODE = re.compile(r">([2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4})<")
ELSEWHERE = "33.13.01.1001"


@pytest.fixture
def board():
    return make.board()


@pytest.fixture
def client():
    """An Admin Dinas of 35.20."""
    make.region("35.20", "Kabupaten Magetan")
    return make.signed_in(make.user(Role.DINAS_ADMIN, region_code="35.20"))


@pytest.fixture
def system():
    return make.signed_in(make.user(Role.SYSTEM))


def at(name: str, region_code: str = "35.20", **kwargs) -> str:
    return reverse(f"boards:{name}", kwargs={"region_code": region_code, **kwargs})


def new_secretary(client: Client, board, **changes):
    body = {"name": "Dewi Anggraini", "username": "dewi", "board": board.pk, **changes}
    return client.post(at("user_new_as", role="sekretaris-lkm"), make.once(**body))


def test_a_new_account_shows_its_code_once(client, board):
    response = new_secretary(client, board)

    user = User.objects.get(username="dewi")
    assert response["Location"] == at("user_code_shown", pk=user.pk)
    first = client.get(response["Location"]).content.decode()
    code = CODE.search(first)[1]
    second = client.get(response["Location"]).content.decode()
    assert "sudah ditampilkan" in second
    assert code not in second
    signed = Client().post("/akun/masuk/", {"login": "dewi", "password": code})
    assert signed.status_code == 302


def test_the_code_is_not_readable_in_the_session(client, board):
    new_secretary(client, board)

    kept = str(dict(client.session))
    assert not re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", kept)


def test_a_double_click_makes_one_account(client, board):
    body = make.once(name="Dewi", username="dewi", board=board.pk)
    url = at("user_new_as", role="sekretaris-lkm")

    first, second = client.post(url, body), client.post(url, body)

    assert (first.status_code, second.status_code) == (302, 303)
    assert first["Location"] == second["Location"]
    assert User.objects.filter(username="dewi").count() == 1


def test_a_taken_name_keeps_what_was_typed(client, board):
    make.user(username="dewi")

    response = new_secretary(client, board)

    page = response.content.decode()
    assert response.status_code == 200
    assert "Nama pengguna dewi sudah dipakai" in page
    assert 'value="Dewi Anggraini"' in page


@pytest.mark.parametrize("username", ["d", "dewi anggraini", "<b>", "dewi@x"])
def test_a_name_that_cannot_be_typed_is_refused(client, board, username):
    response = new_secretary(client, board, username=username)

    assert "3 sampai 30 huruf kecil" in response.content.decode()
    assert not User.objects.filter(name="Dewi Anggraini").exists()


def test_a_board_of_another_kabupaten_does_not_exist_here(client):
    far = make.board(ELSEWHERE)

    response = new_secretary(client, far)

    assert response.status_code == 200
    assert "board" in response.context["form"].errors
    assert not User.objects.filter(username="dewi").exists()


@pytest.mark.parametrize(
    ("role", "chosen"),
    [("staf-kelurahandesa", "35.20.06.1010"), ("staf-kecamatan", "35.20.06")],
)
def test_an_officer_is_placed_over_a_region_inside_the_reach(client, role, chosen):
    make.board()

    client.post(
        at("user_new_as", role=role),
        make.once(name="Arif", username="arif", region=chosen),
    )
    outside = client.post(
        at("user_new_as", role=role),
        make.once(name="Budi", username="budi", region=ELSEWHERE),
    )

    assert User.objects.get(username="arif").assignments.get().region_code == chosen
    assert "region" in outside.context["form"].errors


def test_staff_of_the_dinas_needs_no_place(client):
    client.post(
        at("user_new_as", role="staf-dinas-perkim"),
        make.once(name="Hendra", username="hendra", title="Kabid Perkim"),
    )

    user = User.objects.get(username="hendra")
    assert user.title == "Kabid Perkim"
    assert user.assignments.get().region_code == "35.20"


@pytest.mark.parametrize("role", ["pengelola-sistem", "provinsi", "raja"])
def test_roles_that_are_not_given_here_have_no_address(client, role):
    assert client.get(at("user_new_as", role=role)).status_code == 404


@pytest.mark.parametrize(
    ("role", "facts"),
    [
        ("sekretaris-lkm", {"board": True}),
        ("upk", {"board": True, "post": "MANAGER"}),
        ("staf-dinas-perkim", {"region_code": "35.20"}),
    ],
)
def test_nobody_gives_a_role_to_the_own_account(client, board, role, facts):
    own = Assignment.objects.get(role=Role.DINAS_ADMIN).user
    body = facts | ({"board": board.pk} if "board" in facts else {})

    response = client.post(
        at("user_role_new_as", pk=own.pk, role=role), make.once(**body)
    )

    assert "diberi admin lain" in response.content.decode()
    assert own.assignments.count() == 1
    assert "Tambah peran" not in client.get(at("user_page", pk=own.pk)).content.decode()


def test_a_role_more_and_a_role_less(client, board):
    person = make.user(Role.MEMBER, board=board)

    client.post(
        at("user_role_new_as", pk=person.pk, role="upk"),
        make.once(board=board.pk, post="CASHIER"),
    )
    held = person.assignments.get(role=Role.LOAN_UNIT)
    client.post(at("user_role_end", pk=person.pk, assignment_pk=held.pk), make.once())

    held.refresh_from_db()
    assert (held.post, held.ended_at is not None) == ("CASHIER", True)
    assert person.assignments.get(role=Role.MEMBER).ended_at is None
    roles = AuditEvent.objects.filter(board_id=board.pk).values_list("role", flat=True)
    assert set(roles) == {"Admin Dinas"}


def test_closing_an_account_asks_first(client, board):
    person = make.user(Role.SECRETARY, board=board)
    url = at("user_end", pk=person.pk)

    assert "langsung dikeluarkan" in client.get(url).content.decode()
    client.post(url, make.once())

    assert not User.objects.get(pk=person.pk).is_active


def test_a_new_code_may_forget_the_second_factor(client, board):
    person = make.user(Role.SECRETARY, board=board)
    person.authenticator_set.create(type="totp", data={"secret": "x"})

    client.post(at("user_code", pk=person.pk), make.once(forget_second_factor="on"))

    assert not person.authenticator_set.exists()
    assert User.objects.get(pk=person.pk).code_hash


def test_nobody_gives_a_code_to_the_own_account(client):
    own = User.objects.get(assignments__role=Role.DINAS_ADMIN)

    response = client.post(at("user_code", pk=own.pk), make.once())

    assert "ganti kata sandi di halaman akun" in response.content.decode()
    assert client.get(at("user_list")).status_code == 200


ACTS = ["user_code", "user_end", "user_role_new", "user_page", "user_code_shown"]


@pytest.mark.parametrize("name", ACTS)
def test_accounts_of_another_kabupaten_do_not_exist(client, name):
    stranger = make.user(Role.SECRETARY, board=make.board(ELSEWHERE))

    assert client.get(at(name, pk=stranger.pk)).status_code == 404
    assert client.get(at(name, "33.13", pk=stranger.pk)).status_code == 404


@pytest.mark.parametrize("name", ["user_code", "user_end"])
def test_who_also_works_elsewhere_is_not_reset_from_here(client, board, name):
    both = make.user(Role.SECRETARY, board=board)
    far = make.board(ELSEWHERE)
    Assignment.objects.create(user=both, role=Role.SECRETARY, board=far)

    assert client.post(at(name, pk=both.pk), make.once()).status_code == 404
    page = client.get(at("user_page", pk=both.pk)).content.decode()
    assert "1 peran lain di luar wilayah Anda" in page
    assert str(far) not in page


def test_a_role_elsewhere_is_not_ended_from_here(client, board):
    both = make.user(Role.SECRETARY, board=board)
    far = Assignment.objects.create(
        user=both, role=Role.SECRETARY, board=make.board(ELSEWHERE)
    )

    url = at("user_role_end", pk=both.pk, assignment_pk=far.pk)

    assert client.post(url, make.once()).status_code == 404
    far.refresh_from_db()
    assert far.ended_at is None


def test_a_pengelola_sistem_is_never_reset_by_an_admin_dinas(client):
    boss = make.user(Role.SYSTEM)
    Assignment.objects.create(user=boss, role=Role.DINAS, region_code="35.20")

    assert client.post(at("user_code", pk=boss.pk), make.once()).status_code == 404


@pytest.mark.parametrize(
    "role", [Role.DINAS, Role.KELURAHAN, Role.KECAMATAN, Role.PROVINCE]
)
def test_other_officers_keep_no_accounts(role, board):
    place = {Role.KELURAHAN: "35.20.06.1010", Role.KECAMATAN: "35.20.06"}
    code = place.get(role, "35" if role == Role.PROVINCE else "35.20")
    client = make.signed_in(make.user(role, region_code=code))
    expected = 403 if "35.20".startswith(code) else 404

    assert client.get(at("user_list")).status_code == expected
    assert client.get(at("user_new_as", role="upl")).status_code == expected


def test_a_secretary_sees_no_accounts_of_the_region(board):
    client = make.signed_in(make.user(Role.SECRETARY, board=board))

    assert client.get(at("user_list")).status_code == 404
    assert client.get(reverse("boards:account_list")).status_code == 404


@pytest.mark.parametrize("name", ["user_list", "user_new"])
def test_lists_are_only_read(client, name):
    assert client.post(at(name)).status_code == 405


@pytest.mark.parametrize("name", ["user_code", "user_end"])
def test_acts_know_no_put(client, board, name):
    person = make.user(Role.SECRETARY, board=board)

    assert client.put(at(name, pk=person.pk)).status_code == 405


def test_the_list_costs_the_same_for_many(client, board, django_assert_max_num_queries):
    for _ in range(30):
        make.user(Role.MEMBER, board=board)

    client.get(at("user_list"))

    with django_assert_max_num_queries(7):
        page = client.get(at("user_list"))

    assert len(page.context["page"].rows) == 25
    assert "Lebih lama" in page.content.decode()


def test_the_list_names_no_place_outside_the_region(client):
    far = make.board(region_code="33.13.01.2001", name="Jauh Sekali")
    person = make.user(Role.KECAMATAN, region_code="35.20.06")
    person.assignments.create(role=Role.SECRETARY, board=far)

    page = client.get(at("user_list")).content.decode()

    assert str(person) in page
    assert "Jauh Sekali" not in page
    assert "1 peran lain di luar wilayah Anda" in page


def test_the_list_is_searched_by_name_role_and_state(client, board):
    make.user(Role.SECRETARY, board=board, name="Dewi Anggraini")
    make.user(Role.MEMBER, board=board, name="Dewi Lestari")
    make.user(Role.MEMBER, board=board, name="Sutrisno", is_active=False)

    def found(**query):
        rows = client.get(at("user_list"), query).context["page"].rows
        return sorted(str(row) for row in rows)

    assert found(q="dewi") == ["Dewi Anggraini", "Dewi Lestari"]
    assert found(q="dewi", peran="MEMBER") == ["Dewi Lestari"]
    assert found(keadaan="tutup") == ["Sutrisno"]


def test_the_system_resets_and_closes_every_account(system, board):
    person = make.user(Role.SECRETARY, board=board)

    response = system.post(
        reverse("boards:account_code", args=[person.pk]), make.once()
    )
    assert CODE.search(system.get(response["Location"]).content.decode())
    system.post(reverse("boards:account_end", args=[person.pk]), make.once())

    assert not User.objects.get(pk=person.pk).is_active


def test_the_system_makes_the_first_admin_of_a_kabupaten(system):
    make.region("33.13", "Kabupaten Karanganyar")

    system.post(
        reverse("boards:account_new_as", args=["admin-dinas"]),
        make.once(name="Ratna", username="admin.kra", region="33.13"),
    )

    held = User.objects.get(username="admin.kra").assignments.get()
    assert (held.role, held.region_code) == (Role.DINAS_ADMIN, "33.13")


def test_the_system_gives_no_role_inside_a_board(system):
    url = reverse("boards:account_new_as", args=["sekretaris-lkm"])

    assert system.get(url).status_code == 404


def test_the_system_sees_no_work_of_any_board(system, board):
    kwargs = {"board_slug": board.slug}

    assert system.get(reverse("boards:board_page", kwargs=kwargs)).status_code == 404
    assert system.get(at("board_list")).status_code == 403
    assert system.get(at("user_list")).status_code == 403


def test_an_admin_dinas_does_not_open_the_list_of_all(client):
    assert client.get(reverse("boards:account_list")).status_code == 404


def test_strangers_are_asked_to_sign_in(board):
    person = make.user(Role.SECRETARY, board=board)
    urls = [
        at("user_list"),
        at("user_code", pk=person.pk),
        reverse("boards:account_list"),
        reverse("boards:account_page"),
    ]

    for url in urls:
        assert Client().get(url)["Location"] == f"/akun/masuk/?next={url}"


def test_a_pending_code_is_shown_as_such(client, board):
    person = make.user(Role.SECRETARY, board=board)
    issue_code(person, by=None)

    page = client.get(at("user_page", pk=person.pk)).content.decode()

    assert "Menunggu kode dipakai" in page
