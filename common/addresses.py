"""Addresses that are asked for again and again."""

from collections.abc import Callable
from functools import lru_cache

from django.urls import NoReverseMatch, reverse


@lru_cache(maxsize=8192)
def known_address(url_name: str, **kwargs: str) -> str:
    """An address of a board, a region or the frame; every page asks for a dozen."""
    return reverse(url_name, kwargs=kwargs)


def row_address(url_name: str, **kwargs: str) -> Callable[[int], str]:
    """The address of every row of a list, for the price of one: its key stands last."""
    start = reverse(url_name, kwargs={**kwargs, "pk": 0}).removesuffix("0/")
    return lambda pk: f"{start}{pk}/"


@lru_cache(maxsize=8192)
def possible_address(url_name: str, **kwargs: str | int) -> str:
    """An address of a room that may not be built in here; "" without one."""
    try:
        return reverse(url_name, kwargs=kwargs)
    except NoReverseMatch:
        return ""
