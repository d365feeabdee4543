"""How near an end is, by the reminders each board set for itself."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from boards.models import Board, BoardSetting
from boards.rulebook import PARAMETERS
from common.words import join_unit

ASSESSMENT = "assessment_month"
NAMES = ("term_reminder_first", "term_reminder_second", "term_reminder_last")


@dataclass(frozen=True)
class Steps:
    """Days before an end on which a board is reminded, the farthest first.

    `assessment_month`: from which month on the assessment of the year is asked for.
    """

    first: int
    second: int
    last: int
    assessment_month: int

    def urgency(self, left: int) -> str:
        """Kind of the tag when `left` days remain (negative: over); "" is too early."""
        if left <= self.last:
            return "bad"
        if left <= self.second:
            return "warn"
        return "wait" if left <= self.first else ""


def left_words(left: int) -> str:
    """ "Sisa 7 hari", "Berakhir hari ini" or "Sudah berakhir"."""
    if left < 0:
        return "Sudah berakhir"
    return f"Sisa {join_unit(left, 'hari')}" if left else "Berakhir hari ini"


def steps_of(boards: Iterable[Board], *, on: datetime.date) -> dict[int, Steps]:
    """The reminders of each board as of a day, by its key; one query for all."""
    keys = [board.pk for board in boards]
    own: dict[int, dict[str, int]] = defaultdict(dict)
    rows = BoardSetting.objects.filter(
        board__in=keys, name__in=(*NAMES, ASSESSMENT), starts_on__lte=on
    ).order_by("starts_on")
    for board, name, value in rows.values_list("board", "name", "value"):
        own[board][name] = value
    return {key: _steps(own[key]) for key in keys}


def _steps(own: dict[str, int]) -> Steps:
    """A board that mixed up the order means the farthest first all the same."""
    days = (own.get(name, PARAMETERS[name].default) for name in NAMES)
    month = own.get(ASSESSMENT, PARAMETERS[ASSESSMENT].default)
    return Steps(*sorted(days, reverse=True), assessment_month=month)
