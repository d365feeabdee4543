"""Rows of a receipt: what the database itself refuses."""

from datetime import date

import pytest
from django.db import Error, transaction

from common.errors import RuleViolation
from ledger.services import reverse_voucher
from loans import services
from loans.models import ReceiptPart, ReceiptShare
from tests.make import loans as lend

pytestmark = pytest.mark.django_db
JAN_10, FEB_10, APR_10 = date(2025, 1, 10), date(2025, 2, 10), date(2025, 4, 10)


@pytest.fixture(scope="module")
def fund(module_rows):
    return lend.fund()


def pay(fund, loan, amount, on=FEB_10):
    money = services.Money(on=on, amount=amount, source="cash", payer="Bendahara")
    return services.receive_payment(loan, money=money, by=fund.cashier)


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


def test_savings_that_went_out_hold_the_receipt_that_brought_them(module_rows):
    fund = lend.fund()
    loan = lend.lent(fund, on=JAN_10)
    money = services.Money(
        **{"on": FEB_10, "amount": 1_150_500, "source": "cash", "payer": "Bendahara"},
        surplus_to_savings=True,
    )
    receipt = services.receive_payment(loan, money=money, by=fund.cashier)
    services.return_savings(
        loan.group,
        **{"on": APR_10, "amount": 500, "source": "cash", "received_by": "Siti"},
        by=fund.cashier,
    )

    with pytest.raises(RuleViolation, match="Batalkan dulu pemakaiannya") as told:
        reverse_voucher(receipt.voucher, dated=APR_10, reason="Salah", by=fund.cashier)
    assert told.value.code == "loan.savings_used"
    assert services.savings_of(loan.group) == 0
