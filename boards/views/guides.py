"""Juklak of a kabupaten or kota, for its offices: record, read, count."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import region_view
from boards.files import fresh_bytes
from boards.guide_forms import ClausesForm, GuideForm
from boards.guides import (
    REGENCY_LETTERS,
    add_guide,
    guides_of,
    replace_clauses,
    shares_of,
    standing_of,
)
from boards.models import Board, Guide, GuideState, Region
from boards.roles import Permission
from boards.submissions import post_once
from boards.tenant_forms import add_refusal
from boards.uploads import read_pdf
from boards.views.files import serve_stored
from common.errors import RuleViolation
from common.paging import paginate, paginate_by_name


def _regency(region: Region) -> Region:
    """Juklak belong to a regency or city; elsewhere they are not written."""
    if len(region.code) != REGENCY_LETTERS:
        raise Http404("regency")
    return region


def _guide(region: Region, pk: int) -> Guide:
    return get_object_or_404(guides_of(region.code), pk=pk)


@require_GET
@region_view(Permission.VIEW_REGION)
def guide_list(request, region):
    """Juklak of the kabupaten or kota, newest first."""
    page = paginate(guides_of(region.code), request, by="in_force_on")
    context = {"page": page, "is_regency": len(region.code) == REGENCY_LETTERS}
    return render(request, "boards/guide_list.html", context)


@require_GET
@region_view(Permission.VIEW_REGION)
def guide_page(request, region, pk):
    """One juklak: its clauses, and how far each board of the region is.

    Who reads no board (a province) sees what they come to together.
    """
    guide = _guide(region, pk)
    inside = max(region.code, guide.region_code, key=len)
    boards = Board.objects.in_region(inside).active()
    used = GuideState.objects.filter(clause__guide=guide).exists()
    manages = Permission.MANAGE_PROGRAMMES in request.permissions
    context = {
        "guide": guide,
        "clauses": list(guide.clauses.all()),
        "may_rewrite": manages and not used and region.code == guide.region_code,
    }
    if Permission.VIEW_BOARD in request.permissions:
        page = paginate_by_name(boards, request)
        shares = shares_of(guide, page.rows)
        rows = [(board, shares[board.pk]) for board in page.rows]
        context |= {"page": page, "rows": rows, "standing": None}
    else:
        context["standing"] = standing_of(guide, boards)
    return render(request, "boards/guide_page.html", context)


@require_http_methods(["GET", "POST"])
@region_view(Permission.MANAGE_PROGRAMMES)
def guide_new(request, region) -> HttpResponse:
    """Record a juklak: the PDF is read and written before the database is asked."""
    form = GuideForm(request.POST or None, request.FILES or None)
    _regency(region)
    with fresh_bytes() as fresh:
        file, digest = None, ""
        if form.is_valid():
            try:
                file = read_pdf(form.cleaned_data["file"])
                digest = fresh.put(file.data)
            except RuleViolation as refused:
                form.add_error("file", refused)
        return _keep_guide(request, region, form=form, file=file, digest=digest)


@post_once
def _keep_guide(request, region, *, form, file, digest) -> HttpResponse:
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in form.fields}
        facts |= {"file": file, "digest": digest, "by": request.user}
        try:
            guide = add_guide(region, **facts)
        except ValidationError as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, "Juklak tercatat. LKM dapat mengisi butirnya.")
            return redirect("boards:guide_page", region_code=region.code, pk=guide.pk)
    return render(request, "boards/guide_new.html", {"form": form, "guide": None})


@require_http_methods(["GET", "POST"])
@region_view(Permission.MANAGE_PROGRAMMES)
@post_once
def guide_clauses(request, region, pk) -> HttpResponse:
    """Write the clauses anew, while no board has ticked any."""
    guide = _guide(_regency(region), pk)
    lines = [f"{row.number}. {row.text}" for row in guide.clauses.all()]
    form = ClausesForm(request.POST or None, initial={"clauses": "\n".join(lines)})
    if form.is_valid():
        try:
            clauses = form.cleaned_data["clauses"]
            replace_clauses(guide, clauses=clauses, by=request.user)
        except RuleViolation as refused:
            add_refusal(form, refused)
        else:
            return redirect("boards:guide_page", region_code=region.code, pk=pk)
    return render(request, "boards/guide_new.html", {"form": form, "guide": guide})


@require_GET
@region_view(Permission.VIEW_REGION)
def guide_file(request, region, pk):
    """The PDF of a juklak."""
    return serve_stored(request, _guide(region, pk).file, download=True)
