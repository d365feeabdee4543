"""Signed papers that come back as a heap: uploaded, sorted, attached or thrown away."""

from contextlib import contextmanager

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from boards.access import assignment_in, board_view
from boards.files import check_quota, fresh_bytes
from boards.models import Board, Job
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from reports.models import ScanStack, StackPage
from reports.scan_forms import AttachForm, PlaceForm, UploadForm, today_in
from reports.scan_jobs import enqueue_reading, job_key
from reports.scan_piles import picture_name, piles_of, tray_of
from reports.scan_reading import open_sources
from reports.services import (
    PileRefused,
    Sitting,
    add_sources,
    attach_stack,
    bind_pile,
    drop_stack,
    forget_old_stacks,
    keep_stack,
    new_stack,
    place_page,
    put_sources,
    read_all,
    skip_page,
)

SIZES = {"besar": "page", "kecil": "thumb"}


def _stack(board: Board, pk) -> ScanStack:
    """A stack of this board, or 404."""
    rows = ScanStack.objects.select_related("board", "by")
    return get_object_or_404(rows, board=board, pk=pk)


def _sheet(board: Board, pk, page_pk: int) -> StackPage:
    """A page of a stack of this board, or 404."""
    rows = StackPage.objects.select_related("stack__board", "report")
    return get_object_or_404(rows, board=board, stack=pk, pk=page_pk)


@require_http_methods(["GET", "POST"])
@board_view(Permission.ISSUE_PAPERS)
def scan_upload(request, board):
    """Upload a heap in any order; the stacks that still wait stand beside it."""
    return _upload(request, board, stack=None)


@require_http_methods(["GET", "POST"])
@board_view(Permission.ISSUE_PAPERS)
def stack_add(request, board, pk):
    """Add what was missing to a stack."""
    return _upload(request, board, stack=_stack(board, pk))


def _upload(request, board: Board, *, stack: ScanStack | None) -> HttpResponse:
    posted = request.method == "POST"
    braked = posted and ratelimit.consume_or_429(
        request, action="scans", user=request.user
    )
    if braked:
        return braked
    form = UploadForm(request.POST, request.FILES) if posted else UploadForm()
    if form.is_valid():
        try:
            return _take(request, board, stack, form.cleaned_data["files"])
        except RuleViolation as violation:
            form.add_error("files", violation)
    open_stacks = ScanStack.objects.filter(board=board).annotate(left=Count("sheets"))
    context = {"form": form, "stack": stack, "stacks": open_stacks.select_related("by")}
    context["days"] = settings.SCAN_DAYS
    return render(request, "reports/scan_upload.html", context)


def _take(request, board: Board, stack: ScanStack | None, files) -> HttpResponse:
    """Read the files, or lay them down for the worker; then write the rows."""
    check_quota([], board=board, by=request.user)
    forget_old_stacks(board, now=timezone.now())
    stack = stack or new_stack(board, by=request.user)
    sources = open_sources(files, room=settings.SCAN_PAGES - stack.expected)
    first = add_sources(stack, sources)
    pages = sum(source.pages for source in sources)
    with _tray_of_kept(stack):
        if pages > settings.SCAN_PAGES_WAITED:
            put_sources(stack, sources, first=first)
            return _keep_for_worker(request, stack=stack, sources=sources, first=first)
        reads = read_all(stack, sources, first=first)
        return _keep_read(request, stack=stack, sources=sources, reads=reads)


@contextmanager
def _tray_of_kept(stack: ScanStack):
    """Around the filling of a tray: one whose stack was not kept is emptied."""
    try:
        yield
    finally:
        if not ScanStack.objects.filter(pk=stack.pk).exists():
            tray_of(stack).empty()


@post_once
def _keep_read(request, *, stack, sources, reads):
    keep_stack(stack, sources, reads, by=request.user)
    return redirect("reports:stack_page", stack.board.slug, stack.pk)


@post_once
def _keep_for_worker(request, *, stack, sources, first):
    keep_stack(stack, sources, [], by=request.user)
    job = enqueue_reading(stack, first=first, by=request.user)
    return redirect("boards:job_page", pk=job.pk)


