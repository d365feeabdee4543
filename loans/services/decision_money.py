"""How much of a decision's amount is spent: each rupiah of it serves one act only.

One sum over all the acts that a decision may carry: loans lent or spread anew by it,
loans it takes out of the book, claims it gives up. Source: product sheet, "every rupiah
traces back to a musyawarah"; revolving-loans sheet §1.4 and §4.4.
"""

from collections import Counter

from django.db.models import QuerySet, Sum

from boards.models import Board
from common.errors import RuleViolation
from common.money import format_rupiah
from deliberations.models import Decision
from loans.models import ClaimWaiver, Loan, Reschedule, WriteOff


def spent_by_decision(board: Board) -> Counter[int]:
    """Rupiah spent, by key of the decision; what it amends had spent counts too.

    Five statements, however many decisions there are.
    """
    own = Counter[int]()
    for rows, column in _takers(board):
        sums = rows.values("decision").annotate(total=Sum(column)).order_by()
        own.update({row["decision"]: row["total"] for row in sums})
    changed = Decision.objects.filter(board=board, amends__isnull=False)
    older = dict(changed.values_list("pk", "amends"))
    spent = Counter(own)
    for newest in older:
        pk = newest
        while pk := older.get(pk):
            spent[newest] += own[pk]
    return spent


def money_left(decision: Decision) -> int:
    """Rupiah of a decision that no act has taken yet; without an amount none."""
    return (decision.amount or 0) - spent_by_decision(decision.board)[decision.pk]


def check_covers(decision: Decision, amount: int) -> None:
    """The act of `amount` rupiah fits into what is left; lock the decision first.

    A decision without an amount sets no limit here: it names the loan it is about.
    Raises RuleViolation `loan.over_decision`.
    """
    if decision.amount is None:
        return
    left = money_left(decision)
    if amount > left:
        raise RuleViolation(
            f"Keputusan itu menyisakan {format_rupiah(left)}, kurang dari"
            f" {format_rupiah(amount)}.",
            code="loan.over_decision",
        )


def _takers(board: Board) -> tuple[tuple[QuerySet, str], ...]:
    """Rows that spend the amount of a decision, each with its column."""
    lent = Loan.objects.exclude(state__in=Loan.CAME_TO_NOTHING)
    return (
        (lent.filter(board=board, decision__isnull=False), "principal"),
        (Reschedule.objects.filter(board=board), "principal"),
        (WriteOff.objects.filter(board=board), "principal"),
        (ClaimWaiver.objects.filter(board=board), "amount"),
    )
