"""Stage 4: the money is handed to the members and the plan is laid down."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from boards.audit import record
from boards.models import User
from boards.numbers import give_number, next_in_sequence
from boards.parameters import setting_of
from common.errors import RuleViolation
from common.figures import BadFigure
from common.money import format_rupiah
from common.words import format_date
from ledger.chart import Use
from ledger.models import Account, Book, Voucher
from ledger.services import Draft, check_day, check_money, write_voucher
from ledger.services import Line as Side
from loans.additions import savings_by_row
from loans.models import (
    Installment,
    Loan,
    LoanShare,
    LoanStanding,
    SavingsMove,
    ShareInstallment,
)
from loans.payments import open_lines
from loans.rules import due_anchor
from loans.schedule import (
    Disbursement,
    GroupSchedule,
    disbursement,
    group_schedule,
)
from loans.services.applications import check_eligible, expect_state, lock_loan
from loans.services.standings import recount

SOURCES = {"cash": Use.CASH, "bank": Use.BANK}


def fund_book(board) -> Book:
    """The book of the revolving fund. Raises RuleViolation `loan.no_book`."""
    book = Book.objects.filter(board=board, kind=Book.Kind.FUND).first()
    if book is None:
        raise RuleViolation("Buka dulu Buku UPK.", code="loan.no_book")
    return book


@dataclass(frozen=True)
class Payout:
    """What a payout of a day would bring: the plan, and the money in parts."""

    plan: GroupSchedule
    parts: Disbursement
    # Saved with the first row, by the product's rule.
    saving: int


def preview_payout(loan: Loan, *, on: datetime.date, source: str, by: User) -> Payout:
    """Everything `disburse_loan` would judge and reckon, without writing anything.

    Raises what `disburse_loan` raises.
    """
    expect_state(loan, Loan.State.APPROVED)
    book = fund_book(loan.board)
    check_day(book, on)
    return _judged(loan, book, on, source, by)[1]


def _judged(
    loan: Loan, book: Book, on: datetime.date, source: str, by: User
) -> tuple[list[LoanShare], Payout]:
    shares = [share for share in loan.shares.all() if share.approved]
    _check_payout(loan, shares, on, by)
    plan = plan_of(loan, shares, on)
    parts = disbursement(loan.principal, savings_percent=loan.terms.savings_percent)
    check_money(book, book.accounts.of_use(SOURCES[source]), parts.cash)
    rule = loan.terms.saving_rule
    saved = savings_by_row([open_lines(lines) for lines in plan.members], rule)
    return shares, Payout(plan, parts, saved[plan.lines[0].no])


@transaction.atomic
def disburse_loan(
    loan: Loan, *, on: datetime.date, source: str, received_by: str, by: User
) -> Loan:
    """Pay out an approved loan and lay down its plan, for each member and the group.

    Savings (tanggung renteng) are cut from the money; the principal stays whole.
    `source` is "cash" or "bank". Numbers the contract and the account, books the
    voucher, audits `loans.disbursed`; all or nothing.

    Raises RuleViolation `loan.state`, `loan.no_book`, `loan.payout_day`,
    `loan.not_eligible`, `loan.not_signed`, `loan.decider_pays`, `loan.plan`,
    `ledger.too_little_money`, or what `ledger.services.check_day` raises.

    Source: revolving-loans sheet §2.1 (R16), §6.3, E12.
    """
    loan = lock_loan(loan)
    expect_state(loan, Loan.State.APPROVED)
    book = fund_book(loan.board)
    shares, payout = _judged(loan, book, on, source, by)
    plan, parts = payout.plan, payout.parts
    lay_plan(loan, shares, plan)
    loan.service_charge = sum(line.service_charge for line in plan.lines)
    number_loan(loan, on)
    money = book.accounts.of_use(SOURCES[source])
    loan.voucher = _book(loan, book, money, on, parts.savings, by)
    loan.disbursed_on, loan.received_by = on, received_by
    set_running(loan)
    if parts.savings:
        _save_cut(loan, parts.savings)
    says = (
        f"mencairkan {loan} sebesar {format_rupiah(loan.principal)} kepada"
        f" {received_by}"
    )
    record("loans.disbursed", loan, by=by, says=says, amount=loan.principal)
    return loan


def set_running(loan: Loan) -> None:
    """From here on the loan is frozen, and its standing is kept."""
    loan.state = Loan.State.ACTIVE
    loan.revision += 1
    loan.full_clean()
    loan.save()
    LoanStanding.objects.create(
        board=loan.board, loan=loan, counted_on=loan.disbursed_on
    )
    recount(loan)


def _check_payout(
    loan: Loan, shares: list[LoanShare], on: datetime.date, by: User
) -> None:
    if on < loan.decided_on:
        raise RuleViolation(
            f"Isi tanggal putusan ({format_date(loan.decided_on)}) atau sesudahnya.",
            code="loan.payout_day",
        )
    check_eligible(loan.group, on)
    unsigned = [share.name for share in shares if not share.signed_joint]
    if unsigned:
        raise RuleViolation(
            f"Belum menandatangani pernyataan tanggung renteng: {', '.join(unsigned)}.",
            code="loan.not_signed",
        )
    deciders = {loan.decided_by_id, loan.cosigned_by_id}
    alone = setting_of(loan.board, "one_person_office", on=on).value
    if by.pk in deciders and not alone:
        raise RuleViolation(
            "Anda ikut memutus pinjaman ini. Yang mencairkan: kasir atau petugas lain.",
            code="loan.decider_pays",
        )


def plan_of(loan: Loan, shares: list[LoanShare], on: datetime.date) -> GroupSchedule:
    """What each member pays when, by the terms. Raises RuleViolation `loan.plan`."""
    try:
        terms = loan.terms.for_loan(loan.instalments)
        anchor = due_anchor(loan.terms, loan.board, on)
        parts = [share.approved for share in shares]
        return group_schedule(parts, terms, anchor_on=anchor)
    except BadFigure as bad:
        raise RuleViolation(str(bad), code="loan.plan") from bad


def lay_plan(loan: Loan, shares: list[LoanShare], plan: GroupSchedule) -> None:
    """The rows of the group, and below each those of the members."""
    rows = Installment.objects.bulk_create(
        Installment(
            loan=loan,
            no=line.no,
            due_on=line.due_on,
            principal=line.principal,
            service_charge=line.service_charge,
        )
        for line in plan.lines
    )
    ShareInstallment.objects.bulk_create(
        ShareInstallment(
            installment=row,
            share=share,
            principal=line.principal,
            service_charge=line.service_charge,
        )
        for share, lines in zip(shares, plan.members, strict=True)
        for row, line in zip(rows, lines, strict=True)
    )


def number_loan(loan: Loan, on: datetime.date) -> None:
    """Contract by the board's pattern of letters, account by round and order.

    The register of letters is read beyond the board, so it does not name the group.
    """
    name = "Surat perjanjian pinjaman"
    contract = give_number(loan.board, "SPP", on=on, subject_name=name)
    loan.contract_number = contract.text
    seq = next_in_sequence(loan.board, "REK", year=0)
    loan.account_number = f"{loan.round_no:02d}.{seq:03d}"


def _book(
    loan: Loan, book: Book, money: Account, on: datetime.date, savings: int, by: User
) -> Voucher:
    """Principal to the group, less what is saved at once."""
    lines = [
        Side(book.accounts.of_use(Use.LOANS), debit=loan.principal),
        Side(money, credit=loan.principal - savings),
    ]
    if savings:
        lines.append(Side(book.accounts.of_use(Use.SAVINGS), credit=savings))
    draft = Draft(
        kind=Voucher.Kind.PAYMENT,
        form="disbursement",
        dated=on,
        description=f"Pencairan pinjaman {loan.account_number} {loan.group}"[:200],
        party=str(loan.group)[:120],
        lines=lines,
    )
    return write_voucher(book, draft, by=by, approved_by=loan.decided_by)


def _save_cut(loan: Loan, savings: int) -> None:
    SavingsMove.objects.create(
        board=loan.board,
        group=loan.group,
        loan=loan,
        voucher=loan.voucher,
        on=loan.disbursed_on,
        kind=SavingsMove.Kind.CUT,
        amount=savings,
    )
