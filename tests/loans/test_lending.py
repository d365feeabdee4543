"""From application to payout: stages, deciders, what is refused."""

from datetime import date

import pytest
from django.db import Error, transaction

from boards.models import AuditEvent, BoardSetting, LetterNumber
from boards.roles import Post, Role
from common.errors import RuleViolation
from ledger.balances import balances
from ledger.models import Entry, Voucher
from loans import services
from loans.eligibility import eligibility_of, missing_of
from loans.models import Installment, Loan, LoanStanding, SavingsMove, ShareInstallment
from members.models import GroupMember
from tests.make import boards as make
from tests.make import loans as lend
from tests.make import members as people

pytestmark = pytest.mark.django_db
JAN_5, JAN_31 = date(2026, 1, 5), date(2026, 1, 31)


@pytest.fixture(scope="module")
def fund(module_rows):
    return lend.fund(savings_percent=5)


def refused(code: str, act, *args, **facts) -> str:
    """The act raises this code and writes nothing."""

    def counts():
        rows = (Loan, Voucher, Entry, Installment, AuditEvent)
        return [model.objects.count() for model in rows]

    before = counts()
    with pytest.raises(RuleViolation) as told:
        act(*args, **facts)
    assert told.value.code == code
    assert counts() == before
    return str(told.value)


def booked(fund, *codes):
    rows = {
        row.account.code: row.amount
        for row in balances(fund.book, until=date(2026, 12, 31)).rows
    }
    return [rows[code] for code in codes]


def test_a_loan_is_paid_out_with_plan_savings_and_voucher(fund):
    """E9 by member, E12 for the savings, E8 for the days."""
    loan = lend.lent(fund, amounts=(1_000_000, 600_000), on=JAN_31)

    assert (loan.state, loan.principal, loan.service_charge) == (
        "active",
        1_600_000,
        240_000,
    )
    plan = list(loan.plan.values_list("no", "due_on", "principal", "service_charge"))
    assert plan[:2] == [
        (1, date(2026, 2, 28), 160_000, 24_000),
        (2, date(2026, 3, 31), 160_000, 24_000),
    ]
    assert len(plan) == 10
    mine = ShareInstallment.objects.filter(installment__no=1, share__loan=loan)
    assert list(mine.values_list("principal", "service_charge")) == [
        (100_000, 15_000),
        (60_000, 9_000),
    ]
    # Five percent of 1.600.000 stays as savings.
    assert booked(fund, "11030", "21020", "11010") == [
        1_600_000,
        80_000,
        50_000_000 - 1_520_000,
    ]
    assert SavingsMove.objects.get(loan=loan).amount == 80_000
    assert (loan.account_number, loan.voucher.number_text) == (
        "01.001",
        "BKK-UPK-2026-0001",
    )
    assert loan.voucher.approved_by == fund.manager
    letter = LetterNumber.objects.get(text=loan.contract_number)
    assert letter.subject_name == "Surat perjanjian pinjaman"
    assert LoanStanding.objects.get(loan=loan).balance == 1_600_000


def test_a_group_that_lacks_something_is_told_what(fund):
    group = lend.group(fund.board, size=5, women=1, ready=False)

    found = eligibility_of(group, on=JAN_5)

    assert [line.code for line in found.missing] == [
        "women",
        "poor",
        "consent",
        "rules",
        "books",
        "savings",
        "training_loans",
        "training_business",
        "training_household",
    ]
    women = found.missing[0]
    assert (women.label, women.missing) == (
        "Paling sedikit 30 % perempuan",
        "Baru 20 %.",
    )
    loan = lend.application(fund, group_=group)
    lend.checked(fund, loan)
    says = refused(
        "loan.not_eligible",
        services.decide_loan,
        loan,
        on=JAN_5,
        amounts={loan.shares.get().pk: 1_000_000},
        by=fund.manager,
    )
    assert says.startswith("Syarat KSM belum lengkap: paling sedikit 30 % perempuan;")


def test_savings_must_run_without_a_gap(fund):
    group = lend.group(fund.board)
    group.savings.filter(month=date(2025, 11, 1)).delete()

    missing = eligibility_of(group, on=JAN_5).missing

    assert [(line.code, line.missing) for line in missing] == [
        ("savings", "Baru 2 bulan.")
    ]


