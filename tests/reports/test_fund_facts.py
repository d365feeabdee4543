"""What papers of vouchers, loans and books say: figures worked out by hand."""

from datetime import date

import pytest

from boards.models import BoardSetting
from boards.roles import Post, Role
from common.errors import RuleViolation
from common.periods import Period
from reports.builders import (
    ledger_books,
    ledger_results,
    loan_application,
    loan_cards,
    loan_contract,
    loan_letters,
    loan_reports,
    loan_sums,
    vouchers,
)
from reports.fund_papers import voucher_rows
from tests.make import boards as make
from tests.make import ledger
from tests.make import loans as lend
from tests.reports.fund_office import APRIL, ON

pytestmark = pytest.mark.django_db


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def cells(grid) -> list[tuple[str, ...]]:
    return [row.cells for row in grid.rows]


def test_a_voucher_names_money_people_and_entries(office):
    voucher = office.receipt.voucher

    paper = vouchers.build(voucher, number=voucher.number_text, on=ON)

    assert paper.name == "Bukti Kas Masuk"
    assert (paper.party_label, paper.party) == ("Diterima dari", "Siti")
    assert (paper.amount, paper.words) == (
        "Rp115.000",
        "seratus lima belas ribu rupiah",
    )
    assert cells(paper.grid) == [
        ("11010", "Kas", "115.000", "–"),
        ("11030", "Pinjaman KSM", "–", "100.000"),
        ("41010", "Jasa Pinjaman", "–", "15.000"),
    ]
    manager, cashier = str(office.fund.manager), str(office.fund.cashier)
    assert [each.name for each in paper.signers] == [cashier, manager, "Siti"]
    assert (paper.shape, paper.public_title) == ("half", "Bukti Kas Masuk")


def test_a_receipt_says_who_gave_and_who_took(office):
    coming, going = office.receipt.voucher, office.cost
    cashier = str(office.fund.cashier)

    taken = vouchers.build_receipt(coming, number="1", on=ON)
    given = vouchers.build_receipt(going, number="2", on=ON)

    assert (taken.party, given.party) == ("Siti", f"UPK {office.board}")
    assert [each.name for each in taken.signers[1:]] == ["Siti", cashier]
    assert [each.name for each in given.signers[1:]] == [cashier, "Retno"]
    assert not taken.stamped


def test_what_does_not_count_has_no_paper_and_a_transfer_no_receipt(office):
    by = office.fund.cashier
    entries = (("51030", 1_000), ("11010", -1_000))
    waiting = ledger.voucher(office.book, by, *entries, dated=ON, second=True)
    moved = ledger.voucher(office.book, by, ("12020", 9), ("11010", -9), dated=ON)

    with pytest.raises(RuleViolation, match="belum dibukukan"):
        vouchers.build(waiting, number="", on=ON)
    with pytest.raises(RuleViolation, match="tidak punya kuitansi"):
        vouchers.build_receipt(moved, number="", on=ON)
    assert [row.can_issue for row in voucher_rows(waiting)] == [False]
    assert [row.kind.code for row in voucher_rows(moved)] == ["bukti"]


def test_the_plan_is_that_of_example_e1(office):
    paper = loan_cards.build_plan(office.loan, number="1", on=ON)
    group, member = paper.grids

    assert group.rows[0].cells == (
        *("1", "10/02/2026", "100.000", "15.000", "115.000", "115.000"),
        *("900.000", "135.000"),
    )
    assert group.rows[-1].cells[:4] == ("Jumlah", "1.000.000", "150.000", "1.150.000")
    assert member.rows[-1].cells[:4] == group.rows[-1].cells[:4]
    assert plain(dict(paper.facts)["Jasa"]) == (
        "1,5 persen setiap angsuran, tetap, Rp150.000"
    )


def test_the_card_follows_example_e6(office):
    paper = loan_cards.build(office.loan, number="1", on=date(2026, 4, 10))
    _plan, done = paper.grids

    assert cells(done) == [
        ("1", "10/02/2026", "100.000", "–", "15.000", "–", "900.000", "135.000", ""),
        # Row 2 whole, 5,000 of the charge of row 3: 100,000 and 10,000 stay behind.
        (
            *("2", "10/04/2026", "100.000", "100.000"),
            *("20.000", "10.000", "800.000", "115.000", ""),
        ),
    ]
    assert "tunggakan pokok Rp100.000 dan jasa Rp10.000" in paper.closing[0]
    assert "saldo pokok Rp800.000" in paper.closing[0]
    assert "Tabungan tanggung renteng kelompok Rp50.000" in paper.closing[0]


