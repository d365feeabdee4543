"""Write-off, new plan and claims: figures by hand, refusals, the database."""

from datetime import date

import pytest
from django.db import Error, transaction

from boards.models import AuditEvent, BoardSetting
from common.errors import RuleViolation
from common.periods import Period
from ledger.balances import balances
from ledger.models import Entry, Voucher
from ledger.services import approve_voucher, reverse_voucher
from loans import services
from loans.cards import differences
from loans.models import (
    Loan,
    LoanStanding,
    Recovery,
    Reschedule,
    ReserveEntry,
    SavingsMove,
    WriteOff,
)
from loans.positions import read_plan
from tests.make import loans as lend
from tests.make import problems as make

pytestmark = pytest.mark.django_db
JAN_10, FEB_10 = date(2025, 1, 10), date(2025, 2, 10)
MAR_14, APR_1 = date(2026, 3, 14), date(2026, 4, 1)
JAN_25 = Period.month(2025, 1)


@pytest.fixture(scope="module")
def fund(module_rows):
    return make.indebted_fund(
        {"title": "Menghapus sebagian", "kind": "loan", "amount": 899_999}
    )


def pay(fund, loan, amount, on=FEB_10, source="cash", **facts):
    money = services.Money(
        on=on, amount=amount, source=source, payer="Bendahara", **facts
    )
    return services.receive_payment(loan, money=money, by=fund.cashier)


def refused(code: str, act, *args, **facts) -> str:
    def counts():
        rows = (Loan, WriteOff, Reschedule, Recovery, ReserveEntry, Voucher, Entry)
        return [model.objects.count() for model in rows]

    before = counts()
    with pytest.raises(RuleViolation) as told:
        act(*args, **facts)
    assert told.value.code == code
    assert counts() == before
    return str(told.value)


def write_off(fund, loan, *, on=APR_1, at=0, by=None):
    return services.write_off_loan(
        loan,
        on=on,
        decision=fund.extra["decisions"][at],
        reason="Anggota pindah",
        by=by or fund.manager,
    )


def reschedule(fund, loan, *, on=APR_1, instalments=6, at=0):
    return services.reschedule_loan(
        loan,
        on=on,
        terms=loan.terms,
        instalments=instalments,
        decision=fund.extra["decisions"][at],
        reason="Banjir",
        by=fund.manager,
    )


def booked(fund, *codes, until=None):
    state = balances(fund.book, until=until or fund.board.today())
    rows = {row.account.code: row.amount for row in state.rows}
    return [rows[code] for code in codes]


def agrees(fund) -> bool:
    return differences(fund.book, fund.board.today()) == []


# Writing off.


def test_a_loan_is_written_off_savings_first_then_reserve_then_cost(fund):
    """900.000 left: savings 250.000, reserve 10.000, cost 640.000."""
    loan = lend.lent(fund, on=JAN_10)
    services.book_reserve(fund.book, month=JAN_25, by=fund.manager)
    pay(fund, loan, 115_000)

    made = write_off(fund, loan)

    assert (made.principal, made.charge) == (900_000, 135_000)
    assert (made.from_savings, made.from_reserve, made.from_cost) == (
        250_000,
        10_000,
        640_000,
    )
    lines = made.voucher.entries.values_list("account__code", "debit", "credit")
    assert list(lines) == [
        ("21020", 250_000, 0),
        ("12010", 10_000, 0),
        ("51080", 640_000, 0),
        ("11030", 0, 900_000),
    ]
    loan.refresh_from_db()
    assert (loan.state, loan.closed_on) == ("written_off", APR_1)
    assert services.savings_of(loan.group) == 0
    assert booked(fund, "11030", "21020", "12010") == [0, 0, 0]
    assert agrees(fund)
    assert LoanStanding.objects.get(loan=loan).balance == 0
    # Past days still show it.
    assert services.reserve_of(fund.book, date(2026, 3, 31)).balance == 900_000
    assert services.reserve_of(fund.book, APR_1).balance == 0


def test_who_ratified_the_decision_does_not_book_it_too(fund):
    loan = lend.lent(fund, on=JAN_10)
    says = refused("loan.ratifier_books", write_off, fund, loan, by=fund.coordinator)
    assert says == (
        "Anda yang mengesahkan notulen keputusan ini. Mintalah petugas lain"
        " membukukannya."
    )
    facts = {"terms": loan.terms, "instalments": 6, "reason": "Banjir", "on": APR_1}
    facts["decision"] = fund.extra["decisions"][0]
    refused(
        *("loan.ratifier_books", services.reschedule_loan, loan),
        by=fund.coordinator,
        **facts,
    )

    made = write_off(fund, loan)

    # Two people stand on the voucher: who ratified and who booked.
    assert (made.voucher.approved_by, made.voucher.made_by) == (
        fund.coordinator,
        fund.manager,
    )


