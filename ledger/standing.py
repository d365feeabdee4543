"""How a book stands today: its money, and what waits to be done."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q

from boards.models import User
from boards.parameters import setting_of
from common.periods import Period
from ledger.balances import Balances, balances
from ledger.chart import Use
from ledger.models import Book
from ledger.services import next_month, opening_voucher


@dataclass(frozen=True)
class Standing:
    """Facts of a book on a day; rupiah."""

    state: Balances
    # Vouchers of others that wait, and those of who asks.
    waiting: int
    own_waiting: int
    # The month to close next, once it is over.
    to_close: Period | None
    opening_noted: bool
    cash_limit: int

    @property
    def cash(self) -> int:
        """Money in the cash box."""
        return self.state.of_use(Use.CASH)

    @property
    def bank(self) -> int:
        """Money on the bank account of the book."""
        return self.state.of_use(Use.BANK)

    @property
    def savings_bank(self) -> int:
        """Money on the bank account that holds the groups' savings."""
        return self.state.of_use(Use.SAVINGS_BANK)

    @property
    def savings_short(self) -> int:
        """Rupiah by which that account holds less than the groups saved; else 0.

        Source: revolving-loans sheet §8.1, trap 19.
        """
        return max(self.state.of_use(Use.SAVINGS) - self.savings_bank, 0)

    @property
    def over_limit(self) -> int:
        """Rupiah of cash above the board's limit; else 0."""
        return max(self.cash - self.cash_limit, 0)


def standing_of(book: Book, on: datetime.date, *, who: User) -> Standing:
    """How `book` stands on a day for `who`; six queries whatever its length."""
    month = next_month(book)
    own = Count("pk", filter=Q(made_by=who))
    waiting = book.vouchers.waiting().aggregate(all=Count("pk"), own=own)
    return Standing(
        state=balances(book, until=on),
        waiting=waiting["all"] - waiting["own"],
        own_waiting=waiting["own"],
        to_close=month if month.end < on else None,
        opening_noted=opening_voucher(book) is not None,
        cash_limit=setting_of(book.board, "cash_limit", on=on).value,
    )
