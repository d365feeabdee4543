"""Papers of loans that left the book: written off, or spread anew."""

from datetime import date

import pytest

from common.periods import Period
from loans import services
from reports.builders import loan_cards, loan_reports, loan_write_offs
from reports.fund_papers import statement_of
from tests.make import loans as lend
from tests.make import problems

pytestmark = pytest.mark.django_db
JAN_10, FEB_10, APR_1 = date(2025, 1, 10), date(2025, 2, 10), date(2026, 4, 1)
MARCH, APRIL = Period.parse("2026-03"), Period.parse("2026-04")


@pytest.fixture(scope="module")
def fund(module_rows):
    made = lend.fund(savings_percent=25)
    verdict = {"title": "Menghapus pinjaman macet", "kind": "general"}
    (made.extra["decision"],) = problems.decisions(made.board, verdict)
    return made


def told(build, fund, month: Period):
    statement = statement_of(fund.book, month, None)
    return build(statement, number="1", on=month.end)


def test_a_loan_that_was_written_off_moves_from_one_list_to_the_other(fund):
    loan = lend.lent(fund, on=JAN_10)
    lend.paid(fund, loan, 115_000, on=FEB_10)
    services.write_off_loan(
        loan,
        on=APR_1,
        decision=fund.extra["decision"],
        reason="Anggota pindah",
        by=fund.manager,
    )
    loan.refresh_from_db()

    before = told(loan_reports.build_progress, fund, MARCH)
    after = told(loan_reports.build_progress, fund, APRIL)
    gone = told(loan_write_offs.build, fund, APRIL).grids[0]

    assert "Rp900.000" in before.closing[0]
    assert after.grids[0].rows == ()
    assert "sama dengan akun Pinjaman KSM: Rp0" in after.closing[0]
    assert told(loan_write_offs.build, fund, MARCH).grids[0].rows == ()
    assert gone.rows[0].cells[:6] == (
        *("1", f"{loan.group}\n{loan.account_number}", "10/01/2025", "01/04/2026"),
        *("1.000.000", "900.000"),
    )
    # Savings first, and no reserve was set aside: the rest is cost.
    assert "Dari tabungan TR 250.000, biaya 650.000" in gone.rows[0].cells[6]
    card = loan_cards.build(loan, number="1", on=APR_1)
    assert "dihapus dari buku" in card.closing[1]
    assert len(loan_cards.build(loan, number="1", on=date(2026, 3, 31)).closing) == 1


def test_a_new_plan_takes_the_place_of_the_old_one(fund):
    loan = lend.lent(fund, on=JAN_10, amounts=(500_000, 500_000))
    lend.paid(fund, loan, 460_000, on=FEB_10)
    made = services.reschedule_loan(
        loan,
        on=APR_1,
        terms=loan.terms,
        instalments=6,
        decision=fund.extra["decision"],
        reason="Banjir",
        by=fund.manager,
    )

    progress = told(loan_reports.build_progress, fund, APRIL)
    classes = told(loan_reports.build_classes, fund, APRIL)

    assert [row.cells[1] for row in progress.grids[0].rows[:-1]] == [
        f"{made.group}\n{made.account_number}"
    ]
    assert "sama dengan akun Pinjaman KSM: Rp600.000" in progress.closing[0]
    # Nothing is behind, yet it stands no better than the loan it replaces.
    assert classes.grids[0].rows[0].cells[2:] == (
        *("600.000", "–", "–", "–", "–", "–", "600.000"),
    )
