"""Names on ballots and the residents they mean: matched, looked for, taken away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from boards.access import board_view
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from boards.tenant_forms import add_refusal
from common.errors import RuleViolation
from common.htmx import render_either
from common.reading import read_count
from members.forms import MatchForm, ResidentSearchForm
from members.models import Person, TallyName
from members.services import match_names, unmatch_name
from members.standings import residents_of, tally_of
from members.views.areas import area_of

FOUND_SHOWN = 20


def _name_of(board: Board, pk: int) -> TallyName:
    rows = TallyName.objects.select_related("area__election", "area__board")
    return get_object_or_404(rows, area__board=board, pk=pk)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def names_match(request, board, pk):
    """Say which resident each name means; `cari` goes on to look for another."""
    area = area_of(board, pk)
    tally, people = tally_of(area), residents_of(area)
    form = MatchForm(request.POST or None, tally=tally, people=people)
    if form.is_valid():
        try:
            matches = form.matches()
            _match_some(request, area, matches)
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return _after_matching(request, board, area)
    matched = [name for name in tally.names if name.nominee_id]
    context = {"form": form, "area": area, "matched": matched, "tally": tally}
    return render(request, "members/names_match.html", context)


def _match_some(request, area, matches: dict[TallyName, Person]) -> None:
    if matches:
        match_names(area, matches=matches, by=request.user)
        messages.success(request, f"{len(matches)} nama dicocokkan.")


def _after_matching(request, board: Board, area):
    """To the search for the name whose button was pressed, else to the list."""
    wanted = read_count(request.POST.get("cari", ""))
    if wanted and area.names.filter(pk=wanted).exists():
        return redirect("members:name_search", board.slug, wanted)
    return redirect("members:names_match", board.slug, area.pk)


def _residents(board: Board, form: ResidentSearchForm) -> QuerySet[Person]:
    """Residents of the whole board by name or nickname, and by RT and RW."""
    people = Person.objects.filter(board=board)
    if not form.is_valid():
        return people.none()
    wanted = form.cleaned_data
    for word in wanted["q"].split():
        people = people.named(word)
    places = {key: wanted[key] for key in ("rt", "rw") if wanted[key]}
    if not wanted["q"] and not places:
        return people.none()
    return people.filter(**places).order_by("name", "pk")


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def name_search(request, board, pk):
    """Look for the resident a name means among all residents of the board."""
    name = _name_of(board, pk)
    if request.method == "POST":
        return _choose(request, board, name)
    typed = request.GET if "q" in request.GET else {"q": name.written}
    form = ResidentSearchForm(typed)
    found = list(_residents(board, form)[: FOUND_SHOWN + 1])
    context = {
        "name": name,
        "area": name.area,
        "form": form,
        "found": found[:FOUND_SHOWN],
        "more": len(found) > FOUND_SHOWN,
    }
    page, part = "members/name_search.html", "members/_name_found.html"
    return render_either(request, page, part, context)


def _choose(request, board: Board, name: TallyName):
    chosen = read_count(request.POST.get("person", ""))
    person = Person.objects.filter(board=board, pk=chosen).first() if chosen else None
    try:
        if person is None:
            raise RuleViolation("Pilih warga dari daftar.", code="election.nobody")
        match_names(name.area, matches={name: person}, by=request.user)
    except RuleViolation as refused:
        messages.error(request, str(refused))
        return redirect("members:name_search", board.slug, name.pk)
    messages.success(request, f"{name.written} dicocokkan dengan {person}.")
    return redirect("members:names_match", board.slug, name.area_id)


@require_POST
@board_view(Permission.EDIT_MEMBERS)
@post_once
def name_unmatch(request, board, pk):
    """Take a name away from the resident it was matched with."""
    name = _name_of(board, pk)
    try:
        unmatch_name(name, by=request.user)
    except RuleViolation as refused:
        messages.error(request, str(refused))
    return redirect("members:names_match", board.slug, name.area_id)
