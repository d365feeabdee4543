"""Papers of vouchers, loans and books: their lists, drafts and issuing."""

from allauth.core import ratelimit
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from boards.access import board_view
from boards.brakes import brake
from boards.models import Board
from boards.roles import Permission
from boards.views.sheets import sheets_file
from common.addresses import possible_address
from common.errors import RuleViolation
from common.htmx import render_either
from common.reading import read_count
from ledger.models import Book, Voucher
from ledger.rights import book_right
from ledger.spans import month_asked, months_of
from ledger.views.doors import keeps_book, reads_book
from loans.models import CashCount, Loan, ProfitAllocation
from reports.catalogue import KINDS, Kind
from reports.fund_kinds import COUNT, LOAN, PROFIT, VOUCHER
from reports.fund_papers import (
    account_wanted,
    loan_rows,
    plain_rows,
    statement_kinds,
    statement_of,
    statement_rows,
    voucher_rows,
)
from reports.grid_sheets import sheets_of
from reports.models import FundStatement
from reports.paper_access import right_to_issue
from reports.render import RenderFailed
from reports.services import preview_report
from reports.services.printing import build_paper
from reports.services.statements import open_statement
from reports.views.answers import fresh_pdf
from reports.views.papers import issue_paper, refuse_paper

_LIST, _PART = "reports/fund_papers.html", "reports/_fund_papers.html"
# Who issues the papers of a book, to those who do not.
KEEPER = "yang memegang bukunya"
_MODELS = {VOUCHER: Voucher, LOAN: Loan, COUNT: CashCount, PROFIT: ProfitAllocation}


@require_GET
@board_view(Permission.VIEW_BOOKS)
def voucher_papers(request, board, pk):
    """Bukti and kuitansi of a voucher: a part of its page, and a page by itself."""
    voucher = get_object_or_404(
        Voucher.objects.select_related("book"), board=board, pk=pk
    )
    kind = voucher.book.kind
    context = {
        "subject": voucher,
        "name": str(voucher),
        "rows": voucher_rows(voucher),
        "may_issue": book_right(kind) in request.permissions,
        "issuer": KEEPER,
        "up_url": reverse("ledger:voucher_page", args=[board.slug, kind, pk]),
    }
    return render_either(request, _LIST, _PART, context)


@require_GET
@board_view(Permission.VIEW_LOANS)
def loan_papers(request, board, pk):
    """Every paper of a loan: a part of its page, and a page by itself."""
    loans = Loan.objects.select_related("group", "terms__product", "board")
    loan = get_object_or_404(loans, board=board, pk=pk)
    at = {"board_slug": board.slug, "pk": pk}
    context = {
        "subject": loan,
        "name": str(loan),
        "rows": loan_rows(loan, on=board.today()),
        "may_issue": Permission.EDIT_LOANS in request.permissions,
        "issuer": "UPK",
        "up_url": possible_address("loans:loan_page", **at)
        or possible_address("loans:loan_card", **at),
    }
    return render_either(request, _LIST, _PART, context)


@require_GET
@board_view(Permission.VIEW_LOANS)
def count_papers(request, board, pk):
    """The berita acara of a count of the cash box, which the Pengawas issues."""
    count = get_object_or_404(CashCount, board=board, pk=pk)
    context = {
        "subject": count,
        "name": str(count),
        "rows": plain_rows(count),
        "may_issue": Permission.SUPERVISE_FUND in request.permissions,
        "issuer": "Pengawas",
        "up_url": reverse("loans:cash_count_page", args=[board.slug, pk]),
    }
    return render_either(request, _LIST, _PART, context)


@require_GET
@board_view(Permission.VIEW_BOOKS)
def profit_papers(request, board, pk):
    """The berita acara of how a year's profit was shared."""
    rows = ProfitAllocation.objects.select_related("close")
    made = get_object_or_404(rows, board=board, pk=pk)
    context = {
        "subject": made,
        "name": str(made),
        "rows": plain_rows(made),
        "may_issue": Permission.KEEP_FUND in request.permissions,
        "issuer": KEEPER,
        "up_url": reverse("loans:profit_page", args=[board.slug, made.close.year]),
    }
    return render_either(request, _LIST, _PART, context)


def _subject(request: HttpRequest, board: Board, code: str, pk: int):
    """Kind and row of the address, for those who read it: 403 without the right."""
    kind = KINDS.get(code)
    if kind is None or kind.subject not in _MODELS:
        raise Http404("kind")
    if kind.view not in request.permissions:
        raise PermissionDenied(kind.view)
    rows = _MODELS[kind.subject].objects.select_related("board__logo")
    return kind, get_object_or_404(rows, board=board, pk=pk)


