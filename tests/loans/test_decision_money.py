"""The amount of a decision is spent once, whatever the acts that spend it."""

from datetime import date

import pytest

from common.errors import RuleViolation
from loans import services
from loans.forms.problems import WriteOffForm
from loans.models import Loan
from tests.make import loans as lend
from tests.make import meetings as meet
from tests.make import problems as make

pytestmark = pytest.mark.django_db
JAN_10, APR_1 = date(2025, 1, 10), date(2026, 4, 1)


@pytest.fixture(scope="module")
def fund(module_rows):
    """No savings; a decision on 2.400.000 and one without an amount."""
    made = lend.fund()
    made.extra["people"] = meet.members(made.board)
    made.extra["decisions"] = make.decisions(
        made.board,
        {"title": "Menyelamatkan pinjaman", "kind": "loan", "amount": 2_400_000},
        {"title": "Menghapus pinjaman macet", "kind": "general"},
        people=made.extra["people"],
    )
    return made


def facts_of(fund, at=0):
    decision = fund.extra["decisions"][at]
    return {"on": APR_1, "decision": decision, "by": fund.manager}


def reschedule(fund, loan, at=0):
    facts = {"terms": loan.terms, "instalments": 6, "reason": "Banjir"}
    return services.reschedule_loan(loan, **facts, **facts_of(fund, at))


def write_off(fund, loan, at=0):
    return services.write_off_loan(loan, reason="Pindah", **facts_of(fund, at))


def over(act, *args) -> str:
    with pytest.raises(RuleViolation) as told:
        act(*args)
    assert told.value.code == "loan.over_decision"
    return str(told.value)


def test_each_rupiah_of_a_decision_serves_one_act(fund):
    """2.400.000 less a new plan of 1.000.000 less a write-off of 800.000: 600.000."""
    spread, gone, other = (
        lend.lent(fund, on=JAN_10, amounts=(amount,))
        for amount in (1_000_000, 800_000, 700_000)
    )
    decision = fund.extra["decisions"][0]
    assert services.money_left(decision) == 2_400_000

    reschedule(fund, spread)
    assert services.money_left(decision) == 1_400_000
    write_off(fund, gone)
    assert services.money_left(decision) == 600_000

    says = "Keputusan itu menyisakan Rp600.000, kurang dari Rp700.000."
    assert over(write_off, fund, other) == says
    assert over(reschedule, fund, other) == says
    asked = lend.application(fund, amounts=(700_000,), on=APR_1)
    lend.checked(fund, asked, on=APR_1)
    asked.refresh_from_db()
    amounts = {share.pk: 700_000 for share in asked.shares.all()}
    lend_it = {"decision": decision, "amounts": amounts, "by": fund.manager}
    assert over(lambda: services.approve_by_decision(asked, **lend_it)) == says
    # 700.000 and 105.000 of charge stand outside the book after the write-off.
    write_off(fund, other, at=1)
    waiver = {"reason": "Tidak ditemukan", **facts_of(fund)}
    told = over(lambda: services.waive_claim(other, **waiver))
    assert told == "Keputusan itu menyisakan Rp600.000, kurang dari Rp805.000."
    assert Loan.objects.get(pk=other.pk).state == "written_off"


def test_the_choice_tells_what_is_left(fund):
    loan = lend.lent(fund, on=JAN_10)
    reschedule(fund, lend.lent(fund, on=JAN_10, amounts=(900_000,)))

    words = [
        str(words) for _, words in WriteOffForm(loan=loan).fields["decision"].choices
    ]

    assert words[0] == "Pilih keputusan"
    assert [line.partition(", ")[2] for line in words[1:]] == [
        "14 Maret 2026: Menghapus pinjaman macet",
        "14 Maret 2026: Menyelamatkan pinjaman (sisa Rp1.500.000)",
    ]


def test_a_decision_that_amends_inherits_what_was_spent(fund):
    """The first decision spent 900.000; the one that changes it has 2.400.000."""
    reschedule(fund, lend.lent(fund, on=JAN_10, amounts=(900_000,)))
    older = fund.extra["decisions"][0]
    (newer,) = make.decisions(
        fund.board,
        {
            "title": "Mengubah",
            "kind": "loan",
            "amount": 2_400_000,
            "amends": older,
            "amend_reason": "Keliru menulis",
        },
        people=fund.extra["people"],
    )

    assert services.money_left(newer) == 1_500_000
