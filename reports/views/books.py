"""The books of the secretary: their list, two pages, and each as PDF and Excel."""

from django.core.exceptions import PermissionDenied
from django.db.models import Min
from django.http import Http404, HttpRequest
from django.shortcuts import render
from django.views.decorators.http import require_GET

from boards.access import board_view
from boards.brakes import brake
from boards.models import Board
from boards.roles import Permission
from boards.views.sheets import sheet_file
from common.errors import RuleViolation
from common.paging import paginate
from common.periods import Period
from common.sheets import Column as SheetColumn
from common.sheets import Sheet
from deliberations.models import IncomingLetter, Meeting
from deliberations.recap import recap_of
from reports.books import BOOKS, Book, books_for
from reports.builders.attendance_book import note_of, remark_of
from reports.builders.letter_books import kind_word, outgoing_numbers
from reports.builders.register import printed
from reports.number_filters import NumberFilter
from reports.render import RenderFailed
from reports.services.books import print_register
from reports.views.answers import fresh_pdf

YEARS_OFFERED = 6


def years_of(board: Board) -> list[int]:
    """Years from the first that the board wrote anything in to this one, backwards."""
    meetings = Meeting.objects.filter(board=board).ratified()
    letters = IncomingLetter.objects.filter(board=board)
    numbers = outgoing_numbers(board)
    firsts = (
        meetings.aggregate(day=Min("held_on"))["day"],
        letters.aggregate(day=Min("received_on"))["day"],
        numbers.aggregate(day=Min("given_on"))["day"],
    )
    this = board.today().year
    return list(range(this, min([this, *[d.year for d in firsts if d]]) - 1, -1))


def asked_period(request: HttpRequest, board: Board) -> Period:
    """The period of the address; this year without one. A broken one is a 404."""
    code = request.GET.get("masa", "") or f"{board.today().year:04d}"
    try:
        return Period.parse(code)
    except ValueError as unread:
        raise Http404("period") from unread


def _periods(board: Board) -> list[Period]:
    """What may be chosen: the last years, and the halves of each."""
    years = years_of(board)[:YEARS_OFFERED]
    return [
        period
        for year in years
        for period in (
            Period.year(year),
            Period.semester(year, 2),
            Period.semester(year, 1),
        )
    ]


def _choices(board: Board, period: Period) -> list[Period]:
    """The periods of the box, with the one of the address among them."""
    offered = _periods(board)
    return offered if period in offered else [period, *offered]


@require_GET
@board_view(Permission.VIEW_PAPERS)
def book_list(request, board):
    """The books of the secretary: the page of each, and a period of it to print."""
    period = asked_period(request, board)
    context = {
        "books": books_for(request.permissions),
        "period": period,
        "periods": _choices(board, period),
    }
    return render(request, "reports/book_list.html", context)


@require_GET
@board_view(Permission.VIEW_PAPERS)
def outgoing_list(request, board):
    """Every number that was given, newest first; cancelled ones stay."""
    numbers, years = outgoing_numbers(board), years_of(board)
    codes = numbers.order_by("kind").values_list("kind", flat=True).distinct()
    kinds = [(code, kind_word(code)) for code in codes]
    asked = NumberFilter(request.GET, numbers, kinds=kinds, years=years)
    page = paginate(asked.qs, request, by="given_on")
    context = {
        "page": page,
        "rows": [(number, kind_word(number.kind)) for number in page.rows],
        "kinds": kinds,
        "years": years,
        "wanted": asked.wanted,
        "chips": asked.chips(),
    }
    return render(request, "reports/outgoing_list.html", context)


@require_GET
@board_view(Permission.VIEW_MEMBERS)
def attendance_recap(request, board):
    """How often each member came to the members' meetings of a period."""
    period = asked_period(request, board)
    recap = recap_of(board, period)
    context = {
        "recap": recap,
        "rows": [(row, remark_of(row)) for row in recap.rows],
        "note": note_of(recap),
        "period": period,
        "periods": _choices(board, period),
    }
    return render(request, "reports/attendance_recap.html", context)


def _book(request: HttpRequest, code: str) -> Book:
    """The book of the address, behind the right that reads it."""
    book = BOOKS.get(code)
    if book is None or book.build is None:
        raise Http404("book")
    if book.permission not in request.permissions:
        raise PermissionDenied(book.permission)
    return book


@require_GET
@brake("paper")
@board_view(Permission.VIEW_PAPERS)
def book_print(request, board, book):
    """One period of a book as PDF, printed for this request."""
    book, period = _book(request, book), asked_period(request, board)
    table = book.build(board, period)
    register = printed(
        table, title=book.title, board=board, period=period, on=board.today()
    )
    try:
        rendered = print_register(register, board)
    except (RuleViolation, RenderFailed) as refused:
        status = 503 if isinstance(refused, RenderFailed) else 409
        context = {"book": book, "reason": str(refused)}
        return render(request, "reports/book_refused.html", context, status=status)
    return fresh_pdf(rendered, f"{book.code}-{period.code}.pdf")


@require_GET
@board_view(Permission.VIEW_PAPERS)
def book_sheet(request, board, book):
    """One period of a book as an Excel sheet."""
    book, period = _book(request, book), asked_period(request, board)
    table = book.build(board, period)
    columns = [SheetColumn(each.title, each.characters) for each in table.columns]
    sheet = Sheet(book.title[:31], columns, table.rows)
    return sheet_file(sheet, f"{book.code}-{period.code}.xlsx")
