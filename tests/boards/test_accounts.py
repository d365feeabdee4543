"""Accounts: codes, roles, hand-over and the end of access, as services."""

import datetime

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from boards.accounts import (
    assign_role,
    bare_code,
    create_user,
    end_access,
    end_assignment,
    hand_over_secretary,
    issue_code,
    new_code,
    note_failed_sign_in,
    set_own_password,
)
from boards.audit import first_broken_event
from boards.models import Assignment, AuditEvent, User
from boards.roles import Post, Role
from common.errors import RuleViolation
from lkm_portal.passwords import DemoPasswordValidator
from tests.make import boards as make

pytestmark = pytest.mark.django_db


def admin(region_code: str = "35.20") -> User:
    return make.user(Role.DINAS_ADMIN, region_code=region_code)


def test_a_code_has_three_groups_without_letters_that_look_alike():
    code = new_code()

    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert not set("01IO") & set(code)


def test_a_code_is_read_however_it_is_typed():
    assert bare_code(" k7qf 2mxr-9htd ") == "K7QF2MXR9HTD"


def test_a_new_account_has_one_role_and_no_password():
    board, by = make.board(), admin()

    user, code = create_user(
        username="Dewi.Anggraini",
        name="Dewi Anggraini",
        role=Role.SECRETARY,
        board=board,
        by=by,
    )

    held = user.assignments.get()
    assert user.username == "dewi.anggraini"
    assert (held.role, held.board, held.started_by) == (Role.SECRETARY, board, by)
    assert not user.has_usable_password()
    assert bare_code(code) not in user.code_hash
    event = AuditEvent.objects.get(action="boards.user_added")
    assert event.says == (
        f"membuat akun Dewi Anggraini sebagai Sekretaris LKM di {board}"
    )
    assert event.board_id == board.pk


def test_the_code_opens_the_account_once():
    user, code = create_user(
        username="dewi", name="Dewi", role=Role.SECRETARY, board=make.board(), by=None
    )

    assert authenticate(username="dewi", password=code) == user
    assert authenticate(username="dewi", password=code) is None


def test_a_code_older_than_a_day_opens_nothing():
    user, code = create_user(
        username="dewi", name="Dewi", role=Role.SECRETARY, board=make.board(), by=None
    )
    life = user.code_expires_at - timezone.now()
    assert datetime.timedelta(hours=23, minutes=59) < life
    assert life <= datetime.timedelta(hours=24)

    late = timezone.now() - datetime.timedelta(seconds=1)
    User.objects.filter(pk=user.pk).update(code_expires_at=late)

    assert authenticate(username="dewi", password=code) is None


def test_a_new_code_voids_the_old_one_and_the_password():
    user = make.user(password="empat kata panjang sekali")

    first = issue_code(user, by=admin())
    second = issue_code(user, by=admin())

    name = user.username
    assert authenticate(username=name, password="empat kata panjang sekali") is None
    assert authenticate(username=name, password=first) is None
    assert authenticate(username=name, password=second) == user


def test_ones_own_password_uses_the_code_up():
    user, code = create_user(
        username="dewi", name="Dewi", role=Role.SECRETARY, board=make.board(), by=None
    )

    set_own_password(user, "sungai gandong pagi hari")

    user.refresh_from_db()
    assert (user.code_hash, user.code_expires_at) == ("", None)
    assert authenticate(username="dewi", password=code) is None
    assert authenticate(username="DEWI ", password="sungai gandong pagi hari") == user


def test_a_taken_name_is_refused_and_nothing_is_written():
    make.user(username="dewi")
    board = make.board()
    before = User.objects.count()

    with pytest.raises(RuleViolation) as refused:
        create_user(
            username="Dewi", name="Dewi", role=Role.SECRETARY, board=board, by=None
        )

    assert refused.value.code == "boards.username_taken"
    assert User.objects.count() == before
    assert not AuditEvent.objects.filter(action="boards.user_added").exists()