def test_a_borrower_who_sits_in_the_board_is_shown(fund):
    group = lend.group(fund.board)
    term = people.term(fund.board)
    who = group.members.first().person
    people.mandate(term, who)

    found = eligibility_of(group, on=date(2026, 6, 1))

    assert found.conflicts == (f"{who.name}: anggota pimpinan LKM.",)


def test_who_may_borrow_and_how_many_officers_are_rules_of_the_day(fund):
    group = lend.group(fund.board)
    who = group.members.get(role="TREASURER")
    people.mandate(people.term(fund.board), who.person)
    make.rule(fund.board, "officials_may_borrow", False, starts_on=date(2026, 6, 2))
    make.rule(fund.board, "group_min_officers", 2, starts_on=date(2026, 6, 2))
    who.role = "MEMBER"
    who.save()

    def missing(day: int) -> list[tuple[str, str]]:
        on = date(2026, 6, day)
        (lines,) = missing_of([group], on=on).values()
        assert lines == eligibility_of(group, on=on).missing
        return [(line.code, line.missing) for line in lines if line.code != "savings"]

    assert missing(1) == [("officers", "Belum ada: bendahara.")]
    assert missing(2) == [("officials", f"{who.person.name}: anggota pimpinan LKM.")]


def test_applications_that_cannot_be_are_refused(fund):
    small = lend.group(fund.board, size=4)
    assert refused("loan.too_few_members", lend.application, fund, group_=small) == (
        f"{small} baru punya 4 anggota; paling sedikit 5."
    )
    says = refused("loan.over_ceiling", lend.application, fund, amounts=(1_000_001,))
    assert says.endswith("Rp1.000.001 melebihi batas pinjaman ke-1, Rp1.000.000.")
    refused("loan.instalments", lend.application, fund, instalments=2)
    refused("loan.instalments", lend.application, fund, instalments=25)
    refused("loan.future", lend.application, fund, on=date(2199, 1, 1))
    loan = lend.application(fund)
    refused("loan.application_open", lend.application, fund, group_=loan.group)


def test_a_member_who_cannot_pay_is_not_proposed(fund):
    loan = lend.application(fund)

    says = refused(
        "loan.over_capacity", lend.checked, fund, loan, income=600_000, cost=485_001
    )

    # 100.000 and 1,5 % of a million each month.
    assert says.endswith(
        "angsuran Rp115.000 sebulan melebihi kemampuan bayar Rp114.999. Turunkan"
        " usulan pinjaman."
    )
    lend.checked(fund, loan, income=600_000, cost=485_000)


def decide(fund, loan, by="manager", amount=1_000_000, on=JAN_5):
    amounts = {share.pk: amount for share in loan.shares.all()}
    return services.decide_loan(loan, on=on, amounts=amounts, by=getattr(fund, by))


def test_three_people_propose_decide_and_pay(fund):
    loan = lend.application(fund)
    refused("loan.state", decide, fund, loan)
    lend.checked(fund, loan)
    refused("loan.not_manager", decide, fund, loan, by="officer")
    refused("loan.not_decided", services.cosign_loan, loan, by=fund.coordinator)
    decide(fund, loan)
    refused("loan.not_coordinator", services.cosign_loan, loan, by=fund.manager)
    refused(
        "loan.state",
        services.disburse_loan,
        loan,
        on=JAN_5,
        source="cash",
        received_by="Ketua",
        by=fund.cashier,
    )
    services.cosign_loan(loan, by=fund.coordinator)
    refused(
        "loan.decider_pays",
        services.disburse_loan,
        loan,
        on=JAN_5,
        source="cash",
        received_by="Ketua",
        by=fund.manager,
    )


def test_who_examined_does_not_decide(fund):
    both = make.user(Role.LOAN_UNIT, board=fund.board, post=Post.MANAGER)
    loan = lend.application(fund)
    lend.checked(fund, loan)
    Loan.objects.filter(pk=loan.pk).update(checked_by=both)

    amounts = {share.pk: 1_000_000 for share in loan.shares.all()}
    refused(
        "loan.proposer_decides",
        services.decide_loan,
        loan,
        on=JAN_5,
        amounts=amounts,
        by=both,
    )


def test_more_than_proposed_and_nothing_at_all_are_refused(fund):
    loan = lend.application(fund, amounts=(800_000,))
    lend.checked(fund, loan)

    refused("loan.over_proposal", decide, fund, loan, amount=800_001)
    refused("loan.no_amount", decide, fund, loan, amount=0)
    refused(
        "loan.amounts",
        services.decide_loan,
        loan,
        on=JAN_5,
        amounts={},
        by=fund.manager,
    )
    refused("loan.decision_day", decide, fund, loan, on=date(2026, 1, 4))


