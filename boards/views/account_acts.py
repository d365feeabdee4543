"""Acts on an account that an Admin Dinas and a Pengelola sistem do on like pages."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from boards.account_forms import CodeForm, NewUserForm
from boards.accounts import create_user, end_access, issue_code
from boards.models import User
from boards.roles import ROLE_LABELS, Role
from boards.tenant_forms import add_refusal
from boards.views.codes import keep_code, take_code
from common.errors import RuleViolation


def new_account(
    request: HttpRequest,
    role: Role,
    *,
    within: str,
    template: str,
    shown_url: Callable[[User], str],
) -> HttpResponse:
    """Make an account with one role inside the region `within`; its code comes next."""
    form = NewUserForm(request.POST or None, role=role, within=within)
    if form.is_valid():
        try:
            user, code = create_user(role=role, by=request.user, **form.facts())
        except RuleViolation as refused:
            add_refusal(form, refused)
        else:
            keep_code(request, user, code)
            return redirect(shown_url(user))
    context = {"form": form, "role_label": ROLE_LABELS[role], "person": None}
    return render(request, template, context)


def new_code(
    request: HttpRequest, person: User, *, template: str, shown_url: str
) -> HttpResponse:
    """Give an account a new one-time code, after saying what it ends."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            code = issue_code(person, by=request.user, **form.cleaned_data)
        except RuleViolation as refused:
            add_refusal(form, refused)
        else:
            keep_code(request, person, code)
            return redirect(shown_url)
    return render(request, template, {"form": form, "person": person})


def show_code(request: HttpRequest, person: User, *, back_url: str) -> HttpResponse:
    """The code that was just made, this once."""
    code = take_code(request, person)
    context = {"person": person, "code": code, "back_url": back_url}
    return render(request, "boards/code_shown.html", context)


def close_account(
    request: HttpRequest, person: User, *, template: str, done_url: str
) -> HttpResponse:
    """Close an account, after asking on a page of its own."""
    refused = ""
    if request.method == "POST":
        try:
            end_access(person, by=request.user)
        except RuleViolation as violation:
            refused = str(violation)
        else:
            messages.success(request, f"Akun {person} ditutup.")
            return redirect(done_url)
    return render(request, template, {"person": person, "refused": refused})
