"""The public totals of a fund: only closed months, nothing below five borrowers."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from boards.models import Board, BoardSetting
from common.periods import Period
from ledger.balances import balances
from ledger.chart import Use
from tests.make import boards as make
from tests.make import ledger
from tests.make import loans as lend
from transparency.fund_totals import HIDDEN, public_fund

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """It is 20 March 2026 at every board."""
    monkeypatch.setattr(Board, "today", lambda self: date(2026, 3, 20))


def told(fund) -> dict[str, str]:
    return {
        shown.label: shown.text.replace("\N{NO-BREAK SPACE}", " ")
        for shown in public_fund(fund.board, today=date(2026, 3, 20)).figures
    }


def page(board) -> str:
    url = reverse("transparency:fund_page", args=[board.slug])
    answer = Client().get(url)
    assert answer.status_code == 200
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_totals_of_closed_months_and_five_borrowers_or_more():
    fund = lend.fund(cash=20_000_000, opened_on=date(2026, 1, 1))
    first = lend.lent(fund, on=date(2026, 1, 10), amounts=(500_000,) * 4)
    assert told(fund) == {}
    assert "Belum ada bulan yang ditutup" in page(fund.board)

    ledger.close_month(fund.book, "2026-01", fund.cashier, cash=18_000_000)
    lend.paid(fund, first, 115_000, on=date(2026, 2, 10))
    second = lend.lent(fund, on=date(2026, 2, 10), amounts=(1_000_000,))
    lend.paid(fund, second, 115_000, on=date(2026, 2, 20))
    few = told(fund)

    # Four people, and what came in February is not closed yet.
    assert few["Modal dana bergulir"] == "Rp20.000.000"
    assert set(few.values()) == {"Rp20.000.000", HIDDEN.format(least=5)}

    ledger.close_month(fund.book, "2026-02", fund.cashier, cash=17_230_000)
    five = told(fund)
    # 2,000,000 and 1,000,000 lent. Of 115,000 in the order of the plan 30,000 are
    # charge (1.5 per cent of 2,000,000) and 85,000 pokok; of 115,000 of the other
    # 100,000: 2,815,000 are left.
    assert five["Pinjaman disalurkan sejak awal"] == "Rp3.000.000"
    assert five["Saldo pinjaman"] == "Rp2.815.000"
    assert five["Warga yang sedang meminjam"] == "5 orang"
    assert five["KSM dilayani sejak awal"] == "2 KSM"
    assert five["Tingkat pengembalian (RR)"] == "100,00 %"
    seen = page(fund.board)
    assert "28 Februari 2026" in seen
    assert "Rp2.815.000" in seen
    assert str(first.group) not in seen


def close(fund, month: str) -> None:
    """A month closed with what the book says is in the box."""
    state = balances(fund.book, until=Period.parse(month).end)
    ledger.close_month(fund.book, month, fund.cashier, cash=state.of_use(Use.CASH))


def day_of(fund) -> date:
    return public_fund(fund.board, today=date(2026, 3, 20)).on


def test_no_two_months_tell_of_a_few_borrowers():
    """November: five borrow. December: one more; the totals stand still."""
    fund = lend.fund(opened_on=date(2025, 11, 1))
    lend.lent(fund, on=date(2025, 11, 5), amounts=(100_000,) * 5)
    close(fund, "2025-11")
    assert told(fund)["Pinjaman disalurkan sejak awal"] == "Rp500.000"
    lend.lent(fund, on=date(2025, 12, 5), amounts=(700_000,))
    close(fund, "2025-12")

    assert day_of(fund) == date(2025, 11, 30)
    assert told(fund)["Pinjaman disalurkan sejak awal"] == "Rp500.000"
    assert "30 November 2025" in page(fund.board)

    # Four more: five borrowed since November.
    lend.lent(fund, on=date(2026, 1, 5), amounts=(100_000,) * 4)
    close(fund, "2026-01")
    assert day_of(fund) == date(2026, 1, 31)
    assert told(fund)["Warga yang pernah meminjam"] == "10 orang"


def test_how_many_are_a_few_is_a_rule_of_the_month():
    """From December on six: then the five of November are told, one more is not."""
    fund = lend.fund(opened_on=date(2025, 11, 1))
    make.rule(fund.board, "public_least_borrowers", 6, starts_on=date(2025, 12, 1))
    lend.lent(fund, on=date(2025, 11, 5), amounts=(100_000,) * 5)
    close(fund, "2025-11")
    assert told(fund)["Warga yang pernah meminjam"] == "5 orang"
    assert "kurang dari 5 peminjam" in page(fund.board)

    lend.lent(fund, on=date(2025, 12, 5), amounts=(100_000,) * 5)
    close(fund, "2025-12")
    assert day_of(fund) == date(2025, 11, 30)

    lend.lent(fund, on=date(2026, 1, 5), amounts=(100_000,))
    close(fund, "2026-01")
    assert day_of(fund) == date(2026, 1, 31)
    assert told(fund)["Warga yang pernah meminjam"] == "11 orang"
    assert "kurang dari 6 peminjam" in page(fund.board)


def test_a_few_who_pay_or_borrow_for_the_first_time_are_not_told():
    fund = lend.fund(opened_on=date(2025, 11, 1))
    again = lend.group(fund.board, size=6)
    first = lend.lent(fund, on=date(2025, 11, 5), group_=again, amounts=(100_000,) * 5)
    # Two borrow beside five; in December nobody else pays.
    pair = lend.lent(fund, on=date(2025, 11, 6), amounts=(100_000,) * 2)
    close(fund, "2025-11")
    lend.paid(fund, pair, 5_000, on=date(2025, 12, 8))
    close(fund, "2025-12")
    assert day_of(fund) == date(2025, 11, 30)

    lend.paid(fund, first, 575_000, on=date(2026, 1, 8))
    close(fund, "2026-01")
    assert day_of(fund) == date(2026, 1, 31)

    # The same five and one who never borrowed: her share would be the difference.
    lend.lent(fund, on=date(2026, 2, 5), group_=again, amounts=(100_000,) * 6)
    close(fund, "2026-02")
    assert day_of(fund) == date(2026, 1, 31)


def test_the_board_may_keep_its_totals_to_itself():
    fund = lend.fund(cash=7, opened_on=date(2026, 1, 1))
    ledger.close_month(fund.book, "2026-01", fund.cashier, cash=7)
    assert "Rp7" in page(fund.board)
    BoardSetting.objects.create(
        board=fund.board,
        name="fund_totals_public",
        value=False,
        starts_on=date(2026, 3, 1),
        article="ART pasal 9",
        created_by=fund.manager,
    )

    seen = page(fund.board)

    assert "tidak menampilkan" in seen
    assert "Rp7" not in seen
    assert "Belum ada bulan yang ditutup" in page(make.board())
    assert Client().get("/publik/tidak-ada/dana-bergulir/").status_code == 404


def listed(**asked) -> str:
    answer = Client().get(reverse("transparency:fund_list"), asked)
    assert answer.status_code == 200
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_the_list_names_the_boards_that_show_their_totals(django_assert_num_queries):
    shown, other = (lend.fund().board for _ in range(2))
    without, shy = make.board(), lend.fund().board
    BoardSetting.objects.create(
        board=shy,
        name="fund_totals_public",
        value=False,
        starts_on=date(2026, 1, 1),
        article="Rapat anggota",
    )
    page = reverse("transparency:fund_page", args=[shown.slug])

    text = listed()

    assert page in text
    assert str(other) in text
    assert f"/{without.slug}/" not in text
    assert f"/{shy.slug}/" not in text
    found = listed(cari=f"{shown.name} {shown.village.upper()}")
    assert page in found
    assert f"/{other.slug}/" not in found
    assert "Tidak ada LKM yang cocok" in listed(cari="Atlantis")
    with django_assert_num_queries(1):
        listed()