@require_GET
@brake("paper")
@board_view(Permission.VIEW_BOOKS)
def fund_preview(request, board, kind, pk):
    """A draft of a paper of a voucher, a loan, a count or a sharing, kept nowhere."""
    found, subject = _subject(request, board, kind, pk)
    return _preview(request, found, subject)


def _preview(request: HttpRequest, kind: Kind, subject: Model) -> HttpResponse:
    try:
        rendered = preview_report(kind, subject, now=timezone.now())
    except (RuleViolation, RenderFailed) as refused:
        return refuse_paper(request, kind, subject, refused)
    return fresh_pdf(rendered, f"draf-{kind.code}.pdf")


@require_POST
@board_view(Permission.VIEW_BOOKS)
def fund_issue(request, board, kind, pk):
    """Issue a paper of a voucher, a loan, a count or a sharing, for its keeper."""
    found, subject = _subject(request, board, kind, pk)
    return _issue(request, board, found, subject)


# The test of the doors reads it: the voucher of the fund is issued by its keeper.
fund_issue.keeps_book = True


def _issue(request: HttpRequest, board: Board, kind: Kind, subject: Model):
    right = right_to_issue(kind, subject)
    if right not in request.permissions:
        raise PermissionDenied(right)
    braked = ratelimit.consume_or_429(request, action="paper", user=request.user)
    return braked or issue_paper(request, board, kind=kind, subject=subject)


@require_GET
@board_view(Permission.VIEW_BOOKS)
@reads_book
def ledger_papers(request, book):
    """Every statement of a month, to look at and to issue; a way there as a part."""
    months, today = months_of(book), book.board.today()
    # A month is reported once it is over, so the last of these stands first.
    over = next((month for month in months if month.end <= today), months[0])
    month = month_asked(book, request.GET.get("bulan") or over.code)
    context = {
        "book": book,
        "month": month,
        "months": months,
        "rows": statement_rows(book, month),
        "running": month.end > today,
        "may_issue": request.keeps and month.end <= today,
    }
    page, part = "reports/ledger_papers.html", "reports/_ledger_papers.html"
    return render_either(request, page, part, context)


def _statement(request: HttpRequest, book: Book, code: str, asked):
    """Kind and month of the address; 404 for what no statement tells of."""
    kind = next((each for each in statement_kinds(book) if each.code == code), None)
    if kind is None:
        raise Http404("statement")
    if kind.view not in request.permissions:
        raise PermissionDenied(kind.view)
    month = month_asked(book, asked.get("bulan", "")[:10])
    try:
        account = account_wanted(kind, book, read_count(asked.get("akun", "")[:12]))
    except ObjectDoesNotExist as missing:
        raise Http404("account") from missing
    return kind, statement_of(book, month, account)


@require_GET
@brake("paper")
@board_view(Permission.VIEW_BOOKS)
@reads_book
def statement_preview(request, book, code):
    """A draft of a statement, kept nowhere."""
    kind, statement = _statement(request, book, code, request.GET)
    return _preview(request, kind, statement)


@require_GET
@brake("paper")
@board_view(Permission.VIEW_BOOKS)
@reads_book
def statement_workbook(request, book, code):
    """The tables of a statement as a workbook, with the figures of the paper."""
    kind, statement = _statement(request, book, code, request.GET)
    try:
        paper = build_paper(kind, statement, number="", on=book.board.today())
    except RuleViolation as refused:
        return refuse_paper(request, kind, statement, refused)
    name = f"{kind.code}-{statement.month.code}.xlsx"
    return sheets_file(sheets_of(paper), name)


@require_POST
@board_view(Permission.VIEW_BOOKS)
@keeps_book
def statement_issue(request, book, code):
    """Issue a statement of a month; it can be rebuilt as it was printed."""
    kind, asked = _statement(request, book, code, request.POST)
    try:
        statement = open_statement(asked, today=book.board.today())
    except RuleViolation as refused:
        return refuse_paper(request, kind, asked, refused)
    return _issue(request, book.board, kind, statement)


@require_GET
@board_view(Permission.VIEW_BOOKS)
def statement_page(request, board, pk):
    """From an issued statement to the statements of its month."""
    statements = FundStatement.objects.select_related("book")
    statement = get_object_or_404(statements, board=board, pk=pk)
    url = reverse("reports:ledger_papers", args=[board.slug, statement.book.kind])
    return redirect(f"{url}?bulan={statement.month.code}")
