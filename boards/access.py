"""The one place that decides who gets in: four doors, one answer about rights."""

from collections.abc import Callable
from functools import wraps

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers

from boards.models import Assignment, Board, Region, User
from boards.roles import GRANTS, SERVED_REGION_GRANTS, Permission, Role

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
    """Every right the user holds on this board, from all assignments together.

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


def assignment_in(user: User, board: Board) -> Assignment | None:
    """The assignment under which the user stands on this board's pages."""
    inside = [held for held in user.reach() if held.board_id == board.pk]
    above = [
        held
        for held in user.reach()
        if not held.board_id and board.region_code.startswith(held.region_code)
    ]
    return next(iter(inside + above), None)


def _refuse_stranger(request: HttpRequest) -> HttpResponse:
    """Ask for sign-in; a script that saves in the background gets a plain 401."""
    if request.headers.get("X-Requested-With") == "autosave":
        return JsonResponse({"error": "signed out"}, status=401)
    return redirect_to_login(request.get_full_path())


def _answer(view: Callable, request: HttpRequest, *args, **kwargs) -> HttpResponse:
    """Run the view; a GET may not write. Signed-in pages are kept by nobody."""
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
        return _answer(view, request, **kwargs)

    door.guarded_by = SIGNED_IN
    return door


def board_view(permission: Permission) -> Callable:
    """Guard `view(request, board, …)`: 404 for an unseen board, 403 if not allowed."""

    def guard(view: Callable) -> Callable:
        @wraps(view)
        def door(request, board_slug, **kwargs):
            if not request.user.is_authenticated:
                return _refuse_stranger(request)
            boards = Board.objects.visible_to(request.user)
            request.board = board = get_object_or_404(boards, slug=board_slug)
            request.permissions = permissions_of(request.user, board)
            if permission not in request.permissions:
                raise PermissionDenied(permission)
            return _answer(view, request, board, **kwargs)

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
            return _answer(view, request, request.region, **kwargs)

        door.guarded_by = permission
        return door

    return guard


# The password again (not older than ten minutes) before an act that binds the board.
fresh_password = reauthentication_required(allow_get=True)
