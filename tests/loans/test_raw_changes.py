"""What raw SQL changes of loans and books is refused, or named by the nightly check."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from common.periods import Period
from ledger.balances import balances
from ledger.services import (
    approve_voucher,
    close_month,
    money_accounts,
    reverse_voucher,
)
from loans import services
from loans.models import Loan
from loans.verification import broken_standings
from tests.make import loans as lend
from tests.make import problems

pytestmark = pytest.mark.django_db
JAN_10, FEB_10, MAR_10 = date(2025, 1, 10), date(2025, 2, 10), date(2025, 3, 10)
APR_1, MAY_20 = date(2026, 4, 1), date(2026, 5, 20)


@pytest.fixture(scope="module")
def rows(module_rows):
    """A loan of every end, one receipt taken back, January closed: name to key."""
    fund = lend.fund(savings_percent=10)
    paid = lend.lent(fund, on=JAN_10)
    lend.paid(fund, paid, 1_150_000, on=FEB_10)
    running = lend.lent(fund, on=MAR_10)
    lend.paid(fund, running, 115_000, on=date(2025, 4, 10))
    back = lend.paid(fund, running, 5_000, on=date(2025, 5, 10))
    lend.take_back(fund, back, on=date(2025, 5, 12))
    gone, old = lend.lent(fund, on=MAR_10), lend.lent(fund, on=MAR_10)
    decision = problems.decisions(fund.board, {"title": "Macet", "kind": "general"})[0]
    facts = {"on": APR_1, "decision": decision, "reason": "x", "by": fund.manager}
    services.write_off_loan(gone, **facts)
    new = services.reschedule_loan(old, terms=old.terms, instalments=6, **facts)
    undone = lend.lent(fund, on=MAY_20)
    take_back_payout(fund, undone)
    close_january(fund)
    loans = {"paid": paid, "running": running, "gone": gone, "old": old, "new": new}
    keys = {name: loan.pk for name, loan in (loans | {"undone": undone}).items()}
    return keys | {"receipt": back.pk, "book": fund.book.pk, "fund": fund}


def take_back_payout(fund, loan) -> None:
    waiting = reverse_voucher(loan.voucher, dated=MAY_20, reason="x", by=fund.cashier)
    approve_voucher(waiting, by=fund.manager)


def close_january(fund) -> None:
    month = Period.month(2025, 1)
    state = balances(fund.book, until=month.end)
    booked = {row.account.pk: row.amount for row in state.rows}
    counts = {row.pk: (booked[row.pk], "") for row in money_accounts(fund.book)}
    close_month(fund.book, month=month, counts=counts, by=fund.manager)


def execute(statement: str, rows: dict) -> int:
    """Rows that a statement touched; its names in braces are the keys of rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(**rows))
        return cursor.rowcount


_ACCOUNT = "(SELECT id FROM ledger_account WHERE book_id = {{book}} AND code = '{}')"
_CLOSED = "UPDATE loans_loan SET closed_on = {day} WHERE id = {{{loan}}}"
REFUSED = {
    "the day that a paid loan ended": _CLOSED.format(day="'2025-02-09'", loan="paid"),
    "a paid loan without a day": _CLOSED.format(day="NULL", loan="paid"),
    "a day for a running loan": _CLOSED.format(day="'2025-06-01'", loan="running"),
    "the day of a write-off": _CLOSED.format(day="'2026-03-31'", loan="gone"),
    "the day of a new plan": _CLOSED.format(day="'2026-04-02'", loan="old"),
    "the day of a payout undone": _CLOSED.format(day="'2026-05-19'", loan="undone"),
    "a paid loan that runs again": "UPDATE loans_loan SET state = 'active',"
    " closed_on = NULL WHERE id = {paid}",
    "a running loan that is paid": "UPDATE loans_loan SET state = 'paid',"
    " closed_on = '2025-04-10' WHERE id = {running}",
    "a running loan that was refused": "UPDATE loans_loan SET state = 'refused'"
    " WHERE id = {running}",
    "what was lent": "UPDATE loans_loan SET principal = principal + 1"
    " WHERE id = {running}",
    "by whose decision": "UPDATE loans_loan SET decision_id ="
    " (SELECT MIN(id) FROM deliberations_decision) WHERE id = {running}",
    "the day that a receipt was taken back": "UPDATE loans_receipt"
    " SET reversed_on = '2025-05-11' WHERE id = {receipt}",
    "a check beside the money": "INSERT INTO ledger_moneycheck"
    " (close_id, account_id, counted, booked, explanation)"
    f" SELECT MIN(id), {_ACCOUNT.format('51030')}, 5, 5, '' FROM ledger_periodclose",
    "a second check of cash": "INSERT INTO ledger_moneycheck"
    " (close_id, account_id, counted, booked, explanation)"
    f" SELECT MIN(id), {_ACCOUNT.format('11010')}, 5, 5, '' FROM ledger_periodclose",
    "an entry on another account": "UPDATE ledger_entry"
    f" SET account_id = {_ACCOUNT.format('51030')} WHERE account_id ="
    f" {_ACCOUNT.format('41010')}",
    "a voucher in another month": "UPDATE ledger_voucher SET dated = '2025-06-01'"
    " WHERE id = (SELECT voucher_id FROM loans_loan WHERE id = {running})",
}
_MOVE = (
    "INSERT INTO loans_savingsmove (board_id, region_code, revision, group_id,"
    ' voucher_id, "on", kind, amount) SELECT board_id, region_code, 0, group_id,'
    " voucher_id, \"on\", '{kind}', {amount} FROM loans_savingsmove"
    " WHERE loan_id = {{{loan}}} AND kind = 'cut'"
)


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(rows, what):
    with pytest.raises(IntegrityError):
        execute(REFUSED[what], rows)


@pytest.mark.parametrize("kind", ["paid_in", "opening"])
@pytest.mark.parametrize("amount", [99, -99])
def test_no_line_of_a_card_is_added_without_money(rows, kind, amount):
    """99 for one group and -99 for another leave the sum of all cards as it was."""
    with pytest.raises(IntegrityError, match="frozen: loans_savingsmove_of_"):
        execute(_MOVE.format(kind=kind, amount=amount, loan="running"), rows)


NAMED = {
    "the row of a paid loan gone": (
        "DELETE FROM loans_loanstanding WHERE loan_id = {paid}",
        "tidak punya catatan keadaan",
    ),
    "the row of a running loan gone": (
        "DELETE FROM loans_loanstanding WHERE loan_id = {running}",
        "tidak punya catatan keadaan",
    ),
    "a paid loan that owes": (
        "UPDATE loans_loanstanding SET balance = 77 WHERE loan_id = {paid}",
        "lunas, tetapi saldo pokok tercatat Rp77",
    ),
    "a better class": (
        "UPDATE loans_loanstanding SET collectibility = 1 WHERE loan_id = {running}",
        "kolektibilitas 1, seharusnya 5",
    ),
    "a new plan that holds no class": (
        "UPDATE loans_loanstanding SET collectibility_floor = 1 WHERE loan_id = {new}",
        "batas kolektibilitas 1, seharusnya 5",
    ),
}


@pytest.mark.parametrize("what", NAMED)
def test_the_check_names(rows, what):
    statement, says = NAMED[what]
    assert list(broken_standings()) == []

    assert execute(statement, rows) == 1

    assert [words for _loan, words in broken_standings()] == [says]


def test_the_copied_region_of_a_loan_may_follow_its_board(rows):
    moved = Loan.objects.filter(board=rows["fund"].board)
    assert moved.update(region_code="33.13.01.2001") == 7
