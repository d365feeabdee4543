"""An office of the fund with example E1 as it went in E6, for tests of its papers."""

from datetime import date

from django.urls import reverse

from boards.models import Board, User
from boards.roles import Role
from common.periods import Period
from loans.services import Money, receive_payment
from reports.fund_papers import statement_of
from reports.models import FundStatement
from tests.make import boards as make
from tests.make import ledger, members
from tests.make import loans as lend

ON = date(2026, 4, 30)
APRIL = Period.parse("2026-04")


def paid(loan, on: date, amount: int, by: User):
    money = Money(on=on, amount=amount, source="cash", payer="Siti")
    return receive_payment(loan, money=money, by=by)


class Office:
    """A fund with loan E1 that went as E6, costs of R7, and its readers."""

    def __init__(self) -> None:
        self.fund = lend.fund(savings_percent=5)
        self.board, self.book = self.fund.board, self.fund.book
        Board.objects.filter(pk=self.board.pk).update(code="LKM-SR")
        self.board.refresh_from_db()
        members.mandate(members.term(self.board), position="COORDINATOR")
        by = self.fund.cashier
        # Sheet, E1 and E6: due on the 10th, disbursed 10 January, 115,000 a row.
        self.loan = lend.lent(self.fund, on=date(2026, 1, 10), amounts=(1_000_000,))
        self.receipt = paid(self.loan, date(2026, 2, 10), 115_000, by)
        paid(self.loan, date(2026, 4, 10), 120_000, by)
        self.loan.refresh_from_db()
        # Sheet, §6.3: office cost of one day (R7).
        facts = {"kind": "BKK", "form": "cost", "dated": date(2026, 4, 28)}
        cost = (("51010", 150_000), ("51030", 26_000), ("11010", -176_000))
        self.cost = ledger.voucher(
            self.book, by, *cost, party="Retno", description="Biaya kantor", **facts
        )
        self.secretary = make.user(Role.SECRETARY, board=self.board)
        self.supervisor = make.user(Role.SUPERVISOR, board=self.board, name="Darmaji")
        code = self.board.region_code
        people = {
            "cashier": by,
            "secretary": self.secretary,
            "supervisor": self.supervisor,
            "officer": make.user(Role.KELURAHAN, region_code=code),
            "stranger": make.user(Role.LOAN_UNIT, board=make.board()),
        }
        self.clients = {name: make.signed_in(who) for name, who in people.items()}

    def statement(self, code: str = "", month: Period = APRIL) -> FundStatement:
        account = self.book.accounts.get(code=code) if code else None
        return statement_of(self.book, month, account)

    def url(self, name: str, *args) -> str:
        return reverse(f"reports:{name}", args=[self.board.slug, *args])
