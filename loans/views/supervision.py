"""The room of the Pengawas: samples, cash counts, findings and their answers."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.paging import paginate
from loans.forms.problems import say_refusal
from loans.forms.supervision import (
    AnswerForm,
    CashCountForm,
    CloseForm,
    FindingForm,
    SampleForm,
    VisitForm,
)
from loans.models import CashCount, Finding, LoanSample, SampledLoan
from loans.services import (
    answer_finding,
    close_finding,
    count_cash,
    draw_sample,
    note_finding,
    note_visit,
)
from loans.views.reserves import fund_of

LAST_SHOWN = 6


@require_GET
@board_view(Permission.VIEW_LOANS)
def supervision_home(request, board):
    """Findings first, then the last samples and cash counts."""
    findings = Finding.objects.filter(board=board).select_related("loan__group")
    context = {
        "page": paginate(findings, request, by="found_on"),
        "waiting": findings.waiting_for_answer().count(),
        "samples": list(LoanSample.objects.filter(board=board)[:LAST_SHOWN]),
        "counts": list(CashCount.objects.filter(board=board)[:LAST_SHOWN]),
        "today": board.today(),
    }
    return render(request, "loans/supervision_home.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.SUPERVISE_FUND)
@post_once
def sample_draw(request, board):
    """Draw loans by lot."""
    form = SampleForm(request.POST or None)
    if form.is_valid():
        try:
            made = draw_sample(board, size=form.cleaned_data["size"], by=request.user)
        except RuleViolation as refused:
            say_refusal(form, refused)
        else:
            return redirect("loans:sample_page", board.slug, made.pk)
    return _form_page(
        request,
        form,
        title="Undi pinjaman untuk diperiksa",
        lead="Portal mengundi dari pinjaman berjalan. Angka undiannya disimpan, jadi"
        " siapa pun dapat mengulang undian yang sama.",
        act="Undi",
    )


def _form_page(request: HttpRequest, form, **words):
    """One plain form of this room."""
    return render(request, "loans/supervision_form.html", {"form": form, **words})


@require_GET
@board_view(Permission.VIEW_LOANS)
def sample_page(request, board, pk):
    """The drawn loans and what the visits showed."""
    sample = get_object_or_404(LoanSample, board=board, pk=pk)
    rows = sample.rows.select_related("loan__group")
    context = {"sample": sample, "rows": list(rows)}
    return render(request, "loans/sample_page.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.SUPERVISE_FUND)
@post_once
def sample_visit(request, board, pk):
    """Note the visit to one drawn loan."""
    rows = SampledLoan.objects.select_related("sample", "loan__group")
    row = get_object_or_404(rows, board=board, pk=pk)
    start = {
        "visited_on": row.visited_on or board.today(),
        "seen": row.seen,
        "note": row.note,
    }
    form = VisitForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            note_visit(row, **form.cleaned_data, by=request.user)
        except RuleViolation as refused:
            say_refusal(form, refused)
        else:
            return redirect("loans:sample_page", board.slug, row.sample_id)
    lead = f"Pinjaman {row.loan.account_number}. Cocokkan kartu KSM dengan kartu UPK."
    title = f"Kunjungan ke {row.loan.group}"
    return _form_page(request, form, title=title, lead=lead, act="Simpan kunjungan")


@require_http_methods(["GET", "POST"])
@board_view(Permission.SUPERVISE_FUND)
@post_once
def cash_count(request, board):
    """Count the cash box now, note by note."""
    book = fund_of(board)
    if book is None:
        return render(request, "loans/no_book.html", {"title": "Pemeriksaan kas"})
    book.board = board
    form = CashCountForm(request.POST or None)
    if form.is_valid() and (made := _counted(request, book, form)):
        return redirect("loans:cash_count_page", board.slug, made.pk)
    # What the book says is not shown: who counts does not know what should come out.
    context = {"form": form, "today": board.today()}
    return render(request, "loans/cash_count.html", context)


def _counted(request: HttpRequest, book, form: CashCountForm) -> CashCount | None:
    """The count, or None when a rule refused, which the form then says."""
    facts = {name: form.cleaned_data[name] for name in ("cashier_name", "explanation")}
    try:
        return count_cash(book, pieces=form.pieces(), **facts, by=request.user)
    except RuleViolation as refused:
        say_refusal(form, refused)
        return None


@require_GET
@board_view(Permission.VIEW_LOANS)
def cash_count_page(request, board, pk):
    """One count: the sheet, the book, the difference."""
    made = get_object_or_404(CashCount, board=board, pk=pk)
    context = {"count": made, "pieces": list(made.pieces.all())}
    return render(request, "loans/cash_count_page.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.SUPERVISE_FUND)
@post_once
def finding_new(request, board):
    """Write a finding and what is asked of the UPK."""
    form = FindingForm(request.POST or None, board=board)
    if form.is_valid():
        try:
            made = note_finding(form.instance, by=request.user)
        except RuleViolation as refused:
            say_refusal(form, refused)
        else:
            return redirect("loans:finding_page", board.slug, made.pk)
    return _form_page(
        request,
        form,
        title="Temuan baru",
        lead="Tulis apa yang dilihat, apa yang diminta, dan kapan UPK harus menjawab.",
        act="Catat temuan",
    )


def _finding(board: Board, pk: int) -> Finding:
    rows = Finding.objects.select_related("loan__group", "closed_by")
    return get_object_or_404(rows, board=board, pk=pk)


@require_GET
@board_view(Permission.VIEW_LOANS)
def finding_page(request, board, pk):
    """A finding, its answer, how it ended."""
    context = {"finding": _finding(board, pk), "today": board.today()}
    return render(request, "loans/finding_page.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LOANS)
@post_once
def finding_answer(request, board, pk):
    """The UPK answers."""
    finding = _finding(board, pk)
    form = AnswerForm(request.POST or None, initial={"answer": finding.answer})
    if form.is_valid():
        try:
            answer_finding(finding, **form.cleaned_data, by=request.user)
        except RuleViolation as refused:
            say_refusal(form, refused)
        else:
            messages.success(request, "Jawaban tersimpan. Pengawas menilainya.")
            return redirect("loans:finding_page", board.slug, pk)
    words = {"title": "Jawab temuan", "lead": finding.text, "act": "Kirim jawaban"}
    return _form_page(request, form, **words)


@require_http_methods(["GET", "POST"])
@board_view(Permission.SUPERVISE_FUND)
@post_once
def finding_close(request, board, pk):
    """The Pengawas are satisfied."""
    finding = _finding(board, pk)
    form = CloseForm(request.POST or None)
    if form.is_valid():
        try:
            close_finding(finding, **form.cleaned_data, by=request.user)
        except RuleViolation as refused:
            say_refusal(form, refused)
        else:
            messages.success(request, "Temuan selesai.")
            return redirect("loans:finding_page", board.slug, pk)
    words = {"title": "Selesaikan temuan", "lead": finding.answer, "act": "Selesai"}
    return _form_page(request, form, **words)
