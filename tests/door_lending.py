"""What the addresses of groups, products and loans ask for, out of the whole world."""

import datetime
import functools

from boards.models import Board
from ledger.models import Book
from tests.make import loans as lend
from tests.make import members as people

# After the month that the world's book has closed.
OPENED, DAY = datetime.date(2026, 2, 5), datetime.date(2026, 2, 10)


class LoanRows:
    """A fund that lends, with a loan at every stage."""

    board: Board
    book: Book

    @functools.cached_property
    def fund(self):
        return lend.fund(
            board=self.board, book=self.book, opened_on=OPENED, savings_percent=5
        )

    @functools.cached_property
    def group(self):
        return lend.group(self.board)

    @functools.cached_property
    def applied(self):
        return lend.application(self.fund, on=DAY)

    @functools.cached_property
    def checked(self):
        return lend.checked(self.fund, lend.application(self.fund, on=DAY), on=DAY)

    @functools.cached_property
    def approved(self):
        loan = lend.application(self.fund, on=DAY)
        lend.checked(self.fund, loan, on=DAY)
        return lend.approved(self.fund, loan, on=DAY)


def _of(attribute: str, many: str = ""):
    def kwargs(world) -> dict[str, int]:
        row = getattr(world, attribute)
        return {"pk": (getattr(row, many).first() if many else row).pk}

    return kwargs


def _joining(world):
    return {"pk": world.group.pk, "person_pk": people.person(world.board).pk}


LENDING_OBJECTS = {
    **dict.fromkeys(
        (
            *("members:group_edit", "members:group_people", "members:group_person"),
            *("members:group_saving", "members:group_training_new"),
            *("loans:group_page", "loans:group_close"),
        ),
        _of("group"),
    ),
    "members:group_member_new": _joining,
    "members:group_member_edit": _of("group", "members"),
    "members:group_strike": _of("group", "savings"),
    "members:group_training_edit": _of("group", "trainings"),
    "loans:member_leave": _of("group", "members"),
    "loans:product_page": lambda world: {"pk": world.fund.product.pk},
    "loans:terms_new": lambda world: {"pk": world.fund.product.pk},
    "loans:loan_page": _of("checked"),
    "loans:loan_withdraw": _of("applied"),
    "loans:loan_check": _of("applied"),
    "loans:loan_decide": _of("checked"),
    "loans:loan_cosign": _of("checked"),
    "loans:loan_by_decision": _of("checked"),
    "loans:loan_recheck": _of("checked"),
    "loans:loan_refuse": _of("checked"),
    "loans:loan_payout": _of("approved"),
    "loans:loan_paid_out": _of("running"),
}