def test_where_there_are_too_few_people_the_log_says_so(fund):
    BoardSetting.objects.create(
        board=fund.board,
        name="one_person_office",
        value=True,
        starts_on=JAN_10,
        article="AD pasal 30",
    )
    made = write_off(fund, lend.lent(fund, on=JAN_10), by=fund.coordinator)

    told = AuditEvent.objects.get(action="loans.written_off").says
    assert told.endswith("; pengesah keputusan membukukannya sendiri")
    assert made.voucher.approved_by is None


def test_a_write_off_wants_a_decision_that_covers_it(fund):
    loan = lend.lent(fund, on=JAN_10)
    pay(fund, loan, 115_000)

    says = refused("loan.over_decision", write_off, fund, loan, at=1)
    assert says == "Keputusan itu menyisakan Rp899.999, kurang dari Rp900.000."
    refused("loan.decision", write_off, fund, loan, at=2)
    refused("loan.decision_day", write_off, fund, loan, on=date(2026, 3, 13))
    refused("loan.paid_since", _late_payment_then_write_off, fund, loan)


def _late_payment_then_write_off(fund, loan):
    with transaction.atomic():
        pay(fund, loan, 115_000, on=date(2026, 5, 1))
        write_off(fund, loan)


def test_nothing_is_written_off_twice_or_paid_afterwards(fund):
    loan = lend.lent(fund, on=JAN_10)
    receipt = pay(fund, loan, 115_000)
    write_off(fund, loan)

    refused("loan.not_running", write_off, fund, loan)
    refused("loan.not_running", reschedule, fund, loan)
    refused("loan.not_running", pay, fund, loan, 5, on=APR_1)
    waiting = reverse_voucher(
        receipt.voucher, dated=APR_1, reason="keliru", by=fund.cashier
    )
    refused("loan.out_of_book", approve_voucher, waiting, by=fund.manager)


def test_raw_sql_writes_nothing_off_without_a_decision(fund):
    loan = lend.lent(fund, on=JAN_10)
    for state in ("written_off", "rescheduled"):
        with pytest.raises(Error), transaction.atomic():
            Loan.objects.filter(pk=loan.pk).update(state=state, closed_on=APR_1)
    made = write_off(fund, loan)
    with pytest.raises(Error), transaction.atomic():
        Loan.objects.filter(pk=loan.pk).update(state="active")
    with pytest.raises(Error), transaction.atomic():
        WriteOff.objects.filter(pk=made.pk).delete()
    values = {
        **{field.attname: getattr(made, field.attname) for field in made._meta.fields},
        "id": None,
        "loan_id": lend.lent(fund, on=JAN_10).pk,
        "decision_id": fund.extra["decisions"][2].pk,
        "voucher_id": fund.book.vouchers.filter(form="manual").first().pk,
    }
    with pytest.raises(Error), transaction.atomic():
        WriteOff.objects.create(**values)


# Claims outside the book.


def test_a_claim_is_collected_and_never_more(fund):
    """900.000 less savings of 250.000, and charge of 135.000: 785.000."""
    loan = lend.lent(fund, on=JAN_10)
    pay(fund, loan, 115_000)
    write_off(fund, loan)
    loan.refresh_from_db()
    assert services.claim_of(loan) == 785_000
    facts = {"on": APR_1, "source": "cash", "payer": "Bu Siti", "by": fund.cashier}

    made = services.receive_recovery(loan, amount=700_000, **facts)

    lines = made.voucher.entries.values_list("account__code", "debit", "credit")
    assert list(lines) == [("11010", 700_000, 0), ("41020", 0, 700_000)]
    take = services.receive_recovery
    assert refused("loan.over_claim", take, loan, amount=85_001, **facts) == (
        "Sisa tagihan tinggal Rp85.000."
    )
    refused("loan.amount", take, loan, amount=0, **facts)
    early = {**facts, "on": date(2026, 3, 31)}
    refused("loan.before_claim", take, loan, amount=5, **early)
    with pytest.raises(Error), transaction.atomic():
        Recovery.objects.create(
            board=fund.board,
            loan=loan,
            voucher=fund.book.vouchers.filter(form="manual").first(),
            on=APR_1,
            source="cash",
            payer="x",
            amount=85_001,
            made_by=fund.cashier,
        )
    waiting = reverse_voucher(
        made.voucher, dated=APR_1, reason="keliru", by=fund.cashier
    )
    approve_voucher(waiting, by=fund.manager)
    assert services.recovered_of(loan) == 0
    services.receive_recovery(loan, amount=785_000, **facts)
    refused("loan.no_claim", take, loan, amount=5, **facts)