def test_an_unfit_loan_goes_back_or_is_refused(fund):
    loan = lend.application(fund)
    lend.checked(fund, loan, fit=False)
    refused("loan.not_fit", decide, fund, loan)

    services.recheck_loan(loan, reason="usaha belum dilihat", by=fund.manager)
    lend.checked(fund, loan, fit=False)
    ended = services.refuse_loan(
        loan, on=JAN_5, reason="usaha belum jalan", by=fund.manager
    )

    assert (ended.state, ended.closed_on) == ("refused", JAN_5)
    refused(
        "loan.state", services.withdraw_application, loan, reason="x", by=fund.officer
    )
    # The group may apply again.
    assert lend.application(fund, group_=loan.group).state == "applied"


def test_where_the_rule_says_meeting_officers_do_not_decide(fund):
    BoardSetting.objects.create(
        board=fund.board,
        name="loan_deciders",
        value="meeting",
        starts_on=date(2025, 1, 1),
        article="AD pasal 12",
        created_by=fund.manager,
    )
    loan = lend.application(fund)
    lend.checked(fund, loan)

    says = refused("loan.by_meeting", decide, fund, loan)

    assert says == "Aturan LKM: pinjaman diputus dalam rapat. Pilih keputusan rapat."


def test_unsigned_members_and_an_empty_cash_box_hold_the_money(fund):
    loan = lend.application(fund)
    lend.checked(fund, loan, signed_joint=False)
    decide(fund, loan)
    services.cosign_loan(loan, by=fund.coordinator)
    pay = {"on": JAN_5, "received_by": "Ketua", "by": fund.cashier}
    says = refused(
        "loan.not_signed", services.disburse_loan, loan, source="cash", **pay
    )
    assert says.startswith("Belum menandatangani pernyataan tanggung renteng: Warga")

    loan.shares.update(signed_joint=True)
    refused(
        "ledger.too_little_money", services.disburse_loan, loan, source="bank", **pay
    )
    refused(
        "loan.payout_day",
        services.disburse_loan,
        loan,
        source="cash",
        **{**pay, "on": date(2026, 1, 4)},
    )


def test_the_second_round_lends_more_and_the_fifth_none(fund):
    group = lend.group(fund.board)
    for round_no, amount in enumerate((1_000_000, 2_000_000, 3_000_000, 3_000_000), 1):
        loan = lend.lent(fund, group_=group, amounts=(amount,))
        assert loan.round_no == round_no
        owed = loan.principal + loan.service_charge
        lend.paid(fund, loan, owed, on=loan.disbursed_on)

    says = refused("loan.rounds_over", lend.application, fund, group_=group)

    assert says.startswith("Ini pinjaman ke-5.")


def test_a_person_is_in_one_group_at_a_time(fund):
    group, other = lend.group(fund.board), lend.group(fund.board)

    with pytest.raises(Error), transaction.atomic():
        GroupMember.objects.create(
            board=fund.board,
            group=other,
            person=group.members.first().person,
            joined_on=JAN_5,
        )


@pytest.mark.parametrize(
    "change",
    [
        lambda loan: Loan.objects.filter(pk=loan.pk).update(principal=1),
        lambda loan: Loan.objects.filter(pk=loan.pk).update(decided_by=None),
        lambda loan: Loan.objects.filter(pk=loan.pk).update(instalments=3),
        lambda loan: loan.shares.update(approved=1),
        lambda loan: loan.plan.update(principal=1),
        lambda loan: Installment.objects.filter(loan=loan, no=1).delete(),
        lambda loan: ShareInstallment.objects.update(service_charge=0),
        lambda loan: loan.terms.ceilings.update(amount=9_000_000),
        lambda loan: type(loan.terms).objects.update(rate=0),
        lambda loan: SavingsMove.objects.update(amount=1),
    ],
)
def test_raw_changes_of_what_was_lent_are_refused(fund, change):
    loan = lend.lent(fund)

    with pytest.raises(Error), transaction.atomic():
        change(loan)


def test_a_loan_without_decision_cannot_be_paid_out_in_the_database(fund):
    loan = lend.application(fund)

    with pytest.raises(Error), transaction.atomic():
        Loan.objects.filter(pk=loan.pk).update(
            state="active", disbursed_on=JAN_5, principal=1_000_000
        )
