"""Printing a book of the secretary; it is a copy of the records and kept nowhere."""

from django.template.loader import render_to_string

from boards.models import Board
from common.errors import RuleViolation
from reports.builders.register import Register
from reports.render import Document, Rendered, render_pdf
from reports.services.printing import PATIENCE_SECONDS, emblem_of

# About four seconds of layout; a longer book is asked for in parts.
MOST_LINES = 600


def print_register(register: Register, board: Board) -> Rendered:
    """The PDF of a book. Raises RenderFailed, or RuleViolation `book.too_long`."""
    if len(register.lines) > MOST_LINES:
        raise RuleViolation(
            f"Masa ini memuat {len(register.lines)} baris, lebih dari {MOST_LINES}."
            " Pilih masa yang lebih pendek, misalnya satu semester.",
            code="book.too_long",
        )
    html = render_to_string(
        "reports/pdf/buku.html",
        {"book": register, "letterhead": register.letterhead},
    )
    document = Document(
        html=html,
        size=board.paper_size,
        number=f"{register.title}, {register.period}",
        assets=emblem_of(board),
    )
    return render_pdf(document, patience=PATIENCE_SECONDS)
