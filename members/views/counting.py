"""Counting: bundles counted twice and compared, ties settled, all looked over."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from boards.access import board_view
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from boards.tenant_forms import add_refusal
from common.errors import RuleViolation
from common.reading import read_count
from members.forms import BallotsForm, MendForm, TallyForm, TieForm
from members.models import BallotBatch
from members.services import (
    add_batch,
    check_area,
    count_batch,
    known_names,
    least_ballots,
    mend_batch,
    merge_batch,
    settle_tie,
)
from members.standings import BatchState, batch_state, tally_of
from members.tally import Decided
from members.views.areas import area_of


def _batch_of(board: Board, pk: int) -> BallotBatch:
    rows = BallotBatch.objects.select_related("area__election", "area__board")
    return get_object_or_404(rows, area__board=board, pk=pk)


@require_POST
@board_view(Permission.COUNT_BALLOTS)
@post_once
def batch_new(request, board, pk):
    """Begin a bundle and count it."""
    area = area_of(board, pk)
    try:
        batch = add_batch(area, by=request.user)
    except RuleViolation as refused:
        messages.error(request, str(refused))
        return redirect("members:area_page", board.slug, pk)
    return redirect("members:batch_count", board.slug, batch.pk)


def _may_merge_into(state: BatchState) -> list[BallotBatch]:
    """Bundles that a thin or uncounted one may be put into."""
    batch = state.batch
    least = least_ballots(batch.area)
    if any(entry.ballots >= least for entry in state.entries):
        return []
    return list(batch.area.batches.exclude(pk=batch.pk))


@require_GET
@board_view(Permission.VIEW_MEMBERS)
def batch_page(request, board, pk):
    """One bundle: who counted it, and both counts once there are two."""
    batch = _batch_of(board, pk)
    state = batch_state(batch)
    mine = any(entry.by_id == request.user.pk for entry in state.entries)
    context = {
        "batch": batch,
        "area": batch.area,
        "state": state,
        "mine": mine,
        "others": _may_merge_into(state),
        "entries": state.entries if len(state.entries) > 1 else [],
        "lines": [
            (state.labels[line.key], line.first, line.second)
            for line in state.differences
        ],
    }
    return render(request, "members/batch_page.html", context)


@require_POST
@board_view(Permission.COUNT_BALLOTS)
@post_once
def batch_merge(request, board, pk):
    """Put a thin bundle into another one, which is counted anew."""
    batch = _batch_of(board, pk)
    wanted = read_count(request.POST.get("into", ""))
    try:
        into = batch.area.batches.filter(pk=wanted).first() if wanted else None
        if into is None:
            raise RuleViolation("Pilih bundel tujuannya.", code="election.merge_other")
        merge_batch(batch, into=into, by=request.user)
    except RuleViolation as refused:
        messages.error(request, str(refused))
        return redirect("members:batch_page", board.slug, pk)
    messages.success(request, f"{batch} digabung. Hitung ulang {into}, berdua.")
    return redirect("members:batch_page", board.slug, into.pk)


def _count_form(request, batch: BallotBatch):
    by_names = request.GET.get("cara") == "turus"
    kind = TallyForm if by_names else BallotsForm
    known = {} if by_names else known_names(batch.area)
    return by_names, kind(request.POST or None, area=batch.area, known=known)


@require_http_methods(["GET", "POST"])
@board_view(Permission.COUNT_BALLOTS)
@post_once
def batch_count(request, board, pk):
    """Type what you counted; look at the sums; keep them. The text is not kept."""
    batch = _batch_of(board, pk)
    by_names, form = _count_form(request, batch)
    if form.is_valid() and request.POST.get("langkah") == "simpan":
        try:
            count_batch(batch, count=form.count, by=request.user, at=timezone.now())
        except ValidationError as refused:
            form.add_error("text", RuleViolation(refused.messages[0], code="count"))
        else:
            count = form.count
            messages.success(
                request,
                f"{batch}: {count.ballots} surat suara, {count.valid} sah,"
                f" {count.invalid} tidak sah.",
            )
            return redirect("members:batch_page", board.slug, pk)
    context = {"form": form, "batch": batch, "area": batch.area, "by_names": by_names}
    context["checked"] = form.count if form.is_bound and not form.errors else None
    return render(request, "members/batch_count.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.COUNT_BALLOTS)
@post_once
def batch_mend(request, board, pk):
    """A third person says what is right where two counts differ."""
    batch = _batch_of(board, pk)
    state = batch_state(batch)
    form = MendForm(request.POST or None, state=state)
    if form.is_valid():
        try:
            mend_batch(
                batch,
                settled=form.settled(),
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, f"{batch} diperbaiki.")
            return redirect("members:area_page", board.slug, batch.area_id)
    context = {"form": form, "batch": batch, "area": batch.area, "state": state}
    return render(request, "members/batch_mend.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.COUNT_BALLOTS)
@post_once
def area_check(request, board, pk):
    """Look over what somebody else matched and parted, and agree."""
    area = area_of(board, pk)
    if request.method == "POST":
        seen, now = read_count(request.POST.get("seen", "")) or 0, timezone.now()
        try:
            check_area(area, last_seen=seen, by=request.user, at=now)
        except RuleViolation as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Isian diperiksa dan disetujui.")
            return redirect("members:area_page", board.slug, pk)
    tally = tally_of(area)
    context = {
        "area": area,
        "names": [row for row in tally.names if row.nominee_id],
        "acts": list(area.acts.all()),
        "waiting": tally.unchecked,
        "may": any(act.by_id != request.user.pk for act in tally.unchecked),
    }
    return render(request, "members/area_check.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_MEMBERS)
@post_once
def tie_settle(request, board, pk):
    """Part people with equal votes by the rule of the board."""
    area = area_of(board, pk)
    tally = tally_of(area)
    group = next(iter(tally.ties()), [])
    step = tally.step(group)
    form = TieForm(request.POST or None, group=group, step=step)
    if form.is_valid():
        try:
            figures, note = form.figures(), form.cleaned_data["note"]
            settle_tie(area, figures=figures, note=note, by=request.user)
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            return redirect("members:tie_settle", board.slug, pk)
    context = {"form": form, "area": area, "group": group}
    context["drawn"] = step == Decided.DRAW
    return render(request, "members/tie_settle.html", context)
