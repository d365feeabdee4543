"""Parts of a whole: in percent, and a share asked for as words. Pure."""

from decimal import ROUND_HALF_UP, Decimal


def percent_of(part: int, whole: int) -> Decimal | None:
    """Share in percent, two decimals, half up; None of nothing."""
    if not whole:
        return None
    share = Decimal(part) * 100 / Decimal(whole)
    return share.quantize(Decimal("0.01"), ROUND_HALF_UP)


_SPELLED = {(1, 2): "separuh", (2, 3): "dua pertiga", (3, 4): "tiga perempat"}


def share_words(
    numerator: int, denominator: int, *, more_than: bool, spelled: bool
) -> str:
    """A share that is asked for: "lebih dari 1/2", or `spelled` "lebih dari separuh".

    A table shows figures, a sentence the words; the whole is the caller's to name.
    """
    share = f"{numerator}/{denominator}"
    if spelled:
        share = _SPELLED.get((numerator, denominator), share)
    return f"{'lebih dari' if more_than else 'paling sedikit'} {share}"
