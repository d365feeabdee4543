"""A wrong payout is taken back: what stays to be read, and what goes."""

from datetime import date

import pytest
from django.db import Error, transaction
from django.urls import reverse

from boards.models import AuditEvent, LetterNumber
from common.errors import RuleViolation
from ledger.balances import balances
from ledger.models import Voucher
from ledger.services import approve_voucher, reverse_voucher
from loans import services
from loans.cards import differences
from loans.models import Loan, LoanStanding, Receipt, SavingsMove
from loans.portfolio import positions_on
from loans.services import money_left
from tests.make import loans as lend
from tests.make import problems

pytestmark = pytest.mark.django_db
# Round the meeting of `problems.HELD_ON`, 14 March 2026.
ASKED, PAID = date(2026, 3, 10), date(2026, 3, 16)
JAN_10, JAN_20, FEB_10 = date(2026, 1, 10), date(2026, 1, 20), date(2026, 2, 10)


@pytest.fixture(scope="module")
def fund(module_rows):
    return lend.fund(savings_percent=5)


def written(fund, loan, on=JAN_20) -> Voucher:
    """The reversal, waiting for a second person."""
    reason = "nama penerima keliru"
    return reverse_voucher(loan.voucher, dated=on, reason=reason, by=fund.cashier)


def taken_back(fund, loan, on=JAN_20) -> Loan:
    approve_voucher(written(fund, loan, on), by=fund.manager)
    return Loan.objects.get(resumes=loan)


def booked(fund, day):
    rows = {row.account.code: row.amount for row in balances(fund.book, until=day).rows}
    return [rows[code] for code in ("11010", "11030", "21020")]


def test_a_wrong_payout_goes_back_and_the_loan_is_approved_again(fund):
    loan = lend.lent(fund, on=JAN_10, amounts=(1_000_000, 600_000))
    waiting = written(fund, loan)
    loan.refresh_from_db()
    assert (loan.state, booked(fund, JAN_20)[1]) == ("active", 1_600_000)

    approve_voucher(waiting, by=fund.manager)

    loan.refresh_from_db()
    again = Loan.objects.get(resumes=loan)
    assert (loan.state, loan.closed_on) == ("taken_back", JAN_20)
    assert (again.state, again.principal, again.disbursed_on) == (
        "approved",
        1_600_000,
        None,
    )
    assert (again.decided_by, again.cosigned_by) == (fund.manager, fund.coordinator)
    assert list(again.shares.values_list("approved", flat=True)) == [1_000_000, 600_000]
    # On the day before, all stands as it stood then; from the day on nothing does.
    assert booked(fund, date(2026, 1, 19)) == [48_480_000, 1_600_000, 80_000]
    assert booked(fund, JAN_20) == [50_000_000, 0, 0]
    assert differences(fund.book, date(2026, 1, 19)) == []
    assert differences(fund.book, JAN_20) == []
    before, after = (positions_on(fund.board, day) for day in (JAN_10, JAN_20))
    assert [one.balance for one in before] == [1_600_000]
    assert after == []
    assert services.savings_of(loan.group) == 0
    assert LoanStanding.objects.get(loan=loan).balance == 0
    number = LetterNumber.objects.get(board=fund.board, text=loan.contract_number)
    assert number.cancelled_on is not None
    told = AuditEvent.objects.filter(action="loans.payout_taken_back")
    assert told.count() == 2
    assert told.first().says == (
        f"membatalkan pencairan {loan} sebesar Rp1.600.000: Pembatalan"
        f" {loan.voucher}: nama penerima keliru"
    )


def test_it_is_paid_out_again_in_the_same_round(fund):
    loan = lend.lent(fund, on=JAN_10)
    again = taken_back(fund, loan)

    paid = services.disburse_loan(
        again, on=FEB_10, source="cash", received_by="Ketua", by=fund.cashier
    )

    assert (paid.state, paid.round_no) == ("active", 1)
    assert paid.contract_number not in ("", loan.contract_number)
    assert paid.account_number not in ("", loan.account_number)
    assert paid.plan.first().due_on == date(2026, 3, 10)
    lend.paid(fund, paid, 115_000, on=date(2026, 3, 10))
    assert differences(fund.book, fund.board.today()) == []
    # Whoever was lent money a first time asks for the second.
    assert services.round_of(paid.group) == 2