def test_a_card_of_a_past_day_knows_nothing_of_later(office):
    paper = loan_cards.build(office.loan, number="1", on=date(2026, 3, 9))

    assert len(paper.grids[1].rows) == 1
    assert "saldo pokok Rp900.000" in paper.closing[0]
    assert "tunggakan tidak ada" in paper.closing[0]


def test_a_blank_card_has_a_row_for_every_instalment_and_two_more(office):
    paper = loan_cards.build_blank(office.loan, number="1", on=ON)

    assert [len(grid.rows) for grid in paper.grids] == [11, 12]
    assert set(paper.grids[1].rows[3].cells[1:]) == {""}


def test_movements_add_up_and_what_was_taken_back_stands_below_zero(office):
    paper = loan_cards.build_moves(office.loan, number="1", on=ON)
    (grid,) = paper.grids

    assert [row.cells[4:8] for row in grid.rows[:-1]] == [
        ("1.000.000", "–", "–", "–"),
        ("–", "100.000", "15.000", "–"),
        ("–", "100.000", "20.000", "–"),
    ]
    assert grid.rows[-1].cells[1:4] == ("1.000.000", "200.000", "35.000")
    assert plain(paper.closing[0]) == "Saldo pokok per 30 April 2026: Rp800.000."


def test_the_application_shows_what_was_asked_found_and_decided(office):
    paper = loan_application.build(office.loan, number="1", on=ON)
    asked, found, decided = paper.grids
    name = office.loan.shares.get().name

    assert asked.rows[0].cells == ("1", name, "1.000.000", "–")
    assert found.rows[0].cells == (
        *("1", name, "3.000.000", "1.000.000", "2.000.000", "1.000.000", "10"),
    )
    assert decided.rows[0].cells == ("1", name, "1.000.000", "10", "115.000", "–")
    assert "(satu juta rupiah)" in dict(paper.facts)["Jumlah dimohon"]
    assert "disetujui" in paper.closing[0]


def test_an_open_application_says_what_is_still_missing(office):
    open_one = lend.application(office.fund)

    paper = loan_application.build(open_one, number="1", on=ON)

    assert [grid.rows == () for grid in paper.grids] == [False, True, True]
    assert [grid.empty for grid in paper.grids[1:]] == [
        "Belum diperiksa.",
        "Belum diputus.",
    ]
    with pytest.raises(RuleViolation, match="sesudah petugas memeriksa"):
        loan_application.build_check(open_one, number="1", on=ON)
    with pytest.raises(RuleViolation, match="sesudah pinjaman cair"):
        loan_contract.build(open_one, number="1", on=ON)


def test_the_contract_binds_every_member_and_is_dated_by_the_payout(office):
    paper = loan_contract.build(office.loan, number="1", on=ON)
    text = plain(" ".join(word for each in paper.articles for word in each.texts))

    assert paper.dated_on == date(2026, 1, 10)
    assert [each.number for each in paper.articles] == list(range(1, 12))
    assert "Rp1.000.000 (satu juta rupiah)" in text
    assert "10 (sepuluh) angsuran" in text
    assert "10 Februari 2026 dan yang terakhir 10 November 2026" in text
    assert "Tabungan tanggung renteng 5 persen" in text
    assert "menanggung pinjaman ini bersama-sama" in text
    assert paper.members.rows[-1].cells[1:] == ("", "1.000.000", "")


def test_papers_of_a_loan_have_the_words_of_their_day(office):
    """The contract those of the payout, 10 January; the statement those of its own."""
    board = office.board
    make.rule(board, "contract_disputes", ["Lurah menengahi."], starts_on=ON)
    make.rule(board, "contract_visits", ["UPK datang."], starts_on=date(2026, 1, 10))
    make.rule(board, "joint_promise", ["Semua membayar."], starts_on=ON)

    articles = loan_contract.build(office.loan, number="1", on=ON).articles
    said = {each.heading: plain(each.texts[0]) for each in articles}
    lead = {
        day: loan_application.build_joint(office.loan, number="1", on=day).lead[1]
        for day in (date(2026, 4, 29), ON)
    }

    assert said["Perselisihan"].startswith("Perselisihan diselesaikan")
    assert said["Pembinaan"] == "UPK datang."
    assert plain(lead[ON]) == "Semua membayar."
    assert "barang anggota yang menunggak" in plain(lead[date(2026, 4, 29)])


