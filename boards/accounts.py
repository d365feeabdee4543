"""Accounts: given by an administrator, opened by a one-time code, ended at once."""

import datetime
import logging
import secrets

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from boards.access import may_give_role
from boards.audit import record
from boards.models import Assignment, Board, Region, User
from boards.roles import (
    BOARD_ROLES,
    POSTS_OF_ROLE,
    REGION_CODE_LENGTHS,
    ROLE_LABELS,
    Role,
)
from common.errors import RuleViolation

CODE_LIFE = datetime.timedelta(hours=24)
# Without 0, 1, I and O: a code is read aloud and copied by hand. 60 bits.
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_GROUPS, _GROUP = 3, 4
log = logging.getLogger("portal.accounts")


def new_code() -> str:
    """A one-time code as it is shown: K7QF-2MXR-9HTD."""
    return "-".join(
        "".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS)
    )


def bare_code(typed: str) -> str:
    """A code as it is compared: capitals, without hyphens and blanks."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def _set_code(user: User) -> str:
    """Close the account with a new one-time code; what opened it before is void."""
    code = new_code()
    user.code_hash = make_password(bare_code(code))
    user.code_expires_at = timezone.now() + CODE_LIFE
    user.set_unusable_password()
    return code


def _place_of(held: Assignment) -> str:
    """Where an assignment holds, as the log says it."""
    if held.board:
        return str(held.board)
    region = Region.objects.filter(code=held.region_code).first()
    return str(region) if region else held.region_code or "Indonesia"


def _check_office(held: Assignment, by: User | None) -> None:
    """Refuse a role, post and place that do not go together or lie out of reach."""
    role, board, region_code = Role(held.role), held.board, held.region_code
    fits = (
        board is not None and not region_code
        if role in BOARD_ROLES
        else board is None and len(region_code) in REGION_CODE_LENGTHS[role]
    )
    if not fits or (held.post and held.post not in POSTS_OF_ROLE.get(role, ())):
        raise RuleViolation(
            f"Peran {ROLE_LABELS[role]} tidak cocok dengan tempat atau tugas itu.",
            code="boards.office_mismatch",
        )
    code = board.region_code if board else region_code
    if by is not None and not may_give_role(by, role, code):
        raise RuleViolation(
            f"Peran {ROLE_LABELS[role]} di {_place_of(held)} tidak dapat"
            " Anda berikan atau akhiri.",
            code="boards.out_of_reach",
        )


def _record_office(action: str, held: Assignment, by: User | None, says: str) -> None:
    """Log what became of a role under the place where it holds."""
    record(
        action,
        held.user,
        by=by,
        board=held.board,
        region_code=held.region_code,
        says=f"{says} di {_place_of(held)}",
    )


@transaction.atomic
def create_user(
    *,
    username: str,
    name: str,
    role: Role,
    by: User | None,
    board: Board | None = None,
    region_code: str = "",
    post: str = "",
    title: str = "",
    civil_id: str = "",
) -> tuple[User, str]:
    """Add an account with one role; the user and the one-time code that opens it.

    The code holds 24 hours, opens once, and is stored only as a hash. `by` is None
    only for commands on the server. Raises RuleViolation `boards.username_taken`,
    `boards.office_mismatch` or `boards.out_of_reach`.
    """
    held = Assignment(
        role=role, post=post, board=board, region_code=region_code, started_by=by
    )
    _check_office(held, by)
    username = username.strip().lower()
    if User.objects.filter(username=username).exists():
        raise RuleViolation(
            f"Nama pengguna {username} sudah dipakai. Pilih yang lain.",
            code="boards.username_taken",
        )
    user = User(username=username, name=name, title=title, civil_id=civil_id)
    code = _set_code(user)
    user.save(force_insert=True)
    held.user = user
    held.save(force_insert=True)
    says = f"membuat akun {user} sebagai {held.label}"
    _record_office("boards.user_added", held, by, says)
    return user, code


@transaction.atomic
def assign_role(
    user: User,
    *,
    role: Role,
    by: User | None,
    board: Board | None = None,
    region_code: str = "",
    post: str = "",
) -> Assignment:
    """Give an account one more role.

    Raises RuleViolation `boards.role_held`, `boards.own_role`,
    `boards.office_mismatch` or `boards.out_of_reach`.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    held = Assignment(
        user=user,
        role=role,
        post=post,
        board=board,
        region_code=region_code,
        started_by=by,
    )
    _check_office(held, by)
    if by and user.pk == by.pk:
        raise RuleViolation(
            "Peran untuk Anda sendiri diberi admin lain.", code="boards.own_role"
        )
    if user.assignments.filter(
        role=role, board=board, region_code=region_code, ended_at=None
    ).exists():
        raise RuleViolation(
            f"{user} sudah memegang peran itu.", code="boards.role_held"
        )
    held.save(force_insert=True)
    _record_office("boards.role_given", held, by, f"memberi {user} peran {held.label}")
    return held


