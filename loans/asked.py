"""What a group is asked for beside the rows of its plan: the fine, and savings."""

import datetime

from loans.additions import OffDays, late_rows, penalty_of, savings_asked
from loans.models import Loan
from loans.positions import Plan


def penalty_asked(loan: Loan, plan: Plan, *, on: datetime.date) -> int:
    """Rupiah of fines by the rule of the loan's product; each late row once."""
    rule = loan.terms.penalty_rule
    off = OffDays(loan.terms.off_days)
    return penalty_of(plan.lines, rule, on=on, after=plan.fined_to, off=off)


def fined_through(loan: Loan, plan: Plan, *, on: datetime.date) -> int:
    """The last row whose fine is judged with a receipt of that day; 0 for none."""
    if not loan.terms.penalty_rule:
        return 0
    off = OffDays(loan.terms.off_days)
    late = late_rows(plan.lines, on=on, after=plan.fined_to, off=off)
    return max((line.no for line in late), default=0)


def saving_asked(
    loan: Loan, plan: Plan, *, on: datetime.date, until: datetime.date | None = None
) -> int:
    """Rupiah to save with what is due: until a day, else up to the row that comes."""
    rule = loan.terms.saving_rule
    if not rule:
        return 0
    open_days = (line.due_on for line in plan.lines if line.total_open)
    last = until or max(on, min(open_days, default=on))
    members = [member.lines for member in plan.members]
    return savings_asked(plan.lines, members, rule, until=last)
