"""The books of minutes: one a year, bound and issued like any paper."""

from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from boards.access import board_view
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from deliberations.models import Meeting
from reports.catalogue import KINDS
from reports.models import IssuedReport, MinutesBook
from reports.paper_jobs import enqueue_long_paper
from reports.services.minutes_books import open_minutes_book

KIND = KINDS["buku-notulen"]


@require_GET
@board_view(Permission.VIEW_PAPERS)
def minutes_book_list(request, board):
    """Every year with ratified minutes, and the edition of its book in force."""
    held = Meeting.objects.filter(board=board).ratified()
    counts = held.values_list("held_on__year").annotate(n=Count("pk"))
    issued = _issued(board)
    years = [
        {"year": year, "count": count, "report": issued.get(year)}
        for year, count in counts.order_by("-held_on__year")
    ]
    return render(request, "reports/minutes_book_list.html", {"years": years})


def _issued(board: Board) -> dict[int, IssuedReport]:
    """Papers in force by the year of their book."""
    years = dict(MinutesBook.objects.filter(board=board).values_list("pk", "year"))
    papers = IssuedReport.objects.filter(board=board, kind=KIND.code).in_force()
    return {years[int(paper.subject_pk)]: paper for paper in papers}


@require_POST
@board_view(Permission.ISSUE_PAPERS)
@post_once
def minutes_book_issue(request, board, year):
    """Open the book of a year and hand it to the job worker, which binds it."""
    try:
        book = open_minutes_book(board, year)
    except RuleViolation as empty:
        raise Http404("year") from empty
    job = enqueue_long_paper(KIND, book, by=request.user)
    return redirect(reverse("boards:job_page", args=[job.pk]))
