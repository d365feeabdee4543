"""The one place that decides who gets in: four doors, one answer about rights."""

from collections.abc import Callable
from functools import wraps

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers

from boards.audit import acting_as
from boards.models import Assignment, Board, Region, User
from boards.roles import (
    BOARD_ROLES,
    CLOSED_TO,
    GIVES_ROLES,
    GRANTS,
    POSTS_OF_ROLE,
    SERVED_REGION_GRANTS,
    TOTP_ROLES,
    Permission,
    Post,
    Role,
)
from boards.unsent import keep_unsent
from common.error_pages import error_page

COUNTRY = Region(code="", name="Indonesia", within="")
PUBLIC, SIGNED_IN = "public", "signed in"
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP")


class WriteOnRead(RuntimeError):
    """A GET tried to change rows; reading must never write."""


def refuse_writes(execute, sql, params, many, context):
    """Database wrapper around every GET: let reads through, refuse the rest."""
    if sql.lstrip().upper().startswith(_WRITES):
        raise WriteOnRead(sql[:120])
    return execute(sql, params, many, context)


def permissions_of(user: User, board: Board) -> frozenset[Permission]:
    """Every right the user holds on this board now; on a closed one nobody writes."""
    rights = _granted(user, board)
    return rights if board.is_active(on=board.today()) else rights - CLOSED_TO


def _granted(user: User, board: Board) -> frozenset[Permission]:
    """What all assignments together give on this board, were it active.

    An officer whose region the board only serves (is not at home in) reads, no more.
    """
    rights: frozenset[Permission] = frozenset()
    for held in user.reach():
        grants = GRANTS[Role(held.role)]
        if held.board_id:
            rights |= grants if held.board_id == board.pk else frozenset()
        elif held.role == Role.SYSTEM:
            continue
        elif board.region_code.startswith(held.region_code):
            rights |= grants
        else:
            rights |= grants & SERVED_REGION_GRANTS
    return rights


def region_permissions_of(user: User, code: str) -> frozenset[Permission]:
    """Every right the user holds over the region `code` and all below it."""
    rights: frozenset[Permission] = frozenset()
    for held in user.reach():
        if not held.board_id and code.startswith(held.region_code):
            rights |= GRANTS[Role(held.role)]
    return rights


def reach_of(user: User, permission: Permission) -> list[str]:
    """Region codes over which the user holds a right; "" is the whole country."""
    return [
        held.region_code
        for held in user.reach()
        if not held.board_id and permission in GRANTS[Role(held.role)]
    ]


def may_give_role(user: User, role: Role, code: str) -> bool:
    """May the user hand out or end `role` at the region `code` (of board or office)?"""
    return any(
        role in roles and code.startswith(own)
        for right, roles in GIVES_ROLES.items()
        for own in reach_of(user, right)
    )


def _assignments_inside(codes: list[str]) -> QuerySet[Assignment]:
    """Assignments over boards and offices at or below one of the codes."""
    inside = Q(pk__in=[])
    for code in codes:
        inside |= Q(board__region_code__startswith=code)
        inside |= Q(board=None, region_code__startswith=code) & ~Q(role=Role.SYSTEM)
    return Assignment.objects.filter(inside)


def users_known_in(code: str) -> QuerySet[User]:
    """Accounts with a present or past role at or below the region `code`."""
    inside = _assignments_inside([code]).filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(inside))


def users_managed_by(user: User) -> QuerySet[User]:
    """Accounts that `user` may reset and end: every open role lies inside the reach.

    A Pengelola sistem manages all accounts; an Admin Dinas none that also works
    elsewhere, and never a Pengelola sistem.
    """
    if reach_of(user, Permission.MANAGE_ACCOUNTS):
        return User.objects.all()
    inside = _assignments_inside(reach_of(user, Permission.MANAGE_USERS))
    own = Assignment.objects.filter(user=OuterRef("pk"))
    outside = own.filter(ended_at=None).exclude(pk__in=inside.values("pk"))
    return User.objects.filter(
        Exists(inside.filter(user=OuterRef("pk"))), ~Exists(outside)
    )


def assignment_in(
    user: User, board: Board, permission: Permission | None = None
) -> Assignment | None:
    """The assignment under which the user stands on this board's pages.

    With `permission`, one that gives it goes first.
    """
    inside = [held for held in user.reach() if held.board_id == board.pk]
    above = [
        held
        for held in user.reach()
        if not held.board_id and board.region_code.startswith(held.region_code)
    ]
    found = inside + above
    giving = [held for held in found if permission in GRANTS[Role(held.role)]]
    return next(iter(giving + found), None)


def holders_in(board: Board, permission: Permission) -> QuerySet[User]:
    """Active accounts with a role inside the board that brings this right."""
    roles = [role for role in BOARD_ROLES if permission in GRANTS[role]]
    held = Assignment.objects.filter(board=board, role__in=roles, ended_at=None)
    return User.objects.filter(Exists(held.filter(user=OuterRef("pk"))), is_active=True)


def holds_post(user: User, board: Board, post: Post) -> bool:
    """Does the user hold this post at the board itself, under a role that has it?"""
    return any(
        held.board_id == board.pk
        and held.post == post
        and post in POSTS_OF_ROLE.get(Role(held.role), ())
        for held in user.reach()
    )


def keeps_board(user: User, board: Board) -> bool:
    """Does the user keep the board's own page as one of the board, not of an office?"""
    return Permission.EDIT_BOARD in permissions_of(user, board) and any(
        held.board_id == board.pk and Permission.EDIT_BOARD in GRANTS[Role(held.role)]
        for held in user.reach()
    )