@transaction.atomic
def end_assignment(assignment: Assignment, *, by: User) -> Assignment:
    """End one role; it counts from the next request.

    Raises RuleViolation `boards.role_ended`, `boards.own_role` or
    `boards.out_of_reach`.
    """
    held = Assignment.objects.select_for_update().get(pk=assignment.pk)
    _check_office(held, by)
    if held.ended_at:
        raise RuleViolation("Peran ini sudah berakhir.", code="boards.role_ended")
    if held.user_id == by.pk:
        raise RuleViolation(
            "Peran Anda sendiri hanya dapat diakhiri admin lain.",
            code="boards.own_role",
        )
    _end(held, by=by)
    return held


def _end(held: Assignment, *, by: User) -> None:
    held.ended_at, held.ended_by = timezone.now(), by
    held.save(update_fields=["ended_at", "ended_by"])
    says = f"mengakhiri peran {held.label} {held.user}"
    _record_office("boards.role_ended", held, by, says)


def _home_of(user: User) -> dict:
    """Under which board or region the log keeps what happens to an account."""
    held = user.assignments.order_by("ended_at", "pk").select_related("board").last()
    open_one = user.assignments.filter(ended_at=None).select_related("board").first()
    held = open_one or held
    if held is None:
        return {}
    return {"board": held.board, "region_code": held.region_code}


@transaction.atomic
def issue_code(
    user: User, *, by: User | None, forget_second_factor: bool = False
) -> str:
    """Give an account a new one-time code; a closed account opens again.

    The old password and every sign-in end. `forget_second_factor` also removes TOTP
    and its recovery codes (a lost phone). Returns the code; only its hash stays.

    Raises RuleViolation `boards.own_code`: it would end the giver's own sign-in.
    """
    if by is not None and by.pk == user.pk:
        raise RuleViolation(
            "Untuk akun Anda sendiri, ganti kata sandi di halaman akun.",
            code="boards.own_code",
        )
    user = User.objects.select_for_update().get(pk=user.pk)
    reopened = "" if user.is_active else " dan membuka lagi akunnya"
    code = _set_code(user)
    user.is_active = True
    user.save(update_fields=["code_hash", "code_expires_at", "password", "is_active"])
    end_sessions(user)
    forgot = ""
    if forget_second_factor:
        Authenticator.objects.filter(user=user).delete()
        forgot = ", kode dua langkah dilepas"
    record(
        "boards.code_issued",
        user,
        by=by,
        says=f"memberi {user} kode sekali pakai{reopened}{forgot}",
        **_home_of(user),
    )
    return code


def use_code(username: str, typed: str) -> User | None:
    """The user whose one-time code this is, and from now on nobody's; else None.

    The hash stays until the user sets a password, as the mark that one is due. One
    hash is made for unknown names too, so that they cannot be told by the clock.
    """
    code = bare_code(typed)
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not user.code_hash:
        make_password(code)
        return None
    if not check_password(code, user.code_hash):
        return None
    now = timezone.now()
    opened = User.objects.filter(
        pk=user.pk, code_hash=user.code_hash, code_expires_at__gt=now
    ).update(code_expires_at=now)
    return user if opened else None


