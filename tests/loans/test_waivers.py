"""Hapus tagih: a claim outside the book is given up by a decision of its own."""

from datetime import date

import pytest
from django.db import Error, transaction

from boards.models import AuditEvent
from common.errors import RuleViolation
from ledger.models import Voucher
from loans import services
from loans.cards import differences
from loans.models import ClaimWaiver, Recovery
from tests.make import loans as lend
from tests.make import problems as make

pytestmark = pytest.mark.django_db
JAN_10, FEB_10, APR_1 = date(2025, 1, 10), date(2025, 2, 10), date(2026, 4, 1)


@pytest.fixture(scope="module")
def fund(module_rows):
    return make.indebted_fund(
        {"title": "Menghapus tagihan", "kind": "loan", "amount": 899_999}
    )


def refused(code: str, act, *args, **facts) -> str:
    def counts():
        return [model.objects.count() for model in (ClaimWaiver, Recovery, Voucher)]

    before = counts()
    with pytest.raises(RuleViolation) as told:
        act(*args, **facts)
    assert told.value.code == code
    assert counts() == before
    return str(told.value)


def written_off(fund, loan):
    decision = fund.extra["decisions"][0]
    facts = {"on": APR_1, "decision": decision, "reason": "Anggota pindah"}
    return services.write_off_loan(loan, **facts, by=fund.manager)


def waive(fund, loan, *, on=APR_1, at=0, by=None):
    return services.waive_claim(
        loan,
        on=on,
        decision=fund.extra["decisions"][at],
        reason="Tidak ditemukan lagi",
        by=by or fund.manager,
    )


def test_a_claim_is_given_up_by_a_decision_of_its_own(fund):
    """900.000 and 135.000 of charge, less 250.000 of savings, less 100.000 in."""
    loan = lend.lent(fund, on=JAN_10)
    lend.paid(fund, loan, 115_000, on=FEB_10)
    refused("loan.no_claim", waive, fund, loan)
    written_off(fund, loan)
    came = services.receive_recovery(
        loan, on=APR_1, amount=100_000, source="cash", payer="Ketua", by=fund.cashier
    )
    says = refused("loan.second_decision", waive, fund, loan)
    assert says.startswith("Hapus tagih minta keputusan tersendiri")
    refused("loan.decision", waive, fund, loan, at=2)
    refused("loan.before_claim", waive, fund, loan, at=1, on=date(2026, 3, 31))
    refused("loan.ratifier_books", waive, fund, loan, at=1, by=fund.coordinator)
    vouchers = Voucher.objects.count()

    made = waive(fund, loan, at=1)

    loan.refresh_from_db()
    assert (made.amount, services.claim_left(loan)) == (685_000, 0)
    assert Voucher.objects.count() == vouchers
    assert differences(fund.book, fund.board.today()) == []
    told = AuditEvent.objects.get(action="loans.claim_waived").says
    assert told == f"menghapus tagih {loan} sebesar Rp685.000"
    facts = {"on": APR_1, "amount": 1, "source": "cash", "payer": "Ketua"}
    refused("loan.no_claim", services.receive_recovery, loan, **facts, by=fund.cashier)
    # What was taken back of the money that came in may be collected again.
    lend.take_back(fund, came, on=APR_1)
    assert services.claim_left(loan) == 100_000
    with pytest.raises(Error), transaction.atomic():
        ClaimWaiver.objects.filter(pk=made.pk).update(amount=1)
    with pytest.raises(Error), transaction.atomic():
        ClaimWaiver.objects.filter(pk=made.pk).delete()


def test_a_decision_with_an_amount_gives_up_no_more(fund):
    loan = lend.lent(fund, on=JAN_10)
    written_off(fund, loan)

    # 1.000.000 and 150.000, less 250.000 of savings: 900.000 against 899.999.
    says = refused("loan.over_decision", waive, fund, loan, at=1)

    assert says == "Keputusan itu menyisakan Rp899.999, kurang dari Rp900.000."
    with pytest.raises(Error), transaction.atomic():
        ClaimWaiver.objects.create(
            board=fund.board,
            loan=loan,
            decision=fund.extra["decisions"][1],
            on=APR_1,
            amount=899_999,
            reason="Sebagian",
            made_by=fund.manager,
        )


def test_a_recovery_is_taken_back_with_its_voucher_alone(fund):
    loan = lend.lent(fund, on=JAN_10)
    written_off(fund, loan)
    loan.refresh_from_db()
    made = services.receive_recovery(
        loan, on=APR_1, amount=1, source="cash", payer="Ketua", by=fund.cashier
    )

    with pytest.raises(Error), transaction.atomic():
        Recovery.objects.filter(pk=made.pk).update(reversed_on=APR_1)
