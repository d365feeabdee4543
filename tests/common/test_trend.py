"""Lines over months: where dots and limits are drawn, worked out by hand."""

from decimal import Decimal

from common.trend import trend

D = Decimal
LIMITS = [(D(10), "memuaskan 10"), (D(20), "penundaan 20")]


def drawn(values, marks=LIMITS):
    return trend(values, marks=marks, first="a", last="b", says="c")


def test_dots_stand_between_the_least_and_the_most():
    """0 to 20 over 70 units from 88 up to 18; three months over 224 units from 8."""
    chart = drawn([(D(0), "ok"), (D(15), "warn"), (D(20), "bad")])

    assert [(dot.x, dot.y) for dot in chart.dots] == [
        (8, 88),
        (120, D("35.5")),
        (232, 18),
    ]
    assert chart.line == "M8.0 88.0L120.0 35.5L232.0 18.0"
    assert [dot.css for dot in chart.dots] == ["ok", "warn", "bad"]
    # A circle, a diamond, a triangle.
    turns = [(dot.path.count("a"), dot.path.count("l")) for dot in chart.dots]
    assert turns == [(2, 0), (0, 3), (0, 1)]
    assert [(mark.words, mark.y) for mark in chart.marks] == [
        ("penundaan 20", 18),
        ("memuaskan 10", 53),
    ]


def test_a_month_without_a_figure_breaks_the_line():
    chart = drawn([(D(10), "ok"), (None, "draft"), (D(20), "bad")])

    assert chart.line == "M8.0 88.0M232.0 18.0"
    assert len(chart.dots) == 2


def test_words_of_limits_close_together_do_not_meet():
    """CCr of 1.000 percent: limits 100 and 125 lie two units apart."""
    chart = drawn([(D(1000), "ok")], [(D(125), "memuaskan"), (D(100), "penundaan")])

    upper, lower = chart.marks
    assert lower.words_y - upper.words_y >= 12


def test_nothing_known_draws_only_the_limits():
    chart = drawn([(None, "draft")] * 3)

    assert (chart.line, chart.dots, len(chart.marks)) == ("", (), 2)


def test_words_of_a_limit_stand_where_the_line_is_far():
    """The line begins at the lower limit and ends at the upper one."""
    values = [(D(value), "ok") for value in (10, 10, 11, 19, 20, 20)]

    upper, lower = drawn(values).marks

    assert (upper.words, upper.at_right) == ("penundaan 20", False)
    assert (lower.words, lower.at_right) == ("memuaskan 10", True)
