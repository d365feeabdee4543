"""All accounts, for the Pengelola sistem: codes and closing, no work of any board."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import fresh_password, region_view, users_managed_by
from boards.models import User
from boards.roles import GIVES_ROLES, Permission, Role
from boards.submissions import post_once
from boards.views.account_acts import close_account, new_account, new_code, show_code
from boards.views.users import list_context, role_links, role_of

_GIVEN = GIVES_ROLES[Permission.MANAGE_ACCOUNTS]


@require_GET
@region_view(Permission.MANAGE_ACCOUNTS)
def account_list(request, region):
    """Every account of the portal, newest first."""
    context = list_context(request, users_managed_by(request.user), set(Role))
    return render(request, "boards/account_list.html", context)


@require_GET
@region_view(Permission.MANAGE_ACCOUNTS)
def account_new(request, region):
    """Which of the roles that no Admin Dinas can give."""
    links = role_links("boards:account_new_as", _GIVEN)
    return render(request, "boards/account_role.html", {"links": links})


@require_http_methods(["GET", "POST"])
@region_view(Permission.MANAGE_ACCOUNTS)
@fresh_password
@post_once
def account_new_as(request, region, role) -> HttpResponse:
    """A first Admin Dinas of a kabupaten or kota, or an account of a province."""
    return new_account(
        request,
        role_of(role, _GIVEN),
        within="",
        template="boards/account_new.html",
        shown_url=lambda user: reverse("boards:account_code_shown", args=[user.pk]),
    )


def _managed(request: HttpRequest, pk: int) -> User:
    """Any account of the portal: all lie inside the reach of a Pengelola sistem."""
    return get_object_or_404(users_managed_by(request.user), pk=pk)


@require_GET
@region_view(Permission.MANAGE_ACCOUNTS)
def account_code_shown(request, region, pk):
    """The new code, this once."""
    back_url = reverse("boards:account_list")
    return show_code(request, _managed(request, pk), back_url=back_url)


@require_http_methods(["GET", "POST"])
@region_view(Permission.MANAGE_ACCOUNTS)
@fresh_password
@post_once
def account_code(request, region, pk) -> HttpResponse:
    """A new one-time code, after saying what it ends."""
    return new_code(
        request,
        _managed(request, pk),
        template="boards/account_code.html",
        shown_url=reverse("boards:account_code_shown", args=[pk]),
    )


@require_http_methods(["GET", "POST"])
@region_view(Permission.MANAGE_ACCOUNTS)
@fresh_password
@post_once
def account_end(request, region, pk) -> HttpResponse:
    """Close an account, after asking."""
    return close_account(
        request,
        _managed(request, pk),
        template="boards/account_end.html",
        done_url=reverse("boards:account_list"),
    )
