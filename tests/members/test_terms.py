"""Days of terms and the make-up of a board, worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from members.terms import Makeup, Span, fullest_day, usual_end


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2025, 3, 14), date(2028, 3, 13)),
        (date(2025, 1, 1), date(2027, 12, 31)),
        (date(2025, 3, 1), date(2028, 2, 29)),
        (date(2024, 2, 29), date(2027, 2, 28)),
    ],
)
def test_a_term_is_three_years_less_a_day(start, end):
    assert usual_end(start) == end


def test_spans_meet_when_they_share_one_day():
    first = Span(date(2025, 1, 1), date(2025, 6, 30))

    assert first.meets(Span(date(2025, 6, 30), date(2025, 12, 31)))
    assert not first.meets(Span(date(2025, 7, 1), date(2025, 12, 31)))


def test_the_fullest_day_is_the_first_on_which_most_meet():
    spans = [
        Span(date(2025, 1, 1), date(2025, 6, 30)),
        Span(date(2025, 6, 30), date(2025, 12, 31)),
        Span(date(2025, 6, 1), date(2025, 7, 31)),
        Span(date(2026, 1, 1), date(2026, 12, 31)),
    ]
    year = Span(date(2025, 1, 1), date(2025, 12, 31))

    assert fullest_day(spans, year) == (3, date(2025, 6, 30))
    assert fullest_day(spans, Span(date(2025, 7, 1), date(2026, 1, 31))) == (
        2,
        date(2025, 7, 1),
    )
    assert fullest_day([], year) == (0, date(2025, 1, 1))


def test_a_span_holds_itself_but_not_a_day_more():
    term = Span(date(2025, 1, 1), date(2025, 12, 31))

    assert term.holds(term)
    assert not term.holds(Span(date(2025, 1, 1), date(2026, 1, 1)))
    assert not term.holds(Span(date(2024, 12, 31), date(2025, 1, 1)))


def test_share_of_women_is_rounded_to_two_places():
    # 4 of 13 = 30.769…; 3 of 11 = 27.272…
    assert Makeup(men=9, women=4).women_percent == Decimal("30.77")
    assert Makeup(men=8, women=3).women_percent == Decimal("27.27")


def test_hints_speak_of_women_and_even_numbers():
    assert Makeup(men=8, women=3, target=Decimal(30)).below_target
    assert not Makeup(men=7, women=3, target=Decimal(30)).below_target
    assert Makeup(men=6, women=4).even
    assert not Makeup(men=0, women=0).even
    assert not Makeup(men=0, women=0, target=Decimal(30)).below_target
