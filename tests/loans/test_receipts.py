"""Payments: in part, early, late, from savings, by hand, taken back, paid off."""

from datetime import date

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext

from boards.audit import first_broken_event, record
from boards.models import AuditEvent, Board, BoardSetting
from common.errors import RuleViolation
from ledger.balances import balances
from ledger.models import Entry, Voucher
from ledger.services import approve_voucher, reverse_voucher
from loans import services
from loans.cards import differences
from loans.models import (
    LoanStanding,
    Receipt,
    ReceiptPart,
    ReceiptShare,
    SavingsMove,
)
from loans.positions import read_plan
from loans.services import receipts
from tests.make import ledger
from tests.make import loans as lend

pytestmark = pytest.mark.django_db
# E6: disbursed on 10 January 2024, due on the 10th.
JAN_10, FEB_10, APR_10 = date(2025, 1, 10), date(2025, 2, 10), date(2025, 4, 10)
MOST_QUERIES = 12


@pytest.fixture(scope="module")
def fund(module_rows):
    return lend.fund()


def pay(fund, loan, amount, on=FEB_10, source="cash", **facts):
    money = services.Money(
        on=on, amount=amount, source=source, payer="Bendahara", **facts
    )
    return services.receive_payment(loan, money=money, by=fund.cashier)


def refused(code: str, act, *args, **facts) -> str:
    def counts():
        rows = (Receipt, ReceiptPart, ReceiptShare, Voucher, Entry, SavingsMove)
        return [model.objects.count() for model in rows]

    before = counts()
    with pytest.raises(RuleViolation) as told:
        act(*args, **facts)
    assert told.value.code == code
    assert counts() == before
    return str(told.value)


def parts(receipt):
    return list(
        receipt.parts.values_list("installment__no", "principal", "service_charge")
    )


def test_a_missed_and_a_partial_payment_oldest_row_first(fund):
    """E6, first order."""
    loan = lend.lent(fund, on=JAN_10)
    pay(fund, loan, 115_000)

    receipt = pay(fund, loan, 120_000, on=APR_10)

    assert parts(receipt) == [(2, 100_000, 15_000), (3, 0, 5_000)]
    assert (receipt.principal, receipt.service_charge) == (100_000, 20_000)
    plan = read_plan(loan, until=APR_10)
    assert plan.balance == 800_000
    assert receipt.voucher.number_text == "BKM-UPK-2025-0002"
    lines = receipt.voucher.entries.values_list("account__code", "debit", "credit")
    assert list(lines) == [
        ("11010", 120_000, 0),
        ("11030", 0, 100_000),
        ("41010", 0, 20_000),
    ]


def test_the_other_order_pays_all_charges_first(module_rows):
    """E6, second order: balance 810.000."""
    fund = lend.fund(payment_order="all_charge_first")
    loan = lend.lent(fund, on=JAN_10)
    pay(fund, loan, 115_000)

    receipt = pay(fund, loan, 120_000, on=APR_10)

    assert parts(receipt) == [(2, 90_000, 15_000), (3, 0, 15_000)]
    assert read_plan(loan, until=APR_10).balance == 810_000


def test_the_plan_of_a_past_day_forgets_what_came_later(fund):
    loan = lend.lent(fund, on=JAN_10)
    first = pay(fund, loan, 115_000)
    pay(fund, loan, 115_000, on=APR_10)

    assert read_plan(loan, until=date(2025, 2, 9)).balance == 1_000_000
    assert read_plan(loan, until=FEB_10).balance == 900_000
    take_back(fund, first, on=date(2025, 5, 1))
    assert read_plan(loan, until=date(2025, 4, 30)).balance == 800_000
    assert read_plan(loan, until=date(2025, 5, 1)).balance == 900_000


def take_back(fund, receipt, on=APR_10):
    waiting = reverse_voucher(
        receipt.voucher, dated=on, reason="salah catat", by=fund.cashier
    )
    return approve_voucher(waiting, by=fund.manager)


def test_a_receipt_is_taken_back_with_its_voucher(fund):
    loan = lend.lent(fund, on=JAN_10)
    receipt = pay(fund, loan, 115_000)

    waiting = reverse_voucher(
        receipt.voucher, dated=APR_10, reason="salah catat", by=fund.cashier
    )
    receipt.refresh_from_db()
    assert receipt.reversed_on is None
    approve_voucher(waiting, by=fund.manager)

    receipt.refresh_from_db()
    assert receipt.reversed_on == APR_10
    assert LoanStanding.objects.get(loan=loan).balance == 1_000_000
    assert differences(fund.book, fund.board.today()) == []
    with pytest.raises(Error), transaction.atomic():
        Receipt.objects.filter(pk=receipt.pk).update(reversed_on=None)


