"""Pages about works: the register, one work, its plan and its course."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from activities.filters import ActivityFilter, year_choices
from activities.forms.activity import (
    FIELD_OF,
    ActivityForm,
    AlignForm,
    CancelForm,
    StartForm,
    say,
)
from activities.models import Activity
from activities.overview import activity_facts, map_center
from activities.services.activities import (
    align_activity,
    cancel_activity,
    create_activity,
    decisions_for_works,
    edit_activity,
    money_left,
    start_activity,
)
from activities.states import ACTIVITY_TAGS
from boards.access import board_view
from boards.forms import EditConflict
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.paging import paginate


def activity_of(board, pk: int) -> Activity:
    """A work of this board; another's does not exist."""
    works = Activity.objects.select_related("board", "decision", "plan_item")
    return get_object_or_404(works, board=board, pk=pk)


@require_GET
@board_view(Permission.VIEW_ACTIVITIES)
def activity_list(request, board):
    """The register of works, newest first, with filters in the address."""
    asked = ActivityFilter(request.GET, Activity.objects.filter(board=board))
    rows = asked.qs.select_related("decision").prefetch_related("locations")
    page = paginate(rows, request, by="starts_on")
    for row in page.rows:
        row.tag = ACTIVITY_TAGS[row.state]
    context = {
        "page": page,
        "wanted": asked.wanted,
        "chips": asked.chips(),
        "years": year_choices(board.today()),
        "kinds": Activity.Kind.choices,
        "states": Activity.State.choices,
    }
    return render(request, "activities/activity_list.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_ACTIVITIES)
@post_once
def activity_new(request, board):
    """A work from a ratified decision; `?keputusan=` chooses it."""
    chosen = request.GET.get("keputusan", "")
    initial = _decided(board, chosen) if chosen.isdecimal() else {}
    form = ActivityForm(request.POST or None, board=board, initial=initial)
    if form.is_valid():
        try:
            activity = create_activity(
                form.instance, **_parts(form), on=board.today(), by=request.user
            )
        except ValidationError as refused:
            _say(form, refused)
        else:
            return redirect("activities:activity_page", board.slug, activity.pk)
    return _plan_page(request, board, form, title="Kegiatan baru")


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_ACTIVITIES)
@post_once
def activity_edit(request, board, pk):
    """Change the plan of a work that has not begun."""
    activity = activity_of(board, pk)
    form = ActivityForm(request.POST or None, board=board, instance=activity)
    conflict = None
    if form.is_valid():
        try:
            seen = form.cleaned_data["revision"] or 0
            edit_activity(
                form.instance, **_parts(form), seen_revision=seen, by=request.user
            )
        except EditConflict as clash:
            conflict = clash.current
        except ValidationError as refused:
            _say(form, refused)
        else:
            return redirect("activities:activity_page", board.slug, pk)
    return _plan_page(request, board, form, title="Ubah rencana", conflict=conflict)


def _decided(board: Board, chosen: str) -> dict:
    """What the chosen decision says of the work already; only its key if it is none."""
    decision = decisions_for_works(board).filter(pk=int(chosen[:12])).first()
    if decision is None:
        return {"decision": chosen}
    place = f"{decision.rt}/{decision.rw}" if decision.rt and decision.rw else ""
    return {
        "decision": decision.pk,
        "title": decision.title,
        "locations": place,
        "volume": decision.volume,
        "unit": decision.unit,
    }


def _parts(form: ActivityForm) -> dict:
    """Money and places of a plan, as the services take them."""
    return {
        "lines": form.money("line"),
        "fundings": form.money("fund"),
        "locations": form.cleaned_data["locations"],
    }


def _say(form: ActivityForm, refused: ValidationError) -> None:
    if isinstance(refused, RuleViolation):
        say(form, refused, FIELD_OF)
    else:
        form.add_error(None, refused.messages)


def _plan_page(
    request: HttpRequest, board, form: ActivityForm, *, title, conflict=None
):
    """The form of a plan beside the decisions it may come from."""
    decisions = list(decisions_for_works(board)[:8])
    chosen = str(form["decision"].value() or "")
    for decision in decisions:
        decision.left = money_left(decision, without=form.instance)
        decision.is_chosen = str(decision.pk) == chosen
    context = {
        "form": form,
        "title": title,
        "decisions": decisions,
        "conflict": conflict,
        "activity": form.instance if form.instance.pk else None,
        "center": map_center(board),
    }
    status = 409 if conflict else 200
    return render(request, "activities/activity_form.html", context, status=status)


@require_GET
@board_view(Permission.VIEW_ACTIVITIES)
def activity_page(request, board, pk):
    """One work: its plan, money, reports, photos, map and red thread."""
    activity = activity_of(board, pk)
    context = {"activity": activity, **activity_facts(activity, on=board.today())}
    return render(request, "activities/activity_page.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_ACTIVITIES)
@post_once
def activity_start(request, board, pk):
    """Begin the work; its plan is frozen from then on."""
    activity, today = activity_of(board, pk), board.today()
    form = StartForm(request.POST or None, initial={"on": today})
    if form.is_valid():
        try:
            start_activity(
                activity, on=form.cleaned_data["on"], today=today, by=request.user
            )
        except RuleViolation as violation:
            say(form, violation, {**FIELD_OF, "activity.starts_early": "on"})
        else:
            return redirect("activities:activity_page", board.slug, pk)
    context = {"activity": activity, "form": form}
    return render(request, "activities/activity_start.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_ACTIVITIES)
@post_once
def activity_cancel(request, board, pk):
    """Stop a work for good; asks for the reason on a page of its own."""
    activity = activity_of(board, pk)
    form = CancelForm(request.POST or None)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            cancel_activity(activity, reason=reason, on=board.today(), by=request.user)
        except RuleViolation as violation:
            say(form, violation, FIELD_OF)
        else:
            return redirect("activities:activity_page", board.slug, pk)
    context = {
        "activity": activity,
        "form": form,
        "open_reports": activity.reports.open().count(),
    }
    return render(request, "activities/activity_cancel.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_ACTIVITIES)
@post_once
def activity_align(request, board, pk):
    """Tie a work to a row of the plan, also when it runs already."""
    activity, conflict = activity_of(board, pk), None
    form = AlignForm(request.POST or None, activity=activity)
    if form.is_valid():
        item, seen = form.cleaned_data["plan_item"], form.cleaned_data["revision"]
        try:
            align_activity(
                activity, plan_item=item, seen_revision=seen, by=request.user
            )
        except EditConflict as clash:
            conflict = clash.current
        else:
            return redirect("activities:activity_page", board.slug, pk)
    context = {"activity": activity, "form": form, "conflict": conflict}
    status = 409 if conflict else 200
    return render(request, "activities/activity_align.html", context, status=status)
