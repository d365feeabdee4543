"""What is done with a paper that went out: scan attached, paper cancelled."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import assignment_in, board_view
from boards.files import check_quota, fresh_bytes
from boards.roles import Permission
from boards.submissions import post_once
from boards.uploads import read_receipt
from boards.views.files import serve_stored
from common.errors import RuleViolation
from reports.forms import CancelForm, ScanForm, WithdrawForm
from reports.paper_access import right_over
from reports.services import attach_scan, cancel_report, judge_scan, withdraw_scan
from reports.views.papers import paper_of, paper_to_change

# Who issues papers of the books and of loans; which of them, the paper says.
FUND_RIGHTS = (
    Permission.KEEP_FUND,
    Permission.KEEP_WORKS_BOOK,
    Permission.EDIT_LOANS,
)
# Which field of the scan form a refusal belongs to; the others are about the file.
_FIELDS = {"paper.scan_date": "scanned_on", "paper.scan_signatures": "signatures"}


@require_http_methods(["GET", "POST"])
@board_view(Permission.ISSUE_PAPERS, *FUND_RIGHTS)
def scan_attach(request, board, pk):
    """Attach the signed paper; looked at and written before the row is added."""
    report = paper_to_change(request, board, pk)
    first = {"scanned_on": board.today()}
    form = ScanForm(request.POST or None, request.FILES or None, initial=first)
    if form.is_valid():
        try:
            return _store_scan(request, report, dict(form.cleaned_data))
        except RuleViolation as violation:
            form.add_error(_FIELDS.get(violation.code, "file"), violation)
    return render(request, "reports/scan_attach.html", {"report": report, "form": form})


def _store_scan(request, report, facts: dict):
    """Refuse what cannot be attached; read the file, write it, then add the row."""
    board = report.board
    judge_scan(report, scanned_on=facts["scanned_on"], today=board.today())
    file = read_receipt(facts.pop("file"), zone=board.time_zone)
    check_quota([file], board=board, by=request.user)
    with fresh_bytes() as fresh:
        digest = fresh.put(file.data)
        return _keep_scan(request, report, file=file, digest=digest, facts=facts)


@post_once
def _keep_scan(request, report, *, file, digest, facts):
    held = assignment_in(request.user, report.board, right_over(report))
    role = held.label if held else ""
    today = report.board.today()
    attach_scan(report, file, digest, today=today, by=request.user, role=role, **facts)
    messages.success(request, "Pindaian bertanda tangan terlampir.")
    return redirect("reports:paper_page", report.board.slug, report.pk)


@require_GET
@board_view(Permission.VIEW_PAPERS)
def scan_file(request, board, pk, scan_pk):
    """One scan of a paper."""
    report = paper_of(board, pk, request.permissions)
    scan = get_object_or_404(report.scans.select_related("file"), pk=scan_pk)
    return serve_stored(request, scan.file)


@require_http_methods(["GET", "POST"])
@board_view(Permission.ISSUE_PAPERS, *FUND_RIGHTS)
@post_once
def scan_withdraw(request, board, pk, scan_pk):
    """Take back a wrong scan; asks again on this page, with the reason."""
    report = paper_to_change(request, board, pk)
    scan = get_object_or_404(report.scans.standing(), pk=scan_pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            withdraw_scan(scan, reason=form.cleaned_data["reason"], by=request.user)
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, "Pindaian ditarik. Lampirkan yang benar.")
            return redirect("reports:paper_page", board.slug, report.pk)
    context = {"report": report, "scan": scan, "form": form}
    return render(request, "reports/scan_withdraw.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.ISSUE_PAPERS, *FUND_RIGHTS)
@post_once
def paper_cancel(request, board, pk):
    """Cancel a paper; asks again on this page, with the reason."""
    report = paper_to_change(request, board, pk)
    form = CancelForm(request.POST or None)
    if form.is_valid():
        try:
            cancel_report(
                report,
                reason=form.cleaned_data["reason"],
                on=board.today(),
                by=request.user,
            )
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, "Surat dibatalkan. Nomornya tetap tercatat.")
            return redirect("reports:paper_page", board.slug, report.pk)
    return render(
        request, "reports/paper_cancel.html", {"report": report, "form": form}
    )
