"""Seats: an election that becomes a term, a seat that is filled again (PAW)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.forms import EditConflict
from boards.roles import Permission
from boards.submissions import post_once
from boards.tenant_forms import add_refusal
from common.paging import paginate
from common.reading import read_count
from deliberations.forms.seats import ReplacementForm, SeatForm
from deliberations.models import Replacement, SeatedElection
from deliberations.services.seats import replace_member, seat_election
from deliberations.vacancies import (
    next_reserve,
    replacements,
    reserves_left,
    unseated_elections,
    usable_decisions,
    vacancies,
)
from members.forms import WillingForm
from members.models import Election, FinalPlace, Mandate, Nominee
from members.services import note_reserve_letter
from members.standings import line_up, makeup_of
from members.views.elections import answered_meanwhile, day_field


def _asked(request) -> dict[str, int]:
    """The decision whose page sent the person here."""
    wanted = read_count(request.GET.get("keputusan", ""))
    return {"decision": wanted} if wanted else {}


def _decided_on(election: Election) -> dict[str, int]:
    """The decision of the agenda item that dealt with this election, if any."""
    rows = usable_decisions(election.board).filter(item__election=election)
    decision = rows.first()
    return {"decision": decision.pk} if decision else {}


@require_GET
@board_view(Permission.VIEW_MEMBERS)
def seat_list(request, board):
    """Seats that are free, who may be replaced, and what was filled so far."""
    context = {
        "elections": list(unseated_elections(board)),
        "vacancies": list(vacancies(board)[:50]),
        "seated": list(Mandate.objects.filter(board=board).held_on(board.today())),
        "reserves": list(reserves_left(board, on=board.today())),
        "page": paginate(replacements(board), request, by="at"),
        "decisions": usable_decisions(board).count(),
        "asked": _asked(request).get("decision"),
    }
    return render(request, "deliberations/seat_list.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def election_seat(request, board, pk):
    """Turn a finished election into the new term, by a decision."""
    election = get_object_or_404(Election, board=board, pk=pk)
    line = line_up(election)
    initial = _decided_on(election) | _asked(request)
    form = SeatForm(request.POST or None, board=board, line=line, initial=initial)
    if form.is_valid():
        try:
            facts, now = form.cleaned_data, timezone.now()
            seat_election(election, **facts, by=request.user, at=now)
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, "Pengurus baru ditetapkan.")
            return redirect("deliberations:seat_election", board.slug, pk)
    done = SeatedElection.objects.filter(election=election)
    context = {
        "form": form,
        "election": election,
        "line": line,
        "members": makeup_of(line.taking, target=election.women_target),
        "seated": done.select_related("decision", "term").first(),
    }
    return render(request, "deliberations/election_seat.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def replacement_new(request, board, pk):
    """One page for a PAW: who leaves, who follows, by which decision."""
    rows = Mandate.objects.select_related("person", "term", "board")
    mandate = get_object_or_404(rows, board=board, pk=pk)
    reserve = next_reserve(mandate.term)
    form = ReplacementForm(
        request.POST or None,
        mandate=mandate,
        reserve=reserve,
        today=board.today(),
        initial=_asked(request),
    )
    if form.is_valid():
        try:
            made = _replace(request, form)
        except ValidationError as refused:
            add_refusal(form, refused, field=day_field(refused, "willing_on"))
        else:
            messages.success(request, f"{made.mandate.person} menjadi anggota.")
            return redirect("deliberations:seat_list", board.slug)
    done = Replacement.objects.filter(left=mandate).first()
    context = {"form": form, "mandate": mandate, "reserve": reserve, "done": done}
    return render(request, "deliberations/replacement_new.html", context)


def _back_to(board, asked: str) -> str:
    """The seat whose page asked for the letter, else the list."""
    wanted = read_count(asked)
    seat = Mandate.objects.filter(board=board, pk=wanted).first() if wanted else None
    if seat:
        return reverse("deliberations:seat_replace", args=[board.slug, seat.pk])
    return reverse("deliberations:seat_list", args=[board.slug])


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def reserve_letter(request, board, pk):
    """Note whether a reserve of a finished election accepts a seat."""
    rows = Nominee.objects.select_related("area__election", "person")
    nominee = get_object_or_404(
        rows, board=board, final__place=FinalPlace.Place.RESERVE, pk=pk
    )
    back, status = _back_to(board, request.GET.get("kursi", "")), 200
    initial = {"on": board.today(), "revision": nominee.revision}
    form = WillingForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            _note_letter(request, board, nominee, form)
        except EditConflict as clash:
            form.add_error(None, answered_meanwhile(clash.current))
            status = 409
        except ValidationError as refused:
            add_refusal(form, refused, field=day_field(refused, "on"))
        else:
            messages.success(request, f"Jawaban {nominee} tercatat.")
            return redirect(back)
    context = {"form": form, "nominee": nominee, "back": back}
    return render(request, "deliberations/reserve_letter.html", context, status=status)


def _note_letter(request, board, nominee: Nominee, form: WillingForm) -> None:
    facts = dict(form.cleaned_data)
    seen = facts.pop("revision")
    note_reserve_letter(
        nominee, **facts, seen_revision=seen, today=board.today(), by=request.user
    )


def _replace(request, form: ReplacementForm) -> Replacement:
    return replace_member(
        form.mandate,
        leaving=form.leaving(),
        successor=form.successor(),
        decision=form.cleaned_data["decision"],
        by=request.user,
        at=timezone.now(),
    )
