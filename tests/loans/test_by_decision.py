"""Loans that a meeting decides: the decision is chosen, its money is not lent twice."""

from datetime import date

import pytest
from django.urls import reverse

from boards.models import BoardSetting
from common.errors import RuleViolation
from deliberations.models import Decision
from ledger.models import Voucher
from loans import services
from tests.make import boards as make
from tests.make import loans as lend
from tests.make import problems

pytestmark = pytest.mark.django_db
# Before the meeting of `problems.HELD_ON`, 14 March 2026.
ASKED, PAID = date(2026, 3, 10), date(2026, 3, 16)


@pytest.fixture(scope="module")
def fund(module_rows):
    made = lend.fund(savings_percent=5)
    BoardSetting.objects.create(
        board=made.board,
        name="loan_deciders",
        value="meeting",
        starts_on=date(2025, 1, 1),
        article="AD pasal 9",
        created_by=made.manager,
    )
    return made


@pytest.fixture(scope="module")
def decisions(fund, module_rows) -> list[Decision]:
    """A meeting lends Rp1.500.000, and speaks of something else."""
    lends = {"kind": "loan", "amount": 1_500_000}
    return problems.decisions(fund.board, lends, {"kind": "general"})


@pytest.fixture
def decision(decisions) -> Decision:
    return decisions[0]


def asked(fund, amount: int = 1_000_000):
    loan = lend.application(fund, amounts=(amount,), on=ASKED)
    return lend.checked(fund, loan, on=ASKED)


def post(fund, loan, decision, amount: int):
    address = reverse("loans:loan_by_decision", args=[fund.board.slug, loan.pk])
    body = {"decision": str(decision.pk), f"amount_{loan.shares.get().pk}": str(amount)}
    return make.signed_in(fund.officer).post(address, make.once(**body))


def test_a_decision_of_a_meeting_lends_until_it_is_used_up(fund, decision):
    first, second = asked(fund), asked(fund)
    address = reverse("loans:loan_by_decision", args=[fund.board.slug, first.pk])
    assert "(sisa Rp1.500.000)" in make.signed_in(fund.officer).get(address).text

    post(fund, first, decision, 1_000_000)
    refused = post(fund, second, decision, 600_000)
    post(fund, second, decision, 500_000)

    for loan, amount in ((first, 1_000_000), (second, 500_000)):
        loan.refresh_from_db()
        assert (loan.state, loan.decision, loan.principal) == (
            "approved",
            decision,
            amount,
        )
    assert first.decided_on == problems.HELD_ON
    assert "menyisakan Rp500.000, kurang dari Rp600.000" in refused.text


def test_what_a_meeting_lent_is_paid_out_and_leads_back_to_it(fund, decision):
    loan = asked(fund)
    post(fund, loan, decision, 1_000_000)
    loan.refresh_from_db()

    services.disburse_loan(
        loan, on=PAID, source="cash", received_by="Ketua", by=fund.cashier
    )

    assert Voucher.objects.get(disburses=loan).posted_at
    page = reverse("loans:loan_page", args=[fund.board.slug, loan.pk])
    text = make.signed_in(fund.officer).get(page).text
    assert (
        reverse("reports:trace_decision", args=[fund.board.slug, decision.pk]) in text
    )


def test_a_decision_about_something_else_lends_nothing(fund, decisions):
    loan, other = asked(fund), decisions[1]
    amounts = {loan.shares.get().pk: 1_000_000}

    with pytest.raises(RuleViolation) as told:
        services.approve_by_decision(
            loan, decision=other, amounts=amounts, by=fund.officer
        )
    answer = post(fund, loan, other, 1_000_000)

    assert told.value.code == "loan.decision"
    assert "decision" in answer.context["form"].errors
    loan.refresh_from_db()
    assert loan.state == "checked"