def needs_second_factor(user: User) -> bool:
    """Does one of the user's roles sign in only with a second factor?"""
    return any(Role(held.role) in TOTP_ROLES for held in user.reach())


def may_set_rule(user: User, board: Board, *, judges: bool) -> bool:
    """May the user set a rule of the board?

    One that judges people (`judges`: quorum, who ratifies) is never set by the
    secretary who is judged by it: by the koordinator, or the Admin Dinas. The others
    belong to everybody who keeps the profile, too. On a closed board nobody sets any.
    """
    rights = permissions_of(user, board)
    if Permission.SET_RULES not in rights:
        return False
    if holds_post(user, board, Post.COORDINATOR):
        return True
    if judges:
        return Permission.SET_RULES in region_permissions_of(user, board.region_code)
    return Permission.EDIT_BOARD in rights


def _office_over(user: User, code: str, permission: Permission) -> Assignment | None:
    """The assignment that gives the user this right over the region."""
    return next(
        (
            held
            for held in user.reach()
            if not held.board_id
            and code.startswith(held.region_code)
            and permission in GRANTS[Role(held.role)]
        ),
        None,
    )


def _refuse_stranger(request: HttpRequest) -> HttpResponse:
    """Ask for sign-in; a script that saves in the background gets a plain 401."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"error": "signed out"}, status=401)
    keep_unsent(request)
    return redirect_to_login(request.get_full_path())


def _answer(
    view: Callable,
    request: HttpRequest,
    *args,
    held: Assignment | None = None,
    **kwargs,
) -> HttpResponse:
    """Run the view; a GET may not write. Signed-in pages are kept by nobody.

    `held` is the assignment under which the user acts; the log names it.
    """
    with acting_as(held.label if held else ""):
        if request.method in ("GET", "HEAD"):
            with connection.execute_wrapper(refuse_writes):
                response = view(request, *args, **kwargs)
        else:
            response = view(request, *args, **kwargs)
    if request.user.is_authenticated and "Cache-Control" not in response.headers:
        add_never_cache_headers(response)
    return response


def public_view(view: Callable) -> Callable:
    """Guard `view(request, …)` for everybody; reading still may not write."""

    @wraps(view)
    def door(request, **kwargs):
        return _answer(view, request, **kwargs)

    door.guarded_by = PUBLIC
    return door


def signed_in_view(view: Callable) -> Callable:
    """Guard `view(request, …)` for anybody with an account."""

    @wraps(view)
    def door(request, **kwargs):
        if not request.user.is_authenticated:
            return _refuse_stranger(request)
        held = next(iter(request.user.reach()), None)
        return _answer(view, request, held=held, **kwargs)

    door.guarded_by = SIGNED_IN
    return door


def _board_in_reach(user: User, slug: str) -> Board:
    """The board of the address; one outside the user's reach does not exist (404)."""
    for held in user.reach():
        # Most people work in one board: it came along with their assignment.
        if held.board_id and held.board.slug == slug:
            return held.board
    return get_object_or_404(Board.objects.visible_to(user), slug=slug)


def _refuse(request: HttpRequest, board: Board, permission: Permission) -> HttpResponse:
    """403, with the reason where the right sleeps because the board was closed."""
    if permission in _granted(request.user, board):
        return error_page(
            request, 403, template="boards/board_closed.html", board=board
        )
    raise PermissionDenied(permission)


def board_view(permission: Permission, *others: Permission) -> Callable:
    """Guard `view(request, board, …)`: 404 for an unseen board, 403 if not allowed.

    With `others` any of the rights opens the door; the view then asks for the one that
    the row needs, and the first is that of a common row.
    """
    rights = (permission, *others)

    def guard(view: Callable) -> Callable:
        @wraps(view)
        def door(request, board_slug, **kwargs):
            if not request.user.is_authenticated:
                return _refuse_stranger(request)
            request.board = board = _board_in_reach(request.user, board_slug)
            request.permissions = permissions_of(request.user, board)
            held_right = next((r for r in rights if r in request.permissions), None)
            if held_right is None:
                return _refuse(request, board, permission)
            held = assignment_in(request.user, board, held_right)
            return _answer(view, request, board, held=held, **kwargs)

        door.guarded_by = permission
        return door

    return guard


def region_view(permission: Permission) -> Callable:
    """Guard `view(request, region, …)`: 404 outside one's reach, 403 if not allowed.

    The region of the address is the reach of the page; "" is the whole country.
    """

    def guard(view: Callable) -> Callable:
        @wraps(view)
        def door(request, region_code, **kwargs):
            if not request.user.is_authenticated:
                return _refuse_stranger(request)
            request.permissions = region_permissions_of(request.user, region_code)
            if not request.permissions:
                raise Http404("region")
            if permission not in request.permissions:
                raise PermissionDenied(permission)
            request.region = (
                get_object_or_404(Region, code=region_code) if region_code else COUNTRY
            )
            held = _office_over(request.user, region_code, permission)
            return _answer(view, request, request.region, held=held, **kwargs)

        door.guarded_by = permission
        return door

    return guard


def declare(view: Callable, door: str) -> Callable:
    """Hang a view of a library behind a door of ours; it keeps its own manners.

    Library views may write on GET (a new TOTP secret in the session), so reading is
    not held to reading here. `door` is PUBLIC or SIGNED_IN.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if door == SIGNED_IN and not request.user.is_authenticated:
            return _refuse_stranger(request)
        return view(request, *args, **kwargs)

    guarded.guarded_by = door
    return guarded


# The password again (not older than ten minutes) before an act that binds the board.
fresh_password = reauthentication_required(allow_get=True)
