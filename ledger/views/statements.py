"""The books and statements on screen, each for a month or a day."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from boards.access import board_view
from boards.roles import Permission
from common.addresses import possible_address
from common.periods import Period
from ledger.chart import Use
from ledger.models import Account, Book
from ledger.spans import day_asked, month_asked, months_of
from ledger.statements import (
    account_book,
    balance_sheet,
    day_journal,
    equity_change,
    income,
)
from ledger.views.doors import reads_book

# Word of the address, kind of the vouchers, name of the journal.
JOURNALS = {
    "uang-masuk": ("BKM", "Catatan uang masuk (CUM)"),
    "uang-keluar": ("BKK", "Catatan uang keluar (CUK)"),
}


def _shown(request: HttpRequest, page: str, book: Book, **facts) -> HttpResponse:
    """A statement page; its papers come from the room above once it prints them."""
    papers = possible_address(
        "reports:ledger_papers", board_slug=book.board.slug, kind=book.kind
    )
    shared = {"book": book, "months": months_of(book), "paper_url": papers}
    return render(request, page, shared | facts)


@require_GET
@board_view(Permission.VIEW_BOOKS)
@reads_book
def statement_list(request, book):
    """All books and statements, with what each is for."""
    money = {"cash", "bank", "savings_bank"}
    accounts = list(book.accounts.all())
    context = {
        "book": book,
        "money": [account for account in accounts if account.use in money],
        "accounts": accounts,
        "note_url": possible_address(
            "reports:note_page", board_slug=book.board.slug, kind=book.kind
        ),
    }
    return render(request, "ledger/statement_list.html", context)


@require_GET
@board_view(Permission.VIEW_BOOKS)
@reads_book
def cash_book(request, book):
    """Buku Harian Kas of a month."""
    return _of_account(request, book, book.accounts.of_use(Use.CASH))


@require_GET
@board_view(Permission.VIEW_BOOKS)
@reads_book
def account_book_page(request, book, pk):
    """Buku Besar, or Buku Bank, of one account in a month."""
    account = get_object_or_404(Account, book=book, pk=pk)
    return _of_account(request, book, account)


def _of_account(request: HttpRequest, book: Book, account: Account) -> HttpResponse:
    month = month_asked(book, request.GET.get("bulan", ""))
    facts = account_book(account, month)
    money = account.use in (Use.CASH, Use.BANK, Use.SAVINGS_BANK)
    titles = {Use.CASH: "Buku harian kas", Use.BANK: "Buku bank"}
    title = titles.get(account.use, "Buku bank" if money else "Buku besar")
    return _shown(
        request,
        "ledger/account_book.html",
        book,
        facts=facts,
        span=month,
        title=title,
        money=money,
    )


@require_GET
@board_view(Permission.VIEW_BOOKS)
@reads_book
def journal_page(request, book, journal):
    """Catatan Uang Masuk or Keluar of a month."""
    if journal not in JOURNALS:
        raise Http404("journal")
    kind, title = JOURNALS[journal]
    month = month_asked(book, request.GET.get("bulan", ""))
    facts = day_journal(book, kind, month)
    return _shown(
        request, "ledger/day_journal.html", book, facts=facts, span=month, title=title
    )


@require_GET
@board_view(Permission.VIEW_BOOKS)
@reads_book
def balance_page(request, book):
    """Neraca at the end of a day."""
    typed = request.GET.get("tanggal", "")[:40]
    day, problem = day_asked(book, typed)
    facts = balance_sheet(book, day)
    return _shown(
        request, "ledger/balance.html", book, facts=facts, typed=typed, problem=problem
    )


@require_GET
@board_view(Permission.VIEW_BOOKS)
@reads_book
def income_page(request, book):
    """Laba Rugi of a month, and of its year so far."""
    month = month_asked(book, request.GET.get("bulan", ""))
    return _shown(
        request, "ledger/income.html", book, facts=income(book, month), span=month
    )


@require_GET
@board_view(Permission.VIEW_BOOKS)
@reads_book
def equity_page(request, book):
    """Perubahan Modal from New Year to the end of a month."""
    month = month_asked(book, request.GET.get("bulan", ""))
    span = Period(month.start.replace(month=1, day=1), month.end)
    facts = equity_change(book, span)
    return _shown(request, "ledger/equity.html", book, facts=facts, span=month)
