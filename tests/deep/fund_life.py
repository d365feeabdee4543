"""A fund that lives by chance: people, a die, a day that only goes on."""

import datetime
import random
from collections import Counter

from django.db import transaction
from django.db.models import Sum

from common.errors import RuleViolation
from common.periods import Period
from ledger.balances import balances
from ledger.models import Voucher
from ledger.plain import Pick
from ledger.services import (
    approve_voucher,
    close_month,
    close_year,
    drop_voucher,
    money_accounts,
    next_month,
    reverse_voucher,
    write_plain,
)
from ledger.services.closing import year_to_close
from ledger.statements import account_book, balance_sheet, equity_change, income
from loans import services
from loans.cards import differences
from loans.health import health_on
from loans.models import Loan, LoanStanding, Receipt
from loans.portfolio import positions_on
from loans.positions import read_plan
from tests.make import loans as lend
from tests.make import problems

GROUPS = 10
FIRST, LAST = datetime.date(2025, 1, 2), datetime.date(2026, 11, 20)
DECIDED = datetime.date(2026, 3, 14)
# Days from one event to the next, so that a life of `EVENTS` fills the two years.
EVENTS, STEPS = 1100, (0, 0, 0, 0, 1, 1, 2)


class Life:
    """One fund; `told` is what its statements said when each month was closed."""

    def __init__(self, seed: int) -> None:
        self.dice, self.day = random.Random(seed), FIRST
        # Nobody is too old a borrower here: the rounds outlast the events.
        ceilings = dict.fromkeys(range(1, 100), 1_000_000)
        facts = {"savings_percent": 10, "cash": 500_000_000, "ceilings": ceilings}
        self.fund = lend.fund(**facts)
        self.board, self.book = self.fund.board, self.fund.book
        self.groups = [lend.group(self.board) for _ in range(GROUPS)]
        self.done: Counter = Counter()
        self.told: dict[Period, tuple] = {}
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

    def lend_again(self) -> None:
        """An application whose payout was taken back is paid out anew."""
        facts = {"on": self.day, "source": "cash", "received_by": "Ketua"}
        loan = self.pick(state="approved")
        services.disburse_loan(loan, **facts, by=self.fund.cashier)

    def pay(self) -> None:
        source = self.dice.choice(("cash", "bank", "cash", "savings"))
        late = self.dice.choice((0, 0, 0, self.dice.randint(1, 40)))
        money = services.Money(
            on=self.day - datetime.timedelta(late),
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
            raise RuleViolation("Tidak ada.", code="test.none")
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
            raise RuleViolation("Belum.", code="test.none")
        services.book_reserve(self.book, month=month, by=self.fund.manager)
        state = balances(self.book, until=month.end)
        booked = {row.account.pk: row.amount for row in state.rows}
        counts = {row.pk: (booked[row.pk], "") for row in money_accounts(self.book)}
        close_month(self.book, month=month, counts=counts, by=self.fund.manager)
        told = self.tells(month)
        if year := year_to_close(self.book):
            close_year(self.book, year=year, by=self.fund.manager)
            self.done["close_year"] += 1
            told = self.tells(month)
        self.told[month] = told

    def tells(self, month: Period) -> tuple:
        """Everything that is printed of a month, the loans of its last day too."""
        day, book = month.end, self.book
        accounts = book.accounts.filter(use__in=("cash", "bank", "loans", "savings"))
        return (
            balance_sheet(book, day),
            income(book, month),
            equity_change(book, month),
            [account_book(row, month) for row in accounts.order_by("code")],
            positions_on(self.board, day),
            services.reserve_of(book, day),
            health_on(self.board, day),
        )

    def spend(self) -> None:
        """A cost that somebody else lets through, or sets aside."""
        cash = self.book.accounts.get(code="11010")
        cost = self.book.accounts.get(code="51030")
        made = write_plain(
            self.book,
            "cost",
            dated=self.day - datetime.timedelta(self.dice.randint(0, 20)),
            amount=self.dice.randint(1, 90_000),
            description="ATK",
            picked={Pick.COST: cost, Pick.MONEY: cash},
            party="Toko Jaya",
            by=self.fund.cashier,
        )
        if self.dice.random() < 0.1:
            drop_voucher(made, reason="keliru", by=self.fund.manager)
        else:
            approve_voucher(made, by=self.fund.manager)

    def reverse_any(self) -> None:
        """Whatever voucher of the last thirty is taken back, if it may be."""
        rows = Voucher.objects.filter(book=self.book).posted().order_by("-pk")
        # Not the money that the fund began with.
        found = list(rows.exclude(form="manual")[:30])
        if not found:
            raise RuleViolation("Tidak ada.", code="test.none")
        facts = {"dated": self.day, "reason": "keliru"}
        voucher = self.dice.choice(found)
        waiting = reverse_voucher(voucher, **facts, by=self.fund.cashier)
        approve_voucher(waiting, by=self.fund.manager)

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
        self.day = min(LAST, self.day + datetime.timedelta(self.dice.choice(STEPS)))
        common = [self.pay] * 12 + [self.lend] * 4
        seldom = [self.take_back, self.settle, self.return_savings]
        seldom += [self.spend, self.spend, self.reverse_any, self.lend_again]
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
        plan, gone = read_plan(loan), loan.state in Loan.OUT_OF_BOOK
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
