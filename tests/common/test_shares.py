"""Shares in percent and in words."""

from decimal import Decimal

from common.shares import percent_of, share_words


def test_a_share_has_two_decimals():
    assert percent_of(1, 3) == Decimal("33.33")
    assert percent_of(2, 3) == Decimal("66.67")
    # Turnout in Desa Darek: 3,018 of 4,748 (governance sheet, section 3.3).
    assert percent_of(3018, 4748) == Decimal("63.56")
    # Half up: 1 of 32 is 3.125 percent.
    assert percent_of(1, 32) == Decimal("3.13")


def test_a_share_of_nothing_is_unknown():
    assert percent_of(1, 0) is None
    assert percent_of(0, 0) is None


def test_a_share_that_is_asked_for_in_figures_and_in_words():
    half = {"numerator": 1, "denominator": 2, "more_than": True}
    assert share_words(**half, spelled=False) == "lebih dari 1/2"
    assert share_words(**half, spelled=True) == "lebih dari separuh"
    least = {"numerator": 2, "denominator": 3, "more_than": False}
    assert share_words(**least, spelled=True) == "paling sedikit dua pertiga"
    odd = {"numerator": 3, "denominator": 5, "more_than": False}
    assert share_words(**odd, spelled=True) == "paling sedikit 3/5"
