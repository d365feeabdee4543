"""The five indicators of a fund: LAR, PAR, RR, CCr, ROI, and the band of each. Pure.

A figure whose divisor is zero does not exist: None, said as "belum ada pinjaman".

Source: revolving-loans sheet, section 5 (POB Pinjaman Bergulir 2013; edges assumed).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from boards.rulebook import PARAMETERS
from common.shares import percent_of


class Indicator(StrEnum):
    """Which figure."""

    LAR = "lar"
    PAR = "par"
    RR = "rr"
    CCR = "ccr"
    ROI = "roi"


class Band(StrEnum):
    """How a figure is judged, in the programme's words."""

    SATISFACTORY = "memuaskan"
    MINIMUM = "minimum"
    SUSPENDED = "penundaan"


# Which tag of the screen a band gets; the word always stands beside the colour.
BAND_TONES = {Band.SATISFACTORY: "ok", Band.MINIMUM: "warn", Band.SUSPENDED: "bad"}
NAMES = {
    Indicator.LAR: "Pinjaman berisiko (LAR)",
    Indicator.PAR: "Saldo berisiko (PAR)",
    Indicator.RR: "Tingkat pengembalian (RR)",
    Indicator.CCR: "Pendapatan dibanding biaya (CCr)",
    Indicator.ROI: "Hasil atas modal setahun (ROI)",
}
SHORT = {
    Indicator.LAR: "LAR",
    Indicator.PAR: "PAR",
    Indicator.CCR: "CCr",
    Indicator.ROI: "ROI",
    Indicator.RR: "RR",
}
FORMULAS = {
    Indicator.LAR: "KSM dengan tunggakan berisiko ÷ KSM yang punya saldo",
    Indicator.PAR: "saldo KSM dengan tunggakan berisiko ÷ seluruh saldo",
    Indicator.RR: "(seluruh saldo − tunggakan berisiko) ÷ seluruh saldo",
    Indicator.CCR: "pendapatan sejak Januari ÷ biaya sejak Januari",
    Indicator.ROI: "laba sejak Januari × 12 ÷ banyaknya bulan ÷ modal",
}
# The rule of a board that says where each indicator is judged.
LIMIT_NAMES = {each: f"loan_{each.value}_limits" for each in Indicator}
# Arrears of so many instalments put a loan at risk, until the board says otherwise.
FIRST_RISK_INSTALMENTS = PARAMETERS["loan_risk_instalments"].default


@dataclass(frozen=True, slots=True)
class Limits:
    """Where an indicator is satisfactory and where lending is suspended, in percent.

    The satisfactory side is beyond `good`, the suspended one beyond `poor`; which side
    is better follows from the two. A figure on an edge is in the middle band unless
    `edge_in_middle` is off: then it belongs outside.
    """

    good: Decimal
    poor: Decimal
    edge_in_middle: bool = True

    def band(self, figure: Decimal) -> Band:
        """The band of a figure as it is printed, with two decimals."""
        sign = 1 if self.good >= self.poor else -1
        above, below = (figure - self.good) * sign, (self.poor - figure) * sign
        if above > 0 or (above == 0 and not self.edge_in_middle):
            return Band.SATISFACTORY
        if below > 0 or (below == 0 and not self.edge_in_middle):
            return Band.SUSPENDED
        return Band.MINIMUM


# What a board starts with.
FIRST_LIMITS: Mapping[Indicator, Limits] = {
    each: Limits(Decimal(good), Decimal(poor))
    for each, name in LIMIT_NAMES.items()
    for good, poor in [PARAMETERS[name].default]
}


@dataclass(frozen=True, slots=True)
class LoanState:
    """One loan of a group on a day; whole rupiah, whole instalments (k)."""

    balance: int
    arrears_principal: int
    instalments_in_arrears: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Sums over the loans that have a balance; at risk are those far behind.

    A database may add these up; loans without a balance belong in none of them.
    """

    loans: int = 0
    balance: int = 0
    loans_at_risk: int = 0
    balance_at_risk: int = 0
    arrears_at_risk: int = 0

    def __add__(self, other: "Portfolio") -> "Portfolio":
        """Both together."""
        return Portfolio(
            self.loans + other.loans,
            self.balance + other.balance,
            self.loans_at_risk + other.loans_at_risk,
            self.balance_at_risk + other.balance_at_risk,
            self.arrears_at_risk + other.arrears_at_risk,
        )


@dataclass(frozen=True, slots=True)
class Result:
    """Income and cost from January to the end of the last month, and all capital."""

    income: int
    cost: int
    capital: int
    months: int

    @property
    def profit(self) -> int:
        """Income less cost."""
        return self.income - self.cost


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator as it is printed: percent, its band, and what was divided.

    `value` and `band` are None together: nothing to divide by.
    """

    indicator: Indicator
    value: Decimal | None
    band: Band | None
    part: int
    whole: int

    @property
    def tone(self) -> str:
        """Which tag of the screen; "draft" for a figure that does not exist."""
        return BAND_TONES[self.band] if self.band else "draft"

    @property
    def word(self) -> str:
        """The word beside the colour."""
        if self.band:
            return self.band.value
        return _WITHOUT[self.indicator]


_WITHOUT = {
    Indicator.LAR: "belum ada pinjaman",
    Indicator.PAR: "belum ada pinjaman",
    Indicator.RR: "belum ada pinjaman",
    Indicator.CCR: "belum ada biaya",
    Indicator.ROI: "belum ada modal",
}


def portfolio_of(
    loans: Iterable[LoanState], *, risk_instalments: int = FIRST_RISK_INSTALMENTS
) -> Portfolio:
    """Add up loans; one without a balance drops out."""
    active = [loan for loan in loans if loan.balance > 0]
    risky = [loan for loan in active if loan.instalments_in_arrears >= risk_instalments]
    return Portfolio(
        len(active),
        sum(loan.balance for loan in active),
        len(risky),
        sum(loan.balance for loan in risky),
        sum(loan.arrears_principal for loan in risky),
    )


def figures(
    portfolio: Portfolio,
    result: Result,
    *,
    limits: Mapping[Indicator, Limits] = FIRST_LIMITS,
) -> dict[Indicator, Figure]:
    """All five, in the order of the guideline. Raises ValueError on odd months."""
    if not 1 <= result.months <= 12:
        raise ValueError("a year has its months 1 to 12")
    divided = {
        Indicator.LAR: (portfolio.loans_at_risk, portfolio.loans),
        Indicator.PAR: (portfolio.balance_at_risk, portfolio.balance),
        Indicator.CCR: (result.income, result.cost),
        Indicator.ROI: (result.profit * 12, result.months * result.capital),
        Indicator.RR: (
            portfolio.balance - portfolio.arrears_at_risk,
            portfolio.balance,
        ),
    }
    return {
        indicator: _figure(indicator, part, whole, limits[indicator])
        for indicator, (part, whole) in divided.items()
    }


def _figure(indicator: Indicator, part: int, whole: int, limits: Limits) -> Figure:
    # Below nothing is no divisor either: capital that was lost has no return.
    value = percent_of(part, whole) if whole > 0 else None
    if value is None:
        return Figure(indicator, None, None, part, whole)
    # A loss too small to print is nothing, not "−0,00".
    value = value or abs(value)
    return Figure(indicator, value, limits.band(value), part, whole)
