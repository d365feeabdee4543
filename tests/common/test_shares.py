"""Shares in percent."""

from decimal import Decimal

from common.shares import percent_of


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
