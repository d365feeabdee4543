"""The five indicators of a board's fund on a day, with what they were counted from."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from boards.models import Board, BoardSetting
from boards.parameters import Value, held_value
from boards.rulebook import PARAMETERS
from common.periods import Period, add_months
from ledger.chart import Group, Use, side_of
from ledger.models import Book, Entry
from loans.performance import (
    Figure,
    Indicator,
    Limits,
    Portfolio,
    Result,
    figures,
)
from loans.portfolio import portfolio_now, portfolio_on
from loans.rules import RISK

MONTHS_SHOWN = 12
SHORT = {
    Indicator.LAR: "LAR",
    Indicator.PAR: "PAR",
    Indicator.CCR: "CCr",
    Indicator.ROI: "ROI",
    Indicator.RR: "RR",
}
_EDGES = "loan_indicator_edges"
# The rule of a board that says where each indicator is judged.
LIMIT_NAMES = {each: f"loan_{each.value}_limits" for each in Indicator}


@dataclass(frozen=True)
class Health:
    """Five figures on a day; income and cost count up to `result_until`."""

    on: datetime.date
    portfolio: Portfolio
    result: Result
    result_until: datetime.date
    figures: dict[Indicator, Figure]
    limits: dict[Indicator, Limits]
    risk: int
    # Which rule said what: (what, value, article or why it is assumed).
    rules: list[tuple[str, str, str]]


class Rules:
    """What a board has set for its indicators, read once, asked for many days.

    `rows` are its own settings, the latest first.
    """

    def __init__(self, rows: Iterable[BoardSetting]) -> None:
        self._rows = defaultdict(list)
        for row in rows:
            self._rows[row.name].append(row)

    def on(self, name: str, day: datetime.date) -> Value:
        """The value that holds on a day."""
        for row in self._rows[name]:
            if row.starts_on <= day:
                return held_value(name, row.value, row.article)
        return held_value(name)

    def limits(self, day: datetime.date) -> dict[Indicator, Limits]:
        """Where each indicator is judged on a day."""
        inside = self.on(_EDGES, day).value == "minimum"
        found = {}
        for indicator in Indicator:
            good, poor = map(Decimal, self.on(LIMIT_NAMES[indicator], day).value)
            found[indicator] = Limits(good, poor, edge_in_middle=inside)
        return found

    def in_words(self, day: datetime.date) -> list[tuple[str, str, str]]:
        """Each rule of a day: its name, its value, and where it stands."""
        risk = self.on(RISK, day)
        words = f"{risk.value} angsuran atau lebih"
        found = [("Berisiko bila menunggak", words, risk.source)]
        for indicator, short in SHORT.items():
            held = self.on(LIMIT_NAMES[indicator], day)
            words = PARAMETERS[LIMIT_NAMES[indicator]].in_words(held.value)
            found.append((f"Batas {short}", words, held.source))
        return found


def rules_of(boards: Sequence[Board]) -> dict[int, Rules]:
    """Board id to its rules; one query for all."""
    names = [RISK, _EDGES, *LIMIT_NAMES.values()]
    rows = BoardSetting.objects.filter(board__in=boards, name__in=names)
    own = defaultdict(list)
    for row in rows.order_by("-starts_on"):
        own[row.board_id].append(row)
    return {board.pk: Rules(own[board.pk]) for board in boards}


def health_on(board: Board, day: datetime.date) -> Health:
    """The indicators of a day: today by the loans' own rows, a past day anew."""
    rules, until = rules_of([board])[board.pk], last_month_end(day)
    risk = rules.on(RISK, day).value
    if day == board.today():
        portfolio = portfolio_now(board, risk=risk)
    else:
        portfolio = portfolio_on(board, day, risk=risk)
    (result,) = results_until(board, [until])
    return _health(day, portfolio, result, until, rules)


def trend(board: Board, day: datetime.date) -> list[Health]:
    """The indicators at the end of each of the last twelve months, oldest first.

    A statement a month, and two for all of them.
    """
    rules, ends = rules_of([board])[board.pk], month_ends(day)
    found = []
    for end, result in zip(ends, results_until(board, ends), strict=True):
        risk = rules.on(RISK, end).value
        portfolio = portfolio_on(board, end, risk=risk)
        found.append(_health(end, portfolio, result, end, rules))
    return found


def _health(
    day: datetime.date,
    portfolio: Portfolio,
    result: Result,
    until: datetime.date,
    rules: Rules,
) -> Health:
    limits = rules.limits(day)
    return Health(
        on=day,
        portfolio=portfolio,
        result=result,
        result_until=until,
        figures=figures(portfolio, result, limits=limits),
        limits=limits,
        risk=rules.on(RISK, day).value,
        rules=rules.in_words(day),
    )


def last_month_end(day: datetime.date) -> datetime.date:
    """The end of the last month that was over on a day; the day itself may be it."""
    month = Period.month(day.year, day.month)
    return day if month.end == day else month.start - datetime.timedelta(days=1)


def month_ends(day: datetime.date, count: int = MONTHS_SHOWN) -> list[datetime.date]:
    """The ends of the last months that were over, the oldest first."""
    last = last_month_end(day).replace(day=1)
    months = [add_months(last, -back) for back in range(count - 1, -1, -1)]
    return [Period.month(one.year, one.month).end for one in months]


def results_until(board: Board, ends: Sequence[datetime.date]) -> list[Result]:
    """Income and cost from January to each month's end, and the capital on that day.

    One query for all. Source: revolving-loans sheet §5.1; the capital is its closing
    balance (§8.1, 23).
    """
    entries = (
        Entry.objects.posted()
        .filter(
            voucher__board=board,
            voucher__book__kind=Book.Kind.FUND,
            voucher__dated__lte=max(ends),
        )
        # What closes a year empties income and cost; the year had them all the same.
        .exclude(voucher__form="year_close")
        .values("account__group", "account__use", "account__contra")
        .annotate(
            year=ExtractYear("voucher__dated"), month=ExtractMonth("voucher__dated")
        )
        .annotate(debits=Sum("debit"), credits=Sum("credit"))
        .order_by()
    )
    sums = list(entries)
    return [_result(sums, end) for end in ends]


def _result(sums: list[dict], end: datetime.date) -> Result:
    def total(group: Group, use: Use | None = None, *, this_year: bool) -> int:
        return sum(
            side_of(group, contra=False) * (row["debits"] - row["credits"])
            for row in sums
            if row["account__group"] == group
            and (use is None or row["account__use"] == use)
            and (row["year"], row["month"]) <= (end.year, end.month)
            and (not this_year or row["year"] == end.year)
        )

    return Result(
        income=total(Group.INCOME, this_year=True),
        cost=total(Group.COST, this_year=True),
        capital=total(Group.EQUITY, Use.CAPITAL, this_year=False),
        months=end.month,
    )
