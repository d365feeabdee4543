"""Notes to the accounts on screen, and the text that the keeper adds for a year."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from ledger.forms import NoteForm
from ledger.models import YearClose, YearNote
from ledger.services import write_note
from ledger.spans import day_asked
from ledger.views.doors import keeps_book, reads_book
from reports.builders.ledger_notes import notes_of


@require_GET
@board_view(Permission.VIEW_BOOKS)
@reads_book
def note_page(request, book):
    """Catatan atas laporan keuangan of a book on a day."""
    typed = request.GET.get("tanggal", "")[:40]
    day, problem = day_asked(book, typed)
    closed = YearClose.objects.filter(book=book, year__gte=day.year).exists()
    context = {
        "book": book,
        "day": day,
        "typed": typed,
        "problem": problem,
        "grids": notes_of(book, day),
        "may_write": request.keeps and not closed,
    }
    return render(request, "reports/ledger_notes.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.VIEW_BOOKS)
@keeps_book
@post_once
def note_write(request, book, year):
    """What the keeper adds for a year, until it is closed."""
    if year not in range(book.opened_on.year, book.board.today().year + 1):
        raise Http404("year")
    note = YearNote.objects.filter(book=book, year=year).first()
    kept = {"text": note.text, "revision": note.revision} if note else {"revision": 0}
    form = NoteForm(request.POST or None, initial=kept)
    if form.is_valid():
        try:
            write_note(book, year=year, **form.cleaned_data, by=request.user)
        except RuleViolation as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Catatan {year} tersimpan.")
            url = reverse("reports:note_page", args=[book.board.slug, book.kind])
            today = book.board.today()
            return redirect(
                url if year == today.year else f"{url}?tanggal=31-12-{year}"
            )
    context = {"book": book, "year": year, "form": form}
    return render(request, "reports/ledger_note_write.html", context)
