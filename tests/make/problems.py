"""Decisions by which loans leave the book or profit is shared, for tests."""

from datetime import date

from boards.models import Board, BoardSetting, User
from boards.roles import Post, Role
from common.periods import Period
from deliberations.models import Decision, Meeting
from ledger.balances import balances
from ledger.models import YearClose
from ledger.services import close_month, close_year, money_accounts
from tests.make import boards as make
from tests.make import ledger
from tests.make import loans as lend
from tests.make import meetings as meet

HELD_ON = RWT_ON = date(2026, 3, 14)


def decisions(board: Board, *verdicts, **facts) -> list[Decision]:
    """Ratified decisions of one meeting, in order."""
    secretary = make.user(Role.SECRETARY, board=board)
    ratifier = User.objects.filter(
        assignments__board=board, assignments__post=Post.COORDINATOR
    ).first()
    meeting = meet.ratified(
        board,
        by=secretary,
        ratifier=ratifier,
        verdicts=tuple(
            meet.verdict(**{"subject_name": "KSM Melati", **verdict})
            for verdict in verdicts
        ),
        **facts,
    )
    return list(meeting.decisions.order_by("position"))


def indebted_fund(*verdicts):
    """A fund with savings of 25 percent, and the decisions of one meeting on it.

    The first is to write loans off, the last has nothing to do with them; `verdicts`
    stand between.
    """
    fund = lend.fund(savings_percent=25)
    fund.extra["decisions"] = decisions(
        fund.board,
        {"title": "Menghapus pinjaman macet", "kind": "general"},
        *verdicts,
        {"title": "Membeli lemari", "kind": "budget", "amount": 5_000_000},
    )
    return fund


def closed_year() -> tuple[YearClose, User, list[Decision]]:
    """2025 ended with 522.101.425 (R21); who closed it, and what the RWT decided."""
    board = make.board()
    clerk = make.user(Role.LOAN_UNIT, board=board, post=Post.BOOKKEEPER)
    make.user(Role.MEMBER, board=board, post=Post.COORDINATOR)
    book = ledger.book(board, clerk, opened_on=date(2025, 12, 1))
    ledger.voucher(
        book,
        clerk,
        ("11010", 522_101_425),
        ("41010", -522_101_425),
        dated=date(2025, 12, 5),
    )
    span = Period.month(2025, 12)
    rows = {row.account.pk: row.amount for row in balances(book, until=span.end).rows}
    counts = {row.pk: (rows[row.pk], "") for row in money_accounts(book)}
    close_month(book, month=span, counts=counts, by=clerk)
    close = close_year(book, year=2025, by=clerk)
    found = decisions(
        board,
        {"title": "Pembagian laba 2025", "kind": "budget", "amount": 522_101_425},
        kind=Meeting.Kind.RWT,
        came=11,
    )
    return close, clerk, found


def profit_rule(board: Board, *percents: str) -> None:
    """What the board shares its profit by, in per cent, from 2026 on."""
    BoardSetting.objects.create(
        board=board,
        name="profit_shares",
        value=list(percents),
        starts_on=date(2026, 1, 1),
        article="Keputusan RWT 2025",
    )
