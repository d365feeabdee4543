"""What anybody may read about the fund of an LKM: totals of the months it closed.

A figure behind which too few borrowers stand, by the rule of the board, is left out:
few people can be told apart in a sum, and in the difference of two sums (`fund_days`).
Source: revolving-loans sheet, section 8.1 (27).
"""

import datetime
from dataclasses import dataclass

from boards.models import Board
from boards.parameters import rules_of
from common.money import format_rupiah
from common.words import format_decimal
from ledger.balances import closed_through
from ledger.models import Book
from loans.performance import Indicator
from reports.fund_progress import Progress, progress_of
from transparency.fund_days import LEAST, PUBLIC, shown_day

OFF = "LKM ini tidak menampilkan jumlah dana bergulirnya."
NO_BOOK = "Belum ada bulan yang ditutup, jadi belum ada angka yang ditampilkan."
HIDDEN = "Tidak ditampilkan: peminjamnya kurang dari {least} orang."


@dataclass(frozen=True)
class Shown:
    """One figure as it is printed; `hidden` when it is left out."""

    label: str
    text: str
    hidden: bool = False


@dataclass(frozen=True)
class PublicFund:
    """The page of one LKM; without a day there are no figures, `why` says the reason.

    `on` is the end of the last closed month on which the totals changed; `least`
    borrowers stand behind each figure.
    """

    on: datetime.date | None
    why: str = ""
    figures: tuple[Shown, ...] = ()
    least: int = 0


def public_fund(board: Board, *, today: datetime.date) -> PublicFund:
    """Totals of the fund as the board lets the public read them on a day."""
    rules = rules_of([board.pk], (PUBLIC, LEAST))[board.pk]
    if not rules.on(PUBLIC, today).value:
        return PublicFund(None, OFF)
    book = Book.objects.filter(board=board, kind=Book.Kind.FUND).first()
    closed = closed_through(book) if book else None
    if book is None or closed is None:
        return PublicFund(None, NO_BOOK)
    shown = shown_day(book, closed, rules)
    on = shown or closed
    one, least = progress_of([board], on)[board.pk], rules.on(LEAST, on).value
    found = figures_of(one, ready=bool(shown), least=least)
    return PublicFund(on, figures=found, least=least)


def figures_of(one: Progress, *, ready: bool, least: int) -> tuple[Shown, ...]:
    """Each figure beside the borrowers that stand behind it.

    Before the totals are `ready` none is shown but the capital.
    """
    ever, now = (one.lending.borrowers, one.lending.members) if ready else (0, 0)
    rate = one.figures[Indicator.RR].value
    percent = "–" if rate is None else f"{format_decimal(rate, 2)} %"
    told = (
        ("Pinjaman disalurkan sejak awal", format_rupiah(one.lending.lent), ever),
        ("KSM dilayani sejak awal", f"{one.lending.groups} KSM", ever),
        ("Warga yang pernah meminjam", f"{ever} orang", ever),
        ("Saldo pinjaman", format_rupiah(one.portfolio.balance), now),
        ("KSM yang sedang meminjam", f"{one.portfolio.loans} KSM", now),
        ("Warga yang sedang meminjam", f"{now} orang", now),
        ("Tingkat pengembalian (RR)", percent, now),
    )
    return (
        Shown("Modal dana bergulir", format_rupiah(one.capital.total)),
        *(_shown(*each, least) for each in told),
    )


def _shown(label: str, text: str, borrowers: int, least: int) -> Shown:
    if borrowers < least:
        return Shown(label, HIDDEN.format(least=least), hidden=True)
    return Shown(label, text)
