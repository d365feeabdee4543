"""What came in on one round along the groups: a batch of receipts, all or none."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from boards.models import Board, User
from common.errors import RuleViolation
from loans.asked import penalty_asked
from loans.models import Loan, Receipt
from loans.positions import read_plan
from loans.services.receipts import receive_payment
from loans.services.spreading import Money


@dataclass(frozen=True)
class Collected:
    """One line of the sheet that was filled in."""

    loan: Loan
    amount: int
    payer: str
    # Part of the amount.
    penalty: int = 0
    savings: int = 0


class RowRefused(RuleViolation):
    """One line of the sheet is refused, and with it all of them."""

    def __init__(self, loan: Loan, refused: RuleViolation) -> None:
        self.loan, self.cause = loan, refused
        super().__init__(str(refused), code=refused.code)


_AS_BROUGHT = "menurut hasil penagihan"


def _brings_other(row: Collected, on: datetime.date) -> bool:
    """Is the fine on the sheet another than the product asks on that day?"""
    if not row.loan.terms.penalty_rule:
        return False
    return row.penalty != penalty_asked(row.loan, read_plan(row.loan), on=on)


@transaction.atomic
def receive_collection(
    board: Board,
    *,
    on: datetime.date,
    source: str,
    rows: Sequence[Collected],
    by: User,
) -> list[Receipt]:
    """Take every line as a receipt of its own with its own number, or none at all.

    Audits what `receive_payment` audits. Raises RuleViolation `loan.nothing_collected`
    without a line, and RowRefused with what `receive_payment` raises for a line.
    """
    if not rows:
        raise RuleViolation(
            "Isi paling sedikit satu jumlah.", code="loan.nothing_collected"
        )
    made = []
    # In one order, so that two batches never wait for each other.
    for row in sorted(rows, key=lambda row: row.loan.pk):
        money = Money(
            on=on,
            amount=row.amount,
            source=source,
            payer=row.payer,
            penalty=row.penalty,
            penalty_reason=_AS_BROUGHT if _brings_other(row, on) else "",
            savings=row.savings,
        )
        row.loan.board = board
        try:
            made.append(receive_payment(row.loan, money=money, by=by))
        except RuleViolation as refused:
            raise RowRefused(row.loan, refused) from refused
    return made