def test_members_share_by_plan_or_by_hand(fund):
    loan = lend.lent(fund, on=JAN_10, amounts=(1_000_000, 500_000))
    by_plan = pay(fund, loan, 172_500)
    mine = by_plan.shares.values_list(
        "row__share__position", "principal", "service_charge"
    )
    assert list(mine) == [(1, 100_000, 15_000), (2, 50_000, 7_500)]

    first, second = loan.shares.all()
    by_hand = pay(
        fund, loan, 60_000, on=APR_10, members={first.pk: 2_500, second.pk: 57_500}
    )

    assert list(
        by_hand.shares.values_list(
            "row__share__position", "principal", "service_charge"
        )
    ) == [(1, 0, 2_500), (2, 50_000, 7_500)]
    assert parts(by_hand) == [(2, 50_000, 10_000)]
    says = refused(
        "loan.split_sum", pay, fund, loan, 60_000, members={first.pk: 60_001}
    )
    assert says == ("Jumlah bagian anggota Rp60.001, tidak sama dengan Rp60.000.")
    refused("loan.split", pay, fund, loan, 5_000_000, members={first.pk: 5_000_000})


def test_bad_payments_are_refused_with_a_sentence(fund):
    loan = lend.lent(fund, on=JAN_10)

    refused("loan.amount", pay, fund, loan, 0)
    refused("loan.amount", pay, fund, loan, -5)
    refused("loan.before_payout", pay, fund, loan, 5, on=date(2025, 1, 9))
    refused("loan.future", pay, fund, loan, 5, on=date(2199, 1, 1))
    refused("loan.penalty", pay, fund, loan, 5, penalty=6)
    says = refused("loan.over_debt", pay, fund, loan, 1_150_001)
    assert says == (
        "Sisa hutang tinggal Rp1.150.000. Kelebihan Rp1 dikembalikan, atau masukkan"
        " ke tabungan."
    )
    refused("loan.savings_short", pay, fund, loan, 5, source="savings")


def test_everything_paid_is_lunas_and_takes_no_more(fund):
    loan = lend.lent(fund, on=JAN_10)

    pay(fund, loan, 1_150_500, surplus_to_savings=True)

    loan.refresh_from_db()
    assert (loan.state, loan.closed_on) == ("paid", FEB_10)
    assert services.savings_of(loan.group) == 500
    says = refused("loan.not_running", pay, fund, loan, 5)
    assert says == "Pinjaman ini lunas, tidak menerima angsuran."
    assert differences(fund.book, fund.board.today()) == []


def test_an_early_payoff_asks_for_the_current_month_only(fund):
    """E7: 615.000 on the day of row 5, charge of 75.000 let go."""
    loan = lend.lent(fund, on=JAN_10)
    pay(fund, loan, 460_000, on=date(2025, 5, 10))
    on = date(2025, 6, 10)
    assert refused("loan.settle", pay, fund, loan, 600_000, on=on, settles=True) == (
        "Untuk melunasi perlu Rp615.000."
    )

    receipt = pay(fund, loan, 615_000, on=on, settles=True)

    loan.refresh_from_db()
    assert (receipt.principal, receipt.service_charge, receipt.forgiven) == (
        600_000,
        15_000,
        75_000,
    )
    assert loan.state == "paid"
    assert sum(part.forgiven for part in receipt.parts.all()) == 75_000
    take_back(fund, receipt, on=date(2025, 7, 1))
    loan.refresh_from_db()
    assert (loan.state, read_plan(loan).charge_left) == ("active", 90_000)


def test_the_full_charge_is_asked_where_the_product_says_so(module_rows):
    """E7, the other setting: 690.000."""
    fund = lend.fund(settlement="full_charge")
    loan = lend.lent(fund, on=JAN_10)
    pay(fund, loan, 460_000, on=date(2025, 5, 10))

    receipt = pay(fund, loan, 690_000, on=date(2025, 6, 10), settles=True)

    assert (receipt.principal, receipt.service_charge, receipt.forgiven) == (
        600_000,
        90_000,
        0,
    )


def test_savings_pay_arrears_and_penalties_are_income(module_rows):
    fund = lend.fund(savings_percent=20)
    loan = lend.lent(fund, on=JAN_10)

    used = pay(fund, loan, 115_000, on=APR_10, source="savings")
    pay(fund, loan, 117_000, on=APR_10, penalty=2_000)

    assert used.voucher.number_text == "BPB-UPK-2025-0002"
    rows = {
        row.account.code: row.amount for row in balances(fund.book, until=APR_10).rows
    }
    codes = ("21020", "11030", "41010", "41040")
    assert [rows[code] for code in codes] == [85_000, 800_000, 30_000, 2_000]
    assert list(SavingsMove.objects.values_list("kind", "amount")) == [
        ("cut", 200_000),
        ("used", -115_000),
    ]
    assert differences(fund.book, fund.board.today()) == []
    refused(
        "loan.running",
        services.return_savings,
        loan.group,
        on=APR_10,
        amount=5,
        source="cash",
        received_by="Ketua",
        by=fund.cashier,
    )


