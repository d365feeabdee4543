"""Books of a year, of decisions and of minutes: printed and issued like any paper."""

from collections.abc import Callable

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from boards.access import board_view
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from deliberations.models import Decision, Meeting
from reports.catalogue import KINDS, Kind
from reports.models import DecisionBook, IssuedReport, MinutesBook
from reports.paper_jobs import enqueue_long_paper
from reports.services.year_books import open_decision_book, open_minutes_book

DECISIONS, MINUTES = KINDS["buku-keputusan"], KINDS["buku-notulen"]


@require_GET
@board_view(Permission.VIEW_PAPERS)
def decision_book_list(request, board):
    """Every year with decisions, and the edition of its book that is in force."""
    rows = Decision.objects.filter(board=board).ratified()
    years = _years(board, rows, kind=DECISIONS, books=DecisionBook)
    return render(request, "reports/decision_book_list.html", {"years": years})


@require_GET
@board_view(Permission.VIEW_PAPERS)
def minutes_book_list(request, board):
    """Every year with ratified minutes, and the edition of its book in force."""
    rows = Meeting.objects.filter(board=board).ratified()
    years = _years(board, rows, kind=MINUTES, books=MinutesBook)
    return render(request, "reports/minutes_book_list.html", {"years": years})


def _years(board: Board, rows: QuerySet, *, kind: Kind, books) -> list[dict]:
    """Years of `rows`, the newest first, with the paper of each book in force."""
    year_of = dict(books.objects.filter(board=board).values_list("pk", "year"))
    papers = IssuedReport.objects.filter(board=board, kind=kind.code).in_force()
    issued = {year_of[int(paper.subject_pk)]: paper for paper in papers}
    counts = rows.values_list("held_on__year").annotate(n=Count("pk"))
    return [
        {"year": year, "count": count, "report": issued.get(year)}
        for year, count in counts.order_by("-held_on__year")
    ]


@require_POST
@board_view(Permission.ISSUE_PAPERS)
@post_once
def decision_book_issue(request, board, year):
    """Open the book of a year and hand it to the job worker, which prints it."""
    return _issue(request, DECISIONS, lambda: open_decision_book(board, year))


@require_POST
@board_view(Permission.ISSUE_PAPERS)
@post_once
def minutes_book_issue(request, board, year):
    """Open the book of a year and hand it to the job worker, which binds it."""
    return _issue(request, MINUTES, lambda: open_minutes_book(board, year))


def _issue(request: HttpRequest, kind: Kind, opened: Callable) -> HttpResponse:
    try:
        book = opened()
    except RuleViolation as empty:
        raise Http404("year") from empty
    job = enqueue_long_paper(kind, book, by=request.user)
    return redirect(reverse("boards:job_page", args=[job.pk]))
