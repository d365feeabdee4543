"""The book of letters that came in: list, one letter, recording, correcting."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.files import check_quota, fresh_bytes
from boards.forms import EditConflict
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from boards.uploads import read_receipt
from boards.views.conflict import conflict_page
from common.errors import RuleViolation
from common.paging import paginate
from deliberations.forms import LetterCancelForm, LetterForm
from deliberations.letter_filters import LetterFilter
from deliberations.models import IncomingLetter
from deliberations.services.letters import (
    Scan,
    cancel_letter,
    change_letter,
    record_letter,
    refuse_cancelled,
)

_FIELDS = {"letter.future": "received_on", "letter.other_year": "received_on"}


@require_GET
@board_view(Permission.VIEW_LETTERS)
def letter_list(request, board):
    """Letters that came in, newest first; a cancelled entry stays in the book."""
    letters = IncomingLetter.objects.filter(board=board)
    years = [day.year for day in letters.dates("received_on", "year", order="DESC")]
    asked = LetterFilter(request.GET, letters, years=years)
    page = paginate(asked.qs, request, by="received_on")
    context = {
        "page": page,
        "wanted": asked.wanted,
        "years": years,
        "states": LetterFilter.STATES,
        "chips": asked.chips(),
    }
    return render(request, "deliberations/letter_list.html", context)


def letter_of(board: Board, pk: int) -> IncomingLetter:
    """A letter of this board."""
    letters = IncomingLetter.objects.select_related(
        "number", "file", "meeting", "decision", "created_by"
    )
    letter = get_object_or_404(letters, board=board, pk=pk)
    letter.board = board
    return letter


@require_GET
@board_view(Permission.VIEW_LETTERS)
def letter_page(request, board, pk):
    """One letter with its scan, its disposition and what became of it."""
    context = {"letter": letter_of(board, pk)}
    return render(request, "deliberations/letter_page.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LETTERS)
def letter_new(request, board):
    """Enter a letter; its scan is looked at before the number is given."""
    first = {"received_on": board.today()}
    form = LetterForm(
        request.POST or None, request.FILES or None, board=board, initial=first
    )
    if form.is_valid():
        try:
            return _store(request, board, form=form, letter=None)
        except ValidationError as refused:
            _tell(form, refused)
    return render(request, "deliberations/letter_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LETTERS)
def letter_edit(request, board, pk):
    """Correct a letter, or add what became of it."""
    letter = letter_of(board, pk)
    shown = {"board": board, "initial": LetterForm.shown(letter)}
    form = LetterForm(request.POST or None, request.FILES or None, **shown)
    if form.is_valid():
        try:
            refuse_cancelled(letter)
            return _store(request, board, form=form, letter=letter)
        except EditConflict as clash:
            return conflict_page(request, form, clash, back_url=request.path)
        except ValidationError as refused:
            _tell(form, refused)
    context = {"form": form, "letter": letter}
    return render(request, "deliberations/letter_form.html", context)


def _tell(form: LetterForm, refused: ValidationError) -> None:
    """Say a refusal at its field."""
    code = getattr(refused, "code", "") or ""
    field = "file" if code.startswith("files.") else _FIELDS.get(code)
    form.add_error(field, refused.messages)


def _store(request, board, *, form, letter):
    """Read the scan and write it, if there is one; then write the row."""
    upload, scan = form.cleaned_data["file"], None
    with fresh_bytes() as fresh:
        if upload:
            file = read_receipt(upload, zone=board.time_zone)
            check_quota([file], board=board, by=request.user)
            scan = Scan(file, fresh.put(file.data))
        return _keep(request, board, form=form, letter=letter, scan=scan)


@post_once
def _keep(request, board, *, form, letter, scan):
    how = {"facts": form.facts(), "scan": scan, "on": board.today(), "by": request.user}
    if letter:
        seen = form.cleaned_data["revision"] or 0
        letter = change_letter(letter, seen_revision=seen, **how)
        messages.success(request, "Catatan surat tersimpan.")
    else:
        letter = record_letter(board, **how)
        messages.success(request, f"Surat tercatat, nomor agenda {letter.number_text}.")
    return redirect("deliberations:letter_page", board.slug, letter.pk)


@require_http_methods(["GET", "POST"])
@board_view(Permission.EDIT_LETTERS)
@post_once
def letter_cancel(request, board, pk):
    """Strike a wrong entry out; asks on a page of its own, with the reason."""
    letter = letter_of(board, pk)
    form = LetterCancelForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            cancel_letter(letter, reason=reason, on=board.today(), by=request.user)
        except RuleViolation as violation:
            form.add_error(None, violation)
        else:
            messages.success(request, "Surat dibatalkan. Nomornya tetap tercatat.")
            return redirect("deliberations:letter_page", board.slug, pk)
    context = {"letter": letter, "form": form}
    return render(request, "deliberations/letter_cancel.html", context)
