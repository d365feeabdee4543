"""What the board's rules say of loans on a day."""

import datetime
from decimal import Decimal

from django.db.models import Subquery

from boards.models import Board
from boards.parameters import own_settings, setting_of
from boards.rulebook import PARAMETERS


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


def reserve_percents(board: Board, *, on: datetime.date) -> tuple[Decimal, ...]:
    """Percent of the balance that each class sets aside."""
    values = setting_of(board, "loan_reserve_percents", on=on).value
    return tuple(Decimal(value) for value in values)


def floor_instalments(board: Board, *, on: datetime.date) -> int:
    """Rows paid in full before the class of a rescheduled loan gets better."""
    return setting_of(board, "reschedule_instalments", on=on).value
