"""Susunan pengurus: one page and one paper about the board and its units on a day."""

import datetime

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from boards.access import board_view
from boards.brakes import brake
from boards.roles import Permission
from common.errors import RuleViolation
from common.reading import day_asked
from members.models import Term
from reports.catalogue import KINDS
from reports.models import IssuedReport
from reports.officers import NO_BASIS, Officers, past_officers, read_officers
from reports.render import RenderFailed
from reports.services import preview_report
from reports.views.answers import fresh_pdf

KIND = KINDS["susunan-pengurus"]


def _papers(officers: Officers, today: datetime.date) -> dict:
    """The issued paper of the term shown, and whether one can be issued now."""
    if officers.term is None:
        return {"issued": None, "may_issue": False}
    issued = IssuedReport.objects.about(officers.term).in_force()
    return {
        "issued": issued.filter(kind=KIND.code).first(),
        "may_issue": officers.day == today and bool(officers.leaders.officers),
    }


@require_GET
@board_view(Permission.VIEW_MEMBERS)
def officer_page(request, board):
    """The board and its units as of a day, with what each post rests on."""
    typed = request.GET.get("pada", "").strip()[:20]
    today = board.today()
    day, error = day_asked(typed, today=today)
    officers = read_officers(board, on=day, empty=day >= today)
    context = {
        "officers": officers,
        "day": day,
        "today": today,
        "typed": typed if error else "",
        "error": error,
        "past": past_officers(board, on=day),
        "edits": Permission.EDIT_MEMBERS in request.permissions,
        "no_basis": NO_BASIS,
        "kind": KIND,
        **_papers(officers, today),
    }
    return render(request, "reports/officer_page.html", context)


@require_GET
@brake("paper")
@board_view(Permission.VIEW_MEMBERS)
def officer_print(request, board):
    """A PDF of any day, unnumbered and kept nowhere."""
    typed = request.GET.get("pada", "").strip()[:20]
    day, error = day_asked(typed, today=board.today())
    terms = Term.objects.filter(board=board, starts_on__lte=day, ends_on__gte=day)
    term = terms.select_related("board__logo").first()
    try:
        if error or term is None:
            reason = error or "Tidak ada masa bakti pada tanggal itu."
            raise RuleViolation(reason, code="paper.outside_term")
        rendered = preview_report(KIND, term, now=timezone.now(), on=day)
    except (RuleViolation, RenderFailed) as refused:
        context = {"kind": KIND, "reason": str(refused), "back": request.path[:-6]}
        status = 503 if isinstance(refused, RenderFailed) else 409
        return render(request, "reports/paper_refused.html", context, status=status)
    return fresh_pdf(rendered, f"susunan-{day}.pdf")