@pytest.mark.parametrize(
    ("role", "post", "region_code"),
    [
        (Role.KELURAHAN, "", "35.20"),
        (Role.KECAMATAN, "", "35.20.06.1010"),
        (Role.SECRETARY, "", "35.20.06.1010"),
        (Role.KELURAHAN, Post.CASHIER, "35.20.06.1010"),
    ],
)
def test_a_role_holds_only_where_it_can(role, post, region_code):
    with pytest.raises(RuleViolation) as refused:
        create_user(
            username="x.y.z",
            name="X",
            role=role,
            post=post,
            region_code=region_code,
            by=None,
        )

    assert refused.value.code == "boards.office_mismatch"


@pytest.mark.parametrize(
    ("role", "region_code"),
    [
        (Role.DINAS, "35.19"),
        (Role.DINAS_ADMIN, "35.19"),
        (Role.KELURAHAN, "35.19.01.1001"),
        (Role.PROVINCE, "35"),
        (Role.SYSTEM, ""),
    ],
)
def test_an_admin_dinas_gives_no_role_outside_the_reach(role, region_code):
    by = admin("35.20")

    with pytest.raises(RuleViolation) as refused:
        create_user(
            username="x.y.z", name="X", role=role, region_code=region_code, by=by
        )

    assert refused.value.code == "boards.out_of_reach"
    assert not User.objects.filter(username="x.y.z").exists()


def test_a_secretary_gives_no_role_at_all():
    board = make.board()
    secretary = make.user(Role.SECRETARY, board=board)

    with pytest.raises(RuleViolation) as refused:
        assign_role(make.user(), role=Role.MEMBER, board=board, by=secretary)

    assert refused.value.code == "boards.out_of_reach"


def test_the_system_gives_admin_dinas_and_nothing_inside_a_board():
    system = make.user(Role.SYSTEM)

    user, _ = create_user(
        username="admin.magetan",
        name="Ratna",
        role=Role.DINAS_ADMIN,
        region_code="35.20",
        by=system,
    )

    assert user.assignments.get().region_code == "35.20"
    with pytest.raises(RuleViolation):
        assign_role(user, role=Role.SECRETARY, board=make.board(), by=system)


def test_a_role_is_held_once():
    board, by = make.board(), admin()
    user = make.user(Role.SECRETARY, board=board)

    with pytest.raises(RuleViolation) as refused:
        assign_role(user, role=Role.SECRETARY, board=board, by=by)

    assert refused.value.code == "boards.role_held"


def test_an_ended_role_counts_no_more():
    board, by = make.board(), admin()
    user = make.user(Role.SECRETARY, board=board)

    end_assignment(user.assignments.get(), by=by)

    again = User.objects.get(pk=user.pk)
    assert again.reach() == []
    held = again.assignments.get()
    assert (held.ended_by, held.ended_at is not None) == (by, True)


def test_nobody_ends_the_own_role():
    by = admin()

    with pytest.raises(RuleViolation) as refused:
        end_assignment(by.assignments.get(), by=by)

    assert refused.value.code == "boards.own_role"
    assert by.assignments.get().ended_at is None


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.MEMBER])
def test_nobody_gives_a_role_to_himself(role):
    board, by = make.board(), admin()

    with pytest.raises(RuleViolation) as refused:
        assign_role(by, role=role, board=board, by=by)

    assert refused.value.code == "boards.own_role"
    assert by.assignments.count() == 1


def test_nobody_hands_the_secretary_over_to_himself():
    board, by = make.board(), admin()
    old = make.user(Role.SECRETARY, board=board).assignments.get()

    with pytest.raises(RuleViolation) as refused, transaction.atomic():
        hand_over_secretary(board, by=by, old=old, to=by)

    assert refused.value.code == "boards.own_role"
    old.refresh_from_db()
    assert old.ended_at is None


