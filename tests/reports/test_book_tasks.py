"""What waits at the books on the home page of a board."""

from datetime import date

import pytest

from boards.roles import Role
from ledger.services import approve_voucher
from tests.make import boards as make
from tests.make import ledger

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def house(module_rows):
    """A fund book since last January, one cost of the cashier waiting."""
    board = make.board()
    cashier, manager = (make.user(Role.LOAN_UNIT, board=board) for _ in "ab")
    book = ledger.book(board, cashier)
    ledger.voucher(book, cashier, ("11010", 500), ("31010", -500))
    return {
        "board": board,
        "book": book,
        "user": cashier,
        "cashier": make.signed_in(cashier),
        "manager": make.signed_in(manager),
        "secretary": make.signed_in(make.user(Role.SECRETARY, board=board)),
        "other": manager,
    }


def home(house, who: str) -> str:
    page = house[who].get(f"/lkm/{house['board'].slug}/")
    return page.text.replace("\xa0", " ")


def wait(house):
    return ledger.voucher(
        house["book"], house["user"], ("51030", 5), ("11010", -5), second=True
    )


def test_who_did_not_write_it_is_asked_to_approve(house):
    waiting = wait(house)

    assert "Setujui 1 bukti di Buku UPK" in home(house, "manager")
    assert "Setujui 1 bukti" not in home(house, "cashier")
    assert "Setujui 1 bukti" not in home(house, "secretary")

    approve_voucher(waiting, by=house["other"])

    assert "Setujui 1 bukti" not in home(house, "manager")


def test_the_next_month_to_close_is_named_to_the_keepers_of_the_book(house):
    assert "Tutup Januari 2026, Buku UPK" in home(house, "cashier")
    assert "Buku UPK" not in home(house, "secretary")

    ledger.close_month(house["book"], "2026-01", house["user"], cash=500)

    assert "Tutup Februari 2026, Buku UPK" in home(house, "cashier")


def test_a_book_opened_this_month_asks_for_nothing(house):
    today = house["board"].today()
    ledger.book(
        house["board"],
        house["user"],
        kind="works",
        opened_on=date(today.year, today.month, 1),
    )

    assert "Buku Sekretariat dan Kegiatan" not in home(house, "secretary")