@transaction.atomic
def set_own_password(user: User, password: str) -> User:
    """Store a password the user chose (already validated); the code is used up.

    Every other sign-in ends, because the session hash changes; the caller keeps its
    own with `update_session_auth_hash`.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    user.set_password(password)
    user.code_hash, user.code_expires_at = "", None
    user.save(update_fields=["password", "code_hash", "code_expires_at"])
    record(
        "boards.password_set",
        user,
        by=user,
        says="mengganti kata sandinya sendiri",
        **_home_of(user),
    )
    return user


@transaction.atomic
def end_access(user: User, *, by: User) -> User:
    """Close an account: its roles and its sign-ins end now, nothing is deleted.

    Raises RuleViolation `boards.own_account` or `boards.already_closed`.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.pk == by.pk:
        raise RuleViolation(
            "Akun Anda sendiri hanya dapat ditutup admin lain.",
            code="boards.own_account",
        )
    if not user.is_active:
        raise RuleViolation("Akun ini sudah ditutup.", code="boards.already_closed")
    home = _home_of(user)
    for held in user.assignments.filter(ended_at=None).select_related("board", "user"):
        _end(held, by=by)
    user.is_active = False
    user.code_hash, user.code_expires_at = "", None
    user.set_unusable_password()
    user.save(update_fields=["is_active", "code_hash", "code_expires_at", "password"])
    end_sessions(user)
    record("boards.access_ended", user, by=by, says=f"menutup akun {user}", **home)
    return user


def end_sessions(user: User, *, keep: str = "", only: int | None = None) -> int:
    """End sign-ins of an account: all but `keep`, or `only` one; how many."""
    sessions = UserSession.objects.filter(user=user).exclude(session_key=keep)
    if only is not None:
        sessions = sessions.filter(pk=only)
    ended = 0
    for session in sessions:
        session.end()
        ended += 1
    return ended


@transaction.atomic
def hand_over_secretary(
    board: Board,
    *,
    by: User,
    old: Assignment | None,
    to: User | None = None,
    username: str = "",
    name: str = "",
) -> tuple[User, str]:
    """End the old secretary's role and give it to a person with or without account.

    `to` is a known account, else `username` and `name` make a new one. Returns the
    new secretary and the one-time code ("" for a person who has a password already).

    Raises RuleViolation `boards.same_secretary` and those of the parts it is made of.
    """
    if old and to and old.user_id == to.pk:
        raise RuleViolation(
            f"{to} sudah sekretaris {board}. Pilih orang lain.",
            code="boards.same_secretary",
        )
    if old:
        end_assignment(old, by=by)
    if to is None:
        user, code = create_user(
            username=username, name=name, role=Role.SECRETARY, board=board, by=by
        )
    else:
        assign_role(to, role=Role.SECRETARY, board=board, by=by)
        user, code = to, ""
    record(
        "boards.secretary_handed_over",
        board,
        by=by,
        says=f"menyerahkan tugas sekretaris {board}"
        + (f" dari {old.user}" if old else "")
        + f" kepada {user}",
    )
    return user, code


def note_failed_sign_in(username: str) -> None:
    """Log and audit a sign-in that failed; an unknown name is masked.

    People type their password into the name field; what is no account's name is
    therefore kept only as its first two letters.
    """
    user = User.objects.filter(username=username.strip().lower()).first()
    shown = user.username if user else f"{username.strip()[:2]}…"
    log.warning("sign-in failed for %s", shown)
    record(
        "boards.sign_in_failed",
        user or User(username=shown),
        by=None,
        says=f"mencatat percobaan masuk yang gagal untuk {shown}",
        **(_home_of(user) if user else {}),
    )