def test_no_paper_of_a_loan_prints_a_nik(office):
    share = office.loan.shares.get()
    joint = loan_application.build_joint(office.loan, number="1", on=ON)
    heads = [column.title for grid in joint.grids for column in grid.columns]

    assert heads == ["No", "Nama", "L/P", "Alamat", "Tanda tangan"]
    assert joint.grids[0].rows[0].cells[1] == share.name


def test_a_warning_states_the_arrears_of_its_day(office):
    paper = loan_letters.build_warning_3(office.loan, number="1", on=date(2026, 4, 10))
    facts = {label: plain(value) for label, value in paper.facts}

    assert facts["Tunggakan pokok"] == "Rp100.000"
    assert facts["Tunggakan jasa"] == "Rp10.000"
    assert facts["Menunggak sejak"] == "10 April 2026"
    assert facts["Banyaknya angsuran"] == "1 (satu) kali"
    assert "dibahas dalam rapat LKM" in paper.after[0]
    ends = ["Datang ke kantor.", "Datang ke LKM.", "Datang ke kelurahan."]
    make.rule(office.board, "warning_ends", ends, starts_on=ON)
    assert (
        loan_letters.build_warning_3(
            office.loan, number="1", on=date(2026, 4, 10)
        ).after
        == paper.after
    )
    later = loan_letters.build_warning_3(office.loan, number="1", on=ON)
    assert later.after[0].endswith("Datang ke kelurahan.")
    # Seven days by the fall-back of the rule.
    assert "17 April 2026" in plain(paper.after[0])
    assert len(paper.copies) == 4
    with pytest.raises(RuleViolation, match="tidak menunggak"):
        loan_letters.build_warning_1(office.loan, number="1", on=date(2026, 3, 1))
    with pytest.raises(RuleViolation, match="sesudah pinjaman lunas"):
        loan_letters.build_paid(office.loan, number="1", on=ON)


def test_day_books_carry_the_figures_of_the_journals(office):
    cash = ledger_books.build_cash(office.statement(), number="1", on=ON)
    money_in = ledger_books.build_money_in(office.statement(), number="1", on=ON)
    out = ledger_books.build_money_out(office.statement(), number="1", on=ON)

    # 50,000,000 − 950,000 paid out + 115,000; then + 120,000 − 176,000.
    assert cash.grids[0].rows[0].cells[-1] == "49.165.000"
    assert cash.grids[0].rows[-1].cells == (
        *("Jumlah", "120.000", "176.000", "49.109.000"),
    )
    assert money_in.grids[0].rows[-1].cells[1:] == (
        *("120.000\n–", "–\n100.000", "–\n20.000"),
    )
    assert out.grids[0].rows[0].cells[4:] == (
        *("–\n176.000", "150.000\n–", "26.000\n–"),
    )
    assert "Rp176.000" in out.closing[0]


def test_a_bank_book_wants_a_bank_and_an_empty_month_says_so(office):
    bank = ledger_books.build_bank(office.statement("11021"), number="1", on=ON)

    assert bank.grids[0].rows[-1].cells[0] == "Jumlah; tidak ada mutasi bulan ini"
    assert "nihil" in bank.closing[0]
    with pytest.raises(RuleViolation, match="Pilih akun bank"):
        ledger_books.build_bank(office.statement("11010"), number="1", on=ON)
    with pytest.raises(RuleViolation, match="Pilih akunnya"):
        ledger_books.build_account(office.statement(), number="1", on=ON)


def test_the_financial_report_balances_and_judges(office):
    paper = ledger_results.build(office.statement(), number="1", on=ON)
    balance, results, equity, figures = paper.grids
    sums = {row.cells[0]: row.cells[1:] for row in balance.rows if row.shape == "sum"}

    # Cash 49,109,000 and loans 800,000; savings 50,000, capital 50,000,000,
    # income 35,000 less cost 176,000.
    assert sums["Jumlah kekayaan"] == ("49.909.000",)
    assert sums["Jumlah hutang"] == ("50.000",)
    assert sums["Jumlah modal"] == ("49.859.000",)
    assert sums["Jumlah hutang dan modal"] == ("49.909.000",)
    assert results.rows[-1].cells == ("Laba bersih", "(156.000)", "(141.000)")
    assert equity.rows[-1].cells[-1] == "49.859.000"
    assert figures.rows[0].cells[0] == "LAR"
    # 35,000 of 176,000; the loan is one instalment behind, not three.
    assert [row.cells[2] for row in figures.rows] == [
        *("0,00", "0,00", "19,89", "−0,85", "100,00"),
    ]
    assert "Kekayaan sama dengan hutang dan modal: Rp49.909.000" in paper.closing[0]
    assert "belum ditutup" in paper.closing[1]
    assert [each.name for each in paper.signers][1] == "Darmaji"


