"""People appointed by a decision, and decisions found for those recorded before."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from boards.access import board_view
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from deliberations.forms import AppointmentLinkForm
from deliberations.services.appointments import (
    appoint_by_decision,
    appointed_by,
    deciding,
    link_decision,
)
from members.forms import DecidedAppointmentForm
from members.models import Appointment


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def appointment_new(request, board, pk):
    """Read one appointment after the other from a ratified decision."""
    decision = get_object_or_404(deciding(board), pk=pk)
    initial = {"started_on": decision.held_on}
    form = DecidedAppointmentForm(request.POST or None, board=board, initial=initial)
    if form.is_valid():
        try:
            made = appoint_by_decision(decision, **form.facts(), by=request.user)
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, f"{made.person} diangkat: {made.title}.")
            return redirect(
                "deliberations:appointment_new", board_slug=board.slug, pk=pk
            )
    context = {"decision": decision, "form": form, "links": appointed_by(decision)}
    return render(request, "deliberations/appointment_new.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def appointment_link(request, board, pk):
    """Say which decision an appointment or its end rests on."""
    rows = Appointment.objects.select_related("person", "unit")
    appointment = get_object_or_404(rows, board=board, pk=pk)
    decisions = deciding(board)
    form = AppointmentLinkForm(
        request.POST or None, appointment=appointment, decisions=decisions
    )
    if form.is_valid():
        try:
            link_decision(appointment, **form.facts(), by=request.user)
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, "Dasar pengangkatan tersimpan.")
            return redirect("reports:officer_page", board_slug=board.slug)
    context = {
        "appointment": appointment,
        "form": form,
        "links": appointment.decisions.select_related("decision"),
        "any": decisions.exists(),
    }
    return render(request, "deliberations/appointment_link.html", context)
