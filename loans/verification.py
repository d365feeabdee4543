"""Do the rows that say where loans stand agree with plan and receipts?"""

from collections.abc import Iterator

from boards.models import Board
from common.money import format_rupiah
from loans.models import Loan, LoanStanding
from loans.portfolio import LoanPosition, positions_on


def broken_standings() -> Iterator[tuple[Loan, str]]:
    """Every loan of the book whose row differs, with the first difference in it.

    A row that is not swept yet differs, too: sweep first.
    """
    lending = Loan.objects.order_by().values("board").distinct()
    for board in Board.objects.filter(pk__in=lending).order_by("pk"):
        yield from _of_board(board)


def _of_board(board: Board) -> Iterator[tuple[Loan, str]]:
    truth = {one.loan_id: one for one in positions_on(board, board.today())}
    rows = LoanStanding.objects.filter(board=board).select_related("loan__group")
    seen = set()
    for row in rows.filter(loan__state=Loan.State.ACTIVE).order_by("loan_id"):
        row.loan.board = board
        seen.add(row.loan_id)
        if found := next(_differences(row, truth.get(row.loan_id)), ""):
            yield row.loan, found
    yield from _unseen(board, truth, seen)


def _unseen(
    board: Board, truth: dict[int, LoanPosition], seen: set[int]
) -> Iterator[tuple[Loan, str]]:
    """Loans that owe by plan and receipts, but that no row of a running loan shows."""
    owing = [one for one in truth.values() if one.balance or one.charge_left]
    keys = [one.loan_id for one in owing if one.loan_id not in seen]
    for loan in Loan.objects.filter(pk__in=keys).select_related("group").order_by("pk"):
        loan.board = board
        left = format_rupiah(truth[loan.pk].balance)
        if loan.state == Loan.State.ACTIVE:
            yield loan, "tidak punya catatan keadaan"
        else:
            yield loan, f"{loan.get_state_display().lower()}, sisa pokok {left}"


def _differences(row: LoanStanding, truth: LoanPosition | None) -> Iterator[str]:
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
