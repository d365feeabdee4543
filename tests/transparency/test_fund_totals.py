"""The public totals of a fund: only closed months, nothing below five borrowers."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from boards.models import Board, BoardSetting
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
    lend.lent(fund, on=date(2026, 2, 10), amounts=(1_000_000,))
    few = told(fund)

    # Four people, and what came in February is not closed yet.
    assert few["Modal dana bergulir"] == "Rp20.000.000"
    assert set(few.values()) == {"Rp20.000.000", HIDDEN}

    ledger.close_month(fund.book, "2026-02", fund.cashier, cash=17_115_000)
    five = told(fund)
    # 2,000,000 and 1,000,000 lent. Of 115,000 in the order of the plan 30,000 are
    # charge (1.5 per cent of 2,000,000) and 85,000 pokok: 2,915,000 are left.
    assert five["Pinjaman disalurkan sejak awal"] == "Rp3.000.000"
    assert five["Saldo pinjaman"] == "Rp2.915.000"
    assert five["Warga yang sedang meminjam"] == "5 orang"
    assert five["KSM dilayani sejak awal"] == "2 KSM"
    assert five["Tingkat pengembalian (RR)"] == "100,00 %"
    seen = page(fund.board)
    assert "28 Februari 2026" in seen
    assert "Rp2.915.000" in seen
    assert str(first.group) not in seen


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
