"""Units of the board, and the acts that put people into them and take them out."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from boards.access import board_view
from boards.forms import EditConflict
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from boards.views.conflict import conflict_page
from common.errors import RuleViolation
from members.forms import (
    AppointmentDaysForm,
    AppointmentEndForm,
    AppointmentForm,
    UnitCloseForm,
    UnitForm,
)
from members.models import Appointment, Person, Unit
from members.services import (
    appoint,
    change_appointment,
    close_unit,
    end_appointment,
    open_unit,
    open_usual_units,
    rename_unit,
)

OFFICERS = "reports:officer_page"


def _appointment(board: Board, pk: int) -> Appointment:
    rows = Appointment.objects.select_related("person", "unit")
    return get_object_or_404(rows, board=board, pk=pk)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def unit_new(request, board):
    """Record a unit under its own name."""
    form = UnitForm(request.POST or None, board=board)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("kind", "name")}
        try:
            unit = open_unit(board, **facts, by=request.user)
        except RuleViolation as violation:
            form.add_error("name", violation)
        else:
            messages.success(request, f"{unit} tercatat. Sekarang angkat petugasnya.")
            return redirect(OFFICERS, board_slug=board.slug)
    context = {"form": form, "title": "Unit baru"}
    return render(request, "members/unit_form.html", context)


@require_POST
@board_view(Permission.EDIT_MEMBERS)
@post_once
def unit_usual(request, board):
    """Record the usual units in one go, as far as they are missing."""
    try:
        units = open_usual_units(board, by=request.user)
    except RuleViolation as violation:
        messages.info(request, str(violation))
    else:
        names = ", ".join(unit.name for unit in units)
        messages.success(request, f"Unit tercatat: {names}.")
    return redirect(OFFICERS, board_slug=board.slug)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def unit_edit(request, board, pk):
    """Give a unit another name."""
    unit = get_object_or_404(Unit, board=board, pk=pk)
    before = unit.name
    form = UnitForm(request.POST or None, instance=unit, board=board)
    if form.is_valid():
        says = f"mengganti nama unit {before} menjadi {form.cleaned_data['name']}"
        try:
            rename_unit(form, by=request.user, says=says)
        except EditConflict as clash:
            return conflict_page(request, form, clash, back_url=request.path)
        except RuleViolation as violation:
            form.add_error("name", violation)
        else:
            messages.success(request, "Nama unit tersimpan.")
            return redirect(OFFICERS, board_slug=board.slug)
    context = {"form": form, "title": f"Ubah {before}", "unit": unit}
    return render(request, "members/unit_form.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def unit_close(request, board, pk):
    """Dissolve a unit."""
    unit = get_object_or_404(Unit, board=board, pk=pk)
    initial = {"closed_on": board.today()}
    form = UnitCloseForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            close_unit(unit, **form.cleaned_data, by=request.user)
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, f"{unit} telah dibubarkan.")
            return redirect(OFFICERS, board_slug=board.slug)
    return render(request, "members/unit_close.html", {"form": form, "unit": unit})


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def appointment_new(request, board, pk):
    """Record that a resident works in a unit; the decision is linked afterwards."""
    person = get_object_or_404(Person, board=board, pk=pk)
    initial = {"started_on": board.today()}
    form = AppointmentForm(request.POST or None, board=board, initial=initial)
    if form.is_valid():
        try:
            made = appoint(person=person, **form.facts(), by=request.user)
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, f"{person} tercatat sebagai {made.title}.")
            return redirect(OFFICERS, board_slug=board.slug)
    context = {"form": form, "person": person}
    return render(request, "members/appointment_new.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def appointment_edit(request, board, pk):
    """Correct the days of an appointment."""
    appointment = _appointment(board, pk)
    form = AppointmentDaysForm(request.POST or None, instance=appointment, board=board)
    if form.is_valid():
        facts = form.days() | {"revision": form.cleaned_data["revision"] or 0}
        try:
            change_appointment(appointment, **facts, by=request.user)
        except EditConflict as clash:
            return conflict_page(request, form, clash, back_url=request.path)
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, "Masa tugas tersimpan.")
            return redirect(OFFICERS, board_slug=board.slug)
    context = {"form": form, "appointment": appointment}
    return render(request, "members/appointment_edit.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def appointment_end(request, board, pk):
    """End an appointment before its last day."""
    appointment = _appointment(board, pk)
    initial = {"ended_on": board.today()}
    form = AppointmentEndForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            end_appointment(appointment, **form.cleaned_data, by=request.user)
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, f"Tugas {appointment.person} telah diakhiri.")
            return redirect(OFFICERS, board_slug=board.slug)
    context = {"form": form, "appointment": appointment}
    return render(request, "members/appointment_end.html", context)
