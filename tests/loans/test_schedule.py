"""Plans of loans: E1 to E5 and E8 to E12 of the sheet, and what is refused.

Every expected value stands in the sheet or was worked out by hand.
"""

from datetime import date
from decimal import Decimal

import pytest

from common.figures import BadFigure
from loans.schedule import (
    Component,
    Frequency,
    Method,
    Mode,
    RateBasis,
    disbursement,
    due_dates,
    group_schedule,
    rate_per_line,
    totals,
)
from tests.loans.plans import JANUARY, e1, plan, rows, step, terms

UP_TO_1000 = step(1_000, Mode.UP, Component.INSTALMENT)


def test_e1_flat_is_the_same_in_each_row():
    lines = e1()

    assert rows(lines) == [(100_000, 15_000)] * 10
    assert {line.total for line in lines} == {115_000}
    assert [line.balance for line in lines] == list(range(900_000, -1, -100_000))
    assert (totals(lines).service_charge, totals(lines).total) == (150_000, 1_150_000)


@pytest.mark.parametrize(
    ("times", "row"), [(5, (500_000, 75_000)), (30, (3 * 10**6, 450_000))]
)
def test_e1_scaled_gives_the_two_rows_of_a_real_day_book(times, row):
    assert rows(plan(times * 1_000_000, terms())) == [row] * 10


def test_e2_instalment_rounded_up_leaves_a_smaller_last_row():
    lines = plan(5_000_000, terms(24, rounding=UP_TO_1000))

    assert rows(lines) == [(209_000, 75_000)] * 23 + [(193_000, 75_000)]
    assert [lines[0].total, lines[-1].total] == [284_000, 268_000]
    assert totals(lines).total == 6_800_000


@pytest.mark.parametrize(
    ("rounding", "each", "last"),
    [
        (step(100), 83_300, 83_700),
        (step(500), 83_500, 81_500),
        (step(1_000, Mode.UP), 84_000, 76_000),
        (step(1_000, Mode.DOWN), 83_000, 87_000),
    ],
)
def test_e3_principal_rounded_to_a_step(rounding, each, last):
    lines = plan(1_000_000, terms(12, rounding=rounding))

    assert rows(lines) == [(each, 15_000)] * 11 + [(last, 15_000)]


def test_e4_annuity_row_by_row():
    lines = plan(2_000_000, terms(method=Method.ANNUITY))

    assert [
        (*row, line.balance) for row, line in zip(rows(lines), lines, strict=True)
    ] == [
        (186_868, 30_000, 1_813_132),
        (189_671, 27_197, 1_623_461),
        (192_516, 24_352, 1_430_945),
        (195_404, 21_464, 1_235_541),
        (198_335, 18_533, 1_037_206),
        (201_310, 15_558, 835_896),
        (204_330, 12_538, 631_566),
        (207_395, 9_473, 424_171),
        (210_505, 6_363, 213_666),
        (213_666, 3_205, 0),
    ]
    assert totals(lines).service_charge == 168_683


def test_e4_annuity_rounded_up_to_a_thousand():
    lines = plan(2_000_000, terms(method=Method.ANNUITY, rounding=UP_TO_1000))

    assert {line.total for line in lines[:9]} == {217_000}
    assert rows(lines)[9] == (212_405, 3_186)
    assert totals(lines).service_charge == 168_591


def test_e5_declining_takes_the_charge_of_the_balance():
    lines = plan(2_000_000, terms(rate="2", method=Method.DECLINING))

    assert rows(lines) == [(200_000, 40_000 - 4_000 * at) for at in range(10)]
    assert totals(lines).service_charge == 220_000
    assert [lines[0].total, lines[-1].total] == [240_000, 204_000]


def test_e8_month_ends_are_counted_from_the_anchor():
    days = due_dates(terms(5), anchor_on=date(2024, 1, 31))

    assert [(on.month, on.day) for on in days] == [
        (2, 29),
        (3, 31),
        (4, 30),
        (5, 31),
        (6, 30),
    ]


def test_e9_the_group_is_the_sum_of_its_members():
    agreed = terms(12, rounding=step(500))

    group = group_schedule([1_000_000] * 5, agreed, anchor_on=JANUARY)
    at_once = plan(5_000_000, agreed)

    assert rows(group.lines) == [(417_500, 75_000)] * 11 + [(407_500, 75_000)]
    assert group.lines[0].balance == 4_582_500
    assert [rows(member)[11] for member in group.members] == [(81_500, 15_000)] * 5
    assert (rows(at_once)[0][0], rows(at_once)[11][0]) == (416_500, 418_500)


