"""Rows of a receipt: what the database refuses, what holds it, what hides a loan."""

from datetime import date

import pytest
from django.db import Error, transaction

from boards.triggers import without_triggers
from common.errors import RuleViolation
from ledger.services import approve_voucher, reverse_voucher
from loans import services
from loans.cards import differences
from loans.models import Loan, LoanStanding, ReceiptPart, ReceiptShare
from loans.verification import broken_standings
from tests.make import loans as lend

pytestmark = pytest.mark.django_db
JAN_10, FEB_10, APR_10 = date(2025, 1, 10), date(2025, 2, 10), date(2025, 4, 10)


@pytest.fixture(scope="module")
def fund(module_rows):
    return lend.fund()


def pay(fund, loan, amount, on=FEB_10, source="cash", **facts):
    money = services.Money(
        on=on, amount=amount, source=source, payer="Bendahara", **facts
    )
    return services.receive_payment(loan, money=money, by=fund.cashier)


def refused(code: str, act, *args, **facts) -> str:
    with pytest.raises(RuleViolation) as told:
        act(*args, **facts)
    assert told.value.code == code
    return str(told.value)


@pytest.mark.parametrize("model", [ReceiptPart, ReceiptShare])
def test_no_row_is_paid_twice_even_in_raw_sql(fund, model):
    loan = lend.lent(fund, on=JAN_10)
    receipt = pay(fund, loan, 115_000)
    old = model.objects.filter(receipt=receipt).first()
    other = pay(fund, loan, 115_000, on=APR_10)

    with pytest.raises(Error), transaction.atomic():
        again(old, other).save(force_insert=True)


def again(part, receipt):
    """One rupiah more on the row of a part, as of another receipt."""
    part.pk, part.receipt = None, receipt
    part.principal, part.service_charge = 1, 0
    if isinstance(part, ReceiptPart):
        part.paid_on = receipt.on
    return part


@pytest.mark.parametrize(
    ("field", "value"),
    [("paid_on", date(2026, 2, 11)), ("due_on", date(2026, 2, 11)), ("planned", 7)],
)
def test_a_part_copies_its_receipt_and_its_row(fund, field, value):
    loan = lend.lent(fund, on=JAN_10)
    part = pay(fund, loan, 115_000).parts.get()
    part.pk, part.principal, part.service_charge = None, 0, 0
    setattr(part, field, value)

    with pytest.raises(Error, match="of_loan"), transaction.atomic():
        part.save(force_insert=True)


def test_raw_sql_adds_no_part_to_a_receipt(fund):
    """The next rows are open and would take it; the receipt has no more to give."""
    loan = lend.lent(fund, on=JAN_10)
    receipt = pay(fund, loan, 115_000)
    second = loan.plan.get(no=2)
    with pytest.raises(Error, match="over_receipt"), transaction.atomic():
        ReceiptPart.objects.create(
            **{"receipt": receipt, "installment": second, "loan": loan},
            **{"paid_on": receipt.on, "due_on": second.due_on},
            planned=second.principal,
            principal=1,
        )
    row = second.shares.get()
    with pytest.raises(Error, match="over_receipt"), transaction.atomic():
        ReceiptShare.objects.create(receipt=receipt, row=row, service_charge=1)


def test_savings_that_a_receipt_brought_and_that_are_used_hold_it(module_rows):
    fund = lend.fund()
    loan = lend.lent(fund, on=JAN_10)
    receipt = pay(fund, loan, 1_180_000, surplus_to_savings=True)
    waiting = reverse_voucher(
        receipt.voucher, dated=FEB_10, reason="salah catat", by=fund.cashier
    )
    services.return_savings(
        loan.group,
        on=FEB_10,
        amount=10_000,
        source="cash",
        received_by="Ketua",
        by=fund.cashier,
    )

    says = refused("loan.savings_used", approve_voucher, waiting, by=fund.manager)

    assert says == (
        f"Tabungan {loan.group} tinggal Rp20.000, padahal Rp30.000 masuk dengan"
        " penerimaan ini. Batalkan dulu pemakaiannya."
    )
    loan.refresh_from_db()
    assert (loan.state, services.savings_of(loan.group)) == ("paid", 20_000)


def test_savings_spent_on_the_loan_hold_the_receipt_that_brought_them(module_rows):
    fund = lend.fund(savings_percent=5, saving_amount=10_000)
    loan = lend.lent(fund, on=JAN_10)
    receipt = pay(fund, loan, 125_000, savings=10_000)
    used = pay(fund, loan, 60_000, source="savings")

    refused(
        "loan.savings_used",
        reverse_voucher,
        receipt.voucher,
        dated=FEB_10,
        reason="salah catat",
        by=fund.cashier,
    )

    # What used them goes back first; then this one may.
    lend.take_back(fund, used, on=FEB_10)
    lend.take_back(fund, receipt, on=FEB_10)
    assert services.savings_of(loan.group) == 50_000
    assert differences(fund.book, fund.board.today()) == []


def test_a_loan_that_owes_is_not_called_paid(fund):
    loan = lend.lent(fund, on=JAN_10)
    receipt = pay(fund, loan, 115_000)

    with pytest.raises(Error), transaction.atomic():
        Loan.objects.filter(pk=loan.pk).update(state="paid", closed_on=FEB_10)

    # Nor is charge let go afterwards, under a receipt that let none go.
    last = loan.plan.get(no=10).shares.get()
    with pytest.raises(Error), transaction.atomic():
        ReceiptShare.objects.create(receipt=receipt, row=last, forgiven=15_000)


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (
            lambda loan: Loan.objects.filter(pk=loan.pk).update(
                state="paid", closed_on=FEB_10
            ),
            "lunas, sisa pokok Rp1.000.000",
        ),
        (
            lambda loan: LoanStanding.objects.filter(loan=loan).delete(),
            "tidak punya catatan keadaan",
        ),
    ],
)
def test_a_loan_that_was_hidden_is_named(module_rows, tamper, says):
    loan = lend.lent(lend.fund(), on=JAN_10)
    with without_triggers():
        tamper(loan)

    assert list(broken_standings()) == [(loan, says)]
