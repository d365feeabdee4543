"""The five indicators: section 5.3 of the sheet, edges, and nothing to divide by."""

from decimal import Decimal

import pytest

from loans.performance import (
    FIRST_LIMITS,
    Band,
    Indicator,
    Limits,
    LoanState,
    Portfolio,
    Result,
    figures,
    portfolio_of,
)

GOOD, MIDDLE, POOR = Band.SATISFACTORY, Band.MINIMUM, Band.SUSPENDED
LOANS = [
    LoanState(3_000_000, 0, 0),
    LoanState(2_000_000, 400_000, 2),
    LoanState(1_500_000, 1_500_000, 5),
    LoanState(4_500_000, 0, 0),
    LoanState(2_400_000, 900_000, 3),
    LoanState(5_000_000, 0, 0),
    LoanState(600_000, 0, 0),
    LoanState(1_000_000, 200_000, 1),
]
HALF_YEAR = Result(1_950_000, 1_500_000, 24_000_000, 6)


def test_the_worked_example_of_the_sheet():
    found = figures(portfolio_of(LOANS), HALF_YEAR)

    assert {name: (str(one.value), one.band) for name, one in found.items()} == {
        Indicator.LAR: ("25.00", POOR),
        Indicator.PAR: ("19.50", MIDDLE),
        Indicator.CCR: ("130.00", GOOD),
        Indicator.ROI: ("3.75", MIDDLE),
        Indicator.RR: ("88.00", MIDDLE),
    }
    assert (found[Indicator.LAR].part, found[Indicator.LAR].whole) == (2, 8)
    assert (found[Indicator.LAR].tone, found[Indicator.LAR].word) == (
        "bad",
        "penundaan",
    )


def test_a_loan_without_a_balance_drops_out():
    with_paid = [*LOANS, LoanState(0, 0, 7)]

    assert portfolio_of(with_paid) == portfolio_of(LOANS)


def test_the_number_of_instalments_that_is_a_risk_can_be_set():
    """More than three: only group 3 is left."""
    assert portfolio_of(LOANS, risk_instalments=4) == Portfolio(
        8, 20_000_000, 1, 1_500_000, 1_500_000
    )


def test_without_loans_cost_and_capital_there_is_no_figure():
    found = figures(Portfolio(), Result(0, 0, 0, 1))

    assert [(one.value, one.band, one.tone) for one in found.values()] == [
        (None, None, "draft")
    ] * 5
    assert [one.word for one in found.values()] == [
        "belum ada pinjaman",
        "belum ada pinjaman",
        "belum ada biaya",
        "belum ada modal",
        "belum ada pinjaman",
    ]


def test_capital_below_nothing_has_no_return():
    found = figures(Portfolio(), Result(10, 5, -100, 1))

    assert found[Indicator.ROI].value is None
    assert str(found[Indicator.CCR].value) == "200.00"


def test_a_dormant_fund_is_a_normal_case():
    """Everything in arrears since years, no income, no cost."""
    found = figures(
        portfolio_of([LoanState(400_000, 400_000, 90)]), Result(0, 0, 50_000_000, 12)
    )

    assert [str(one.value) for one in found.values()] == [
        "100.00",
        "100.00",
        "None",
        "0.00",
        "0.00",
    ]


@pytest.mark.parametrize(
    ("name", "value", "band"),
    [
        ("lar", "9.99", GOOD),
        ("lar", "10", MIDDLE),
        ("lar", "20", MIDDLE),
        ("par", "20.01", POOR),
        ("ccr", "125", MIDDLE),
        ("ccr", "125.01", GOOD),
        ("ccr", "99.99", POOR),
        ("roi", "0", MIDDLE),
        ("roi", "-0.01", POOR),
        ("roi", "10.01", GOOD),
        ("rr", "90", MIDDLE),
        ("rr", "90.01", GOOD),
        ("rr", "79.99", POOR),
    ],
)
def test_figures_on_an_edge_are_in_the_middle(name, value, band):
    assert FIRST_LIMITS[Indicator(name)].band(Decimal(value)) == band


def test_edges_can_belong_outside():
    lower_is_better = Limits(Decimal(10), Decimal(20), edge_in_middle=False)

    bands = [lower_is_better.band(Decimal(value)) for value in (10, 11, 20)]

    assert bands == [GOOD, MIDDLE, POOR]


def test_a_loss_and_one_too_small_to_print():
    loss = figures(Portfolio(), Result(0, 100_000, 10_000_000, 12))[Indicator.ROI]
    tiny = figures(Portfolio(), Result(0, 1, 10_000_000, 12))[Indicator.ROI]

    assert (str(loss.value), loss.band) == ("-1.00", POOR)
    assert (str(tiny.value), tiny.band) == ("0.00", MIDDLE)


@pytest.mark.parametrize("months", [0, 13, -1])
def test_a_year_has_its_months(months):
    with pytest.raises(ValueError, match="1 to 12"):
        figures(Portfolio(), Result(0, 0, 0, months))