def test_savings_go_back_when_nothing_is_owed(module_rows):
    fund = lend.fund(savings_percent=5)
    loan = lend.lent(fund, on=JAN_10)
    pay(fund, loan, 1_150_000)
    facts = {"on": APR_10, "source": "cash", "received_by": "Ketua", "by": fund.cashier}
    refused(
        "loan.savings_short",
        services.return_savings,
        loan.group,
        amount=50_001,
        **facts,
    )

    services.return_savings(loan.group, amount=50_000, **facts)

    assert services.savings_of(loan.group) == 0
    assert differences(fund.book, fund.board.today()) == []


def test_the_standing_says_how_far_a_loan_is_behind(fund):
    loan = lend.lent(fund, on=JAN_10)
    pay(fund, loan, 115_000)

    row = LoanStanding.objects.get(loan=loan)

    # Far past maturity (10 November 2025): nine rows, and the months since.
    months = (fund.board.today().year - 2025) * 12 + fund.board.today().month - 11
    months -= fund.board.today().day < 10
    assert (row.balance, row.principal_arrears, row.charge_arrears) == (
        900_000,
        900_000,
        135_000,
    )
    assert (row.arrears_since, row.late_count) == (date(2025, 3, 10), 9 + months)
    assert row.collectibility == 5


def test_the_sweep_counts_anew_what_fell_due(fund):
    loan = lend.lent(fund, on=JAN_10)
    LoanStanding.objects.filter(loan=loan).update(
        stale_on=date(2025, 2, 10), collectibility=1, principal_arrears=0
    )

    assert services.sweep_standings() == 1

    assert LoanStanding.objects.get(loan=loan).collectibility == 5
    assert services.sweep_standings() == 0


def test_the_sweep_counts_anew_where_the_limits_of_classes_change(fund, monkeypatch):
    """Paid to March, the rows of April and May open: two, class 2 of 3, 6 and 9."""
    monkeypatch.setattr(Board, "today", lambda self: date(2025, 5, 20))
    loan = lend.lent(fund, on=JAN_10)
    lend.paid(fund, loan, 230_000, on=date(2025, 3, 10))
    assert LoanStanding.objects.get(loan=loan).collectibility == 2
    BoardSetting.objects.create(
        board=fund.board,
        name="loan_class_limits",
        value=[0, 1, 6, 9],
        starts_on=date(2025, 5, 22),
        article="ART pasal 9",
    )
    assert services.sweep_standings() == 0

    monkeypatch.setattr(Board, "today", lambda self: date(2025, 5, 22))
    services.sweep_standings()

    row = LoanStanding.objects.get(loan=loan)
    assert (row.late_count, row.collectibility) == (2, 3)


def test_cards_that_differ_from_the_book_are_named(fund):
    lend.lent(fund, on=JAN_10)
    ledger.voucher(fund.book, fund.cashier, ("11030", 7), ("11010", -7))

    assert differences(fund.book, fund.board.today()) == [
        "Saldo kartu pinjaman Rp1.000.000, di buku Rp1.000.007."
    ]


def touching(seen) -> list[str]:
    """Statements that read or write rows; savepoints do not."""
    words = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    said = [query["sql"] for query in seen.captured_queries]
    return [sql for sql in said if not sql.startswith(words)]


def test_a_receipt_costs_the_same_in_a_small_and_in_a_large_book(module_rows):
    fund = lend.fund()
    small = lend.lent(fund, on=JAN_10)
    large = lend.lent(fund, on=JAN_10, amounts=(1_000_000,) * 5, instalments=24)
    for _ in range(4):
        pay(fund, large, 1_000)
    costs = []

    for loan in (small, large):
        with CaptureQueriesContext(connection) as seen:
            pay(fund, loan, 1_000, on=APR_10)
        costs.append(len(touching(seen)))

    assert costs[0] == costs[1] <= MOST_QUERIES


def test_the_log_stays_whole_when_somebody_else_wrote_in_between(fund, monkeypatch):
    """The end of the log is read with the book; another event may come after that."""
    loan = lend.lent(fund, on=JAN_10)
    spread = receipts.spread_money

    def meanwhile(*args):
        record("boards.test", fund.board, by=None, says="menulis di sela")
        return spread(*args)

    monkeypatch.setattr(receipts, "spread_money", meanwhile)
    pay(fund, loan, 115_000)
    monkeypatch.undo()
    pay(fund, loan, 115_000, on=APR_10)

    owner = f"b{fund.board.pk}"
    assert first_broken_event(owner) is None
    actions = AuditEvent.objects.filter(owner=owner).order_by("-position")
    assert list(actions.values_list("action", flat=True)[:5]) == [
        "loans.receipt_noted",
        "ledger.voucher_posted",
        "loans.receipt_noted",
        "ledger.voucher_posted",
        "boards.test",
    ]
