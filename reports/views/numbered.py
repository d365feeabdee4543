"""From a number to the page of its record."""

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from boards.access import board_view
from boards.models import LetterNumber
from boards.roles import Permission
from reports.numbered import page_of


@require_GET
@board_view(Permission.VIEW_PAPERS)
def numbered(request, board, pk):
    """Lead on to what bears this number of the board."""
    number = get_object_or_404(LetterNumber, board=board, pk=pk)
    number.board = board
    return redirect(page_of(number))