def test_after_receipts_it_is_said_what_goes_back_first(fund):
    loan = lend.lent(fund, on=JAN_10)
    receipt = lend.paid(fund, loan, 115_000, on=FEB_10)

    with pytest.raises(RuleViolation) as told:
        written(fund, loan, FEB_10)
    assert str(told.value) == (
        f"Pinjaman ini sudah menerima angsuran. Batalkan dulu {receipt.voucher}."
    )
    assert not Voucher.objects.filter(reverses=loan.voucher).exists()

    lend.take_back(fund, receipt, on=FEB_10)
    assert taken_back(fund, loan, FEB_10).state == "approved"


def test_money_that_came_in_while_it_waited_holds_it(fund):
    loan = lend.lent(fund, on=JAN_10)
    waiting = written(fund, loan)
    lend.paid(fund, loan, 115_000, on=FEB_10)

    with pytest.raises(RuleViolation) as told:
        approve_voucher(waiting, by=fund.manager)

    assert told.value.code == "loan.receipts_stand"
    waiting.refresh_from_db()
    assert waiting.posted_at is None
    with pytest.raises(RuleViolation) as alone:
        approve_voucher(waiting, by=fund.cashier)
    assert alone.value.code == "ledger.second_person"


def test_the_database_knows_no_other_way(fund):
    running = lend.lent(fund, on=JAN_10)
    undone = lend.lent(fund, on=JAN_10)
    receipt = lend.paid(fund, undone, 115_000, on=JAN_10)
    lend.take_back(fund, receipt, on=JAN_20)
    again = taken_back(fund, undone)

    for row, facts in (
        (running, {"state": "taken_back", "closed_on": JAN_20}),
        (running, {"disbursed_on": None, "state": "approved"}),
        (undone, {"state": "active", "closed_on": None}),
        (undone, {"state": "paid"}),
        (undone, {"closed_on": None}),
        (again, {"resumes": running}),
    ):
        with pytest.raises(Error), transaction.atomic():
            Loan.objects.filter(pk=row.pk).update(**facts)
    for act in (undone.plan.all().delete, undone.shares.all().delete):
        with pytest.raises(Error), transaction.atomic():
            act()
    with pytest.raises(Error), transaction.atomic():
        SavingsMove.objects.filter(loan=undone).update(amount=1)
    with pytest.raises(Error), transaction.atomic():
        Receipt.objects.filter(pk=receipt.pk).update(reversed_on=None)


def test_the_money_of_its_decision_is_free_again(module_rows):
    fund = lend.fund()
    decision = problems.decisions(fund.board, {"kind": "loan", "amount": 1_500_000})[0]
    loan = lend.application(fund, on=ASKED)
    lend.checked(fund, loan, on=ASKED)
    amounts = {share.pk: 1_000_000 for share in loan.shares.all()}
    loan = services.approve_by_decision(
        loan, decision=decision, amounts=amounts, by=fund.officer
    )
    loan = services.disburse_loan(
        loan, on=PAID, source="cash", received_by="Ketua", by=fund.cashier
    )
    assert money_left(decision) == 500_000

    taken_back(fund, loan, PAID)

    # The application that stands again takes it once, not twice.
    assert money_left(decision) == 500_000


def test_the_pages_lead_there_and_back(client, fund):
    loan = lend.lent(fund, on=JAN_10)
    at = {"board_slug": fund.board.slug, "pk": loan.pk}
    client.force_login(fund.cashier)
    card = reverse("loans:loan_card", kwargs=at)
    undo = reverse(
        "ledger:voucher_reverse", args=[fund.board.slug, "fund", loan.voucher_id]
    )
    assert undo in client.get(card).content.decode()

    waiting = written(fund, loan)
    page = client.get(card).content.decode()
    assert "Pembatalan pencairan menunggu persetujuan." in page
    assert undo not in page

    approve_voucher(waiting, by=fund.manager)
    again = Loan.objects.get(resumes=loan)
    page = client.get(card).content.decode()
    assert reverse("loans:loan_page", args=[fund.board.slug, again.pk]) in page
    found = client.get(reverse("loans:loan_page", args=[fund.board.slug, again.pk]))
    assert "Pencairan pertama dibatalkan" in found.content.decode()
    moves = client.get(reverse("loans:loan_moves", kwargs=at)).content.decode()
    assert f"Pembatalan {loan.voucher}" in moves
