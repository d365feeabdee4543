"""Papers of a board: the register, one paper, its file and its drafts."""

from collections.abc import Collection

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from boards.access import board_view
from boards.brakes import brake
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from boards.views.files import serve_stored
from common.errors import RuleViolation
from common.htmx import render_either
from common.paging import paginate
from common.reading import read_count
from common.words import format_date
from deliberations.models import Decision, Meeting
from deliberations.views.rules import version_of
from members.models import ElectionArea
from reports.catalogue import KINDS, Kind
from reports.models import IssuedReport
from reports.paper_access import hidden_kinds, right_over
from reports.paper_jobs import enqueue_long_paper
from reports.paper_rows import (
    SUBJECTS,
    paper_rows,
    rule_row,
    subject_address,
    subject_model,
    ways_to_check,
)
from reports.render import RenderFailed
from reports.services import (
    NumberMoved,
    is_long,
    keep_report,
    prepare_report,
    preview_report,
)
from reports.services.printing import PATIENCE_SECONDS
from reports.views.answers import fresh_pdf

TRIES = 3


def paper_of(board: Board, pk: int, rights: Collection[Permission]) -> IssuedReport:
    """A paper of this board that these rights open, or 404."""
    papers = IssuedReport.objects.select_related(
        "board", "file", "publication", "supersedes", "successor", "cancelled_by"
    ).exclude(kind__in=hidden_kinds(rights))
    return get_object_or_404(papers, board=board, pk=pk)


def paper_to_change(request: HttpRequest, board: Board, pk: int) -> IssuedReport:
    """A paper whose fate whoever asks decides: 403 without the right over it."""
    report = IssuedReport.objects.filter(board=board, pk=pk).first()
    needed = right_over(report) if report else Permission.ISSUE_PAPERS
    if needed not in request.permissions:
        raise PermissionDenied(needed)
    return paper_of(board, pk, request.permissions)


def _kind(code: str) -> Kind:
    """A kind of the board's own papers; those of the fund have doors of their own."""
    if code not in KINDS or KINDS[code].of_fund:
        raise Http404("kind")
    return KINDS[code]


def _subject(kind: Kind, board: Board, pk: int) -> Model:
    rows = subject_model(kind).objects.select_related("board__logo")
    return get_object_or_404(rows, board=board, pk=pk)


@require_GET
@board_view(Permission.VIEW_PAPERS)
def paper_list(request, board):
    """The register of papers that went out; cancelled ones stay in it."""
    hidden = hidden_kinds(request.permissions)
    papers = IssuedReport.objects.filter(board=board).exclude(kind__in=hidden)
    years = [day.year for day in papers.dates("dated_on", "year", order="DESC")]
    kind, typed = request.GET.get("jenis", ""), request.GET.get("tahun", "")
    year = read_count(typed)
    if kind in KINDS:
        papers = papers.filter(kind=kind)
    if year in years:
        papers = papers.filter(dated_on__year=year)
    context = {
        "page": paginate(papers, request, by="dated_on"),
        "kinds": [
            (code, each.title) for code, each in KINDS.items() if code not in hidden
        ],
        "kind": kind,
        "years": years,
        "year": year,
        "filtered": bool(kind or typed),
    }
    return render(request, "reports/paper_list.html", context)


@require_GET
@board_view(Permission.VIEW_PAPERS)
def paper_page(request, board, pk):
    """One paper: its state, its seal, its file, and the way to check it."""
    report = paper_of(board, pk, request.permissions)
    context = {
        "report": report,
        "kind": KINDS.get(report.kind),
        "may_change": right_over(report) in request.permissions,
        "scans": list(report.scans.standing().select_related("file")),
        "withdrawn": report.scans.exclude(withdrawn_at=None),
        **ways_to_check(report),
        "subject": subject_address(report, request.permissions),
    }
    return render(request, "reports/paper_page.html", context)


@require_GET
@board_view(Permission.VIEW_PAPERS)
def paper_file(request, board, pk):
    """The PDF as it was stored."""
    return serve_stored(request, paper_of(board, pk, request.permissions).file)


@require_GET
@brake("paper")
@board_view(Permission.VIEW_MEMBERS)
def paper_preview(request, board, kind, pk):
    """A draft PDF, printed for this request and kept nowhere.

    Only people inside the board hold the right to see its members, and only they
    see what is not yet ratified.
    """
    kind = _kind(kind)
    subject = _subject(kind, board, pk)
    try:
        rendered = preview_report(kind, subject, now=timezone.now())
    except (RuleViolation, RenderFailed) as refused:
        return refuse_paper(request, kind, subject, refused)
    return fresh_pdf(rendered, f"draf-{kind.code}.pdf")


