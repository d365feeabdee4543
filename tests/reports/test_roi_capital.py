"""Which capital ROI divides by: one rule, the same in all that show the figure."""

from datetime import date

import pytest

from loans.health import health_on
from loans.performance import Indicator
from reports.builders import ledger_results
from reports.fund_progress import progress_of
from tests.make import boards, ledger
from tests.reports.fund_office import ON

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("value", "roi"),
    [
        # −141,000 x 12 / 4 months of 100,000,000, and of the 50,000,000 of New Year.
        ("closing", "-0.42"),
        ("opening", "-0.85"),
    ],
)
def test_the_capital_is_that_of_the_rule_of_the_month(office, value, roi):
    given = (("11010", 50_000_000), ("31020", -50_000_000))
    ledger.voucher(office.book, office.fund.cashier, *given, dated=date(2026, 2, 2))
    boards.rule(office.board, "roi_capital", value, starts_on=date(2026, 4, 30))
    boards.rule(office.board, "roi_capital", "closing", starts_on=date(2026, 5, 1))

    def shown(day: date) -> set[str]:
        upward = progress_of([office.board], day)[office.board.pk].figures
        return {
            str(figures[Indicator.ROI].value)
            for figures in (upward, health_on(office.board, day).figures)
        }

    assert shown(ON) == {roi}
    # In March 15,000 x 12 / 3 of 100,000,000, whatever holds later.
    assert shown(MARCH) == {"0.06"}
    printed = ledger_results.build(office.statement(), number="1", on=ON).grids[3]
    rows = {row.cells[0]: row.cells[2] for row in printed.rows}
    assert rows["ROI"] == roi.replace("-", "−").replace(".", ",")
