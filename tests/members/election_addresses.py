"""Addresses of an election, and its pages as words."""

from django.urls import reverse

NBSP = "\N{NO-BREAK SPACE}"


def url(name: str, row=None) -> str:
    """A page about a row, or of its board."""
    board = getattr(row, "board", None) or row.area.board
    return reverse(f"members:{name}", args=[board.slug, row.pk])


def words(page) -> str:
    return page.text.replace(NBSP, " ")
