"""Counting who came: the period, and the run of absences up to its end."""

import pytest

from deliberations.turnout import Mark, Seat, Turnout, count_turnout

P, E, A, U = Mark.PRESENT, Mark.EXCUSED, Mark.ABSENT, Mark.UNKNOWN


def run(*marks: Mark, excused_too: bool = False) -> int:
    return count_turnout(
        [Seat(mark) for mark in marks], excused_too=excused_too
    ).in_a_row


def test_every_kind_is_counted_once():
    seats = [
        Seat(P, late=True),
        Seat(P, left_early=True),
        Seat(E),
        Seat(A),
        Seat(U),
        Seat(P),
        Seat(A),
    ]
    assert count_turnout(seats, excused_too=False) == Turnout(
        invited=7,
        present=3,
        excused=1,
        absent=2,
        unknown=1,
        late=1,
        left_early=1,
        in_a_row=1,
    )


def test_a_run_ends_with_presence_and_begins_anew():
    assert run(A, A, P, A) == 1
    assert run(P, A, A, A) == 3
    assert run(A, A, P) == 0
    assert run() == 0


def test_an_excuse_ends_the_run_unless_the_rule_counts_it():
    assert run(A, A, E, A) == 1
    assert run(A, A, E) == 0
    assert run(A, A, E, A, excused_too=True) == 4
    assert run(P, E, E, excused_too=True) == 2


def test_what_nobody_noted_changes_nothing():
    assert run(A, U, A) == 2
    assert run(U, U) == 0


def test_meetings_before_the_period_feed_only_the_run():
    before = [Seat(A, late=False, counts=False)] * 2
    found = count_turnout([*before, Seat(A)], excused_too=False)
    assert (found.invited, found.absent, found.in_a_row) == (1, 1, 3)


@pytest.mark.parametrize(
    ("present", "invited", "percent"),
    [(2, 3, 67), (1, 3, 33), (1, 8, 13), (5, 8, 63), (0, 7, 0), (7, 7, 100)],
)
def test_percent_is_rounded_half_up(present, invited, percent):
    seats = [Seat(P)] * present + [Seat(A)] * (invited - present)
    assert count_turnout(seats, excused_too=False).percent == percent


def test_nothing_of_nothing_has_no_percent():
    assert Turnout().percent is None
