"""Accounts of a region as its Admin Dinas keeps them."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import F, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import (
    fresh_password,
    region_view,
    users_known_in,
    users_managed_by,
)
from boards.account_forms import PlaceForm
from boards.accounts import assign_role, end_assignment
from boards.models import Assignment, Region, User
from boards.roles import GIVES_ROLES, ROLE_LABELS, ROLE_REACH, Permission, Role
from boards.submissions import post_once
from boards.tenant_forms import add_refusal
from boards.views.account_acts import close_account, new_account, new_code, show_code
from common.errors import RuleViolation
from common.paging import paginate

_GIVEN = GIVES_ROLES[Permission.MANAGE_USERS]


def with_roles(users: QuerySet[User]) -> QuerySet[User]:
    """Users with their assignments and boards, open ones first; two more queries."""
    held = Assignment.objects.select_related("board").order_by(
        F("ended_at").desc(nulls_first=True), "pk"
    )
    return users.prefetch_related(Prefetch("assignments", queryset=held))


def name_places(assignments: Iterable[Assignment]) -> None:
    """Note beside each assignment where it holds; one query for all regions."""
    codes = {held.region_code for held in assignments if not held.board_id}
    regions = Region.objects.in_bulk(codes)
    for held in assignments:
        region = regions.get(held.region_code, held.region_code or "Indonesia")
        held.place = str(held.board if held.board_id else region)


def found_users(request: HttpRequest, users: QuerySet[User]) -> QuerySet[User]:
    """Users by the words, role and state asked in the address."""
    words, role = request.GET.get("q", "").strip(), request.GET.get("peran", "")
    if words:
        users = users.filter(Q(name__icontains=words) | Q(username__icontains=words))
    if role in ROLE_LABELS:
        held = Assignment.objects.filter(role=role, ended_at=None)
        users = users.filter(pk__in=held.values("user"))
    if request.GET.get("keadaan") == "tutup":
        return users.filter(is_active=False)
    return users.filter(is_active=True)


def list_context(request: HttpRequest, users: QuerySet[User], roles) -> dict:
    """What a list of accounts shows."""
    page = paginate(with_roles(found_users(request, users)), request, by="date_joined")
    name_places([held for user in page.rows for held in user.assignments.all()])
    return {
        "page": page,
        "roles": [(role.value, ROLE_LABELS[role]) for role in Role if role in roles],
        "words": request.GET.get("q", "").strip(),
        "role": request.GET.get("peran", ""),
        "state": request.GET.get("keadaan", ""),
    }


def roles_by_word(roles) -> dict[str, Role]:
    """Word in the address -> role, in the order of the table of roles."""
    return {slugify(ROLE_LABELS[role]): role for role in Role if role in roles}


def role_of(word: str, roles) -> Role:
    """The role behind a word of the address; one not given here does not exist."""
    try:
        return roles_by_word(roles)[word]
    except KeyError as unknown:
        raise Http404("role") from unknown


def role_links(name: str, roles, **kwargs) -> list[dict]:
    """One way on for each role."""
    return [
        {
            "label": ROLE_LABELS[role],
            "note": ROLE_REACH[role],
            "url": reverse(name, kwargs={**kwargs, "role": word}),
        }
        for word, role in roles_by_word(roles).items()
    ]


def _known(region: Region, pk: int) -> User:
    """An account with a present or past role in the region."""
    return get_object_or_404(with_roles(users_known_in(region.code)), pk=pk)


def _managed(request: HttpRequest, region: Region, pk: int) -> User:
    """An account whose every open role lies inside the reach of this admin."""
    known = users_known_in(region.code).values("pk")
    return get_object_or_404(users_managed_by(request.user).filter(pk__in=known), pk=pk)


@require_GET
@region_view(Permission.MANAGE_USERS)
def user_list(request, region):
    """Accounts of the region, newest first."""
    context = list_context(request, users_known_in(region.code), _GIVEN)
    for person in context["page"].rows:
        open_roles = [one for one in person.assignments.all() if not one.ended_at]
        person.inside = [held for held in open_roles if _inside(held, region)]
        person.elsewhere = len(open_roles) - len(person.inside)
    return render(request, "boards/user_list.html", context)


@require_GET
@region_view(Permission.MANAGE_USERS)
def user_new(request, region):
    """First which role: the next page asks who and where."""
    links = role_links("boards:user_new_as", _GIVEN, region_code=region.code)
    return render(request, "boards/user_role.html", {"links": links, "person": None})


@require_http_methods(["GET", "POST"])
@region_view(Permission.MANAGE_USERS)
@fresh_password
@post_once
def user_new_as(request, region, role) -> HttpResponse:
    """A new account with one role; the code is on the next page."""
    return new_account(
        request,
        role_of(role, _GIVEN),
        within=region.code,
        template="boards/user_new.html",
        shown_url=lambda user: reverse(
            "boards:user_code_shown", args=[region.code, user.pk]
        ),
    )


@require_GET
@region_view(Permission.MANAGE_USERS)
def user_page(request, region, pk):
    """One account: its roles, and what may be done with it."""
    person = _known(region, pk)
    inside = [held for held in person.assignments.all() if _inside(held, region)]
    name_places(inside)
    context = {
        "person": person,
        "inside": inside,
        "elsewhere": len(person.assignments.all()) - len(inside),
        "managed": users_managed_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, "boards/user_page.html", context)


def _inside(held: Assignment, region: Region) -> bool:
    code = held.board.region_code if held.board else held.region_code
    return code.startswith(region.code) and held.role != Role.SYSTEM


@require_GET
@region_view(Permission.MANAGE_USERS)
def user_code_shown(request, region, pk):
    """The new code, this once."""
    back_url = reverse("boards:user_page", args=[region.code, pk])
    return show_code(request, _managed(request, region, pk), back_url=back_url)


@require_http_methods(["GET", "POST"])
@region_view(Permission.MANAGE_USERS)
@fresh_password
@post_once
def user_code(request, region, pk) -> HttpResponse:
    """A new one-time code, after saying what it ends."""
    return new_code(
        request,
        _managed(request, region, pk),
        template="boards/user_code.html",
        shown_url=reverse("boards:user_code_shown", args=[region.code, pk]),
    )


@require_http_methods(["GET", "POST"])
@region_view(Permission.MANAGE_USERS)
@fresh_password
@post_once
def user_end(request, region, pk) -> HttpResponse:
    """Close an account, after asking on a page of its own."""
    return close_account(
        request,
        _managed(request, region, pk),
        template="boards/user_end.html",
        done_url=reverse("boards:user_page", args=[region.code, pk]),
    )


@require_GET
@region_view(Permission.MANAGE_USERS)
def user_role_new(request, region, pk):
    """Which further role a known account gets."""
    person = _known(region, pk)
    kwargs = {"region_code": region.code, "pk": person.pk}
    links = role_links("boards:user_role_new_as", _GIVEN, **kwargs)
    return render(request, "boards/user_role.html", {"links": links, "person": person})


@require_http_methods(["GET", "POST"])
@region_view(Permission.MANAGE_USERS)
@fresh_password
@post_once
def user_role_new_as(request, region, pk, role) -> HttpResponse:
    """One more role for a known account."""
    person, role = _known(region, pk), role_of(role, _GIVEN)
    form = PlaceForm(request.POST or None, role=role, within=region.code)
    if request.method == "POST" and form.is_valid():
        try:
            assign_role(person, role=role, by=request.user, **form.place())
        except RuleViolation as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, f"{person} sekarang {ROLE_LABELS[role]}.")
            return redirect("boards:user_page", region.code, person.pk)
    context = {"form": form, "role_label": ROLE_LABELS[role], "person": person}
    return render(request, "boards/user_new.html", context)


@require_http_methods(["GET", "POST"])
@region_view(Permission.MANAGE_USERS)
@fresh_password
@post_once
def user_role_end(request, region, pk, assignment_pk) -> HttpResponse:
    """End one role, after asking."""
    person = _known(region, pk)
    held = get_object_or_404(person.assignments, pk=assignment_pk, ended_at=None)
    if not _inside(held, region):
        raise Http404("elsewhere")
    name_places([held])
    refused = ""
    if request.method == "POST":
        try:
            end_assignment(held, by=request.user)
        except RuleViolation as violation:
            refused = str(violation)
        else:
            messages.success(request, f"Peran {held.label} {person} berakhir.")
            return redirect("boards:user_page", region.code, person.pk)
    context = {"person": person, "held": held, "refused": refused}
    return render(request, "boards/user_role_end.html", context)
