"""Pages of the kelurahan: what waits, one report beside its plan, return, approve."""

from collections.abc import Callable
from datetime import date

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from activities.forms.report import CommentForm
from activities.models import ActivityReport
from activities.report_view import report_context
from activities.services.review import (
    approve_report,
    comment_on_field,
    is_maker,
    pending_comments,
    return_report,
)
from activities.states import clock_of, review_limits, words_for
from boards.access import region_view
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.paging import paginate


def report_to_review(region, pk: int) -> ActivityReport:
    """A report of a board at home in the region, once it was sent."""
    reports = ActivityReport.objects.seen_by_kelurahan().select_related(
        "board", "activity__decision", "activity__plan_item", "returned_by"
    )
    return get_object_or_404(reports, region_code__startswith=region.code, pk=pk)


@require_GET
@region_view(Permission.REVIEW_REPORTS)
def review_list(request, region):
    """Reports of the region: those that wait first, the oldest of them on top."""
    reports = (
        ActivityReport.objects.filter(region_code__startswith=region.code)
        .seen_by_kelurahan()
        .select_related("board", "activity")
    )
    waiting = list(reports.waiting().order_by("state_since", "pk"))
    others = reports.exclude(state=ActivityReport.State.SENT)
    page = paginate(others, request, by="state_since")
    boards = {report.board_id: report.board for report in waiting}
    on = max((board.today() for board in boards.values()), default=date.min)
    limits = review_limits(list(boards), on=on)
    for report in waiting + page.rows:
        board = report.board
        report.words = words_for(report, reviewer=True)
        limit = limits.get(board.pk, 0)
        report.clock = clock_of(report, board, on=board.today(), limit=limit)
    request.tab_counts = {"review": len(waiting)}
    context = {"waiting": waiting, "page": page}
    return render(request, "activities/review_list.html", context)


@require_http_methods(["GET", "POST"])
@region_view(Permission.REVIEW_REPORTS)
@post_once
def review_page(request, region, pk):
    """Plan beside fact; `?tanggapi=` opens the box under one row, POST keeps it."""
    report = report_to_review(region, pk)
    form = CommentForm(request.POST or None)
    asked = request.GET.get("tanggapi", "")
    if form.is_valid():
        field, text = form.cleaned_data["field"], form.cleaned_data["text"]
        try:
            comment_on_field(
                report, field=field, text=text, at=timezone.now(), by=request.user
            )
        except RuleViolation as violation:
            form.add_error("text", violation)
        else:
            back = redirect("activities:review_page", region.code, pk)
            back["Location"] += f"#baris-{field}"
            return back
    return _page(request, region, report, form, asked)


def _page(request, region, report, form, asked):
    context = report_context(report, on=report.board.today(), reviewer=True)
    asked = form.data.get("field", asked)
    old = context["comments"].get(asked)
    if not form.is_bound:
        form = CommentForm(initial={"field": asked, "text": old.text if old else ""})
    waits = report.state == ActivityReport.State.SENT
    own = is_maker(report, request.user)
    last = max((row.at for row in context["comments"].values()), default=None)
    context |= {
        "form": form,
        "asked": asked if waits and not own else "",
        "can_answer": waits and not own,
        "is_own": own,
        "pending": len(context["comments"]) if waits else 0,
        "saved_at": report.board.local(last).strftime("%H.%M") if last else "",
    }
    return render(request, "activities/review_page.html", context)


def _answer(request, region, pk: int, *, act: Callable, template: str):
    """Look the report over once more; POST carries out `act` and shows what follows."""
    report, problem = report_to_review(region, pk), ""
    if request.method == "POST":
        try:
            act(report, at=timezone.now(), by=request.user)
        except RuleViolation as violation:
            problem = str(violation)
        else:
            return redirect("activities:review_done", region.code, pk)
    context = report_context(report, on=report.board.today(), reviewer=True)
    context |= {"problem": problem, "pending": list(pending_comments(report))}
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
@region_view(Permission.REVIEW_REPORTS)
@post_once
def review_return(request, region, pk):
    """The comments once more, then give the report back."""
    template = "activities/review_return.html"
    return _answer(request, region, pk, act=return_report, template=template)


@require_http_methods(["GET", "POST"])
@region_view(Permission.REVIEW_REPORTS)
@post_once
def review_approve(request, region, pk):
    """What approval does, then approve and freeze."""
    template = "activities/review_approve.html"
    return _answer(request, region, pk, act=approve_report, template=template)


@require_GET
@region_view(Permission.REVIEW_REPORTS)
def review_done(request, region, pk):
    """What was done and what happens next."""
    report = report_to_review(region, pk)
    if report.state == ActivityReport.State.SENT:
        return redirect("activities:review_page", region.code, pk)
    context = report_context(report, on=report.board.today(), reviewer=True)
    return render(request, "activities/review_done.html", context)
