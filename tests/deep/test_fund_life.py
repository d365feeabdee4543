"""The fund lives through thousands of random events; the book and the cards agree."""

import pytest
from django.core.management import call_command
from django.db import Error, connection, transaction

from common.periods import Period
from ledger.models import PeriodClose
from ledger.services import next_month
from tests.deep.fund_life import EVENTS, Life
from tests.deep.snapshot import changed, snapshot

pytestmark = pytest.mark.django_db
SEEDS = (1, 2, 3)
POSTED = "posted_at IS NOT NULL"
STANDING = "reversed_on IS NULL"
# What somebody with the database in hand might try on what stands in the book.
EDITS = (
    f"UPDATE ledger_voucher SET amount = amount + 1 WHERE {POSTED}",
    f"UPDATE ledger_voucher SET dated = '2026-11-21' WHERE {POSTED}",
    f"UPDATE ledger_voucher SET description = 'lain' WHERE {POSTED}",
    f"UPDATE ledger_voucher SET posted_at = NULL, seq = NULL WHERE {POSTED}",
    f"DELETE FROM ledger_voucher WHERE {POSTED}",
    "UPDATE ledger_entry SET debit = debit + 1 WHERE debit > 0",
    "UPDATE ledger_entry SET debit = credit, credit = debit",
    "DELETE FROM ledger_entry",
    "INSERT INTO ledger_entry (voucher_id, account_id, position, debit, credit)"
    " SELECT voucher_id, account_id, 90 + position, debit, credit FROM ledger_entry",
    "UPDATE ledger_periodclose SET last_day = first_day",
    "UPDATE ledger_periodclose SET reopened_at = closed_at, reopen_reason = 'x',"
    " reopened_by_id = closed_by_id"
    " WHERE id = (SELECT MIN(id) FROM ledger_periodclose)",
    "DELETE FROM ledger_periodclose",
    "UPDATE ledger_moneycheck SET counted = counted + 1",
    "DELETE FROM ledger_yearclose",
    "UPDATE ledger_yearclose SET profit = profit + 1",
    f"UPDATE loans_receipt SET amount = amount + 1, principal = principal + 1"
    f" WHERE {STANDING}",
    f"UPDATE loans_receipt SET reversed_on = '2026-11-21' WHERE {STANDING}",
    "UPDATE loans_receipt SET reversed_on = NULL WHERE reversed_on IS NOT NULL",
    "DELETE FROM loans_receipt",
    "UPDATE loans_receiptpart SET principal = 0 WHERE principal > 0",
    "DELETE FROM loans_receiptpart",
    "INSERT INTO loans_receiptpart (receipt_id, installment_id, loan_id, paid_on,"
    " due_on, planned, principal, service_charge, forgiven) SELECT r.id, i.id, l.id,"
    ' r."on", i.due_on, i.principal, 1, 0, 0 FROM loans_receipt r JOIN loans_loan l'
    " ON l.id = r.loan_id JOIN loans_installment i ON i.loan_id = l.id"
    " WHERE NOT EXISTS (SELECT 1 FROM loans_receiptpart p"
    " WHERE p.installment_id = i.id)",
    "INSERT INTO loans_receiptshare"
    " (receipt_id, row_id, principal, service_charge, forgiven)"
    " SELECT r.id, i.id, 1, 0, 0 FROM loans_receipt r JOIN loans_loan l"
    " ON l.id = r.loan_id JOIN loans_loanshare s ON s.loan_id = l.id"
    " JOIN loans_shareinstallment i ON i.share_id = s.id"
    " WHERE NOT EXISTS (SELECT 1 FROM loans_receiptshare p"
    " WHERE p.row_id = i.id)",
    "DELETE FROM loans_receiptshare",
    "UPDATE loans_loan SET principal = principal + 1 WHERE disbursed_on IS NOT NULL",
    "UPDATE loans_loan SET state = 'written_off' WHERE state = 'paid'",
    "UPDATE loans_installment SET due_on = '2027-01-01' WHERE no = 1",
    "UPDATE loans_savingsmove SET amount = amount + 1",
    "DELETE FROM loans_savingsmove",
    "UPDATE loans_writeoff SET principal = principal + 1",
    "UPDATE loans_reserveentry SET target = target + 1",
)


def refused(sql: str) -> None:
    """The database says no; a trigger of ours, and not a wrong statement."""
    said = "nothing"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except Error as fault:
        said = str(fault)
    assert "frozen: " in said, f"{sql}: {said}"


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_happens_the_book_and_the_cards_agree(seed, capsys):
    life = Life(seed)
    for number in range(EVENTS):
        life.step()
        if number % 100 == 99:
            life.check()
            # As a server that stays does by itself.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
    life.check()

    acts = "pay lend settle take_back spend reverse_any close close_year recover"
    acts += " write_off reschedule return_savings"
    assert [name for name in acts.split() if not life.done[name]] == [], life.done
    assert isinstance(next_month(life.book), Period)
    # What was told of a month is told of it still, whatever came after.
    assert len(life.told) == PeriodClose.objects.count() >= 15
    for month, told in life.told.items():
        assert life.tells(month) == told, month
    call_command("check_ledger")
    call_command("check_loans")
    assert "TIDAK COCOK" not in capsys.readouterr().out

    before = snapshot()
    for sql in EDITS:
        refused(sql)
    assert changed(before) == []
