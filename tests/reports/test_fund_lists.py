"""The sheet of a round, registers, savings card, visits, cash count, shared profit."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.errors import RuleViolation
from common.periods import Period
from loans import services
from loans.collection import expected_until
from loans.models import ArrearsStep
from reports.builders import (
    cash_count,
    collection_round,
    loan_registers,
    loan_savings,
    loan_visits,
    profit_shares,
)
from reports.models import IssuedReport
from tests.make import boards as make
from tests.make import loans as lend
from tests.make import problems
from tests.reports.fund_office import APRIL, ON
from tests.reports.pdf_text import page_texts, words_outside_margins

pytestmark = pytest.mark.django_db
MAY_10 = date(2026, 5, 10)


def cells(grid) -> list[tuple[str, ...]]:
    return [row.cells for row in grid.rows]


def sheet(board, until=MAY_10):
    rows = expected_until(board, until, today=ON)
    return collection_round.build(board, rows, until=until, on=ON)


def test_the_round_asks_each_member_for_what_is_late_and_what_comes(office):
    """E6 on 30 April: three rows due, 345.000, paid 235.000; 115.000 on 10 May."""
    paper = sheet(office.board)

    group, member, total = cells(paper.grids[0])
    name = f"{office.loan.group}, {office.loan.account_number}"
    asked = ("110.000", "115.000", "225.000")
    assert group == ("1", name, *asked, "", "", "")
    assert member[2:5] == total[1:4] == asked
    assert "Yang ditagih Rp225.000." in paper.closing[0]
    # Two days later only what is late; and no query more for a second group.
    assert cells(sheet(office.board, until=ON).grids[0])[0][2:5] == (
        *("110.000", "–", "110.000"),
    )
    with CaptureQueriesContext(connection) as few:
        sheet(office.board)
    amounts = (600_000, 400_000)
    lend.lent(office.fund, on=date(2026, 4, 10), amounts=amounts)
    with CaptureQueriesContext(connection) as more:
        paper = sheet(office.board)
    assert len(more) == len(few)
    # 1,5 percent flat of 600.000 and 400.000 in ten rows.
    late = [row[2:5] for row in cells(paper.grids[0])]
    assert ("–", "69.000", "69.000") in late
    assert ("–", "46.000", "46.000") in late
    assert late[-1][:2] == ("230.000", "340.000")


@pytest.mark.usefixtures("printing")
def test_the_round_is_printed_without_a_number(office):
    url = office.url("collection_print")
    day = {"sampai": "10/05/2026"}

    answer = office.clients["supervisor"].get(url, day)

    assert answer.headers["Content-Type"] == "application/pdf"
    text = " ".join(page_texts(answer.content))
    assert "225.000" in text
    assert "lembar kerja, bukan bukti" in text
    assert "DRAF" not in text
    assert words_outside_margins(answer.content) == []
    assert office.clients["officer"].get(url).status_code in (403, 404)
    assert not IssuedReport.objects.filter(board=office.board).exists()


def test_the_waiting_list_is_that_of_its_day(office):
    fund, amounts = office.fund, (1_000_000, 550_000)
    first = lend.application(fund, on=date(2026, 4, 6), amounts=amounts)
    lend.checked(fund, first, on=date(2026, 4, 8))
    gone = lend.application(fund, on=date(2026, 4, 7), amounts=(500_000,))
    services.withdraw_application(gone, reason="Batal", by=fund.officer)

    def told(month):
        return loan_registers.build_waiting(
            office.statement(month=month), number="1", on=month.end
        )

    row, total = cells(told(APRIL).grids[0])
    assert row[2:] == (
        *(first.application_number, "06/04/2026", "1", "2"),
        *("1.550.000", "08/04/2026", "–", "24"),
    )
    assert total[1] == "1.550.000"
    assert told(APRIL).closing == ("Menunggu 1 permohonan, Rp1.550.000.",)
    assert told(Period.parse("2026-03")).grids[0].rows == ()


def test_the_register_names_every_loan_of_the_year(office):
    short = lend.lent(
        office.fund, on=date(2025, 10, 1), amounts=(600_000,), instalments=3
    )
    lend.paid(office.fund, short, 627_000, on=date(2026, 1, 1))
    statement = office.statement()

    april = loan_registers.build_register(statement, number="1", on=ON)
    december = loan_registers.build_register(
        office.statement(month=Period.parse("2025-12")), number="1", on=ON
    )

    rows = cells(april.grids[0])
    assert [row[4] for row in rows[:-1]] == ["01/10/2025", "10/01/2026"]
    # Paid with 1,5 percent of each month: 600.000 + 27.000.
    assert rows[0][5:] == ("3", "600.000", "27.000", "01/01/2026", "Lunas")
    assert rows[1][5:] == ("10", "1.000.000", "150.000", "–", "Berjalan")
    assert rows[2][1:3] == ("1.600.000", "177.000")
    assert [row[-1] for row in cells(december.grids[0])[:-1]] == ["Berjalan"]


def test_the_savings_card_and_the_report_of_a_visit(office):
    loan = office.loan
    services.note_step(
        loan,
        kind=ArrearsStep.Kind.AFTER_PAYOUT,
        on=date(2026, 2, 1),
        note="Warung jalan",
        next_on=None,
        by=office.fund.officer,
    )

    card = loan_savings.build(loan, number="1", on=ON)
    visit = loan_visits.build(loan, number="1", on=ON)

    # Five per cent of one million was cut when it was paid out.
    assert cells(card.grids[0])[0][3:6] == ("50.000", "–", "50.000")
    assert "Rp50.000" in card.closing[0]
    assert [len(grid.rows) for grid in visit.grids] == [1, 4, 3, 1]
    assert cells(visit.grids[0])[0][3] == "Warung jalan"
    applied = lend.application(office.fund, amounts=(500_000,))
    for build in (loan_savings.build, loan_visits.build):
        with pytest.raises(RuleViolation, match="sesudah pinjaman cair"):
            build(applied, number="1", on=ON)


def test_a_visit_has_the_aims_of_its_day(office):
    ours = ["Warung buka", "Catatan diisi"]
    make.rule(office.board, "visit_aims_business", ours, starts_on=ON)

    before = loan_visits.build(office.loan, number="1", on=date(2026, 4, 29))
    after = loan_visits.build(office.loan, number="1", on=ON)

    assert len(before.grids[0].rows) == 4
    assert [cells_of[1] for cells_of in cells(after.grids[0])] == ours
    assert len(after.grids[1].rows) == 3


@pytest.mark.usefixtures("printing")
def test_a_cash_count_is_issued_by_the_pengawas(office):
    """50.000.000 - 950.000 lent + 235.000 paid - 176.000 of cost: 49.109.000."""
    facts = {"cashier_name": "Retno", "explanation": "Kembalian salah"}
    count = services.count_cash(
        office.book, pieces={100_000: 491, 2_000: 4}, **facts, by=office.supervisor
    )

    paper = cash_count.build(count, number="1", on=ON)

    assert cells(paper.grids[0]) == [
        ("100.000", "491", "49.100.000"),
        ("2.000", "4", "8.000"),
        ("Jumlah uang", "49.108.000"),
    ]
    assert [row[1] for row in cells(paper.grids[1])] == [
        *("49.108.000", "49.109.000", "(1.000)"),
    ]
    assert "kurang Rp1.000 dari buku. Penjelasan: Kembalian salah" in paper.closing[0]
    url = office.url("fund_issue", "pemeriksaan-kas", count.pk)
    for name, status in (("cashier", 403), ("stranger", 404), ("supervisor", 302)):
        assert office.clients[name].post(url, make.once()).status_code == status
    listed = office.clients["cashier"].get(office.url("count_papers", count.pk))
    assert "/BAK/LKM-SR/IV/2026" in listed.content.decode()


def test_shared_profit_names_the_decision_and_each_part():
    """R21: 15 percent social, 35 for the LKM, 50 and what is left for capital."""
    close, clerk, decisions = problems.closed_year()
    problems.profit_rule(close.board, "50", "15", "0", "35", "0")
    made = services.allocate_profit(
        close, on=problems.RWT_ON, decision=decisions[0], by=clerk
    )

    paper = profit_shares.build(made, number="1", on=problems.RWT_ON)

    assert [row[-1] for row in cells(paper.grids[0])] == [
        *("261.051.425", "78.315.000", "–", "182.735.000", "–"),
        "522.101.425",
    ]
    facts = dict(paper.facts)
    assert decisions[0].number_text in facts["Keputusan RWT"]
    assert facts["Bukti di buku"] == str(made.voucher)
