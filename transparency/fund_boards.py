"""Which LKM let anybody read the totals of their fund."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from boards.models import Board, BoardSetting
from boards.parameters import held_value, own_settings
from ledger.models import Book
from transparency.fund_days import PUBLIC

MOST = 50


def boards_with_totals(*, today: datetime.date, words: str = "") -> QuerySet[Board]:
    """Active boards with a fund whose rule lets the public read its totals.

    `words`: part of the name, or of the kelurahan, kecamatan or kabupaten. In the order
    of places; one query.
    """
    funds = Book.objects.filter(board=OuterRef("pk"), kind=Book.Kind.FUND)
    newest = own_settings(OuterRef("pk"), PUBLIC, on=today).values("pk")[:1]
    rows = Board.objects.active(on=today).annotate(rule=Subquery(newest))
    says_yes = Q(rule__in=BoardSetting.objects.filter(name=PUBLIC, value=True))
    if held_value(PUBLIC).value:
        says_yes |= Q(rule=None)
    rows = rows.filter(Exists(funds), says_yes)
    for word in words.split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(village__icontains=word)
            | Q(district__icontains=word)
            | Q(regency__icontains=word)
        )
    return rows.order_by("province", "regency", "district", "village", "name")
