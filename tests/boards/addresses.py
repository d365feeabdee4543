"""Addresses of the pages of boards, for tests."""

from django.urls import reverse

from boards.models import Board


def at(view: str, board: Board, **kwargs) -> str:
    """A page of one board."""
    return reverse(f"boards:{view}", kwargs={"board_slug": board.slug, **kwargs})


def over(name: str, region_code: str = "35.20", **kwargs) -> str:
    """A page over a region."""
    return reverse(f"boards:{name}", kwargs={"region_code": region_code, **kwargs})
