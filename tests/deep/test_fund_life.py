"""The fund lives through thousands of random events; the book and the cards agree."""

import datetime
import random
from collections import Counter

import pytest
from django.db import transaction
from django.db.models import Sum

from common.errors import RuleViolation
from common.periods import Period
from ledger.balances import balances
from ledger.services import (
    approve_voucher,
    close_month,
    money_accounts,
    next_month,
    reverse_voucher,
)
from loans import services
from loans.cards import differences
from loans.models import Loan, LoanStanding, Receipt
from loans.positions import read_plan
from tests.make import loans as lend
from tests.make import problems

pytestmark = pytest.mark.django_db
SEEDS, EVENTS, GROUPS = (1, 2, 3), 700, 10
FIRST, LAST = datetime.date(2025, 1, 2), datetime.date(2026, 11, 20)
DECIDED = datetime.date(2026, 3, 14)


class Life:
    """One fund, its people, a die, and a day that only goes on."""

    def __init__(self, seed: int) -> None:
        self.dice, self.day = random.Random(seed), FIRST
        self.fund = lend.fund(savings_percent=10, cash=500_000_000)
        self.board, self.book = self.fund.board, self.fund.book
        self.groups = [lend.group(self.board) for _ in range(GROUPS)]
        self.done: Counter = Counter()
        self.basis = problems.decisions(
            self.board, {"title": "Pinjaman macet", "kind": "general"}
        )[0]

    def pick(self, **wanted) -> Loan:
        """A loan by chance. Raises RuleViolation when there is none."""
        rows = list(Loan.objects.filter(board=self.board, **wanted).order_by("pk"))
        if not rows:
            raise RuleViolation("Tidak ada.", code="test.none")
        return self.dice.choice(rows)

    def lend(self) -> None:
        group = self.dice.choice(self.groups)
        amounts = [100_000 * self.dice.randint(1, 10) for _ in "abc"]
        terms = {"instalments": self.dice.randint(3, 12), "amounts": amounts}
        lend.lent(self.fund, group_=group, on=self.day, **terms)

    def pay(self) -> None:
        source = self.dice.choice(("cash", "bank", "cash", "savings"))
        money = services.Money(
            on=self.day,
            amount=self.dice.randint(1, 600_000),
            source=source,
            payer="Bendahara",
            surplus_to_savings=True,
        )
        services.receive_payment(
            self.pick(state="active"), money=money, by=self.fund.cashier
        )

    def settle(self) -> None:
        loan = self.pick(state="active")
        price = services.payoff_of(loan, read_plan(loan), self.day)
        money = services.Money(
            on=self.day, amount=price.total, source="cash", payer="x", settles=True
        )
        services.receive_payment(loan, money=money, by=self.fund.cashier)

    def take_back(self) -> None:
        rows = Receipt.objects.standing().filter(board=self.board).order_by("pk")
        found = list(rows)[-15:]
        if not found:
            return
        voucher = self.dice.choice(found).voucher
        facts = {"dated": self.day, "reason": "keliru"}
        waiting = reverse_voucher(voucher, **facts, by=self.fund.cashier)
        approve_voucher(waiting, by=self.fund.manager)

    def return_savings(self) -> None:
        group = self.dice.choice(self.groups)
        held = services.savings_of(group)
        facts = {"on": self.day, "source": "cash", "received_by": "Ketua"}
        services.return_savings(group, amount=held, **facts, by=self.fund.cashier)

    def close(self) -> None:
        month = next_month(self.book)
        if month.end >= self.day:
            return
        services.book_reserve(self.book, month=month, by=self.fund.manager)
        state = balances(self.book, until=month.end)
        booked = {row.account.pk: row.amount for row in state.rows}
        counts = {row.pk: (booked[row.pk], "") for row in money_accounts(self.book)}
        close_month(self.book, month=month, counts=counts, by=self.fund.manager)

    def write_off(self) -> None:
        facts = {"on": self.day, "decision": self.basis, "reason": "macet"}
        services.write_off_loan(
            self.pick(state="active"), **facts, by=self.fund.manager
        )

    def reschedule(self) -> None:
        loan = self.pick(state="active")
        facts = {"on": self.day, "decision": self.basis, "reason": "banjir"}
        facts |= {"terms": loan.terms, "instalments": self.dice.randint(3, 12)}
        services.reschedule_loan(loan, **facts, by=self.fund.manager)

    def recover(self) -> None:
        loan = self.pick(state__in=("written_off", "rescheduled"))
        amount = self.dice.randint(1, 50_000)
        facts = {"on": self.day, "source": "cash", "payer": "x"}
        services.receive_recovery(loan, amount=amount, **facts, by=self.fund.cashier)

    def step(self) -> None:
        """One event by chance; a refusal is an answer too, and changes nothing."""
        days = self.dice.choice((0, 0, 1, 2, 3))
        self.day = min(LAST, self.day + datetime.timedelta(days=days))
        common = [self.pay] * 12 + [self.lend] * 4
        seldom = [self.take_back, self.settle, self.return_savings]
        rare = [self.write_off, self.reschedule, self.recover] * 2
        rare = rare if self.day >= DECIDED else []
        act = self.dice.choice([*common, *seldom, *rare, *[self.close] * 4])
        try:
            with transaction.atomic():
                act()
        except RuleViolation as refused:
            self.done[f"{act.__name__}: {refused.code}"] += 1
        else:
            self.done[act.__name__] += 1

    def check(self) -> None:
        """Everything that must hold at any time."""
        state = balances(self.book, until=self.board.today())
        assert state.gap == 0
        assert differences(self.book, self.board.today()) == []
        assert differences(self.book, self.day) == []
        for loan in Loan.objects.exclude(disbursed_on=None):
            self.check_loan(loan)

    def check_loan(self, loan: Loan) -> None:
        """Plan, receipts, standing and state of one loan say the same."""
        plan, gone = read_plan(loan), loan.state in ("rescheduled", "written_off")
        paid = loan.receipts.standing().aggregate(
            principal=Sum("principal", default=0)
        )["principal"]
        assert sum(line.principal for line in plan.lines) == loan.principal
        assert plan.balance == loan.principal - paid
        assert plan.balance == sum(
            line.principal_open for member in plan.members for line in member.lines
        )
        standing = LoanStanding.objects.get(loan=loan)
        assert standing.balance == (0 if gone else plan.balance)
        if not gone:
            assert (loan.state == "paid") == (not plan.balance + plan.charge_left)
        if loan.state == "written_off":
            assert loan.write_off.principal == plan.balance
        if loan.state == "rescheduled":
            assert loan.rescheduled_by.loan.principal == plan.balance


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_happens_the_book_and_the_cards_agree(seed):
    life = Life(seed)
    for number in range(EVENTS):
        life.step()
        if number % 50 == 49:
            life.check()
    life.check()
    wanted = "pay lend settle take_back close recover write_off reschedule".split()
    assert [name for name in wanted if not life.done[name]] == [], life.done
    assert isinstance(next_month(life.book), Period)
