"""Cursors come from addresses: what no database takes is not found, never a fault."""

import base64
import contextlib

import pytest
from django.http import Http404
from django.test import RequestFactory

from boards.models import AuditEvent, Board
from common.paging import (
    decode_name_cursor,
    encode_name_cursor,
    paginate,
    paginate_by_name,
)

EDGES = ("0001-01-01T00:00:00", "9999-12-31T23:59:59.999999")
ZONES = ("", "+00:00", "+14:00", "-12:00")


def packed(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


def test_a_name_comes_back_as_it_was():
    assert decode_name_cursor(encode_name_cursor("Guyub", 7)) == ("Guyub", 7)


@pytest.mark.parametrize(
    "text",
    [
        '["\\ud800", 1]',
        '["a\\u0000", 1]',
        '["a", 9223372036854775808]',
        '["a", -9223372036854775809]',
        '["a", 1e3]',
        '["a", "1"]',
        '[["a"], 1]',
        '["a", 1, 2]',
        "[" * 900,
        "9" * 5000,
        "{}",
        "null",
        "",
    ],
)
def test_a_broken_name_cursor_is_not_found(text):
    with pytest.raises(Http404):
        decode_name_cursor(packed(text))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["sesudah", "sebelum"])
@pytest.mark.parametrize("key", ["1", "-1", "9" * 19, "9" * 40, "-" + "9" * 40])
@pytest.mark.parametrize("day", [f"{edge}{zone}" for edge in EDGES for zone in ZONES])
def test_a_moment_at_the_edge_of_the_calendar_is_no_fault(name, key, day):
    request = RequestFactory().get("/", {name: packed(f"{day}|{key}")})

    with contextlib.suppress(Http404):
        assert paginate(AuditEvent.objects.all(), request, by="at").rows == []


@pytest.mark.django_db
def test_the_largest_key_is_still_a_place_in_the_list():
    request = RequestFactory().get(
        "/", {"sesudah": encode_name_cursor("a", 9223372036854775807)}
    )

    assert paginate_by_name(Board.objects.all(), request).rows == []
