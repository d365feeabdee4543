"""Residents: list, one resident, adding, changing, and looking at a NIK."""

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.forms import EditConflict
from boards.models import Board
from boards.roles import FIELD_GRANTS, Permission
from boards.submissions import post_once
from boards.views.conflict import conflict_page
from common.errors import RuleViolation
from common.htmx import render_either
from common.paging import paginate_up
from members.forms import PersonForm, PersonSearchForm, RevealForm
from members.models import Mandate, Person
from members.services import reveal_nik, save_person


def _with_position(board: Board):
    """Residents of the board, each with the position held today, if any."""
    held = Mandate.objects.filter(person=OuterRef("pk")).held_on(board.today())
    position = Subquery(held.order_by().values("position")[:1])
    return Person.objects.filter(board=board).annotate(held_position=position)


def _sees(request: HttpRequest, field: str) -> bool:
    """May this reader see a guarded field of a person?"""
    return FIELD_GRANTS[f"person.{field}"] in request.permissions


@require_GET
@board_view(Permission.VIEW_MEMBERS)
def person_list(request, board):
    """Residents by name, searched by name or nickname."""
    form = PersonSearchForm(request.GET)
    wanted = form.cleaned_data["q"] if form.is_valid() else ""
    persons = _with_position(board)
    if wanted:
        persons = persons.named(wanted)
    page = paginate_up(persons, request, by="name")
    context = {
        "page": page,
        "wanted": wanted,
        "positions": dict(Mandate.Position.choices),
    }
    return render_either(
        request, "members/person_list.html", "members/_person_rows.html", context
    )


def _rows_of(request: HttpRequest, person: Person) -> list[dict[str, str]]:
    """The summary list of one resident, without what this reader may not see."""
    rows = [
        ("Nama panggilan", person.nickname),
        ("L/P", person.get_sex_display()),
        ("Tahun lahir", str(person.birth_year or "")),
        ("RT/RW", person.neighbourhood),
    ]
    if _sees(request, "address"):
        rows.append(("Alamat", person.address))
    if _sees(request, "phone"):
        rows.append(("Telepon", person.phone))
    rows.append(("NIK", person.nik_masked))
    if person.user:
        rows.append(("Akun", person.user.username))
    return [{"label": label, "value": value} for label, value in rows]


@require_GET
@board_view(Permission.VIEW_MEMBERS)
def person_page(request, board, pk):
    """One resident with the posts held so far; the NIK stays masked."""
    persons = Person.objects.select_related("user")
    person = get_object_or_404(persons, board=board, pk=pk)
    mandates = list(person.mandates.select_related("term").order_by("-started_on"))
    context = {
        "person": person,
        "rows": _rows_of(request, person),
        "mandates": mandates,
        "appointments": person.appointments.select_related("unit"),
        "trainings": list(person.trainings.all()),
        "is_seated": any(mandate.includes(board.today()) for mandate in mandates),
        "may_reveal": bool(person.nik_masked) and _sees(request, "nik"),
    }
    return render(request, "members/person_page.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def person_new(request, board):
    """Record a resident."""
    form = PersonForm(request.POST or None, board=board)
    if form.is_valid():
        says = f"mencatat warga {form.instance.full_name}"
        try:
            person = save_person(
                form, "members.person_added", by=request.user, says=says
            )
        except RuleViolation as violation:
            form.add_error("nik", violation)
        else:
            messages.success(request, f"{person} tercatat.")
            return redirect("members:person_page", board_slug=board.slug, pk=person.pk)
    context = {"form": form, "title": "Warga baru"}
    return render(request, "members/person_form.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def person_edit(request, board, pk):
    """Correct what is recorded about a resident."""
    person = get_object_or_404(Person, board=board, pk=pk)
    before = person.full_name
    form = PersonForm(request.POST or None, instance=person, board=board)
    if form.is_valid():
        says = f"mengubah catatan warga {before}"
        try:
            save_person(form, "members.person_changed", by=request.user, says=says)
        except EditConflict as clash:
            return conflict_page(request, form, clash, back_url=request.path)
        except RuleViolation as violation:
            form.add_error("nik", violation)
        else:
            messages.success(request, "Catatan warga tersimpan.")
            return redirect("members:person_page", board_slug=board.slug, pk=pk)
    context = {
        "form": form,
        "title": f"Ubah {before}",
        "person": person,
        "name": before,
    }
    return render(request, "members/person_form.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.REVEAL_NIK)
def nik_reveal(request, board, pk):
    """Show a NIK in full once, after a reason was given; the look is logged."""
    person = get_object_or_404(Person, board=board, pk=pk)
    form, nik = RevealForm(request.POST or None), ""
    if form.is_valid():
        try:
            nik = reveal_nik(person, **form.cleaned_data, by=request.user)
        except RuleViolation as violation:
            form.add_error("reason", violation)
    context = {"form": form, "person": person, "nik": nik}
    return render(request, "members/nik_reveal.html", context)
