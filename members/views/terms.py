"""Who sits in the board on a day, and the acts that change it."""

import datetime
from decimal import Decimal

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.forms import EditConflict
from boards.models import Board
from boards.parameters import setting_of
from boards.roles import Permission
from boards.submissions import post_once
from boards.views.conflict import conflict_page
from common.errors import RuleViolation
from common.reading import day_asked
from members.forms import MandateEndForm, MandateForm, TermForm
from members.models import Mandate, Person, Term
from members.services import change_term, end_mandate, give_mandate, open_term
from members.terms import Makeup, makeup_of_sexes


def _makeup(board: Board, mandates: list[Mandate], day: datetime.date) -> Makeup:
    """Men and women, against the share of women the board aims at on that day."""
    target = setting_of(board, "women_target", on=day).value
    return makeup_of_sexes((row.person.sex for row in mandates), target=Decimal(target))


@require_GET
@board_view(Permission.VIEW_MEMBERS)
def term_page(request, board):
    """The board as it sits on a chosen day, who left, and the terms before."""
    typed = request.GET.get("pada", "").strip()[:20]
    day, error = day_asked(typed, today=board.today())
    terms = list(
        Term.objects.filter(board=board)
        .annotate(members=Count("mandates"))
        .order_by("-starts_on")
    )
    term = next((term for term in terms if term.starts_on <= day <= term.ends_on), None)
    mandates = Mandate.objects.filter(board=board)
    seated = list(mandates.held_on(day))
    ended = mandates.filter(term=term, ended_on__lt=day).in_order() if term else []
    context = {
        "day": day,
        "today": board.today(),
        "error": error,
        "typed": typed if error else "",
        "term": term,
        "terms": terms,
        "seated": seated,
        "ended": list(ended),
        "makeup": _makeup(board, seated, day),
    }
    return render(request, "members/term_page.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def term_new(request, board):
    """Record a term of office."""
    form = TermForm(request.POST or None, board=board)
    if form.is_valid():
        try:
            open_term(board, **form.days(), by=request.user)
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, "Masa bakti tercatat. Sekarang isi anggotanya.")
            return redirect("members:term_page", board_slug=board.slug)
    context = {"form": form, "title": "Masa bakti baru"}
    return render(request, "members/term_form.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def term_edit(request, board, pk):
    """Correct the days or the decree of a term."""
    term = get_object_or_404(Term, board=board, pk=pk)
    form = TermForm(request.POST or None, instance=term, board=board)
    if form.is_valid():
        try:
            revision = form.cleaned_data["revision"] or 0
            change_term(term, revision=revision, **form.days(), by=request.user)
        except EditConflict as clash:
            return conflict_page(request, form, clash, back_url=request.path)
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, "Masa bakti tersimpan.")
            return redirect("members:term_page", board_slug=board.slug)
    context = {"form": form, "title": f"Ubah {str(term).lower()}", "term": term}
    return render(request, "members/term_form.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def mandate_new(request, board, pk):
    """Make a resident a member of the board."""
    person = get_object_or_404(Person, board=board, pk=pk)
    initial = {"started_on": board.today(), "position": Mandate.Position.MEMBER}
    form = MandateForm(request.POST or None, board=board, initial=initial)
    if form.is_valid():
        try:
            give_mandate(person=person, **form.cleaned_data, by=request.user)
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, f"{person} tercatat sebagai anggota.")
            return redirect("members:term_page", board_slug=board.slug)
    context = {"form": form, "person": person}
    return render(request, "members/mandate_new.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def mandate_end(request, board, pk):
    """End a mandate before its term is over."""
    mandates = Mandate.objects.select_related("person", "term")
    mandate = get_object_or_404(mandates, board=board, pk=pk)
    form = MandateEndForm(request.POST or None, initial={"ended_on": board.today()})
    if form.is_valid():
        try:
            end_mandate(mandate, **form.cleaned_data, by=request.user)
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, f"Kedudukan {mandate.person} telah diakhiri.")
            return redirect("members:term_page", board_slug=board.slug)
    context = {"form": form, "mandate": mandate}
    return render(request, "members/mandate_end.html", context)
