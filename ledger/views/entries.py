"""Writing vouchers: opening balances, the plain forms, the journal of the pembuku."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from boards.access import board_view
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.money import format_rupiah
from ledger.forms import EntryForm, JournalSheet, OpeningForm
from ledger.plain import BY_CODE, forms_for
from ledger.rights import may_write_journal
from ledger.services import (
    journal_draft,
    opening_voucher,
    plain_draft,
    write_journal,
    write_opening,
    write_plain,
)
from ledger.views.doors import keeps_book
from ledger.views.kept import kept_of

# A form is typed, looked at as the voucher it will be, then written.
CHECK, WRITE = "periksa", "catat"
_AT_DAY = ("ledger.future", "ledger.before_opening", "ledger.month_closed")


def _field_of(refused: RuleViolation) -> str | None:
    """Beside which field of a plain form a refusal stands."""
    if refused.code in _AT_DAY:
        return "dated"
    return "amount" if refused.code == "ledger.too_little_money" else None


def _done(book, voucher):
    return redirect("ledger:voucher_done", book.board.slug, book.kind, voucher.pk)


@require_http_methods(["GET", "POST"])
@board_view(Permission.VIEW_BOOKS)
@keeps_book
@post_once
def entry_new(request, book, code):
    """One plain form: typed, checked as the voucher it makes, written."""
    plain = BY_CODE.get(code)
    if plain not in forms_for(book.kind):
        raise Http404("form")
    first = {"dated": book.board.today()}
    form = EntryForm(request.POST or None, plain=plain, book=book, initial=first)
    context = {"form": form, "plain": plain, "book": book}
    step = request.POST.get("step")
    if form.is_valid() and step in (CHECK, WRITE):
        try:
            if step == WRITE:
                made = write_plain(book, code, **form.facts(), by=request.user)
                return _done(book, made)
            context["draft"] = plain_draft(book, code, **form.facts())
            return render(request, "ledger/entry_check.html", context)
        except RuleViolation as refused:
            form.add_error(_field_of(refused), refused)
    return render(request, "ledger/entry_new.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.VIEW_BOOKS)
@keeps_book
@post_once
def journal_new(request, book):
    """A voucher account by account, for the pembuku."""
    if not may_write_journal(request.user, book):
        raise PermissionDenied("journal")
    first = {"dated": book.board.today()}
    sheet = JournalSheet(book, data=request.POST or None, initial=first)
    context = {"sheet": sheet, "book": book}
    step = request.POST.get("step")
    if step in (CHECK, WRITE) and sheet.is_valid():
        try:
            if step == WRITE:
                return _done(
                    book, write_journal(book, **sheet.facts(), by=request.user)
                )
            draft = journal_draft(book, **sheet.facts())
            context |= {"draft": draft, "second": True}
            return render(request, "ledger/journal_check.html", context)
        except RuleViolation as refused:
            sheet.tell(refused)
    return render(request, "ledger/journal_new.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.VIEW_BOOKS)
@keeps_book
@post_once
def opening(request, book):
    """What each account held on the day the book was opened."""
    there = opening_voucher(book)
    if there and request.method == "GET":
        return redirect("ledger:voucher_page", book.board.slug, book.kind, there.pk)
    kept = kept_of(request, book, "ledger.opening", "saldo-awal")
    form = OpeningForm(request.POST or None, book=book, initial=kept.typed)
    context = {"form": form, "book": book, "kept": kept}
    step = request.POST.get("step")
    if form.is_valid() and step == CHECK:
        context |= {"rows": _opening_rows(form), "assets": form.sums()[0]}
        return render(request, "ledger/opening_check.html", context)
    if form.is_valid() and step == WRITE:
        try:
            made = write_opening(book, amounts=form.amounts(), by=request.user)
        except RuleViolation as refused:
            form.add_error(None, refused)
        else:
            kept.drop()
            return _done(book, made)
    return render(request, "ledger/opening.html", context)


def _opening_rows(form: OpeningForm) -> list[dict]:
    """What was filled in, as a summary."""
    return [
        {"label": account.name, "value": format_rupiah(amount)}
        for account, amount in form.amounts().items()
        if amount
    ]
