"""What the board's rules say of loans on a day."""

import datetime
from decimal import Decimal

from boards.models import Board
from boards.parameters import setting_of


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
