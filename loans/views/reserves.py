"""The monthly reserve in the browser."""

import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from boards.access import board_view
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.paging import paginate
from common.periods import Period
from ledger.models import Book
from ledger.services import next_month
from loans.services import book_reserve, reserve_of


def next_reserve(book: Book) -> Period:
    """The month whose reserve is booked next: the first open one after the last booked.

    A month that is locked takes no voucher. Raises nothing: a month that still runs is
    shown too.
    """
    month, last = next_month(book), book.reserves.standing().first()
    if not last or last.last_day < month.start:
        return month
    day = last.last_day + datetime.timedelta(days=1)
    return Period.month(day.year, day.month)


def fund_of(board: Board) -> Book | None:
    """The fund's book, or None before it was opened."""
    return Book.objects.filter(board=board, kind=Book.Kind.FUND).first()


@require_GET
@board_view(Permission.VIEW_LOANS)
def reserve_page(request, board):
    """Classes, percents, what is set aside and what is missing; months before."""
    book = fund_of(board)
    if book is None:
        return render(request, "loans/no_book.html", {"title": "Cadangan risiko"})
    book.board = board
    month = next_reserve(book)
    on = min(month.end, board.today())
    rows = book.reserves.select_related("voucher")
    context = {
        "book": book,
        "month": month,
        "on": on,
        "over": month.end <= board.today(),
        "reserve": reserve_of(book, on),
        "page": paginate(rows, request, by="first_day"),
    }
    return render(request, "loans/reserve_page.html", context)


def _seen(request: HttpRequest, book: Book) -> Period:
    """The month that comes next, if it is the one that the page showed.

    Raises RuleViolation `loan.reserve_booked`: another window was faster.
    """
    month = next_reserve(book)
    if request.POST.get("month") != month.code:
        raise RuleViolation(
            "Bulan yang tadi Anda lihat sudah dibukukan atau dibatalkan orang lain."
            f" Lihat dulu {month.label} di bawah ini.",
            code="loan.reserve_booked",
        )
    return month


@require_POST
@board_view(Permission.KEEP_FUND)
@post_once
def reserve_book(request, board):
    """Book the reserve of the month that comes next."""
    book = fund_of(board)
    try:
        if book is None:
            raise RuleViolation("Buka dulu Buku UPK.", code="loan.no_book")
        made = book_reserve(book, month=_seen(request, book), by=request.user)
    except RuleViolation as refused:
        messages.warning(request, str(refused))
    else:
        paper = f" dengan {made.voucher}" if made.voucher else ", tanpa bukti baru"
        messages.success(request, f"Cadangan dibukukan{paper}.")
    return redirect("loans:reserve_page", board.slug)
