"""Keyset paging: newer and older by the last row seen, never by page number."""

import base64
import binascii
import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import DateTimeField, Model, Q, QuerySet
from django.http import Http404, HttpRequest

PAGE_SIZE = 25
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class Page:
    """One page of rows, newest first, with the cursors to its neighbours."""

    rows: list
    newer: str
    older: str

    @property
    def alone(self) -> bool:
        """True when there is nothing before or after."""
        return not (self.newer or self.older)


def encode_cursor(day: datetime.date | datetime.datetime, pk: int) -> str:
    """Pack a row's place in the order into an opaque, URL-safe text."""
    return base64.urlsafe_b64encode(f"{day.isoformat()}|{pk}".encode()).decode()


def decode_cursor(
    text: str, *, moments: bool = False
) -> tuple[datetime.date | datetime.datetime, int]:
    """Unpack a cursor; a broken one is an address that does not exist (404).

    `moments` says that the column holds aware times; otherwise it holds days.
    """
    try:
        day, pk = base64.urlsafe_b64decode(text.encode()).decode().split("|")
        if not moments:
            return datetime.date.fromisoformat(day), int(pk)
        return datetime.datetime.fromisoformat(day).astimezone(datetime.UTC), int(pk)
    except (ValueError, OverflowError, binascii.Error, UnicodeError) as broken:
        raise Http404("cursor") from broken


def paginate(
    rows: QuerySet, request: HttpRequest, *, by: str, size: int = PAGE_SIZE
) -> Page:
    """Cut one page of `rows`, newest `by` first, at `?sesudah=` or `?sebelum=`.

    The predicate `d <= x AND NOT (d = x AND id >= y)` lets both databases walk one
    index however deep the page is.
    """
    older_than, newer_than = request.GET.get("sesudah"), request.GET.get("sebelum")
    moments = isinstance(rows.model._meta.get_field(by), DateTimeField)
    if newer_than:
        day, pk = decode_cursor(newer_than, moments=moments)
        ahead = rows.filter(**{f"{by}__gte": day}).exclude(
            Q(**{by: day}) & Q(pk__lte=pk)
        )
        found = list(ahead.order_by(by, "pk")[: size + 1])
        more_newer, more_older = len(found) > size, True
        found = found[:size][::-1]
    else:
        if older_than:
            day, pk = decode_cursor(older_than, moments=moments)
            rows = rows.filter(**{f"{by}__lte": day}).exclude(
                Q(**{by: day}) & Q(pk__gte=pk)
            )
        found = list(rows.order_by(f"-{by}", "-pk")[: size + 1])
        more_newer, more_older = bool(older_than), len(found) > size
        found = found[:size]
    if not found:
        return Page([], "", "")
    first, last = found[0], found[-1]
    return Page(
        rows=found,
        newer=encode_cursor(getattr(first, by), first.pk) if more_newer else "",
        older=encode_cursor(getattr(last, by), last.pk) if more_older else "",
    )


def _row_at(rows: QuerySet, pk: str) -> Model:
    """The row that a neighbour's cursor names; one that is gone is a 404."""
    found = rows.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None
    if found is None:
        raise Http404("cursor")
    return found


def paginate_up(
    rows: QuerySet, request: HttpRequest, *, by: str, size: int = PAGE_SIZE
) -> Page:
    """Cut one page of `rows` in the rising order of `by`, as of names and codes.

    The cursor is only the key of a row, since a name does not belong into an address;
    `newer` holds the cursor to the page before, `older` to the page after.
    """
    after, before = request.GET.get("sesudah"), request.GET.get("sebelum")
    if before:
        edge = _row_at(rows, before)
        value = getattr(edge, by)
        ahead = rows.filter(**{f"{by}__lte": value}).exclude(
            Q(**{by: value}) & Q(pk__gte=edge.pk)
        )
        found = list(ahead.order_by(f"-{by}", "-pk")[: size + 1])
        more_before, more_after = len(found) > size, True
        found = found[:size][::-1]
    else:
        if after:
            edge = _row_at(rows, after)
            value = getattr(edge, by)
            rows = rows.filter(**{f"{by}__gte": value}).exclude(
                Q(**{by: value}) & Q(pk__lte=edge.pk)
            )
        found = list(rows.order_by(by, "pk")[: size + 1])
        more_before, more_after = bool(after), len(found) > size
        found = found[:size]
    if not found:
        return Page([], "", "")
    return Page(
        rows=found,
        newer=str(found[0].pk) if more_before else "",
        older=str(found[-1].pk) if more_after else "",
    )


def encode_name_cursor(name: str, pk: int) -> str:
    """Pack a row's place in an alphabetical list."""
    return base64.urlsafe_b64encode(json.dumps([name, pk]).encode()).decode()


def decode_name_cursor(text: str) -> tuple[str, int]:
    """Unpack it; a broken one is an address that does not exist (404)."""
    try:
        name, pk = json.loads(base64.urlsafe_b64decode(text.encode()))
        name.encode()  # a lone surrogate is no text
    except (AttributeError, ValueError, TypeError, RecursionError) as broken:
        raise Http404("cursor") from broken
    if not isinstance(pk, int) or "\0" in name or abs(pk) > LARGEST_KEY:
        raise Http404("cursor")
    return name, pk


def paginate_by_name(
    rows: QuerySet, request: HttpRequest, *, by: str = "name", size: int = PAGE_SIZE
) -> Page:
    """Cut one page of `rows` in the order of the alphabet, by the same two cursors.

    `newer` leads back towards A, `older` on towards Z.
    """
    cursor = encode_name_cursor, decode_name_cursor
    return _paginate_rising(rows, request, by, size, cursor)


def paginate_by_day(
    rows: QuerySet, request: HttpRequest, *, by: str, size: int = PAGE_SIZE
) -> Page:
    """Cut one page of `rows`, the earliest day `by` first; the day is never empty.

    The cursor holds the day itself, so it leads on when its row left the list.
    """
    return _paginate_rising(rows, request, by, size, (encode_cursor, decode_cursor))


def _paginate_rising(
    rows: QuerySet,
    request: HttpRequest,
    by: str,
    size: int,
    cursor: tuple[Callable, Callable],
) -> Page:
    encode, decode = cursor
    after, before = request.GET.get("sesudah"), request.GET.get("sebelum")
    if before:
        value, pk = decode(before)
        rows = rows.filter(Q(**{f"{by}__lt": value}) | Q(**{by: value}, pk__lt=pk))
        found = list(rows.order_by(f"-{by}", "-pk")[: size + 1])
        back, onward = len(found) > size, True
        found = found[:size][::-1]
    else:
        if after:
            value, pk = decode(after)
            rows = rows.filter(Q(**{f"{by}__gt": value}) | Q(**{by: value}, pk__gt=pk))
        found = list(rows.order_by(by, "pk")[: size + 1])
        back, onward = bool(after), len(found) > size
        found = found[:size]
    if not found:
        return Page([], "", "")
    first, last = found[0], found[-1]
    return Page(
        rows=found,
        newer=encode(getattr(first, by), first.pk) if back else "",
        older=encode(getattr(last, by), last.pk) if onward else "",
    )