@require_http_methods(["GET", "POST"])
@board_view(Permission.ISSUE_PAPERS)
def stack_page(request, board, pk):
    """The pages sorted by paper; the complete papers are attached from here."""
    stack = _stack(board, pk)
    piles = piles_of(stack)
    posted = request.POST if request.method == "POST" else None
    form = AttachForm(posted, piles=piles.attachable, initial=today_in(board))
    if form.is_valid():
        try:
            return _attach(request, stack, piles, form)
        except PileRefused as refused:
            dated = refused.code == "paper.scan_date"
            name = "scanned_on" if dated else form.name(refused.paper)
            form.add_error(name, refused)
        except RuleViolation as violation:
            form.add_error(None, violation)
    job = None if stack.read_at else Job.objects.filter(key=job_key(stack)).first()
    context = {"stack": stack, "piles": piles, "form": form, "job": job}
    return render(request, "reports/stack_page.html", context)


def _attach(request, stack: ScanStack, piles, form: AttachForm) -> HttpResponse:
    """Bind each paper that was counted, write the files, then add the rows."""
    wanted = form.signatures
    bound = [
        bind_pile(stack, pile) for pile in piles.attachable if pile.report.pk in wanted
    ]
    files = [each.file for each in bound]
    check_quota(files, board=stack.board, by=request.user)
    with fresh_bytes() as fresh:
        pairs = [(each, fresh.put(each.file.data)) for each in bound]
        day = form.cleaned_data["scanned_on"]
        return _keep_scans(request, stack=stack, pairs=pairs, on=day, wanted=wanted)


@post_once
def _keep_scans(request, *, stack, pairs, on, wanted):
    board = stack.board
    held = assignment_in(request.user, board, Permission.ISSUE_PAPERS)
    role = held.label if held else ""
    sitting = Sitting(on, board.today(), request.user, role)
    scans = attach_stack(stack, pairs, sitting, signatures=wanted)
    papers = ", ".join(str(scan.report) for scan in scans)
    messages.success(request, f"Pindaian bertanda tangan terlampir: {papers}.")
    if ScanStack.objects.filter(pk=stack.pk).exists():
        return redirect("reports:stack_page", board.slug, stack.pk)
    if len(scans) == 1:
        return redirect("reports:paper_page", board.slug, scans[0].report_id)
    return redirect("reports:paper_list", board.slug)


@require_http_methods(["GET", "POST"])
@board_view(Permission.ISSUE_PAPERS)
@post_once
def stack_drop(request, board, pk):
    """Throw a stack away; asks again on this page."""
    stack = _stack(board, pk)
    if request.method == "POST":
        drop_stack(stack, by=request.user)
        messages.success(request, "Tumpukan dibuang. Pindaian terlampir tetap ada.")
        return redirect("reports:scan_upload", board.slug)
    context = {"stack": stack, "left": stack.sheets.count()}
    return render(request, "reports/stack_drop.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.ISSUE_PAPERS)
@post_once
def sheet_place(request, board, pk, page_pk):
    """One page, large enough to read its number, and the paper it belongs to."""
    sheet = _sheet(board, pk, page_pk)
    first = {"report": sheet.report, "number": sheet.page}
    form = PlaceForm(request.POST or None, board=board, initial=first)
    if form.is_valid():
        report, number = form.cleaned_data["report"], form.cleaned_data["number"]
        try:
            place_page(sheet, report, number, by=request.user)
            return _next(board, sheet.stack)
        except RuleViolation as violation:
            name = "number" if violation.code == "scans.no_such_page" else "report"
            form.add_error(name, violation)
    return render(request, "reports/sheet_place.html", {"sheet": sheet, "form": form})


@require_POST
@board_view(Permission.ISSUE_PAPERS)
@post_once
def sheet_skip(request, board, pk, page_pk):
    """Leave a page out."""
    sheet = _sheet(board, pk, page_pk)
    skip_page(sheet, by=request.user)
    return _next(board, sheet.stack)


def _next(board: Board, stack: ScanStack) -> HttpResponse:
    """The next page that waits for a person, else the stack."""
    waiting = piles_of(stack).waiting
    if waiting:
        return redirect("reports:sheet_place", board.slug, stack.pk, waiting[0].pk)
    return redirect("reports:stack_page", board.slug, stack.pk)


@require_GET
@board_view(Permission.ISSUE_PAPERS)
def sheet_picture(request, board, pk, page_pk, size):
    """The picture of a page, as the portal made it."""
    sheet = _sheet(board, pk, page_pk)
    name = picture_name(sheet, SIZES.get(size, ""))
    data = tray_of(sheet.stack).get(name) if size in SIZES else None
    if data is None:
        raise Http404("picture")
    response = HttpResponse(data, content_type="image/jpeg")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