def test_e10_grace_on_principal():
    lines = plan(1_200_000, terms(12, grace_principal=2))

    assert rows(lines) == [(0, 18_000)] * 2 + [(120_000, 18_000)] * 10
    assert totals(lines).service_charge == 216_000


def test_e11_weekly_with_a_rate_for_the_whole_term():
    agreed = terms(20, "10", frequency=Frequency.WEEKLY, rate_basis=RateBasis.PER_TERM)

    lines = plan(1_000_000, agreed, date(2024, 2, 22))

    assert rows(lines) == [(50_000, 5_000)] * 20
    assert [line.due_on for line in lines[:3]] == [
        date(2024, 2, 29),
        date(2024, 3, 7),
        date(2024, 3, 14),
    ]


def test_e12_savings_are_cut_from_the_cash_and_not_from_the_principal():
    paid_out = disbursement(1_000_000, savings_percent=Decimal(5))

    assert (paid_out.principal, paid_out.savings, paid_out.cash) == (
        1_000_000,
        50_000,
        950_000,
    )


def test_the_rest_of_a_loan_laid_anew():
    """600,000 over 6 months at 1.5 % (sheet, 4.4)."""
    assert rows(plan(600_000, terms(6))) == [(100_000, 9_000)] * 6


@pytest.mark.parametrize(
    ("rate", "basis", "frequency", "every", "percent"),
    [
        ("1.5", RateBasis.PER_PERIOD, Frequency.MONTHLY, 3, "1.5"),
        ("18", RateBasis.PER_TERM, Frequency.MONTHLY, 1, "1.5"),
        ("18", RateBasis.PER_YEAR, Frequency.MONTHLY, 1, "1.5"),
        ("18", RateBasis.PER_YEAR, Frequency.MONTHLY, 3, "4.5"),
        ("26", RateBasis.PER_YEAR, Frequency.WEEKLY, 2, "1"),
    ],
)
def test_the_rate_of_a_row_follows_from_its_basis(
    rate, basis, frequency, every, percent
):
    agreed = terms(12, rate, rate_basis=basis, frequency=frequency, every=every)

    assert rate_per_line(agreed) * 100 == Decimal(percent)


def test_rows_stand_every_three_months_apart():
    days = due_dates(terms(3, every=3), anchor_on=date(2025, 11, 30))

    assert days == [date(2026, 2, 28), date(2026, 5, 30), date(2026, 8, 30)]


def test_half_a_rupiah_of_charge_is_rounded_up():
    assert rows(plan(100_100, terms(2)))[0] == (50_050, 1_502)


def test_both_parts_rounded_each():
    rounding = step(1_000, Mode.UP, Component.EACH)

    lines = plan(1_234_567, terms(3, rounding=rounding))

    assert rows(lines) == [(412_000, 19_000), (412_000, 19_000), (410_567, 19_000)]


def test_declining_with_the_instalment_rounded():
    """333,333.33 + 20,000 → 354,000; + 13,320 → 347,000; the charge stays exact."""
    agreed = terms(3, "2", method=Method.DECLINING, rounding=UP_TO_1000)

    assert rows(plan(1_000_000, agreed)) == [
        (334_000, 20_000),
        (333_680, 13_320),
        (332_320, 6_646),
    ]


def test_annuity_after_grace_on_principal_is_computed_over_the_rows_that_are_left():
    """1,000,000 × 0.02 × 1.0404 ÷ 0.0404 = 515,049.50…"""
    agreed = terms(4, "2", method=Method.ANNUITY, grace_principal=2)

    assert rows(plan(1_000_000, agreed)) == [
        (0, 20_000),
        (0, 20_000),
        (495_050, 20_000),
        (504_950, 10_099),
    ]


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [
        (step(1, Mode.DOWN), [(495_049, 20_000), (504_951, 10_099)]),
        (step(1_000), [(495_000, 20_000), (505_000, 10_100)]),
        (step(1_000, component=Component.EACH), [(495_000, 20_000), (505_000, 10_000)]),
    ],
)
def test_annuity_with_its_parts_rounded(rounding, expected):
    agreed = terms(2, "2", method=Method.ANNUITY, rounding=rounding)

    assert rows(plan(1_000_000, agreed)) == expected


def test_an_annuity_is_whole_rupiah_before_its_principal_goes_to_the_step():
    """520,200 exactly; less 20,200 the principal is 500,000 and needs no rounding."""
    agreed = terms(2, "2", method=Method.ANNUITY, rounding=step(1_000, Mode.UP))

    assert rows(plan(1_010_000, agreed)) == [(500_000, 20_200), (510_000, 10_200)]


