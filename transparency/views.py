"""What anybody may see without an account: a paper verified, totals of a fund."""

import hashlib
import re

from allauth.core import ratelimit
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from boards.access import public_view
from boards.models import Board
from reports.models import IssuedReport, PublishedPaper
from transparency.forms import CompareForm, FundSearchForm, LookUpForm
from transparency.fund_boards import MOST, boards_with_totals
from transparency.fund_totals import public_fund
from transparency.seals import seals_of

DRAFT = "DRAF"
SHORT = "Kode terdiri atas dua belas huruf dan angka, contoh ABCD-EFGH-IJKL."
_NOT_CODE = re.compile(r"[^A-Z2-7]")


def _paper(token: str) -> PublishedPaper | None:
    return PublishedPaper.objects.filter(token=token.upper()).first()


def _answer(request, token: str, *, status: int = 200, **more):
    """The page for one token: the paper, a draft, or nothing on record."""
    paper = _paper(token)
    if paper is None:
        draft = token.upper().startswith(DRAFT)
        context = {"form": LookUpForm()}
        if draft:
            return render(request, "transparency/verify_draft.html", context)
        return render(request, "transparency/verify_unknown.html", context, status=404)
    context = {
        "paper": paper,
        "in_force": paper.state == IssuedReport.State.ISSUED,
        "seals": seals_of(paper),
        "compare_form": CompareForm(),
        **more,
    }
    return render(request, "transparency/verify_page.html", context, status=status)


@require_http_methods(["GET", "POST"])
@public_view
def verify_form(request):
    """Type the code from the footer; a known one leads to its page."""
    braked = ratelimit.consume_or_429(request, action="public_search")
    if braked:
        return braked
    form = LookUpForm(request.POST or None)
    if form.is_valid():
        code = _NOT_CODE.sub("", form.cleaned_data["code"].upper())
        paper = PublishedPaper.objects.filter(code=code[:12]).first()
        if paper and len(code) >= 12:
            return redirect("transparency:verify_page", paper.token, 1)
        if code.startswith(DRAFT) and len(code) >= 12:
            return redirect("transparency:verify_page", code[:26], 1)
        if len(code) < 12:
            form.add_error("code", SHORT)
            return render(request, "transparency/verify_form.html", {"form": form})
        return render(
            request, "transparency/verify_unknown.html", {"form": form}, status=404
        )
    return render(request, "transparency/verify_form.html", {"form": form})


@require_GET
@public_view
def verify_page(request, token, page=1):
    """What is on record about the paper in somebody's hands; `page` is its sheet."""
    return _answer(request, token, page_in_hand=page, compared="")


@require_POST
@public_view
def verify_compare(request, token):
    """Compare a PDF with the stored one by its hash; the file is not kept."""
    braked = ratelimit.consume_or_429(request, action="public_search")
    if braked:
        return braked
    paper = _paper(token)
    if paper is None:
        return redirect(reverse("transparency:verify_page", args=[token, 1]))
    form = CompareForm(request.POST, request.FILES)
    if not form.is_valid():
        return _answer(
            request, token, status=422, compare_form=form, compared="", page_in_hand=1
        )
    digest = hashlib.sha256()
    for chunk in form.cleaned_data["file"].chunks():
        digest.update(chunk)
    compared = "same" if digest.hexdigest() == paper.file_sha256 else "other"
    return _answer(request, token, compared=compared, page_in_hand=1)


@require_GET
@public_view
def fund_list(request):
    """Where to read the totals of a fund: the LKM that show them, found by name."""
    form = FundSearchForm(request.GET)
    words = form.cleaned_data["cari"] if form.is_valid() else ""
    if words:
        braked = ratelimit.consume_or_429(request, action="public_search")
        if braked:
            return braked
    found = boards_with_totals(today=timezone.localdate(), words=words)
    rows = list(found[: MOST + 1])
    context = {"rows": rows[:MOST], "more": len(rows) > MOST, "words": words}
    return render(request, "transparency/fund_list.html", context)


@require_GET
@public_view
def fund_page(request, board_slug):
    """Totals of the fund of one LKM, of the months that it closed."""
    board = get_object_or_404(Board, slug=board_slug)
    fund = public_fund(board, today=board.today())
    context = {"board": board, "fund": fund}
    return render(request, "transparency/fund_page.html", context)