def test_a_role_ends_once():
    board, by = make.board(), admin()
    held = make.user(Role.MEMBER, board=board).assignments.get()
    end_assignment(held, by=by)

    with pytest.raises(RuleViolation) as refused:
        end_assignment(held, by=by)

    assert refused.value.code == "boards.role_ended"


def test_ending_access_closes_account_roles_and_password():
    board, by = make.board(), admin()
    user = make.user(Role.SECRETARY, board=board, password="rahasia yang panjang")

    end_access(user, by=by)

    user.refresh_from_db()
    assert not user.is_active
    assert not user.assignments.filter(ended_at=None).exists()
    assert authenticate(username=user.username, password="rahasia yang panjang") is None
    assert AuditEvent.objects.get(action="boards.access_ended").board_id == board.pk


def test_nobody_closes_the_own_account_and_none_twice():
    by = admin()
    with pytest.raises(RuleViolation) as own:
        end_access(by, by=by)
    assert own.value.code == "boards.own_account"

    user = make.user(Role.SECRETARY, board=make.board())
    end_access(user, by=by)
    with pytest.raises(RuleViolation) as twice:
        end_access(user, by=by)
    assert twice.value.code == "boards.already_closed"


def test_a_code_opens_a_closed_account_again_without_its_roles():
    by = admin()
    user = make.user(Role.SECRETARY, board=make.board())
    end_access(user, by=by)

    code = issue_code(user, by=by)

    assert authenticate(username=user.username, password=code) == user
    assert User.objects.get(pk=user.pk).reach() == []


def test_handing_over_ends_one_and_begins_one_in_a_single_act():
    board, by = make.board(), admin()
    old = make.user(Role.SECRETARY, board=board, name="Dewi").assignments.get()

    user, code = hand_over_secretary(
        board, by=by, old=old, username="bambang", name="Bambang"
    )

    held = Assignment.objects.filter(board=board, role=Role.SECRETARY, ended_at=None)
    assert [row.user for row in held] == [user]
    assert authenticate(username="bambang", password=code) == user
    event = AuditEvent.objects.get(action="boards.secretary_handed_over")
    assert event.says == (
        f"menyerahkan tugas sekretaris {board} dari Dewi kepada Bambang"
    )


def test_a_known_person_takes_over_without_a_code():
    board, by = make.board(), admin()
    member = make.user(Role.MEMBER, board=board, password="rahasia yang panjang")

    user, code = hand_over_secretary(board, by=by, old=None, to=member)

    assert (user, code) == (member, "")
    assert authenticate(username=member.username, password="rahasia yang panjang")


def test_a_refused_hand_over_leaves_the_old_secretary():
    board, by = make.board(), admin()
    old = make.user(Role.SECRETARY, board=board).assignments.get()
    make.user(username="bambang")

    with pytest.raises(RuleViolation):
        hand_over_secretary(board, by=by, old=old, username="bambang", name="Bambang")
    with pytest.raises(RuleViolation) as same:
        hand_over_secretary(board, by=by, old=old, to=old.user)

    assert same.value.code == "boards.same_secretary"
    assert board.assignments.get().ended_at is None


def test_a_failed_sign_in_is_kept_without_what_may_be_a_password():
    make.user(username="dewi")

    note_failed_sign_in("Dewi")
    note_failed_sign_in("RahasiaSekali99")

    says = AuditEvent.objects.filter(action="boards.sign_in_failed").values_list(
        "says", flat=True
    )
    assert set(says) == {
        "mencatat percobaan masuk yang gagal untuk dewi",
        "mencatat percobaan masuk yang gagal untuk Ra…",
    }
    assert first_broken_event("r") is None


def test_the_demo_password_opens_nothing_outside_the_demo(settings):
    user = make.user(password="Musyawarah-2026")
    assert authenticate(username=user.username, password="Musyawarah-2026") == user

    settings.DEMO_MODE = False

    assert authenticate(username=user.username, password="Musyawarah-2026") is None
    with pytest.raises(ValidationError):
        DemoPasswordValidator().validate("Musyawarah-2026")