def test_grace_on_the_charge_is_not_collected_later():
    flat = plan(1_000_000, terms(grace_charge=3))
    level = plan(1_000_000, terms(2, "2", method=Method.ANNUITY, grace_charge=1))

    assert rows(flat) == [(100_000, 0)] * 3 + [(100_000, 15_000)] * 7
    assert rows(level) == [(515_050, 0), (484_950, 9_699)]


def test_a_grace_row_stays_without_principal_when_instalments_are_rounded():
    lines = plan(1_100_000, terms(12, grace_principal=1, rounding=UP_TO_1000))

    assert rows(lines)[:2] == [(0, 16_500), (100_500, 16_500)]


def test_an_annuity_without_charge_is_an_equal_split():
    assert rows(plan(1_000_000, terms(3, "0", method=Method.ANNUITY))) == [
        (333_333, 0),
        (333_333, 0),
        (333_334, 0),
    ]


def test_one_row_takes_everything():
    lines = plan(1_000_000, terms(1, rounding=step(300_000, Mode.UP)))

    assert rows(lines) == [(1_000_000, 15_000)]


@pytest.mark.parametrize(
    ("principal", "agreed", "sentence"),
    [
        (10_000, terms(12, rounding=step(1_000, Mode.UP)), "Pokok habis"),
        (11_000, terms(12, rounding=step(1_000, Mode.UP)), "Pokok habis"),
        (
            100_000,
            terms(10, rounding=step(50_000, component=Component.INSTALMENT)),
            "pokoknya minus",
        ),
    ],
    ids=["below zero", "exactly zero", "charge above the row"],
)
def test_a_plan_with_a_row_of_nothing_or_less_is_refused(principal, agreed, sentence):
    with pytest.raises(BadFigure, match=sentence) as refused:
        plan(principal, agreed)

    assert refused.value.field == "rounding"
    assert "pembulatan Rp" in str(refused.value)


def test_five_rupiah_in_ten_rows_are_refused_for_their_rows():
    with pytest.raises(BadFigure, match="ke-10") as refused:
        plan(5, terms())

    assert refused.value.field == "instalments"
    assert "pembulatan" not in str(refused.value)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("instalments", {"instalments": 0}),
        ("instalments", {"instalments": 1_001}),
        ("rate", {"rate": "-0.1"}),
        ("rate", {"rate": "NaN"}),
        ("every", {"every": 0}),
        ("every", {"every": 121}),
        ("grace_principal", {"grace_principal": 10}),
        ("grace_principal", {"grace_principal": -1}),
        ("grace_charge", {"grace_charge": 11}),
    ],
)
def test_terms_that_cannot_be_are_refused(field, wrong):
    with pytest.raises(BadFigure) as refused:
        terms(**wrong)

    assert refused.value.field == field


def test_amounts_and_steps_that_cannot_be_are_refused():
    for principal in (0, -1, 10**15):
        with pytest.raises(BadFigure, match="Pokok pinjaman"):
            plan(principal, terms())
    with pytest.raises(BadFigure, match="Rp1"):
        step(0)
    with pytest.raises(BadFigure, match="100 persen"):
        disbursement(1_000, savings_percent=Decimal(101))
    with pytest.raises(BadFigure, match="2999"):
        plan(1_000_000, terms(), date(3000, 1, 1))


def test_the_member_whose_plan_cannot_be_is_named():
    with pytest.raises(BadFigure) as refused:
        group_schedule([1_000_000, 5], terms(), anchor_on=JANUARY)
    with pytest.raises(BadFigure, match="satu orang"):
        group_schedule([], terms(), anchor_on=JANUARY)

    assert refused.value.field == "members.1.instalments"


@pytest.mark.parametrize("mode", [Mode.NEAREST, Mode.DOWN])
def test_a_step_above_the_instalment_is_refused(mode):
    """Else 1,000,000 would fall due at once, and nobody would be late before."""
    coarse = terms(rounding=step(1_000_000, mode))
    with pytest.raises(BadFigure) as refused:
        group_schedule([1_000_000], coarse, anchor_on=JANUARY)

    assert str(refused.value) == (
        "Angsuran ke-1 tidak berisi pokok. Kurangi banyaknya angsuran atau perkecil"
        " pembulatan Rp1.000.000."
    )


def test_one_member_may_have_so_little_that_a_row_carries_none_of_it():
    agreed = terms(rounding=step(1_000), grace_principal=2)
    group = group_schedule([400, 1_000_000], agreed, anchor_on=JANUARY)

    assert [line.principal for line in group.members[0]] == [0] * 9 + [400]
    assert [line.principal for line in group.lines] == [0, 0, *[125_000] * 7, 125_400]
