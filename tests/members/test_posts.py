"""Posts of units and which of them stay apart, without a database."""

from datetime import date

import pytest

from members import posts
from members.models import Appointment, Unit
from members.terms import Span


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("BOARD", "UPK", True),
        ("UPL", "BOARD", True),
        ("BOARD", "SECRETARIAT", True),
        ("SECRETARIAT", "UPS", True),
        ("SUPERVISORS", "UPK", True),
        ("SUPERVISORS", "BOARD", False),
        ("SUPERVISORS", "UPL", False),
        ("BOARD", "ADVISERS", False),
        ("UPK", "UPL", False),
        ("UPK", "UPK", False),
    ],
)
def test_what_stays_apart_does_so_both_ways(one, other, apart):
    assert posts.may_not_double(one, other) is apart
    assert posts.may_not_double(other, one) is apart


def test_every_kind_of_unit_has_posts_that_exist():
    known = set(Appointment.Post.values)

    assert set(posts.POSTS) == set(Unit.Kind.values)
    assert {post for row in posts.POSTS.values() for post in row} == known


def test_a_post_without_end_goes_on():
    span = posts.span_of(date(2026, 1, 1), None)

    assert span.meets(Span(date(2199, 1, 1), date(2199, 1, 2)))
    assert posts.span_of(date(2026, 1, 1), date(2026, 1, 5)).end == date(2026, 1, 5)


def test_the_leading_post_stands_first():
    assert posts.place_of("UPK", "MANAGER") == 0
    assert posts.place_of("UPK", "OFFICER") == 3
    assert posts.place_of("UPK", "HEAD") == 4
