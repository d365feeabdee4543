"""Summaries of a region: the list, asking for one, the page and its files."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from boards.access import region_view
from boards.models import Board, Region
from boards.roles import Permission
from boards.submissions import post_once
from boards.views.files import serve_stored
from common.error_pages import error_page
from reports.jobs import enqueue_summary, exports_left
from reports.models import Summary
from reports.paper_rows import ways_to_check
from reports.summaries import KEPT_DAYS, expires_on, running_summary, summaries_of
from reports.summary_forms import SummaryForm

ARCHIVE_SHOWN = 20


def _form(region: Region, *args) -> SummaryForm:
    """The form over the LKM of the region and their kecamatan."""
    boards = Board.objects.in_region(region.code).active().order_by()
    pairs = list(boards.values_list("region_code", "district"))
    districts = {code[:8]: name for code, name in pairs}
    ordered = sorted(districts.items(), key=lambda pair: pair[1])
    return SummaryForm(*args, region=region, districts=ordered, total=len(pairs))


def _list(request, region: Region, form: SummaryForm | None, *, status: int = 200):
    context = {
        "rows": list(summaries_of(region)),
        "archive": list(summaries_of(region, archived=True)[:ARCHIVE_SHOWN]),
        "form": form,
        "job": running_summary(request.user),
        "kept_days": KEPT_DAYS,
    }
    return render(request, "reports/summary_list.html", context, status=status)


@require_GET
@region_view(Permission.VIEW_SUMMARIES)
def summary_list(request, region):
    """Summaries of the last 30 days, the archive, and the form to make one."""
    makes = Permission.MAKE_SUMMARIES in request.permissions
    return _list(request, region, _form(region) if makes else None)


@require_POST
@region_view(Permission.MAKE_SUMMARIES)
@post_once
def summary_new(request, region):
    """Put a summary in the queue and go to the page that watches it."""
    form = _form(region, request.POST)
    if not form.is_valid():
        return _list(request, region, form, status=422)
    if not exports_left(request.user):
        return error_page(request, 429, retry_after="satu jam")
    wanted = get_object_or_404(Region, code=form.cleaned_data["region"])
    job = enqueue_summary(region, wanted, form.cleaned_data["period"], by=request.user)
    return redirect("boards:job_page", pk=job.pk)


def _summary(region: Region, pk: int) -> Summary:
    """A summary about the region or a part of it; others do not exist here."""
    rows = Summary.objects.select_related(
        "report__file", "report__publication", "report__supersedes", "sheet"
    )
    inside = rows.filter(report__region_code__startswith=region.code)
    return get_object_or_404(inside, pk=pk)


@require_GET
@region_view(Permission.VIEW_SUMMARIES)
def summary_page(request, region, pk):
    """One summary: what it covers, its files, and the way to check it."""
    summary = _summary(region, pk)
    report = summary.report
    context = {
        "summary": summary,
        "report": report,
        "totals": summary.totals(),
        "expires_on": expires_on(report),
        "archived": expires_on(report) < timezone.localdate(),
        **ways_to_check(report),
    }
    return render(request, "reports/summary_page.html", context)


@require_GET
@region_view(Permission.OPEN_SUMMARIES)
def summary_file(request, region, pk, what):
    """The PDF or the workbook as it was stored, for those who read single LKM."""
    summary = _summary(region, pk)
    files = {"pdf": summary.report.file, "excel": summary.sheet}
    if what not in files:
        raise Http404("file")
    return serve_stored(request, files[what], download="unduh" in request.GET)
