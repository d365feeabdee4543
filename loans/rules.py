"""What the board's rules say of loans on a day."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Subquery

from boards.models import Board, BoardSetting
from boards.parameters import held_value, own_settings, setting_of
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


@dataclass(frozen=True)
class BookRules:
    """How the loans of a board are judged on a day."""

    class_limits: tuple[int, ...]
    risk_instalments: int
    floor_instalments: int


_CLASSES, RISK = "loan_class_limits", "loan_risk_instalments"
# Rules of a board on which the class of a loan hangs.
CLASS_RULES = (_CLASSES, "reschedule_instalments")
_FLOOR = "reschedule_instalments"


def book_rules(days: Mapping[int, datetime.date]) -> dict[int, BookRules]:
    """Board id to its rules on its day (`days`: board id to day); one query for all."""
    held: dict[tuple[int, str], BoardSetting] = {}
    rows = BoardSetting.objects.filter(
        board__in=list(days), name__in=(_CLASSES, RISK, _FLOOR)
    )
    for row in rows.order_by("starts_on"):
        if row.starts_on <= days[row.board_id]:
            held[row.board_id, row.name] = row

    def value(board_id: int, name: str):
        row = held.get((board_id, name))
        return row.value if row else held_value(name).value

    return {
        pk: BookRules(tuple(value(pk, _CLASSES)), value(pk, RISK), value(pk, _FLOOR))
        for pk in days
    }
