"""What the board's rules say of loans on a day."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Subquery

from boards.models import Board
from boards.parameters import Rules, Value, own_settings, rules_of, setting_of
from boards.rulebook import PARAMETERS
from common.periods import add_months
from loans.models import ProductTerms
from loans.performance import LIMIT_NAMES, SHORT, Indicator, Limits
from loans.schedule import Frequency

# The value of `loan_deciders` that leaves loans to a meeting.
BY_MEETING = "meeting"

# In which order arrears are followed up.
LADDER = "arrears_ladder"
# Days from a payout within which the borrowers are visited.
VISIT_DAYS = "loan_visit_days"


def class_limits_in_query(board: Board, on: datetime.date) -> Subquery:
    """The same, read in the query of other rows: what the board has set, or None."""
    rows = own_settings(board, "loan_class_limits", on=on)
    return Subquery(rows.values("value")[:1])


def limits_of_row(value: list[int] | None) -> tuple[int, ...]:
    """What such a query found; without a value of its own what holds for all."""
    return tuple(PARAMETERS["loan_class_limits"].default if value is None else value)


def class_limits(board: Board, *, on: datetime.date) -> tuple[int, ...]:
    """Most instalments in arrears of each class but the last."""
    return tuple(setting_of(board, "loan_class_limits", on=on).value)


def due_anchor(terms: ProductTerms, board: Board, on: datetime.date) -> datetime.date:
    """From which day the due days of a loan paid out on a day are counted.

    The day itself, unless the board has a fixed day for monthly instalments: then that
    day in the same month, or, paid out after the cut-off, in the next. One query.
    Source: revolving-loans sheet §3.1 (7).
    """
    if terms.frequency != Frequency.MONTHLY:
        return on
    rules = rules_of([board.pk], (_DUE_DAY, _CUTOFF))[board.pk]
    day, cutoff = rules.on(_DUE_DAY, on).value, rules.on(_CUTOFF, on).value
    if not day:
        return on
    late = bool(cutoff) and on.day > cutoff
    return add_months(on.replace(day=day), int(late))


def deciders_of(board: Board, *, on: datetime.date) -> Value:
    """Who decides on a loan: `BY_MEETING`, or the manager and the koordinator."""
    return setting_of(board, "loan_deciders", on=on)


def reserve_percents(board: Board, *, on: datetime.date) -> tuple[Decimal, ...]:
    """Percent of the balance that each class sets aside."""
    values = setting_of(board, "loan_reserve_percents", on=on).value
    return tuple(Decimal(value) for value in values)


def floor_instalments(board: Board, *, on: datetime.date) -> int:
    """Rows paid in full before the class of a rescheduled loan gets better."""
    return setting_of(board, "reschedule_instalments", on=on).value


@dataclass(frozen=True)
class BookRules:
    """How the loans of a board are judged on a day."""

    class_limits: tuple[int, ...]
    risk_instalments: int
    floor_instalments: int


_CLASSES, RISK = "loan_class_limits", "loan_risk_instalments"
DORMANT = "upk_dormant_months"
_ROI_CAPITAL = "roi_capital"
_DUE_DAY, _CUTOFF = "loan_due_day", "loan_due_cutoff"
_FLOOR, _EDGES = "reschedule_instalments", "loan_indicator_edges"
# Rules of a board on which the class of a loan hangs.
CLASS_RULES = (_CLASSES, _FLOOR)


def book_rules(days: Mapping[int, datetime.date]) -> dict[int, BookRules]:
    """Board id to its rules on its day (`days`: board id to day); one query for all."""
    found = rules_of(days, (_CLASSES, RISK, _FLOOR))
    return {pk: _book_rules(found[pk], day) for pk, day in days.items()}


def _book_rules(rules: Rules, day: datetime.date) -> BookRules:
    return BookRules(
        tuple(rules.on(_CLASSES, day).value),
        rules.on(RISK, day).value,
        rules.on(_FLOOR, day).value,
    )


def indicator_rules(board_ids: Collection[int]) -> dict[int, Rules]:
    """Board id to what it has set for its indicators; one query for all.

    With `DORMANT`: the report upward says that beside them.
    """
    names = (RISK, _EDGES, DORMANT, _ROI_CAPITAL, *LIMIT_NAMES.values())
    return rules_of(board_ids, names)


def capital_day(rules: Rules, month_end: datetime.date) -> datetime.date:
    """On which day the capital stood that ROI of a month's end divides by."""
    if rules.on(_ROI_CAPITAL, month_end).value == "opening":
        return datetime.date(month_end.year - 1, 12, 31)
    return month_end


def limits_on(rules: Rules, day: datetime.date) -> dict[Indicator, Limits]:
    """Where each indicator is judged on a day, by `indicator_rules`."""
    inside = rules.on(_EDGES, day).value == "minimum"
    found = {}
    for indicator in Indicator:
        good, poor = map(Decimal, rules.on(LIMIT_NAMES[indicator], day).value)
        found[indicator] = Limits(good, poor, edge_in_middle=inside)
    return found


def indicator_words(rules: Rules, day: datetime.date) -> list[tuple[str, str, str]]:
    """Each of `indicator_rules` of a day: its name, its value, where it stands."""
    risk = rules.on(RISK, day)
    words = f"{risk.value} angsuran atau lebih"
    found = [("Berisiko bila menunggak", words, risk.source)]
    for indicator, short in SHORT.items():
        name = LIMIT_NAMES[indicator]
        held = rules.on(name, day)
        words = PARAMETERS[name].in_words(held.value)
        found.append((f"Batas {short}", words, held.source))
    return found
