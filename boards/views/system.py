"""All accounts, for the Pengelola sistem: codes and closing, no work of any board."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import fresh_password, region_view, users_managed_by
from boards.account_forms import CodeForm, NewUserForm
from boards.accounts import create_user, end_access, issue_code
from boards.roles import GIVES_ROLES, ROLE_LABELS, Permission, Role
from boards.submissions import post_once
from boards.tenant_forms import add_refusal
from boards.views.codes import keep_code, take_code
from boards.views.users import list_context, role_links, role_of
from common.errors import RuleViolation

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
    role = role_of(role, _GIVEN)
    form = NewUserForm(request.POST or None, role=role, within="")
    if form.is_valid():
        try:
            user, code = create_user(role=role, by=request.user, **form.facts())
        except RuleViolation as refused:
            add_refusal(form, refused)
        else:
            keep_code(request, user, code)
            return redirect("boards:account_code_shown", user.pk)
    context = {"form": form, "role_label": ROLE_LABELS[role]}
    return render(request, "boards/account_new.html", context)


@require_GET
@region_view(Permission.MANAGE_ACCOUNTS)
def account_code_shown(request, region, pk):
    """The new code, this once."""
    person = get_object_or_404(users_managed_by(request.user), pk=pk)
    context = {
        "person": person,
        "code": take_code(request, person),
        "back_url": reverse("boards:account_list"),
    }
    return render(request, "boards/code_shown.html", context)


@require_http_methods(["GET", "POST"])
@region_view(Permission.MANAGE_ACCOUNTS)
@fresh_password
@post_once
def account_code(request, region, pk) -> HttpResponse:
    """A new one-time code, after saying what it ends."""
    person = get_object_or_404(users_managed_by(request.user), pk=pk)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            code = issue_code(person, by=request.user, **form.cleaned_data)
        except RuleViolation as refused:
            add_refusal(form, refused)
        else:
            keep_code(request, person, code)
            return redirect("boards:account_code_shown", person.pk)
    return render(request, "boards/account_code.html", {"form": form, "person": person})


@require_http_methods(["GET", "POST"])
@region_view(Permission.MANAGE_ACCOUNTS)
@fresh_password
@post_once
def account_end(request, region, pk) -> HttpResponse:
    """Close an account, after asking."""
    person = get_object_or_404(users_managed_by(request.user), pk=pk)
    refused = ""
    if request.method == "POST":
        try:
            end_access(person, by=request.user)
        except RuleViolation as violation:
            refused = str(violation)
        else:
            messages.success(request, f"Akun {person} ditutup.")
            return redirect("boards:account_list")
    context = {"person": person, "refused": refused}
    return render(request, "boards/account_end.html", context)
