"""Pages of the LKM about a report: open, write, look over, send."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from activities.forms.activity import say
from activities.forms.report import (
    FIELD_OF,
    PhotoForm,
    ReceiptForm,
    ReportForm,
    ReportNewForm,
    asked_comments,
)
from activities.models import ActivityReport
from activities.readiness import gaps_of
from activities.report_view import check_rows, report_context, spending_table
from activities.services.reports import (
    create_report,
    edit_report,
    open_boxes,
    send_report,
)
from activities.states import words_for
from activities.views.activities import activity_of
from boards.access import board_view
from boards.drafts import draft_of, drop_draft, typed_in, writing_now
from boards.files import quota_left
from boards.forms import EditConflict
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation

FORM = "activities.report"


def report_of(board, pk: int) -> ActivityReport:
    """A report of this board; another's does not exist."""
    reports = ActivityReport.objects.select_related(
        "board", "activity__decision", "activity__plan_item"
    )
    return get_object_or_404(reports, board=board, pk=pk)


def draft_object(report: ActivityReport) -> str:
    """Key of the report's draft within the board."""
    return f"laporan-{report.pk}"


def _draft_key(report: ActivityReport) -> str:
    return f"{report.board_id}:{draft_object(report)}"


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_ACTIVITIES)
@post_once
def report_new(request, board, pk):
    """Open the report of one month."""
    activity = activity_of(board, pk)
    form = ReportNewForm(request.POST or None, activity=activity, today=board.today())
    if form.is_valid():
        final = form.cleaned_data["is_final"]
        try:
            report = create_report(
                activity,
                period=form.period,
                is_final=final,
                at=timezone.now(),
                by=request.user,
            )
        except RuleViolation as violation:
            say(form, violation, FIELD_OF)
        else:
            return redirect("activities:report_edit", board.slug, report.pk)
    context = {"activity": activity, "form": form}
    return render(request, "activities/report_new.html", context)


@require_GET
@board_view(Permission.VIEW_ACTIVITIES)
def report_page(request, board, pk):
    """One report as everybody with the right reads it."""
    report = report_of(board, pk)
    context = report_context(report, on=board.today(), reviewer=False)
    return render(request, "activities/report_page.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_ACTIVITIES)
@post_once
def report_edit(request, board, pk):
    """Write a draft, or the boxes that the kelurahan opened again."""
    report = report_of(board, pk)
    if not report.is_editable:
        messages.info(request, words_for(report, reviewer=False).next_step)
        return redirect("activities:report_page", board.slug, pk)
    if request.method == "POST":
        return _save(request, report)
    draft = draft_of(request.user, FORM, _draft_key(report))
    fits = draft is not None and draft.base_revision == report.revision
    typed = typed_in(draft) if fits else {}
    typed.pop("revision", None)
    form = _form(report, initial=typed)
    return _edit_page(request, report, form, draft=draft if fits else None)


def _form(report: ActivityReport, **kwargs) -> ReportForm:
    return ReportForm(
        board=report.board, instance=report, open_boxes=open_boxes(report), **kwargs
    )


def _save(request: HttpRequest, report: ActivityReport):
    """Save what was typed and go on to the page that looks it over."""
    form, conflict = _form(report, data=request.POST), None
    if form.is_valid():
        try:
            edit_report(
                form.instance,
                columns=form.columns,
                spendings=form.spendings,
                answers=form.answers,
                seen_revision=form.cleaned_data["revision"] or 0,
                by=request.user,
            )
        except EditConflict as clash:
            conflict = clash.current
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            drop_draft(request.user, FORM, _draft_key(report))
            stay = "stay" in request.POST
            name = "report_edit" if stay else "report_check"
            return redirect(f"activities:{name}", report.board.slug, report.pk)
    return _edit_page(request, report, form, conflict=conflict)


def _edit_page(request: HttpRequest, report, form, *, draft=None, conflict=None):
    board = report.board
    peers = writing_now(request.user, FORM, object_prefix=_draft_key(report))
    boxes = open_boxes(report)
    context = {
        "report": report,
        "activity": report.activity,
        "form": form,
        "table": spending_table(form),
        "boxes": boxes,
        "asked": asked_comments(report),
        "conflict": conflict,
        "draft": draft,
        "draft_object": draft_object(report),
        "draft_time": board.local(draft.updated_at) if draft else None,
        "draft_ms": int(draft.updated_at.timestamp() * 1000) if draft else 0,
        "peers": [{"name": str(p.user), "part": "laporan ini"} for p in peers],
        "photo_form": PhotoForm(),
        "receipt_form": ReceiptForm(),
        "photos": report.photos.select_related("thumbnail"),
        "receipts": report.receipts.select_related("file"),
        "quota": quota_left(board, request.user),
        "revision": form["revision"].value(),
    }
    status = 409 if conflict else 200
    return render(request, "activities/report_edit.html", context, status=status)


@require_GET
@board_view(Permission.EDIT_ACTIVITIES)
def report_check(request, board, pk):
    """Everything once more before it goes to the kelurahan."""
    report = report_of(board, pk)
    if not report.is_editable:
        return redirect("activities:report_page", board.slug, pk)
    context = report_context(report, on=board.today(), reviewer=False) | {
        "gaps": gaps_of(report, today=board.today()),
        "rows": check_rows(report),
    }
    return render(request, "activities/report_check.html", context)


@require_POST
@board_view(Permission.SEND_REPORTS)
@post_once
def report_send(request, board, pk):
    """Hand the report to the kelurahan."""
    report = report_of(board, pk)
    try:
        send_report(report, at=timezone.now(), by=request.user)
    except RuleViolation as violation:
        messages.error(request, str(violation))
        return redirect("activities:report_check", board.slug, pk)
    return redirect("activities:report_sent", board.slug, pk)


@require_GET
@board_view(Permission.VIEW_ACTIVITIES)
def report_sent(request, board, pk):
    """What was sent and what happens next."""
    report = report_of(board, pk)
    if report.sent_at is None:
        return redirect("activities:report_page", board.slug, pk)
    context = report_context(report, on=board.today(), reviewer=False)
    return render(request, "activities/report_sent.html", context)
