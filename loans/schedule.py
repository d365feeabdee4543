"""The plan of a loan: what falls due on which day, for a member and a group. Pure.

Whole rupiah in and out, fractions in between. The plan is laid for each member; the
plan of the group is the sum, because rounding the sum gives another plan.

Source: revolving-loans sheet, section 3.1 (conventions) and 3.3 (E1 to E12).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from common.figures import BadFigure
from common.money import LARGEST_RUPIAH, format_rupiah, round_rupiah
from common.periods import add_months

MOST_INSTALMENTS = 1_000
# A plan ends within a hundred years, so that its last day is one that databases know.
_LONGEST = {"monthly": 1_200, "weekly": 5_200}
_HIGHEST_RATE = 1_000
_LAST_ANCHOR_YEAR = 2999


class Frequency(StrEnum):
    """What stands between two rows, times `every`."""

    MONTHLY = "monthly"
    WEEKLY = "weekly"


class RateBasis(StrEnum):
    """What the rate is a percentage for."""

    PER_PERIOD = "percent_per_period"
    PER_TERM = "percent_per_term"
    PER_YEAR = "percent_per_year"


class Method(StrEnum):
    """How the service charge (jasa) is taken: tetap, menurun, anuitas."""

    FLAT = "flat"
    DECLINING = "declining_principal"
    ANNUITY = "annuity"


class Component(StrEnum):
    """What is rounded to the step: the principal, the sum of a row, or both parts."""

    PRINCIPAL = "principal"
    INSTALMENT = "instalment"
    EACH = "each"


class Mode(StrEnum):
    """To which multiple of the step; `NEAREST` goes up from the half."""

    NEAREST = "nearest"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Rounding:
    """To multiples of `step` rupiah. Raises BadFigure on a step that is not money."""

    component: Component = Component.PRINCIPAL
    step: int = 1
    mode: Mode = Mode.NEAREST

    def __post_init__(self) -> None:
        if not 1 <= self.step <= LARGEST_RUPIAH:
            sentence = f"Pembulatan Rp1 sampai {format_rupiah(LARGEST_RUPIAH)}."
            raise BadFigure("rounding.step", sentence)


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """What a loan is agreed on, but for its amount and day.

    `rate` is in percent for `rate_basis`; a row is `every` months or weeks. The first
    `grace_principal` rows carry no principal, the first `grace_charge` rows no service
    charge; that charge is not collected later. Raises BadFigure.
    """

    instalments: int
    rate: Decimal
    rate_basis: RateBasis = RateBasis.PER_PERIOD
    method: Method = Method.FLAT
    frequency: Frequency = Frequency.MONTHLY
    every: int = 1
    rounding: Rounding = Rounding()
    grace_principal: int = 0
    grace_charge: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.instalments <= MOST_INSTALMENTS:
            sentence = f"Banyaknya angsuran 1 sampai {MOST_INSTALMENTS}."
            raise BadFigure("instalments", sentence)
        if not self.rate.is_finite() or not 0 <= self.rate <= _HIGHEST_RATE:
            raise BadFigure("rate", "Jasa 0 sampai 1000 persen.")
        if self.every < 1:
            raise BadFigure("every", "Jarak angsuran paling sedikit 1.")
        if self.instalments * self.every > _LONGEST[self.frequency]:
            raise BadFigure("every", "Jangka pinjaman paling lama 100 tahun.")
        if not 0 <= self.grace_principal < self.instalments:
            sentence = "Masa tenggang pokok harus lebih pendek dari jangka pinjaman."
            raise BadFigure("grace_principal", sentence)
        if not 0 <= self.grace_charge <= self.instalments:
            sentence = "Masa tenggang jasa paling lama sepanjang jangka pinjaman."
            raise BadFigure("grace_charge", sentence)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a plan; `balance` is the principal that is left after it."""

    no: int
    due_on: date
    principal: int
    service_charge: int
    balance: int

    @property
    def total(self) -> int:
        """What is to be paid in this row."""
        return self.principal + self.service_charge


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a plan."""

    principal: int
    service_charge: int

    @property
    def total(self) -> int:
        """Everything that the borrower pays."""
        return self.principal + self.service_charge


@dataclass(frozen=True, slots=True)
class GroupSchedule:
    """The plan of a group loan, and the plan of each member in the order given."""

    lines: list[Line]
    members: list[list[Line]]


@dataclass(frozen=True, slots=True)
class Disbursement:
    """What is signed for, what stays as savings of the group, what is handed over."""

    principal: int
    savings: int
    cash: int


def rounded(amount: Fraction, step: int, mode: Mode) -> int:
    """An amount of zero or more as a multiple of `step` rupiah."""
    steps = Fraction(amount.numerator, amount.denominator * step)
    if mode == Mode.UP:
        return -(-steps.numerator // steps.denominator) * step
    if mode == Mode.NEAREST:
        return (
            (2 * steps.numerator + steps.denominator) // (2 * steps.denominator) * step
        )
    return steps.numerator // steps.denominator * step


def rate_per_line(terms: LoanTerms) -> Fraction:
    """The charge of one row as a part of what it is taken of; no days are counted."""
    rate = Fraction(terms.rate) / 100
    if terms.rate_basis == RateBasis.PER_TERM:
        return rate / terms.instalments
    if terms.rate_basis == RateBasis.PER_YEAR:
        in_a_year = 12 if terms.frequency == Frequency.MONTHLY else 52
        return rate * terms.every / in_a_year
    return rate


def due_dates(terms: LoanTerms, *, anchor_on: date) -> list[date]:
    """The day of every row, each counted from the anchor, never from the row before.

    From 31 January: 29 February, 31 March, 30 April. The anchor is the day of
    disbursement, or one period before the first day that was agreed.
    """
    numbers = range(1, terms.instalments + 1)
    if terms.frequency == Frequency.WEEKLY:
        return [anchor_on + timedelta(weeks=no * terms.every) for no in numbers]
    return [add_months(anchor_on, no * terms.every) for no in numbers]


def loan_schedule(principal: int, terms: LoanTerms, *, anchor_on: date) -> list[Line]:
    """The plan of one borrower; its principal adds up to `principal` exactly.

    The last row takes the principal that is left. Raises BadFigure, also when rounding
    leaves nothing or less for a row.
    """
    if not 1 <= principal <= LARGEST_RUPIAH:
        sentence = f"Pokok pinjaman Rp1 sampai {format_rupiah(LARGEST_RUPIAH)}."
        raise BadFigure("principal", sentence)
    if anchor_on.year > _LAST_ANCHOR_YEAR:
        raise BadFigure("disbursed_on", "Tahun pencairan paling jauh 2999.")
    parts = _Parts.of(principal, terms)
    lines: list[Line] = []
    balance = principal
    for no, due_on in enumerate(due_dates(terms, anchor_on=anchor_on), start=1):
        charge, part = parts.row(no, balance)
        if no == terms.instalments:
            part = balance
        balance -= part
        if part < 0 or (balance <= 0 and no < terms.instalments):
            what = (
                "Ada angsuran yang pokoknya minus"
                if part < 0
                else f"Pokok habis sebelum angsuran terakhir (ke-{terms.instalments})"
            )
            raise _too_coarse(what, terms)
        lines.append(Line(no, due_on, part, charge, balance))
    return lines


def _too_coarse(what: str, terms: LoanTerms) -> BadFigure:
    remedy = "Kurangi banyaknya angsuran"
    if terms.rounding.step == 1:
        return BadFigure("instalments", f"{what}. {remedy}.")
    step = format_rupiah(terms.rounding.step)
    return BadFigure("rounding", f"{what}. {remedy} atau perkecil pembulatan {step}.")


@dataclass(frozen=True, slots=True)
class _Parts:
    """How a row parts into charge and principal, with what is the same in each row."""

    terms: LoanTerms
    principal: int
    rate: Fraction
    share: Fraction
    level: int

    @classmethod
    def of(cls, principal: int, terms: LoanTerms) -> "_Parts":
        rate = rate_per_line(terms)
        share = Fraction(principal, terms.instalments - terms.grace_principal)
        level = 0
        if terms.method == Method.ANNUITY:
            level = _level_instalment(principal, terms, rate)
        return cls(terms, principal, rate, share, level)

    def row(self, no: int, balance: int) -> tuple[int, int]:
        """Charge and principal of a row that is not the last one."""
        terms, rounding = self.terms, self.terms.rounding
        base = self.principal if terms.method == Method.FLAT else balance
        exact = Fraction(0) if no <= terms.grace_charge else base * self.rate
        if rounding.component == Component.EACH:
            charge = rounded(exact, rounding.step, rounding.mode)
        else:
            charge = rounded(exact, 1, Mode.NEAREST)
        if no <= terms.grace_principal:
            return charge, 0
        return charge, self._principal(exact, charge)

    def _principal(self, exact: Fraction, charge: int) -> int:
        rounding = self.terms.rounding
        whole = rounding.component == Component.INSTALMENT
        if self.terms.method == Method.ANNUITY:
            # What the level instalment leaves; a charge-free row leaves all of it.
            part = self.level - charge
            return part if whole else _multiple(part, rounding)
        if whole:
            return rounded(self.share + exact, rounding.step, rounding.mode) - charge
        return rounded(self.share, rounding.step, rounding.mode)


def _multiple(part: int, rounding: Rounding) -> int:
    return rounded(Fraction(part), rounding.step, rounding.mode)


def _level_instalment(principal: int, terms: LoanTerms, rate: Fraction) -> int:
    """The annuity over the rows that carry principal, rounded by the mode.

    P × r × (1 + r)^m ÷ ((1 + r)^m − 1), in whole numbers: no rounding before the end.
    """
    rows = terms.instalments - terms.grace_principal
    exact = Fraction(principal, rows)
    if rate:
        grown = (rate.numerator + rate.denominator) ** rows
        plain = rate.denominator**rows
        exact = principal * rate * Fraction(grown, grown - plain)
    whole = terms.rounding.component == Component.INSTALMENT
    return rounded(exact, terms.rounding.step if whole else 1, terms.rounding.mode)


def group_schedule(
    principals: Sequence[int], terms: LoanTerms, *, anchor_on: date
) -> GroupSchedule:
    """The plans of all members, and their sum as the plan of the group.

    Raises BadFigure, with `members.<position>` before the field of one member; also
    when a row behind the grace carries no principal of anybody: a loan that asks for
    all of it at the end is never late before.
    """
    if not principals:
        raise BadFigure("members", "Pinjaman kelompok perlu paling sedikit satu orang.")
    members: list[list[Line]] = []
    for at, principal in enumerate(principals):
        try:
            members.append(loan_schedule(principal, terms, anchor_on=anchor_on))
        except BadFigure as bad:
            raise bad.below(f"members.{at}") from bad
    lines = add_schedules(members)
    for line in lines[terms.grace_principal :]:
        if not line.principal:
            raise _too_coarse(f"Angsuran ke-{line.no} tidak berisi pokok", terms)
    return GroupSchedule(lines, members)


def add_schedules(members: Sequence[Sequence[Line]]) -> list[Line]:
    """Row by row the sum of plans with the same rows. Raises ValueError otherwise."""
    return [
        Line(
            row[0].no,
            row[0].due_on,
            sum(line.principal for line in row),
            sum(line.service_charge for line in row),
            sum(line.balance for line in row),
        )
        for row in zip(*members, strict=True)
    ]


def totals(lines: Sequence[Line]) -> Totals:
    """Sums of a plan."""
    return Totals(
        sum(line.principal for line in lines),
        sum(line.service_charge for line in lines),
    )


def disbursement(principal: int, *, savings_percent: Decimal) -> Disbursement:
    """What is paid out when savings are cut at once; the principal stays whole.

    Source: revolving-loans sheet, E12 (the rate is a setting of the board).
    """
    if not savings_percent.is_finite() or not 0 <= savings_percent <= 100:
        raise BadFigure("savings_percent", "Tabungan 0 sampai 100 persen.")
    savings = round_rupiah(principal * savings_percent / Decimal(100))
    return Disbursement(principal, savings, principal - savings)
