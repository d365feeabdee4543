"""`manage.py check_ledger` names what was changed behind the triggers' back."""

from contextlib import suppress
from datetime import date

import pytest
from django.core.management import call_command

from boards.roles import Role
from boards.triggers import without_triggers
from common.periods import Period
from ledger import services
from ledger.models import Entry, Voucher
from tests.make import boards as make
from tests.make import ledger

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def house(module_rows):
    """A book with three vouchers of November and its month closed."""
    board = make.board()
    by = make.user(Role.LOAN_UNIT, board=board)
    book = ledger.book(board, by, opened_on=date(2025, 11, 1))
    for amount in (300, 200, 100):
        lines = (("11010", amount), ("31010", -amount))
        ledger.voucher(book, by, *lines, dated=date(2025, 11, 20))
    counts = {account.pk: (0, "") for account in services.money_accounts(book)}
    counts[ledger.account(book, "11010").pk] = (600, "")
    services.close_month(book, month=Period.month(2025, 11), counts=counts, by=by)
    return book


def said(capsys) -> str:
    """Status and words of the command."""
    status = 1
    with suppress(SystemExit):
        call_command("check_ledger")
        status = 0
    return f"{status} {capsys.readouterr().out.strip()}"


def test_whole_books_are_said_to_be_whole(house, capsys):
    assert said(capsys) == "0 Semua buku cocok."


def test_an_entry_changed_behind_the_triggers_is_named(house, capsys):
    with without_triggers():
        Entry.objects.filter(debit=200).update(debit=250)

    assert said(capsys) == (
        f"1 TIDAK COCOK {house.board.slug}, Buku UPK: BPB-UPK-2025-0002: debet Rp250,"
        " kredit Rp200, jumlah Rp200"
    )


def test_one_account_of_another_book_is_named(house, capsys):
    other = ledger.book(make.board(), make.user(Role.LOAN_UNIT, board=make.board()))
    with without_triggers():
        Entry.objects.filter(debit=200).update(account=ledger.account(other, "11010"))

    assert said(capsys) == (
        f"1 TIDAK COCOK {house.board.slug}, Buku UPK: BPB-UPK-2025-0002: akun dari"
        " buku lain"
    )


def test_a_voucher_that_went_missing_leaves_a_gap(house, capsys):
    with without_triggers():
        Entry.objects.filter(voucher__amount=200).delete()
        Voucher.objects.filter(amount=200).delete()

    assert said(capsys) == (
        f"1 TIDAK COCOK {house.board.slug}, Buku UPK: BPB 2025: nomor 1 sampai 3,"
        " tetapi ada 2 bukti"
    )


def test_a_voucher_moved_into_a_closed_month_is_named(house, capsys):
    by = house.opened_by
    late = ledger.voucher(
        house, by, ("11010", 7), ("31010", -7), dated=date(2025, 12, 1)
    )
    with without_triggers():
        Voucher.objects.filter(pk=late.pk).update(dated=date(2025, 11, 30))

    assert said(capsys) == (
        f"1 TIDAK COCOK {house.board.slug}, Buku UPK: BPB-UPK-2025-0004: dibukukan"
        " sesudah Buku UPK 11/2025 ditutup"
    )


def test_cash_below_zero_is_named(module_rows, capsys):
    board = make.board()
    book = ledger.book(board, make.user(Role.LOAN_UNIT, board=board))
    ledger.voucher(book, book.opened_by, ("51030", 5), ("11010", -5))

    assert said(capsys).endswith("Buku UPK: Kas kurang dari nol.")
