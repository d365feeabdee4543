"""Daftar hadir pemilih: the sheet that voters sign before they vote."""

import datetime

from boards.models import Board
from common.words import no_break
from members.models import ElectionArea
from members.standings import delegates_of
from reports.builders.attendance_list import (
    ROWS_A_PAGE,
    TO_WRITE,
    AttendanceList,
    Row,
)
from reports.builders.election_facts import committee_signs, head_of, stage_words
from reports.builders.letters import day_and_date

# More voters sign on a second print of the same sheet.
MOST_ROWS = 200


def build(area: ElectionArea, *, number: str, on: datetime.date) -> AttendanceList:
    """The blank list: delegates by name in the second stage, empty lines in a basis."""
    what = stage_words(area)
    return AttendanceList(
        **head_of(area, number=number, on=on, kind="Daftar hadir pemilih")
        | {"dated_on": on},
        event=f"{what[:1].upper()}{what[1:]}",
        day=day_and_date(area.held_on) if area.held_on else TO_WRITE,
        time="................",
        venue=no_break(area.place) or TO_WRITE,
        blank=True,
        rows=_rows(area),
        totals="",
        by_element="",
        closing="",
        signers=committee_signs(area, on=on),
    )


def _rows(area: ElectionArea) -> tuple[Row, ...]:
    second = area.stage == ElectionArea.Stage.BOARD
    delegates = delegates_of(area.election) if second else ()
    named = [
        Row(
            at,
            no_break(row.name),
            row.sex,
            "/".join(part for part in (row.area.rt, row.area.rw) if part) or "–",
            "Utusan",
        )
        for at, row in enumerate(delegates, start=1)
    ]
    page = ROWS_A_PAGE[Board.PaperSize(area.board.paper_size)]
    wanted = max(len(named), min(area.eligible, MOST_ROWS), 1)
    whole = -(-wanted // page) * page
    return tuple(named + [Row(at) for at in range(len(named) + 1, whole + 1)])
