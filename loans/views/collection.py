"""One round along the groups: the sheet to take along, and the form to type it back."""

import datetime

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from boards.access import board_view
from boards.models import Board
from boards.roles import Permission
from boards.submissions import post_once
from common.errors import RuleViolation
from common.money import format_rupiah
from loans.collection import expected_until, round_asked, typed_beside
from loans.forms import CollectionForm
from loans.services import RowRefused, receive_collection
from loans.views.receipts import field_of


def _asked(request, board: Board) -> tuple[datetime.date, str]:
    """Until which day the sheet asks, and why the typed one was not taken."""
    return round_asked(request.GET.get("sampai", ""), today=board.today())


@require_GET
@board_view(Permission.VIEW_LOANS)
def collection_sheet(request, board):
    """Groups to visit until a day, what each is asked for, room for what it gave."""
    day, problem = _asked(request, board)
    rows = expected_until(board, day, today=board.today())
    context = {
        "rows": rows,
        "day": day,
        "problem": problem,
        "arrears": sum(row.arrears for row in rows),
        "coming": sum(row.coming for row in rows),
        "penalty": sum(row.penalty for row in rows),
        "savings": sum(row.savings for row in rows),
        "beside": any(row.beside for row in rows),
        "total": sum(row.total for row in rows),
    }
    return render(request, "loans/collection_sheet.html", context)


@require_http_methods(["GET", "POST"])
@board_view(Permission.KEEP_FUND)
@post_once
def collection_new(request, board):
    """The sheet typed back: every line a receipt of its own, or none."""
    day, _problem = _asked(request, board)
    rows = expected_until(board, day, today=board.today())
    beside = typed_beside(board, request.POST, rows)
    facts = {"rows": rows, "beside": beside, "initial": {"on": board.today()}}
    form = CollectionForm(request.POST or None, **facts)
    if form.is_valid():
        try:
            facts = {name: form.cleaned_data[name] for name in ("on", "source")}
            made = receive_collection(
                board, rows=form.collected(), by=request.user, **facts
            )
            total = format_rupiah(sum(receipt.amount for receipt in made))
            messages.success(request, f"{len(made)} setoran tercatat, {total}.")
            return redirect("loans:receipt_list", board.slug)
        except RowRefused as refused:
            name = field_of(refused) if field_of(refused) == "on" else None
            name = name or f"amount{refused.loan.pk}"
            form.add_error(name, str(refused))
        except RuleViolation as refused:
            form.add_error("counted", refused)
    return render(request, "loans/collection_new.html", {"form": form, "day": day})
