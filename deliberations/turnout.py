"""How often a member came, and how often in a row not: counted from marks. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What the list of a meeting says about one member."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"
    UNKNOWN = "invited"


@dataclass(frozen=True)
class Seat:
    """One member at one meeting; `counts`: the meeting lies within the period."""

    mark: Mark
    late: bool = False
    left_early: bool = False
    counts: bool = True


@dataclass(frozen=True)
class Turnout:
    """What the recap says of one member; `in_a_row` up to the last meeting."""

    invited: int = 0
    present: int = 0
    excused: int = 0
    absent: int = 0
    unknown: int = 0
    late: int = 0
    left_early: int = 0
    in_a_row: int = 0

    @property
    def percent(self) -> int | None:
        """Present in percent of the meetings counted, half up; None of none."""
        if not self.invited:
            return None
        return (self.present * 200 + self.invited) // (self.invited * 2)


def count_turnout(seats: Iterable[Seat], *, excused_too: bool) -> Turnout:
    """Count the seats of one member, given in the order of their meetings.

    Seats before the period (`counts` false) only feed the run of absences. Presence
    ends a run; an excuse ends it unless `excused_too`, and then it is part of it. A
    seat that nobody noted changes nothing. Source: governance sheet, section 3.6.
    """
    listed = list(seats)
    own = [seat for seat in listed if seat.counts]
    found = {mark: sum(seat.mark == mark for seat in own) for mark in Mark}
    return Turnout(
        invited=len(own),
        present=found[Mark.PRESENT],
        excused=found[Mark.EXCUSED],
        absent=found[Mark.ABSENT],
        unknown=found[Mark.UNKNOWN],
        late=sum(seat.late for seat in own),
        left_early=sum(seat.left_early for seat in own),
        in_a_row=_run(listed, excused_too=excused_too),
    )


def _run(seats: list[Seat], *, excused_too: bool) -> int:
    """Absences in a row up to the last meeting."""
    missed = {Mark.ABSENT, Mark.EXCUSED} if excused_too else {Mark.ABSENT}
    run = 0
    for seat in seats:
        if seat.mark in missed:
            run += 1
        elif seat.mark != Mark.UNKNOWN:
            run = 0
    return run