def test_the_financial_report_judges_by_the_rules_of_the_board(office):
    BoardSetting.objects.create(
        board=office.board,
        name="loan_ccr_limits",
        value=["19.5", "15"],
        starts_on=date(2026, 4, 1),
        article="ART pasal 9",
        created_by=office.secretary,
    )
    judged = {
        month: {
            row.cells[0]: tuple(map(plain, row.cells[2:]))
            for row in ledger_results.build(
                office.statement(month=month), number="1", on=ON
            )
            .grids[3]
            .rows
        }
        for month in (Period.parse("2026-03"), APRIL)
    }

    # 35,000 of 176,000; 19.89 is below the sheet's 100 and above the board's 19.5.
    assert judged[APRIL]["CCr"] == (
        "19,89",
        "Memuaskan 19,5 %\nPenundaan 15 %",
        "Memuaskan",
    )
    assert judged[APRIL]["RR"][1:] == ("Memuaskan 90 %\nPenundaan 80 %", "Memuaskan")
    # The rule holds from April; there were no costs yet in March.
    march = judged[Period.parse("2026-03")]["CCr"]
    assert march[1:] == ("Memuaskan 125 %\nPenundaan 100 %", "Belum ada biaya")


def test_reports_over_loans_have_the_columns_of_the_sheet(office):
    ask = {"number": "1", "on": ON}
    progress = loan_reports.build_progress(office.statement(), **ask)
    arrears = loan_reports.build_arrears(office.statement(), **ask)
    classes = loan_reports.build_classes(office.statement(), **ask)
    reserve = loan_sums.build_reserve(office.statement(), **ask)
    planned = loan_sums.build_planned(office.statement(), **ask)
    loan = office.loan

    assert progress.grids[0].rows[0].cells == (
        *("1", f"{loan.group}\n{loan.account_number}", "10/11/2026"),
        *("1.000.000", "100,00", "300.000\n45.000", "100.000\n15.000"),
        *("100.000\n20.000", "200.000\n35.000", "800.000\n115.000"),
        *("80,00", "100.000\n10.000"),
    )
    assert "sama dengan akun Pinjaman KSM: Rp800.000" in progress.closing[0]
    assert [row.cells[-4:] for row in arrears.grids[0].rows] == [
        ("1.000.000", "800.000", "100.000", "10.000")
    ] * 3
    assert classes.grids[0].rows[-1].cells == (
        *("Jumlah", "800.000", "110.000", "–", "800.000", "–", "–", "–"),
    )
    # 5 per cent of class 2; nothing was set aside yet.
    assert reserve.grids[0].rows[-1].cells == ("Jumlah", "", "800.000", "40.000")
    assert "Rp0, yang seharusnya Rp40.000" in reserve.closing[1]
    assert [row.cells[1:] for row in planned.grids[0].rows[1:]] == [
        ("100.000", "15.000", "100.000", "15.000", "–", "–"),
        ("100.000", "15.000", "–", "–", "(100.000)", "(15.000)"),
        ("100.000", "15.000", "100.000", "20.000", "–", "5.000"),
        ("300.000", "45.000", "200.000", "35.000", "(100.000)", "(10.000)"),
    ]


def test_reports_over_loans_ask_no_more_for_more_loans(
    office, django_assert_max_num_queries
):
    statement = office.statement()
    for _ in range(4):
        lend.lent(office.fund, on=date(2026, 2, 1))
    for build in (loan_reports.build_progress, loan_reports.build_arrears):
        with django_assert_max_num_queries(14):
            build(statement, number="1", on=ON)


def test_who_left_signs_no_more(office):
    held = office.fund.manager.assignments.get()
    statement = office.statement()
    before = ledger_books.build_cash(statement, number="1", on=ON).signers[0].name
    held.ended_at, held.ended_by = "2026-04-29T10:00:00+07:00", office.secretary
    held.save()
    other = make.user(Role.LOAN_UNIT, board=office.board, post=Post.MANAGER)

    after = ledger_books.build_cash(statement, number="1", on=ON).signers[0].name

    assert (before, after) == (str(office.fund.manager), str(other))
