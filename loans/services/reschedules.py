"""A new plan for what is left of a loan; the old loan ends, the chain stays.

Source: revolving-loans sheet §4.4 (2).
"""

import datetime

from django.db import transaction

from boards.audit import record
from boards.models import User
from common.errors import RuleViolation
from common.figures import BadFigure
from common.money import format_rupiah
from deliberations.models import Decision
from ledger.models import Book
from ledger.services.vouchers import check_day, lock_book
from loans.arrears import arrears_of
from loans.models import Loan, LoanShare, ProductTerms, Reschedule
from loans.positions import Plan, read_plan
from loans.rules import due_anchor
from loans.schedule import GroupSchedule, group_schedule
from loans.services.applications import lock_loan
from loans.services.decision_money import check_covers
from loans.services.payout import (
    fund_book,
    lay_plan,
    number_loan,
    plan_of,
    set_running,
)
from loans.services.problem_decisions import (
    alone_words,
    check_decision,
    check_running,
)
from loans.services.standings import class_on, leave_book


@transaction.atomic
def reschedule_loan(
    loan: Loan,
    *,
    on: datetime.date,
    terms: ProductTerms,
    instalments: int,
    decision: Decision,
    reason: str,
    by: User,
) -> Loan:
    """Close a running loan and spread its remaining principal over new instalments.

    Nothing is booked: the money stays where it is. The overdue charge is kept as a
    claim of its own. Audits `loans.rescheduled`; returns the new loan. Raises
    RuleViolation `loan.decision`, `loan.decision_day`, `loan.ratifier_books`,
    `loan.not_running`, `loan.paid_since`, `loan.nothing_owed`, `loan.over_decision`,
    `loan.application_open`, `loan.plan`, or what
    `ledger.services.vouchers.check_day` raises.
    """
    # The decision is locked: two loans at once may not take the same money.
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    loan = lock_loan(loan)
    book = lock_book(fund_book(loan.board))
    plan = _judged(loan, book, decision, on, by)
    floor = class_on(loan, plan.lines, on)
    made = _new_loan(loan, plan, terms, instalments, decision, on, by)
    _link(loan, made, plan, floor, decision, reason, by)
    leave_book(loan, Loan.State.RESCHEDULED, on)
    set_running(made)
    says = (
        f"menjadwal ulang {loan} sebesar {format_rupiah(made.principal)},"
        f" {instalments} angsuran{alone_words(decision, by)}"
    )
    record("loans.rescheduled", made, by=by, says=says, amount=made.principal)
    return made


def preview_reschedule(
    loan: Loan,
    *,
    on: datetime.date,
    terms: ProductTerms,
    instalments: int,
    decision: Decision,
    by: User,
) -> GroupSchedule:
    """The plan as it would be, after the same questions; nothing is written.

    Raises what `reschedule_loan` raises.
    """
    plan = _judged(loan, fund_book(loan.board), decision, on, by)
    rests = [
        sum(line.principal_open for line in member.lines) for member in plan.members
    ]
    try:
        asked = terms.for_loan(instalments)
        anchor = due_anchor(terms, loan.board, on)
        return group_schedule([rest for rest in rests if rest], asked, anchor_on=anchor)
    except BadFigure as bad:
        raise RuleViolation(str(bad), code="loan.plan") from bad


def _judged(
    loan: Loan, book: Book, decision: Decision, on: datetime.date, by: User
) -> Plan:
    """The plan of a loan that may get a new one."""
    check_decision(loan.board, decision, on, by)
    check_running(loan, on)
    check_day(book, on)
    plan = read_plan(loan)
    _check_group(loan, plan)
    check_covers(decision, plan.balance)
    return plan


def _check_group(loan: Loan, plan: Plan) -> None:
    if not plan.balance:
        raise RuleViolation(
            "Pokok pinjaman ini sudah lunas, tidak ada yang dijadwal ulang.",
            code="loan.nothing_owed",
        )
    if loan.group.loans.open_applications().exists():
        raise RuleViolation(
            f"{loan.group} punya permohonan terbuka. Tarik dulu permohonan itu.",
            code="loan.application_open",
        )


def _new_loan(
    old: Loan,
    plan: Plan,
    terms: ProductTerms,
    instalments: int,
    decision: Decision,
    on: datetime.date,
    by: User,
) -> Loan:
    """The loan that takes over, with what each member still owes; not yet running."""
    made = Loan(
        board=old.board,
        group=old.group,
        terms=terms,
        round_no=old.round_no,
        state=Loan.State.APPROVED,
        applied_on=on,
        application_number=old.application_number,
        purpose=f"Penjadwalan ulang {old.account_number}",
        instalments=instalments,
        created_by=by,
        decided_on=on,
        decided_rule=f"Keputusan {decision.number_text}"[:200],
        replaces=old,
        principal=plan.balance,
        received_by=old.received_by,
    )
    made.full_clean()
    made.save(force_insert=True)
    shares = _shares(made, old, plan)
    rows = plan_of(made, shares, on)
    lay_plan(made, shares, rows)
    made.service_charge = sum(line.service_charge for line in rows.lines)
    number_loan(made, on)
    made.disbursed_on = on
    return made


def _shares(made: Loan, old: Loan, plan: Plan) -> list[LoanShare]:
    """One share for each member who still owes principal."""
    rest = {
        member.share_id: sum(line.principal_open for line in member.lines)
        for member in plan.members
    }
    owing = [share for share in old.shares.all() if rest.get(share.pk)]
    return [
        LoanShare.objects.create(
            board=made.board,
            loan=made,
            member=share.member,
            position=position,
            name=share.name,
            requested=rest[share.pk],
            use=share.use,
            proposed=rest[share.pk],
            approved=rest[share.pk],
            has_id_copy=share.has_id_copy,
            signed_joint=share.signed_joint,
        )
        for position, share in enumerate(owing, 1)
    ]


def _link(
    old: Loan,
    made: Loan,
    plan: Plan,
    floor: int,
    decision: Decision,
    reason: str,
    by: User,
) -> None:
    claim = arrears_of(plan.lines, as_of=made.disbursed_on).service_charge
    Reschedule.objects.create(
        board=old.board,
        old=old,
        loan=made,
        decision=decision,
        on=made.disbursed_on,
        principal=plan.balance,
        charge_claim=claim,
        charge_dropped=plan.charge_left - claim,
        floor=floor,
        reason=reason,
        made_by=by,
    )
