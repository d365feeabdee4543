"""What anybody may read about the fund of an LKM: totals of the months it closed.

A figure behind which fewer than five borrowers stand is left out: few people can be
told apart in a sum, and in the difference of two sums (`fund_days`). Source:
revolving-loans sheet, section 8.1 (27).
"""

import datetime
from dataclasses import dataclass

from boards.models import Board
from boards.parameters import setting_of
from common.money import format_rupiah
from common.words import format_decimal
from ledger.balances import closed_through
from ledger.models import Book
from loans.performance import Indicator
from reports.fund_progress import Progress, progress_of
from transparency.fund_days import LEAST_BORROWERS, shown_day

OFF = "LKM ini tidak menampilkan jumlah dana bergulirnya."
NO_BOOK = "Belum ada bulan yang ditutup, jadi belum ada angka yang ditampilkan."
HIDDEN = f"Tidak ditampilkan: peminjamnya kurang dari {LEAST_BORROWERS} orang."


@dataclass(frozen=True)
class Shown:
    """One figure as it is printed; `hidden` when it is left out."""

    label: str
    text: str
    hidden: bool = False


@dataclass(frozen=True)
class PublicFund:
    """The page of one LKM; without a day there are no figures, `why` says the reason.

    `on` is the end of the last closed month on which the totals changed.
    """

    on: datetime.date | None
    why: str = ""
    figures: tuple[Shown, ...] = ()


def public_fund(board: Board, *, today: datetime.date) -> PublicFund:
    """Totals of the fund as the board lets the public read them on a day."""
    if not setting_of(board, "fund_totals_public", on=today).value:
        return PublicFund(None, OFF)
    book = Book.objects.filter(board=board, kind=Book.Kind.FUND).first()
    closed = closed_through(book) if book else None
    if book is None or closed is None:
        return PublicFund(None, NO_BOOK)
    shown = shown_day(book, closed)
    one = progress_of([board], shown or closed)[board.pk]
    return PublicFund(shown or closed, figures=figures_of(one, ready=bool(shown)))


def figures_of(one: Progress, *, ready: bool) -> tuple[Shown, ...]:
    """Each figure beside the borrowers that stand behind it.

    Before the totals are `ready` none is shown but the capital.
    """
    ever, now = (one.lending.borrowers, one.lending.members) if ready else (0, 0)
    rate = one.figures[Indicator.RR].value
    return (
        Shown("Modal dana bergulir", format_rupiah(one.capital.total)),
        _shown("Pinjaman disalurkan sejak awal", format_rupiah(one.lending.lent), ever),
        _shown("KSM dilayani sejak awal", f"{one.lending.groups} KSM", ever),
        _shown("Warga yang pernah meminjam", f"{ever} orang", ever),
        _shown("Saldo pinjaman", format_rupiah(one.portfolio.balance), now),
        _shown("KSM yang sedang meminjam", f"{one.portfolio.loans} KSM", now),
        _shown("Warga yang sedang meminjam", f"{now} orang", now),
        _shown(
            "Tingkat pengembalian (RR)",
            "–" if rate is None else f"{format_decimal(rate, 2)} %",
            now,
        ),
    )


def _shown(label: str, text: str, borrowers: int) -> Shown:
    if borrowers < LEAST_BORROWERS:
        return Shown(label, HIDDEN, hidden=True)
    return Shown(label, text)
