"""What every plan keeps, whatever its terms: principal to the rupiah, rows, days."""

from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from common.figures import BadFigure
from loans.schedule import (
    Component,
    Frequency,
    LoanTerms,
    Method,
    Mode,
    RateBasis,
    Rounding,
    group_schedule,
    loan_schedule,
    totals,
)
from tests.loans.plans import JANUARY, terms


@st.composite
def agreed_terms(draw, rounding=None):
    """Terms of every kind."""
    instalments = draw(st.integers(1, 26))
    return LoanTerms(
        instalments,
        draw(st.decimals(0, 5, places=2)),
        draw(st.sampled_from(RateBasis)),
        draw(st.sampled_from(Method)),
        draw(st.sampled_from(Frequency)),
        draw(st.integers(1, 4)),
        rounding
        or draw(
            st.builds(
                Rounding,
                st.sampled_from(Component),
                st.sampled_from([1, 100, 500, 1_000, 5_000]),
                st.sampled_from(Mode),
            )
        ),
        draw(st.integers(0, instalments - 1)),
        draw(st.integers(0, min(2, instalments))),
    )


PRINCIPALS = st.integers(100_000, 5_000_000)
ANCHORS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@settings(max_examples=60, deadline=None)
@given(st.lists(PRINCIPALS, min_size=1, max_size=6), agreed_terms(), ANCHORS)
def test_principal_adds_up_for_members_and_group_or_the_plan_is_refused(
    principals, agreed, anchor_on
):
    try:
        group = group_schedule(principals, agreed, anchor_on=anchor_on)
    except BadFigure:
        # Coarse rounding may leave nothing for the last row; nothing else may happen.
        assume(agreed.rounding.step == 1 and agreed.method != Method.ANNUITY)
        raise

    for principal, lines in zip(principals, group.members, strict=True):
        assert totals(lines).principal == principal
        assert lines[-1].balance == 0
        assert all(line.principal >= 0 <= line.service_charge for line in lines)
        assert lines[-1].principal > 0
        assert not any(line.principal for line in lines[: agreed.grace_principal])
        assert not any(line.service_charge for line in lines[: agreed.grace_charge])
    assert totals(group.lines).principal == sum(principals)
    assert totals(group.lines).service_charge == sum(
        totals(lines).service_charge for lines in group.members
    )
    days = [line.due_on for line in group.lines]
    assert days == sorted(set(days))


@settings(max_examples=40, deadline=None)
@given(PRINCIPALS, agreed_terms(rounding=Rounding(Component.PRINCIPAL, 1, Mode.DOWN)))
def test_whole_rupiah_rounded_down_are_never_refused(principal, agreed):
    if agreed.method == Method.ANNUITY and agreed.grace_charge:
        agreed = terms(agreed.instalments, "1.5", method=Method.ANNUITY)

    lines = loan_schedule(principal, agreed, anchor_on=JANUARY)

    assert totals(lines).principal == principal
