"""Whom to collect from until a day, and how much: the sheet for one round."""

import datetime
from dataclasses import dataclass

from boards.models import Board
from common.reading import read_date
from loans.models import Loan
from loans.portfolio import positions_on

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
    """One group on the sheet; rupiah. `coming` falls due after today."""

    loan: Loan
    arrears: int
    coming: int

    @property
    def total(self) -> int:
        """What the group is asked for."""
        return self.arrears + self.coming


def expected_until(
    board: Board, day: datetime.date, *, today: datetime.date
) -> list[Expected]:
    """Groups with something due up to a day, by name; three queries."""
    now = {one.loan_id: _due(one) for one in positions_on(board, today)}
    then = {one.loan_id: _due(one) for one in positions_on(board, day)}
    loans = Loan.objects.running().filter(board=board).select_related("group")
    asked = loans.filter(pk__in=[pk for pk, due in then.items() if due])
    return [
        Expected(loan, now.get(loan.pk, 0), then[loan.pk] - now.get(loan.pk, 0))
        for loan in asked.order_by("group__name", "pk")
    ]


def _due(position) -> int:
    return position.principal_arrears + position.charge_arrears
