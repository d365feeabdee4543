"""Fines and savings beside the instalments: rules of the product, asked, never owed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import Error, transaction
from django.urls import reverse

from boards.models import AuditEvent
from common.errors import RuleViolation
from ledger.balances import balances
from loans import services
from loans.additions import (
    Addition,
    OffDays,
    on_time_until,
    penalty_of,
    savings_asked,
    savings_by_row,
)
from loans.asked import fined_through, penalty_asked, saving_asked
from loans.cards import differences
from loans.collection import expected_until
from loans.models import ProductTerms, Receipt
from loans.payments import Part, open_lines, pay
from loans.positions import read_plan
from tests.loans.plans import e1
from tests.make import boards as make
from tests.make import loans as lend

pytestmark = pytest.mark.django_db
JAN_10, FEB_10, MAR_10 = date(2026, 1, 10), date(2026, 2, 10), date(2026, 3, 10)
MAR_20, APR_20 = date(2026, 3, 20), date(2026, 4, 20)


@pytest.fixture(scope="module")
def fund(module_rows):
    """Rp2.000 for each late instalment, Rp5.000 saved by each member with each."""
    return lend.fund(penalty=2_000, saving_amount=5_000)


def test_a_fine_is_for_each_late_row_once():
    """E1 was paid out on 10 January 2024: 115.000 on the 10th of each month."""
    rows = pay(open_lines(e1()), [Part(1, 100_000, 15_000), Part(2, 20_000, 15_000)])
    fixed, part = Addition(2_000), Addition(percent=Decimal("1.5"))

    # On its day a row is not late yet. Row 2 has 80.000 open, row 3 has 115.000.
    assert penalty_of(rows, fixed, on=date(2024, 3, 10), after=0) == 0
    assert penalty_of(rows, fixed, on=date(2024, 4, 11), after=0) == 4_000
    assert penalty_of(rows, part, on=date(2024, 4, 11), after=0) == 1_200 + 1_725
    assert penalty_of(rows, fixed, on=date(2024, 4, 11), after=2) == 2_000
    assert penalty_of(rows, Addition(), on=date(2024, 4, 11), after=0) == 0


@pytest.mark.parametrize(
    ("due_on", "off", "last"),
    [
        # 10 February 2024 was a Saturday, 10 March a Sunday.
        (date(2024, 2, 10), OffDays.NONE, date(2024, 2, 10)),
        (date(2024, 2, 10), OffDays.SUNDAY, date(2024, 2, 10)),
        (date(2024, 2, 10), OffDays.WEEKEND, date(2024, 2, 12)),
        (date(2024, 3, 10), OffDays.SUNDAY, date(2024, 3, 11)),
        (date(2024, 4, 10), OffDays.WEEKEND, date(2024, 4, 10)),
    ],
)
def test_who_pays_on_the_next_office_day_is_not_late(due_on, off, last):
    assert on_time_until(due_on, off) == last
    row = next(line for line in open_lines(e1()) if line.due_on == due_on)
    rule = Addition(2_000)
    facts = {"after": row.no - 1, "off": off}
    assert penalty_of([row], rule, on=last, **facts) == 0
    assert penalty_of([row], rule, on=last + timedelta(days=1), **facts) == 2_000


def test_days_without_office_are_terms_of_the_loan():
    """10 May 2026 is a Sunday. Later terms do not change what was lent before."""
    fund = lend.fund(penalty=2_000, off_days="weekend")
    loan = lend.lent(fund, on=date(2026, 4, 10))
    later = ProductTerms(starts_on=date(2026, 5, 1), article="AD 12", penalty=2_000)
    services.set_terms(
        fund.product, terms=later, ceilings={1: 1_000_000}, by=fund.officer
    )

    loan.refresh_from_db()
    plan = read_plan(loan)
    assert penalty_asked(loan, plan, on=date(2026, 5, 11)) == 0
    assert fined_through(loan, plan, on=date(2026, 5, 11)) == 0
    assert penalty_asked(loan, plan, on=date(2026, 5, 12)) == 2_000


def test_savings_go_with_rows_on_which_nothing_was_paid():
    one, other = open_lines(e1()), open_lines(e1())
    touched = pay(one, [Part(1, 0, 15_000)])
    by_row = savings_by_row([one, other], Addition(percent=Decimal(2)))

    # Two percent of 100.000 for each of two.
    assert by_row == dict.fromkeys(range(1, 11), 4_000)
    asked = {"rule": Addition(5_000), "until": date(2024, 4, 10)}
    assert savings_asked(touched, [one, other], **asked) == 20_000
    assert savings_asked(one, [one, other], **asked) == 30_000


def pay_in(fund, loan, amount, on, **facts):
    return lend.paid(fund, loan, amount, on=on, **facts)


def refused(code, act, *args, **facts) -> str:
    before = Receipt.objects.count()
    with pytest.raises(RuleViolation) as told:
        act(*args, **facts)
    assert (told.value.code, Receipt.objects.count()) == (code, before)
    return str(told.value)


def test_savings_are_booked_beside_the_instalment(module_rows):
    fund = lend.fund(saving_amount=5_000)
    loan = lend.lent(fund, on=JAN_10, amounts=(1_000_000, 600_000))
    assert saving_asked(loan, read_plan(loan), on=JAN_10) == 10_000

    receipt = pay_in(fund, loan, 194_000, FEB_10, savings=10_000)

    # 160.000 and 24.000, and what two members save.
    assert (receipt.principal, receipt.service_charge, receipt.saved) == (
        160_000,
        24_000,
        10_000,
    )
    rows = {
        row.account.code: row.amount for row in balances(fund.book, until=FEB_10).rows
    }
    codes = ("11010", "11030", "41010", "21020")
    assert [rows[code] for code in codes] == [48_594_000, 1_440_000, 24_000, 10_000]
    assert services.savings_of(loan.group) == 10_000
    assert loan.savings_moves.get().kind == "paid_in"
    # Less than asked is no debt; more than the money is refused.
    pay_in(fund, loan, 184_000, MAR_10)
    assert read_plan(loan).balance == 1_280_000
    refused("loan.savings", pay_in, fund, loan, 5_000, MAR_20, savings=5_001)
    refused(
        *("loan.savings_circle", pay_in, fund, loan, 9_000, MAR_20),
        savings=5_000,
        source="savings",
    )
    lend.take_back(fund, receipt, on=MAR_20)
    assert services.savings_of(loan.group) == 0
    assert differences(fund.book, fund.board.today()) == []


def test_a_fine_is_proposed_and_another_needs_its_reason(fund):
    loan = lend.lent(fund, on=JAN_10)
    assert penalty_asked(loan, read_plan(loan), on=MAR_20) == 4_000

    says = refused("loan.penalty_reason", pay_in, fund, loan, 115_000, MAR_20)
    assert says == (
        "Denda menurut ketentuan produk Rp4.000. Tulis alasannya bila lain."
    )
    waived = pay_in(
        fund, loan, 116_000, MAR_20, penalty=1_000, penalty_reason="panen gagal"
    )

    assert (waived.penalty, waived.fined_to) == (1_000, 2)
    told = AuditEvent.objects.filter(action="loans.receipt_noted").latest("pk").says
    assert told.endswith("; denda Rp1.000, karena panen gagal")
    # Rows 1 and 2 were judged; in April the third is late.
    assert penalty_asked(loan, read_plan(loan), on=MAR_20) == 0
    assert penalty_asked(loan, read_plan(loan), on=APR_20) == 2_000
    pay_in(fund, loan, 117_000, APR_20, penalty=2_000)
    lend.take_back(fund, waived, on=APR_20)
    plan = read_plan(loan)
    assert plan.fined_to == 3


def test_the_sheet_of_a_round_asks_for_both(module_rows, django_assert_num_queries):
    fund = lend.fund(penalty=2_000, saving_amount=5_000)
    loan = lend.lent(fund, on=JAN_10, amounts=(1_000_000, 600_000))
    lend.lent(fund, on=JAN_10)

    with django_assert_num_queries(5):
        rows = expected_until(fund.board, APR_20, today=MAR_20)

    row = next(one for one in rows if one.loan == loan)
    # Two rows late, a third to come: 3 times 184.000, 2 fines, 3 times two savings.
    assert (row.arrears, row.coming) == (368_000, 184_000)
    assert (row.penalty, row.savings, row.total) == (4_000, 30_000, 586_000)
    line = services.Collected(loan, 210_000, "Ketua", penalty=0, savings=20_000)
    made = services.receive_collection(
        fund.board, on=MAR_20, source="cash", rows=[line], by=fund.cashier
    )
    assert (made[0].penalty, made[0].saved, made[0].penalty_reason) == (
        0,
        20_000,
        "menurut hasil penagihan",
    )


def test_the_form_is_filled_with_what_is_asked(fund):
    loan = lend.lent(fund, on=JAN_10)
    cashier = make.signed_in(fund.cashier)
    at = {"board_slug": fund.board.slug, "pk": loan.pk}
    today = fund.board.today()
    late = sum(row.due_on < today for row in loan.plan.all())
    fine, saved = late * 2_000, late * 5_000

    card = cashier.get(reverse("loans:loan_card", kwargs=at))

    first = card.context["form"].initial
    assert (first["penalty"], first["savings"]) == (fine, saved)
    assert first["amount"] == card.context["card"].asked + fine + saved
    assert '<th scope="col" class="num hs">Tabungan</th>' in card.text
    path = reverse("loans:receipt_new", kwargs=at)
    body = {
        "amount": "115.000",
        "on": today.strftime("%d/%m/%Y"),
        "payer": "Ketua",
        "source": "cash",
        "penalty": "0",
        "savings": "5.000",
    }
    told = cashier.post(path, make.once(**body, step="catat"))
    assert list(told.context["form"].errors) == ["penalty_reason"]
    body |= {"penalty_reason": "musim paceklik", "step": "catat"}
    made = cashier.post(path, make.once(**body))
    assert made.status_code == 302
    page = cashier.get(made["Location"]).text
    assert "musim paceklik" in page
    assert Receipt.objects.get(loan=loan).saved == 5_000


def test_rupiah_and_percent_at_once_are_refused(fund):
    for facts in (
        {"penalty_percent": 1},
        {"saving_percent": 1},
        {"saving_percent": 101, "saving_amount": 0},
    ):
        terms = ProductTerms(
            starts_on=date(2026, 6, 1),
            article="AD pasal 12",
            penalty=2_000,
            saving_amount=5_000,
        )
        for name, value in facts.items():
            setattr(terms, name, value)
        with pytest.raises(Exception, match=r"rupiah|100") as told:
            services.set_terms(
                fund.product, terms=terms, ceilings={1: 1_000_000}, by=fund.officer
            )
        assert told.type.__name__ == "ValidationError"
    with pytest.raises(Error), transaction.atomic():
        ProductTerms.objects.filter(pk=fund.terms.pk).update(penalty_percent=1)
