"""Sharing out a year's profit: figures of the sheet §1.5, remainders, refusals."""

from decimal import Decimal

import pytest

from loans.profit import available_profit, share_profit


def shares(amount, *percents, step=1_000, capital_at=0):
    values = [Decimal(value) for value in percents]
    return share_profit(amount, values, step=step, capital_at=capital_at)


def test_karangtengah_2015():
    """R21: social 15, institution 35, capital 50; capital takes the remainder."""
    assert shares(522_101_425, "15", "35", "50", capital_at=2) == [
        78_315_000,
        182_735_000,
        261_051_425,
    ]


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        # Shares below one step go to the capital whole.
        (999, [999, 0, 0, 0, 0]),
        # 20 of 12.345.678 is 2.469.135,6; 10: 1.234.567,8; 15: 1.851.851,7; 5: 617.283.
        (12_345_678, [6_174_678, 2_469_000, 1_234_000, 1_851_000, 617_000]),
    ],
)
def test_parts_are_cut_down_and_capital_takes_the_rest(amount, expected):
    found = shares(amount, "50", "20", "10", "15", "5")

    assert found == expected
    assert sum(found) == amount


@pytest.mark.parametrize(
    "percents", [("50", "49.99"), ("50", "50.01"), ("110", "-10"), ()]
)
def test_percentages_make_a_hundred(percents):
    with pytest.raises(ValueError, match="100"):
        shares(1_000_000, *percents)


def test_nothing_is_not_shared():
    with pytest.raises(ValueError, match="above zero"):
        shares(0, "100")
    with pytest.raises(ValueError, match="above zero"):
        shares(5, "100", step=0)


@pytest.mark.parametrize(
    ("profit", "past", "expected"),
    [
        (450_000, 0, 450_000),
        (450_000, 80_000, 450_000),
        (450_000, -150_000, 300_000),
        (450_000, -450_000, 0),
        (450_000, -900_000, 0),
        (-5, 0, 0),
    ],
)
def test_old_losses_are_made_good_first(profit, past, expected):
    assert available_profit(profit, past=past) == expected
