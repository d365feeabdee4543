"""Arithmetic of the quorum, with numbers worked out by hand."""

from datetime import time
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deliberations.quorum import (
    WHOEVER_CAME,
    Presence,
    QuorumRule,
    earliest_second_call,
    is_here,
    quorum_of,
    required,
    second_call_rule,
    second_holds,
)

MORE_THAN_HALF = QuorumRule(1, 2, more_than=True)
TWO_THIRDS = QuorumRule(2, 3, more_than=False)


@pytest.mark.parametrize(
    ("rule", "entitled", "needed"),
    [
        (MORE_THAN_HALF, 11, 6),
        (MORE_THAN_HALF, 13, 7),
        (MORE_THAN_HALF, 10, 6),
        (MORE_THAN_HALF, 1, 1),
        (TWO_THIRDS, 9, 6),
        (TWO_THIRDS, 10, 7),
        (TWO_THIRDS, 13, 9),
    ],
)
def test_the_number_needed_is_the_smallest_that_satisfies_the_rule(
    rule, entitled, needed
):
    assert required(rule, entitled) == needed


@given(st.integers(1, 400), st.integers(1, 9), st.integers(1, 9), st.booleans())
def test_one_fewer_than_needed_never_satisfies_the_fraction(
    entitled, numerator, extra, more_than
):
    denominator = numerator + extra
    needed = required(QuorumRule(numerator, denominator, more_than), entitled)

    def enough(count):
        if more_than:
            return count * denominator > entitled * numerator
        return count * denominator >= entitled * numerator

    assert enough(needed)
    assert not enough(needed - 1)


@pytest.mark.parametrize(
    ("arrives", "leaves", "moment", "here"),
    [
        (time(19, 0), None, time(20, 0), True),
        (time(20, 1), None, time(20, 0), False),
        (time(20, 0), None, time(20, 0), True),
        (time(19, 0), time(19, 59), time(20, 0), False),
        (time(19, 0), time(20, 0), time(20, 0), True),
        (time(19, 0), time(20, 0), None, False),
        (time(19, 0), None, None, True),
    ],
)
def test_a_person_counts_between_arriving_and_leaving(arrives, leaves, moment, here):
    presence = Presence(present=True, arrives=arrives, leaves=leaves)
    assert is_here(presence, moment) is here


def test_who_has_an_interest_is_present_but_not_counted():
    people = [Presence(present=True, arrives=time(19, 0)) for _ in range(8)]
    people.append(Presence(present=True, arrives=time(19, 0), recused=True))
    people += [Presence(present=False)] * 4

    quorum = quorum_of(people, rule=MORE_THAN_HALF, moment=time(20, 0))

    assert (quorum.entitled, quorum.counted, quorum.recused) == (13, 8, 1)
    assert (quorum.required, quorum.held, quorum.missing) == (7, True, 0)


def test_a_recusal_can_break_the_quorum():
    people = [Presence(present=True)] * 5 + [Presence(present=True, recused=True)]
    people += [Presence(present=False)] * 5

    quorum = quorum_of(people, rule=MORE_THAN_HALF, moment=None)

    assert not quorum.held
    assert quorum.missing == 1


def test_an_empty_list_never_has_a_quorum():
    assert not quorum_of([], rule=MORE_THAN_HALF, moment=None).held


def test_the_rule_reads_as_a_clause():
    assert MORE_THAN_HALF.words == "lebih dari separuh"
    assert TWO_THIRDS.words == "paling sedikit dua pertiga"
    assert QuorumRule(3, 5, more_than=False).words == "paling sedikit 3/5"


@pytest.mark.parametrize(
    ("starts", "minutes", "earliest"),
    [
        (time(19, 30), 15, time(19, 45)),
        (time(19, 50), 15, time(20, 5)),
        (time(19, 30), 0, time(19, 30)),
        (time(23, 50), 15, None),
    ],
)
def test_a_second_call_waits_its_minutes(starts, minutes, earliest):
    assert earliest_second_call(starts, minutes) == earliest


def test_the_setting_of_a_second_call_is_a_rule_or_none():
    third = {"numerator": 1, "denominator": 3, "more_than": False}

    assert second_call_rule(False) is None
    assert second_call_rule(True) == WHOEVER_CAME
    assert second_call_rule(third) == QuorumRule(1, 3, more_than=False)
    assert required(WHOEVER_CAME, 11) == 1
    assert WHOEVER_CAME.words == "berapa pun jumlah"


MINUTES = st.integers(0, 180)  # of an evening from 19.00 to 22.00
STAYS = st.tuples(st.booleans(), MINUTES, st.none() | MINUTES, st.booleans())
FRACTIONS = st.sampled_from([(1, 2, True), (2, 3, False), (1, 3, False), (0, 1, True)])


def clock(minute):
    return None if minute is None else time(19 + minute // 60, minute % 60)


def walked_through(stays, until):
    """Who is in the room at minute `until`, by opening and closing the door."""
    room = set()
    for minute in range(until + 1):
        for name, (came, arrives, leaves, _) in enumerate(stays):
            if came and arrives == minute:
                room.add(name)
            if leaves is not None and leaves == minute - 1:
                room.discard(name)
    return room


# A loaded machine is slow, which says nothing about the rule.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STAYS, max_size=13), FRACTIONS, FRACTIONS, st.none() | MINUTES, MINUTES)
def test_the_quorum_of_an_item_is_that_of_the_room_minute_by_minute(
    stays, first, second, second_at, moment
):
    stays = [
        (came, arrives, leaves if leaves is None else max(arrives, leaves), recused)
        for came, arrives, leaves, recused in stays
    ]
    here = walked_through(stays, moment)
    votes = [name for name in here if not stays[name][3]]
    called = second_at is not None and second_at <= moment
    top, bottom, more_than = second if called else first
    share = Fraction(len(votes), len(stays)) if stays else Fraction(0)
    bar = Fraction(top, bottom)
    enough = share > bar if more_than else share >= bar

    holds = second_holds(clock(second_at), clock(moment))
    quorum = quorum_of(
        [
            Presence(came, clock(arrives), clock(leaves), recused)
            for came, arrives, leaves, recused in stays
        ],
        rule=QuorumRule(*(second if holds else first)),
        moment=clock(moment),
    )

    assert quorum.counted == len(votes)
    assert quorum.recused == len(here) - len(votes)
    assert quorum.held == (bool(stays) and enough)