def refuse_paper(request, kind: Kind, subject, refused: Exception) -> HttpResponse:
    """Why there is no paper, on a page with the way back."""
    status = 503 if isinstance(refused, RenderFailed) else 409
    about = SUBJECTS[kind.subject]
    # A statement that was never issued has no page of its own yet.
    slug = {"board_slug": request.board.slug}
    back = (
        about.address(about.papers, request.board, subject.pk)
        if subject.pk
        else reverse("reports:paper_list", kwargs=slug)
    )
    context = {"kind": kind, "reason": str(refused), "back": back}
    return render(request, "reports/paper_refused.html", context, status=status)


@require_POST
@board_view(Permission.ISSUE_PAPERS)
def paper_issue(request, board, kind, pk):
    """Print the paper, outside any transaction, then number and keep it once."""
    braked = ratelimit.consume_or_429(request, action="paper", user=request.user)
    if braked:
        return braked
    kind = _kind(kind)
    subject = _subject(kind, board, pk)
    return issue_paper(request, board, kind=kind, subject=subject)


def issue_paper(request, board: Board, *, kind: Kind, subject: Model) -> HttpResponse:
    """Print and keep a paper whose right was asked for; a long one as a job."""
    if is_long(kind, subject):
        return _issue_later(request, board, kind=kind, subject=subject)
    try:
        for _ in range(TRIES):
            prepared = prepare_report(
                kind, subject, on=board.today(), patience=PATIENCE_SECONDS
            )
            try:
                return _keep(request, board, prepared=prepared)
            except NumberMoved:
                continue
    except (RuleViolation, RenderFailed) as refused:
        return refuse_paper(request, kind, subject, refused)
    busy = RuleViolation("Nomornya sedang dipakai surat lain.", code="paper.busy")
    return refuse_paper(request, kind, subject, busy)


@post_once
def _keep(request, board, *, prepared):
    """The part that writes; the key of the form makes it happen once."""
    report = keep_report(prepared, by=request.user)
    if prepared.existing:
        messages.info(request, "Surat ini sudah terbit dan isinya sama.")
    else:
        day = format_date(report.dated_on)
        messages.success(
            request, f"{prepared.kind.title} terbit: {report.number_text}, {day}."
        )
    return redirect("reports:paper_page", board.slug, report.pk)


@post_once
def _issue_later(request, board, *, kind, subject):
    """A long paper becomes a job with a page of its own."""
    job = enqueue_long_paper(kind, subject, by=request.user)
    return redirect("boards:job_page", pk=job.pk)


@require_GET
@board_view(Permission.VIEW_PAPERS)
def meeting_papers(request, board, pk):
    """The papers of a meeting: a part of its page, and a page by itself."""
    readable = Meeting.objects.readable_with(request.permissions)
    meeting = get_object_or_404(readable, board=board, pk=pk)
    return _papers_about(request, board, meeting)


@require_GET
@board_view(Permission.VIEW_PAPERS)
def decision_papers(request, board, pk):
    """The decree of a decision: a part of its page, and a page by itself."""
    readable = Decision.objects.readable_with(request.permissions)
    decision = get_object_or_404(readable, board=board, pk=pk)
    return _papers_about(request, board, decision)


@require_GET
@board_view(Permission.VIEW_PAPERS)
def area_papers(request, board, pk):
    """The papers of one vote: a part of its page, and a page by itself."""
    readable = ElectionArea.objects.readable_with(request.permissions)
    area = get_object_or_404(readable, board=board, pk=pk)
    return _papers_about(request, board, area)


@require_GET
@board_view(Permission.VIEW_PAPERS)
def rule_papers(request, board, pk):
    """The printed text of a rule: a part of its page, and a page by itself."""
    version = version_of(board, pk, request.permissions)
    version.title = str(version)
    context = {
        "subject": version,
        "rows": [rule_row(version)],
        "subject_page": SUBJECTS[version._meta.label].page,
    }
    page, part = "reports/meeting_papers.html", "reports/_meeting_papers.html"
    return render_either(request, page, part, context)


def _papers_about(request, board: Board, subject: Meeting | Decision | ElectionArea):
    context = {
        "subject": subject,
        "rows": paper_rows(subject, on=board.today()),
        "subject_page": SUBJECTS[subject._meta.label].page,
    }
    page, part = "reports/meeting_papers.html", "reports/_meeting_papers.html"
    return render_either(request, page, part, context)
