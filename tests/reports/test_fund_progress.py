"""The report upward: each LKM's fund and their sum, with figures worked out by hand."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from boards.models import Board, BoardSetting, Region
from boards.roles import Role
from ledger.services import approve_voucher, reverse_voucher
from loans.models import Loan
from loans.performance import Band, Indicator
from reports.builders import fund_upward
from reports.fund_progress import Lending, progress_of
from reports.fund_region import day_of, funds_of
from reports.services import issue_report
from reports.services.statements import open_statement
from tests.make import boards as make
from tests.make import ledger
from tests.make import loans as lend
from tests.reports.fund_office import ON, Office
from tests.reports.pdf_text import page_texts

pytestmark = pytest.mark.django_db
MARCH, DINAS = date(2026, 3, 31), "35.20"


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """It is 30 April 2026 everywhere."""
    monkeypatch.setattr(Board, "today", lambda self: ON)
    monkeypatch.setattr(timezone, "localdate", lambda *_args: ON)


class Regency:
    """Three funds and a board without one in a kabupaten, and a board elsewhere.

    The first is the office of E1 and E6; the second lent 2,000,000 that nobody paid;
    the third has a book and no loan. The office made a fifth board, without a book.
    """

    def __init__(self) -> None:
        self.office = Office()
        self.late = lend.fund(
            cash=10_000_000, board=make.board("35.20.07.2001", name="Rukun Telat")
        )
        members = lend.group(self.late.board, women=2)
        amounts = (500_000, 500_000, 1_000_000)
        on = date(2025, 12, 1)
        lend.lent(self.late, on=on, group_=members, amounts=amounts)
        # From April this board counts a loan as risky from five instalments on.
        BoardSetting.objects.create(
            board=self.late.board,
            name="loan_risk_instalments",
            value=5,
            starts_on=date(2026, 4, 1),
            article="ART pasal 9",
            created_by=self.late.manager,
        )
        self.idle = lend.fund(cash=7, board=make.board("35.20.07.2002"))
        self.bare = make.board("35.20.08.2001", name="Belum Punya")
        far = make.board("35.21.01.2001", name="Jauh", regency="Kabupaten Ngawi")
        lend.fund(cash=99, board=far)
        make.board("35.20.08.2002", name="Sudah Tutup", closed_on=date(2026, 1, 1))
        self.boards = [
            self.office.board,
            self.late.board,
            self.idle.board,
            self.bare,
        ]
        places = {
            "dinas": (Role.DINAS, DINAS),
            "kelurahan": (Role.KELURAHAN, self.office.board.region_code),
            "province": (Role.PROVINCE, "35"),
            "admin": (Role.DINAS_ADMIN, DINAS),
        }
        self.clients = {
            name: make.signed_in(make.user(role, region_code=code))
            for name, (role, code) in places.items()
        }
        self.region = Region.objects.get(code=DINAS)

    def page(self, who: str, code: str = DINAS, *, what: str = "", **asked):
        url = reverse(f"reports:fund_region{what}", args=[code])
        return self.clients[who].get(url, asked)


@pytest.fixture(scope="module")
def kept_regency(module_rows):
    return Regency()


@pytest.fixture
def regency(kept_regency):
    return kept_regency


def rates(progress) -> list[str]:
    found = (progress.figures[each].value for each in Indicator)
    return ["–" if value is None else str(value) for value in found]


def test_a_row_and_the_sum_are_those_worked_out_by_hand(regency):
    funds = funds_of(regency.region, MARCH, today=ON)
    rows = {line.name: line.progress for line in funds.lines}
    mine, late = (rows[str(fund.board)] for fund in (regency.office, regency.late))
    total = funds.total.progress

    # E1: 1,000,000 lent, row 1 paid in February, row 2 due on 10 March was not.
    assert mine.lending.lent == 1_000_000
    assert mine.portfolio.balance == 900_000
    assert rates(mine) == ["0.00", "0.00", "100.00", "–", "0.12"]
    # 1 January to 1 March: three rows of 200,000 open, by then the limit was three.
    assert late.portfolio.arrears_at_risk == 600_000
    assert rates(late) == ["100.00", "100.00", "70.00", "–", "0.00"]
    assert (late.lending.women, late.lending.men) == (2, 1)
    # 1 of 2 loans; 2,000,000 and 600,000 of 2,900,000; 15,000 x 12 / 3 of 60,000,007.
    assert rates(total) == ["50.00", "68.97", "79.31", "–", "0.10"]
    assert (total.capital.p2kp, total.capital.total) == (60_000_007, 60_000_007)
    assert (total.lending.lent, total.lending.groups) == (3_000_000, 2)
    assert (total.boards, total.books, total.active) == (5, 3, 2)
    # 50,000,000 − 1,000,000 + 115,000, 10,000,000 − 2,000,000, and 7; savings of
    # 50,000 were cut from what was paid out.
    assert total.money == 57_115_007 + 50_000


def test_each_board_is_judged_by_its_own_rules_of_the_day(regency):
    found = progress_of(regency.boards, ON)
    late = found[regency.late.board.pk]

    # Four rows are open on 30 April; from that month on five are a risk there.
    assert rates(late)[:3] == ["0.00", "0.00", "100.00"]
    assert late.bands == {Band.SATISFACTORY: 3, Band.MINIMUM: 1}
    assert found[regency.bare.pk].state == "belum ada buku"
    assert found[regency.idle.board.pk].state == "belum ada pinjaman"


def test_a_fund_is_dormant_by_the_rule_of_the_day(regency):
    """Money last moved on 1 December 2025: still within three months on 28 February."""
    board = regency.late.board
    make.rule(board, "upk_dormant_months", 3, starts_on=date(2026, 2, 1))
    make.rule(board, "upk_dormant_months", 1, starts_on=date(2026, 5, 1))

    def standing(day: date) -> str:
        return progress_of(regency.boards, day)[board.pk].standing

    assert standing(date(2026, 1, 31)) == "Aktif"
    assert standing(date(2026, 2, 28)) == "Aktif"
    assert standing(MARCH) == "Tidak bergerak"


def test_a_payout_that_was_taken_back_was_never_lent(regency):
    fund = regency.late
    (loan,) = Loan.objects.filter(board=fund.board)
    waiting = reverse_voucher(
        loan.voucher, dated=date(2026, 4, 2), reason="Salah KSM", by=fund.cashier
    )
    approve_voucher(waiting, by=fund.manager)

    before = progress_of(regency.boards, MARCH)[fund.board.pk].lending
    after = progress_of(regency.boards, ON)[fund.board.pk].lending
    # Three people, of whom one is a man, owed 2,000,000 until 2 April.
    assert (before.lent, before.groups, before.borrowers) == (2_000_000, 1, 3)
    assert after == Lending()


def test_more_boards_ask_no_more(regency, django_assert_max_num_queries):
    for number in range(6):
        lend.fund(cash=5, board=make.board(f"35.20.09.200{number}"))
    with django_assert_max_num_queries(11):
        funds = funds_of(regency.region, MARCH, today=ON)
    assert len(funds.lines) == 11


def test_the_day_is_the_last_that_is_closed_everywhere(regency):
    assert day_of(regency.region, ON) == ON
    # Counted as in the book: 50,000,000 − 950,000 in the box, 50,000 of savings kept.
    ledger.close_month(regency.idle.book, "2025-01", regency.idle.cashier, cash=7)
    assert day_of(regency.region, ON) == ON
    for month in range(2, 13):
        by = regency.idle.cashier
        ledger.close_month(regency.idle.book, f"2025-{month:02d}", by, cash=7)

    assert day_of(regency.region, ON) == date(2025, 12, 31)
    funds = funds_of(regency.region, date(2025, 12, 31), today=ON)
    assert funds.open_books == 2


def test_how_long_a_book_is_waited_for_is_a_rule_of_its_board(
    regency, django_assert_num_queries
):
    """Its last month closed is March 2025, thirteen months before 30 April 2026."""
    board = regency.idle.board
    for month in range(1, 4):
        by = regency.idle.cashier
        ledger.close_month(regency.idle.book, f"2025-{month:02d}", by, cash=7)
    assert day_of(regency.region, ON) == ON

    make.rule(board, "book_idle_months", 14, starts_on=date(2026, 4, 30))
    make.rule(board, "book_idle_months", 1, starts_on=date(2026, 5, 1))

    with django_assert_num_queries(1):
        assert day_of(regency.region, ON) == date(2025, 3, 31)
    # The rule of a day before: the book was not waited for.
    assert day_of(regency.region, date(2026, 4, 29)) == date(2026, 4, 29)


def test_an_office_reads_totals_and_a_province_no_single_board(regency):
    seen = regency.page("dinas", per="31/03/2026").content.decode()
    own = regency.page("kelurahan", regency.office.board.region_code)
    above = regency.page("province", "35", per="31/03/2026").content.decode()
    odd = regency.page("dinas", per="31/02/2026", kecamatan="99.99.99")

    assert all(str(board) in seen for board in regency.boards)
    assert "Sudah Tutup" not in seen
    assert "68,97" in seen
    assert "Belum ada buku" in seen
    assert "3 dari 3 buku UPK belum" in seen.replace("\N{NO-BREAK SPACE}", " ")
    assert str(regency.office.loan.group) not in seen
    assert own.status_code == 200
    assert "Rukun Telat" not in own.content.decode()
    assert regency.page("admin").status_code == 403
    assert regency.page("kelurahan").status_code == 404
    assert "Kabupaten Magetan" in above
    assert "Kabupaten Ngawi" in above
    assert "68,97" in above
    assert "Rukun Telat" not in above
    asked = {"per": "31/03/2026", "kecamatan": "35.20.07"}
    assert regency.page("province", "35", **asked).content.decode() == above
    assert odd.status_code == 200
    assert "error-text" in odd.content.decode()
    part = regency.page("dinas", kecamatan="35.20.07").content.decode()
    assert "Rukun Telat" in part
    assert "Belum Punya" not in part


@pytest.mark.usefixtures("printing")
def test_workbook_and_paper_hold_the_figures_of_the_page(regency):
    sheet = regency.page("dinas", what="_sheet", per="31/03/2026")
    paper = regency.page("dinas", what="_print", per="31/03/2026")

    rows = list(openpyxl.load_workbook(io.BytesIO(sheet.content)).active.values)
    total = dict(zip(rows[0], rows[-1], strict=True))
    assert len(rows) == 7
    assert (total["Saldo pinjaman"], total["PAR (%)"]) == (2_900_000, 68.97)
    assert (total["UPK"], total["Anggota P"], total["CCr (%)"]) == (3, 3, None)
    text = " ".join(page_texts(paper.content))
    assert "per 31 Maret 2026" in text
    assert "2.900.000" in text
    assert "68,97" in text
    assert "belum ada buku" in text


@pytest.mark.usefixtures("printing")
def test_the_paper_of_one_board_goes_up_and_names_no_group(regency):
    office = regency.office
    statement = open_statement(office.statement(), today=ON)
    paper = fund_upward.build(statement, number="1", on=ON)
    facts = {row.cells[0]: row.cells[-1] for row in paper.grids[0].rows}

    assert facts["Saldo pinjaman"] == "800.000"
    assert facts["Jumlah modal"] == "50.000.000"
    assert facts["Anggota peminjam perempuan"] == "1"
    # 35,000 of 176,000, as in the statements of that month.
    assert [row.cells[2] for row in paper.grids[1].rows] == [
        *("0,00", "0,00", "19,89", "−0,85", "100,00"),
    ]
    report = issue_report("perkembangan-upk", statement, on=ON, by=office.fund.cashier)
    url = office.url("paper_page", report.pk)
    assert office.clients["officer"].get(url).status_code == 200
    assert office.clients["stranger"].get(url).status_code == 404
    listed = office.clients["officer"].get(office.url("paper_list")).content.decode()
    assert report.number_text in listed
    page = regency.page("dinas").content.decode()
    assert url in page
