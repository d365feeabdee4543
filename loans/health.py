"""The five indicators of a board's fund on a day, with what they were counted from."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from boards.models import Board
from boards.parameters import Rules
from common.periods import Period, add_months
from ledger.chart import Group, Use, side_of
from ledger.models import Book, Entry
from loans.performance import Figure, Indicator, Limits, Portfolio, Result, figures
from loans.portfolio import portfolio_now, portfolio_on
from loans.rules import RISK, capital_day, indicator_rules, indicator_words, limits_on

MONTHS_SHOWN = 12


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


def health_on(board: Board, day: datetime.date) -> Health:
    """The indicators of a day: today by the loans' own rows, a past day anew."""
    rules, until = indicator_rules([board.pk])[board.pk], last_month_end(day)
    risk = rules.on(RISK, day).value
    if day == board.today():
        portfolio = portfolio_now(board, risk=risk)
    else:
        portfolio = portfolio_on(board, day, risk=risk)
    (result,) = results_until(board, [until], rules)
    return _health(day, portfolio, result, until, rules)


def trend(board: Board, day: datetime.date) -> list[Health]:
    """The indicators at the end of each of the last twelve months, oldest first.

    A statement a month, and two for all of them.
    """
    rules, ends = indicator_rules([board.pk])[board.pk], month_ends(day)
    found = []
    for end, result in zip(ends, results_until(board, ends, rules), strict=True):
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
    limits = limits_on(rules, day)
    return Health(
        on=day,
        portfolio=portfolio,
        result=result,
        result_until=until,
        figures=figures(portfolio, result, limits=limits),
        limits=limits,
        risk=rules.on(RISK, day).value,
        rules=indicator_words(rules, day),
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


def results_until(
    board: Board, ends: Sequence[datetime.date], rules: Rules
) -> list[Result]:
    """Income and cost from January to each month's end, and the capital beside them.

    On which day the capital stood says `capital_day`. One query for all. Source:
    revolving-loans sheet §5.1 and §8.1 (23).
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
    return [_result(sums, end, capital_day(rules, end)) for end in ends]


def _result(sums: list[dict], end: datetime.date, capital_on: datetime.date) -> Result:
    def total(group: Group, *, since: int, until: datetime.date) -> int:
        return sum(
            side_of(group, contra=False) * (row["debits"] - row["credits"])
            for row in sums
            if row["account__group"] == group
            and (group != Group.EQUITY or row["account__use"] == Use.CAPITAL)
            and (since, 1) <= (row["year"], row["month"]) <= (until.year, until.month)
        )

    return Result(
        income=total(Group.INCOME, since=end.year, until=end),
        cost=total(Group.COST, since=end.year, until=end),
        capital=total(Group.EQUITY, since=0, until=capital_on),
        months=end.month,
    )
