"""Do the rows that say where loans stand agree with plan and receipts?"""

from collections.abc import Iterator

from boards.models import Board
from common.money import format_rupiah
from loans.models import Loan, LoanStanding
from loans.portfolio import LoanPosition, positions_on
from loans.rules import BookRules, book_rules


def broken_standings() -> Iterator[tuple[Loan, str]]:
    """Every loan that was paid out whose row differs, with the first difference in it.

    A row that is not swept yet differs, too: sweep first.
    """
    lending = Loan.objects.order_by().values("board").distinct()
    for board in Board.objects.filter(pk__in=lending).order_by("pk"):
        yield from _of_board(board)


def _of_board(board: Board) -> Iterator[tuple[Loan, str]]:
    today = board.today()
    truth = {one.loan_id: one for one in positions_on(board, today)}
    rules = book_rules({board.pk: today})[board.pk]
    rows = LoanStanding.objects.filter(board=board).select_related("loan__group")
    seen = set()
    for row in rows.order_by("loan_id"):
        row.loan.board, position = board, truth.get(row.loan_id)
        if row.loan.state == Loan.State.ACTIVE:
            seen.add(row.loan_id)
            differs = _differences(row, position, rules)
        else:
            differs = iter(()) if _owes(position) else _left_over(row)
        if found := next(differs, ""):
            yield row.loan, found
    yield from _unseen(board, truth, seen)
    yield from _without_row(board, truth)


def _owes(position: LoanPosition | None) -> bool:
    """Is something left of a loan by plan and receipts?"""
    return bool(position and (position.balance or position.charge_left))


def _unseen(
    board: Board, truth: dict[int, LoanPosition], seen: set[int]
) -> Iterator[tuple[Loan, str]]:
    """Loans that owe by plan and receipts, but that no row of a running loan shows."""
    owing = [one for one in truth.values() if _owes(one)]
    keys = [one.loan_id for one in owing if one.loan_id not in seen]
    for loan in Loan.objects.filter(pk__in=keys).select_related("group").order_by("pk"):
        loan.board = board
        left = format_rupiah(truth[loan.pk].balance)
        if loan.state == Loan.State.ACTIVE:
            yield loan, _NO_ROW
        else:
            yield loan, f"{loan.get_state_display().lower()}, sisa pokok {left}"


_NO_ROW = "tidak punya catatan keadaan"


def _without_row(
    board: Board, truth: dict[int, LoanPosition]
) -> Iterator[tuple[Loan, str]]:
    """Loans that owe nothing more, and whose row is gone: they cannot be reopened."""
    lent = Loan.objects.filter(board=board, standing=None).exclude(disbursed_on=None)
    for loan in lent.select_related("group").order_by("pk"):
        loan.board = board
        if not _owes(truth.get(loan.pk)):
            yield loan, _NO_ROW


def _left_over(row: LoanStanding) -> Iterator[str]:
    """What the row of a loan that ended still says to be owed; sums count it."""
    for label, kept in (
        ("saldo pokok", row.balance),
        ("sisa jasa", row.charge_left),
        ("tunggakan pokok", row.principal_arrears),
        ("tunggakan jasa", row.charge_arrears),
    ):
        if kept:
            state = row.loan.get_state_display().lower()
            yield f"{state}, tetapi {label} tercatat {format_rupiah(kept)}"


def _differences(
    row: LoanStanding, truth: LoanPosition | None, rules: BookRules
) -> Iterator[str]:
    if truth is None:
        yield "tidak ada di rencana angsuran"
        return
    for label, kept, right in (
        ("saldo pokok", row.balance, truth.balance),
        ("sisa jasa", row.charge_left, truth.charge_left),
        ("tunggakan pokok", row.principal_arrears, truth.principal_arrears),
        ("tunggakan jasa", row.charge_arrears, truth.charge_arrears),
    ):
        if kept != right:
            yield f"{label} {format_rupiah(kept)}, seharusnya {format_rupiah(right)}"
    if row.late_count != truth.k:
        yield f"angsuran menunggak {row.late_count}, seharusnya {truth.k}"
    if row.arrears_since != truth.since:
        yield f"menunggak sejak {row.arrears_since}, seharusnya {truth.since}"
    # The row holds its floor only while it has not earned better.
    held = truth.floor if truth.rows_paid < rules.floor_instalments else 1
    if row.collectibility_floor != held:
        yield f"batas kolektibilitas {row.collectibility_floor}, seharusnya {held}"
    right = truth.collectibility(rules)
    if row.collectibility != right:
        yield f"kolektibilitas {row.collectibility}, seharusnya {right}"
