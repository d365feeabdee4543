"""Sharing out the profit of a year: each part cut to a step, capital takes the rest.

Pure. Source: revolving-loans sheet §1.5 (R21 and R22).
"""

from collections.abc import Sequence
from decimal import Decimal


def share_profit(
    amount: int, percents: Sequence[Decimal], *, step: int, capital_at: int
) -> list[int]:
    """Rupiah of each purse in the order of `percents`; they add up to `amount`.

    Every part but that of the capital is cut down to whole steps; the capital takes
    what is left. Raises ValueError when the percentages do not make 100, or for an
    amount or a step that is not above zero.
    """
    if sum(percents) != 100 or min(percents, default=Decimal(-1)) < 0:
        raise ValueError("percentages must add up to 100")
    if amount <= 0 or step <= 0:
        raise ValueError("amount and step are above zero")
    parts = [int(amount * percent // 100) // step * step for percent in percents]
    parts[capital_at] = 0
    parts[capital_at] = amount - sum(parts)
    return parts


def available_profit(profit: int, *, past: int) -> int:
    """Rupiah of a year's profit that may be shared, zero for a loss.

    `past` is the result of earlier years that stood in the book before this profit
    was carried; a loss (below zero) is made good first.
    """
    return max(0, profit + min(0, past))
