"""Arithmetic of the quorum, with numbers worked out by hand."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberations.quorum import Presence, QuorumRule, is_here, quorum_of, required

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