def test_a_recovery_adds_to_the_reserve_where_the_board_says_so(fund):
    loan = lend.lent(fund, on=JAN_10)
    write_off(fund, loan)
    BoardSetting.objects.create(
        board=fund.board,
        name="recovery_account",
        value="reserve",
        starts_on=date(2026, 1, 1),
        article="Pasal 9",
    )

    made = services.receive_recovery(
        loan, on=APR_1, amount=5_000, source="bank", payer="Ketua", by=fund.cashier
    )

    lines = made.voucher.entries.values_list("account__code", "debit", "credit")
    assert list(lines) == [("11021", 5_000, 0), ("12010", 0, 5_000)]


# A new plan.


def test_a_loan_gets_a_new_plan_and_the_old_charge_stays_a_claim(fund):
    """§4.4: 600.000 left, 6 months, 1,5 %: 100.000 + 9.000; charge 90.000 overdue."""
    loan = lend.lent(fund, on=JAN_10, amounts=(500_000, 500_000))
    pay(fund, loan, 460_000)
    vouchers = Voucher.objects.count()

    made = reschedule(fund, loan)

    loan.refresh_from_db()
    assert (loan.state, loan.closed_on) == ("rescheduled", APR_1)
    assert (made.state, made.principal, made.service_charge) == (
        "active",
        600_000,
        54_000,
    )
    plan = list(made.plan.values_list("due_on", "principal", "service_charge"))
    assert plan[0] == (date(2026, 5, 1), 100_000, 9_000)
    assert len(plan) == 6
    assert list(made.shares.values_list("approved", flat=True)) == [300_000, 300_000]
    row = made.reschedule
    assert (row.charge_claim, row.charge_dropped, row.floor) == (90_000, 0, 5)
    assert Voucher.objects.count() == vouchers
    assert agrees(fund)
    assert (made.round_no, made.replaces_id) == (loan.round_no, loan.pk)
    assert made.account_number != loan.account_number
    assert services.claim_of(loan) == 90_000
    paid = services.receive_recovery(
        loan, on=APR_1, amount=90_000, source="cash", payer="Ketua", by=fund.cashier
    )
    lines = paid.voucher.entries.values_list("account__code", "credit")
    assert list(lines) == [("11010", 0), ("41010", 90_000)]


def test_a_new_plan_does_not_make_a_bad_loan_good_at_once(fund):
    loan = lend.lent(fund, on=JAN_10)
    made = reschedule(fund, loan, instalments=10)
    on = date(2026, 4, 20)
    lines = read_plan(made, until=on).lines

    assert services.standings.class_on(made, lines, on) == 5
    for _ in range(2):
        pay(fund, made, 115_000, on=on)
    assert LoanStanding.objects.get(loan=made).collectibility == 5
    pay(fund, made, 920_000 - 115_000, on=on)
    row = LoanStanding.objects.get(loan=made)
    assert (row.collectibility_floor, row.balance) == (1, 1_000_000 - 900_000)
    # The reserve of the days between sees the floor too.
    before = services.reserve_of(fund.book, date(2026, 4, 19))
    assert [line.balance for line in before.lines] == [0, 0, 0, 0, 1_000_000]


def test_a_new_plan_is_refused_where_it_may_not_be(fund):
    loan = lend.lent(fund, on=JAN_10)

    refused("loan.decision", reschedule, fund, loan, at=2)
    refused("loan.decision_day", reschedule, fund, loan, on=date(2026, 3, 13))
    refused("loan.plan", reschedule, fund, loan, instalments=10_000)
    paid = lend.lent(fund, on=JAN_10)
    pay(fund, paid, 1_150_000)
    refused("loan.not_running", reschedule, fund, paid)


def test_a_rescheduled_loan_is_frozen_and_its_link_true(fund):
    loan = lend.lent(fund, on=JAN_10)
    made = reschedule(fund, loan)

    with pytest.raises(Error), transaction.atomic():
        Loan.objects.filter(pk=loan.pk).update(state="active")
    with pytest.raises(Error), transaction.atomic():
        Reschedule.objects.filter(loan=made).update(charge_claim=0)
    other = lend.lent(fund, on=JAN_10)
    row = made.reschedule
    with pytest.raises(Error), transaction.atomic():
        Reschedule.objects.create(
            board=fund.board,
            old=other,
            loan=made,
            decision=row.decision,
            on=APR_1,
            principal=1_000_000,
            charge_claim=0,
            charge_dropped=0,
            floor=1,
            reason="x",
            made_by=fund.manager,
        )


def test_savings_used_for_a_write_off_are_on_the_card(fund):
    loan = lend.lent(fund, on=JAN_10)
    write_off(fund, loan)

    kinds = SavingsMove.objects.filter(group=loan.group).values_list("kind", "amount")
    assert list(kinds) == [("cut", 250_000), ("used", -250_000)]
