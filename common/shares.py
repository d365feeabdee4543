"""A part of a whole in percent. Pure."""

from decimal import ROUND_HALF_UP, Decimal


def percent_of(part: int, whole: int) -> Decimal | None:
    """Share in percent, two decimals, half up; None of nothing."""
    if not whole:
        return None
    share = Decimal(part) * 100 / Decimal(whole)
    return share.quantize(Decimal("0.01"), ROUND_HALF_UP)
