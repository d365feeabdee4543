"""The sheet of a round on paper: to take along, never issued."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from boards.access import board_view
from boards.brakes import brake
from boards.roles import Permission
from loans.collection import expected_until, round_asked
from reports.builders.collection_round import NAME, build
from reports.render import RenderFailed
from reports.services import print_sheet
from reports.views.answers import fresh_pdf


@require_GET
@brake("paper")
@board_view(Permission.VIEW_LOANS)
def collection_print(request, board):
    """A PDF of the round up to the day asked for, as the book stands today."""
    day, _problem = round_asked(request.GET.get("sampai", ""), today=board.today())
    rows = expected_until(board, day, today=board.today())
    paper = build(board, rows, until=day, on=board.today())
    try:
        rendered = print_sheet(paper, board)
    except RenderFailed as refused:
        back = reverse("loans:collection_sheet", args=[board.slug])
        context = {"kind": {"title": NAME}, "reason": str(refused), "back": back}
        return render(request, "reports/paper_refused.html", context, status=503)
    return fresh_pdf(rendered, f"setoran-{day}.pdf")
