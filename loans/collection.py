"""Whom to collect from until a day, and how much: the sheet for one round."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from boards.models import Board
from common.reading import read_date
from loans.asked import penalty_asked, saving_asked
from loans.models import Loan
from loans.portfolio import positions_on
from loans.positions import read_plans

WEEK = datetime.timedelta(days=6)
FURTHEST = datetime.timedelta(days=62)


def round_asked(text: str, *, today: datetime.date) -> tuple[datetime.date, str]:
    """The last day of a round as typed, or in a week; and why it was not taken."""
    if not text:
        return today + WEEK, ""
    try:
        day = read_date(text[:40])
    except ValueError as unread:
        return today + WEEK, str(unread)
    if not today <= day <= today + FURTHEST:
        return today + WEEK, "Pilih hari ini sampai dua bulan lagi."
    return day, ""


@dataclass(frozen=True)
class Expected:
    """One group on the sheet; rupiah. `coming` falls due after today.

    `penalty` and `savings` are asked by the rules of the loan's product, beside the
    plan; the group may bring less.
    """

    loan: Loan
    arrears: int
    coming: int
    penalty: int = 0
    savings: int = 0

    @property
    def beside(self) -> int:
        """Fine and savings."""
        return self.penalty + self.savings

    @property
    def total(self) -> int:
        """What the group is asked for."""
        return self.arrears + self.coming + self.beside


def expected_until(
    board: Board, day: datetime.date, *, today: datetime.date
) -> list[Expected]:
    """Groups with something due up to a day, by name.

    Three queries, and two more where a product asks for a fine or for savings.
    """
    now = {one.loan_id: _due(one) for one in positions_on(board, today)}
    then = {one.loan_id: _due(one) for one in positions_on(board, day)}
    loans = Loan.objects.running().filter(board=board).select_related("group", "terms")
    due = [pk for pk, amount in then.items() if amount]
    asked = list(loans.filter(pk__in=due).order_by("group__name", "pk"))
    beside = _beside(asked, day, today)
    return [
        Expected(
            loan,
            now.get(loan.pk, 0),
            then[loan.pk] - now.get(loan.pk, 0),
            *beside.get(loan.pk, (0, 0)),
        )
        for loan in asked
    ]


_AMOUNT = re.compile(r"amount([0-9]{1,18})")


def typed_beside(
    board: Board, typed: Mapping[str, str], rows: Sequence[Expected]
) -> list[Expected]:
    """Groups with an amount in what was typed that the sheet does not ask any more.

    Somebody else noted their payment after the form was opened.
    """
    asked = {row.loan.pk for row in rows}
    names = [name for name in typed if typed[name].strip()]
    keys = {int(found[1]) for name in names if (found := _AMOUNT.fullmatch(name))}
    if not keys - asked:
        return []
    loans = Loan.objects.filter(board=board, pk__in=keys - asked)
    loans = loans.exclude(disbursed_on=None).select_related("group", "terms")
    return [Expected(loan, 0, 0) for loan in loans.order_by("group__name", "pk")]


def _beside(
    loans: Sequence[Loan], day: datetime.date, today: datetime.date
) -> dict[int, tuple[int, int]]:
    """Fine as of today and savings up to a day, of loans whose product has the rule."""
    ruled = [
        loan for loan in loans if loan.terms.penalty_rule or loan.terms.saving_rule
    ]
    plans = read_plans(ruled) if ruled else {}
    return {
        loan.pk: (
            penalty_asked(loan, plans[loan.pk], on=today),
            saving_asked(loan, plans[loan.pk], on=today, until=day),
        )
        for loan in ruled
    }


def _due(position) -> int:
    return position.principal_arrears + position.charge_arrears
