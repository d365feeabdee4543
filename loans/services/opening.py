"""Loans of an old book become loans here, with the arrears of the opening day.

Source: revolving-loans sheet §8.1 (29).
"""

import datetime
from decimal import Decimal

from django.db.models import Sum

from boards.audit import record
from boards.models import User
from boards.numbers import next_in_sequence
from common.words import format_decimal
from ledger.balances import balances
from ledger.chart import Use
from ledger.models import Book, Voucher
from loans.models import (
    Installment,
    Loan,
    LoanShare,
    LoanStanding,
    OpeningLoan,
    Product,
    ProductTerms,
    SavingsMove,
    ShareInstallment,
)
from loans.opening_plan import remaining_plan
from loans.schedule import Line, LoanTerms, loan_schedule
from loans.services.standings import recount
from members.models import CommunityGroup, GroupMember, Person


def opening_voucher(book: Book) -> Voucher | None:
    """The posted opening balances that still hold, or None."""
    rows = book.vouchers.posted().filter(form="opening", reversals=None)
    return rows.first()


def plan_of_row(row: OpeningLoan, on: datetime.date) -> list[Line]:
    """The rows still owed on the opening day. Raises BadFigure."""
    terms = LoanTerms(instalments=row.instalments, rate=Decimal(row.rate))
    whole = loan_schedule(row.principal, terms, anchor_on=row.disbursed_on)
    return remaining_plan(
        whole,
        balance=row.balance,
        principal_arrears=row.principal_arrears,
        charge_arrears=row.charge_arrears,
        on=on,
    )


def opening_gaps(book: Book) -> tuple[tuple[int, int], tuple[int, int]]:
    """Loans and savings: (of the old loans loaded, of the opening balances), rupiah."""
    sums = book.opening_loans.aggregate(
        loans=Sum("balance", default=0), savings=Sum("savings", default=0)
    )
    state = balances(book, until=book.opened_on)
    return (
        (sums["loans"], state.of_use(Use.LOANS)),
        (sums["savings"], state.of_use(Use.SAVINGS)),
    )


def make_opening_loan(row: OpeningLoan, *, by: User) -> Loan:
    """Make the loan of a row that was loaded, and bring the group's savings.

    Runs in the transaction of the load, after the row was judged. Audits
    `loans.opened_from_old_book`.
    """
    book = row.book
    group = _group(row)
    if row.savings:
        _bring_savings(row, group)
    loan = _loan(row, group, by)
    row.loan = loan
    row.save(update_fields=["loan"])
    says = f"membawa {loan} dari buku lama"
    record("loans.opened_from_old_book", loan, by=by, says=says, book=book.pk)
    return loan


def _group(row: OpeningLoan) -> CommunityGroup:
    facts = {"board": row.board, "name": row.group_name, "closed_on": None}
    group = CommunityGroup.objects.filter(**facts).first()
    return group or CommunityGroup.objects.create(**facts, formed_on=row.disbursed_on)


def _chair(row: OpeningLoan, group: CommunityGroup) -> GroupMember:
    """Who answers for the group: its chair here, else the one the sheet names."""
    found = group.members.filter(role=GroupMember.Role.CHAIR, left_on=None).first()
    if found:
        return found
    free = Person.objects.filter(board=row.board, name__iexact=row.chair_name)
    person = free.exclude(group_places__left_on=None).first()
    return GroupMember.objects.create(
        board=row.board,
        group=group,
        person=person
        or Person.objects.create(
            board=row.board, name=row.chair_name, sex=row.chair_sex
        ),
        role=GroupMember.Role.CHAIR,
        joined_on=row.disbursed_on,
    )


def _terms(row: OpeningLoan, by: User) -> ProductTerms:
    """The terms of old loans at this rate; a product that is offered to nobody."""
    name = f"Pinjaman lama {format_decimal(row.rate.normalize())} %"
    product, _ = Product.objects.get_or_create(
        board=row.board, name=name, defaults={"closed_on": row.book.opened_on}
    )
    terms, _ = ProductTerms.objects.get_or_create(
        board=row.board,
        product=product,
        starts_on=row.book.opened_on,
        defaults={
            "article": "Buku lama",
            "rate": row.rate,
            "rounding_step": 1,
            "savings_percent": 0,
            "created_by": by,
        },
    )
    return terms


def _loan(row: OpeningLoan, group: CommunityGroup, by: User) -> Loan:
    chair = _chair(row, group)
    seq = next_in_sequence(row.board, "REK", year=0)
    loan = Loan.objects.create(
        board=row.board,
        group=group,
        terms=_terms(row, by),
        round_no=1,
        state=Loan.State.APPROVED,
        applied_on=row.disbursed_on,
        application_number="buku lama",
        purpose="Pinjaman dari buku lama",
        instalments=row.instalments,
        created_by=by,
        principal=row.balance,
        account_number=f"01.{seq:03d}",
        received_by=row.chair_name,
        is_opening=True,
    )
    share = LoanShare.objects.create(
        board=row.board,
        loan=loan,
        member=chair,
        position=1,
        name=chair.person.full_name,
        requested=row.balance,
        approved=row.balance,
    )
    lines = plan_of_row(row, row.book.opened_on)
    _lay(loan, share, lines)
    loan.service_charge = sum(line.service_charge for line in lines)
    loan.state, loan.disbursed_on = Loan.State.ACTIVE, row.disbursed_on
    loan.full_clean()
    loan.save()
    LoanStanding.objects.create(board=row.board, loan=loan, counted_on=row.disbursed_on)
    recount(loan)
    return loan


def _lay(loan: Loan, share: LoanShare, lines: list[Line]) -> None:
    """The rows keep the numbers they had in the old book."""
    for line in lines:
        figures = {"principal": line.principal, "service_charge": line.service_charge}
        row = Installment.objects.create(
            loan=loan, no=line.no, due_on=line.due_on, **figures
        )
        ShareInstallment.objects.create(installment=row, share=share, **figures)


def _bring_savings(row: OpeningLoan, group: CommunityGroup) -> None:
    SavingsMove.objects.create(
        board=row.board,
        group=group,
        voucher=opening_voucher(row.book),
        on=row.book.opened_on,
        kind=SavingsMove.Kind.OPENING,
        amount=row.savings,
    )
