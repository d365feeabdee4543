"""Loans and savings of an old book, with the arrears of the opening day.

Source: revolving-loans sheet §8.1 (29).
"""

import datetime
from collections import defaultdict
from decimal import Decimal

from django.db.models import F, Sum

from boards.audit import record, record_all
from boards.models import AuditEvent, Board, User
from boards.numbers import take_from_sequence
from common.money import format_rupiah
from common.text import name_key
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
from loans.payments import open_lines
from loans.schedule import Line, LoanTerms, loan_schedule
from loans.services.standings import first_standings
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


def bring_old_book(rows: list[OpeningLoan], *, book: Book, by: User) -> list[Loan]:
    """Make the loans of rows that were loaded, and bring their groups' savings.

    A row of a group that owes nothing brings savings alone. Runs in the transaction of
    the load, after the rows were judged; as many statements for a thousand rows as for
    a hundred, but for the size of what is sent at once. Audits
    `loans.opened_from_old_book` or `loans.savings_from_old_book` for each.
    """
    if not rows:
        return []
    groups = _groups(rows, book)
    chairs = _chairs(rows, groups, book)
    owing = [at for at, row in enumerate(rows) if row.owes]
    loans = _make_loans(
        *([of[at] for at in owing] for of in (rows, groups, chairs)), book, by
    )
    for at, loan in zip(owing, loans, strict=True):
        rows[at].loan = loan
    for row, group in zip(rows, groups, strict=True):
        row.group = group
    OpeningLoan.objects.bulk_update(rows, ["group", "loan"], batch_size=200)
    _bring_savings(rows, groups, book)
    _tell(rows, book, by)
    return loans


def _make_loans(
    rows: list[OpeningLoan],
    groups: list[CommunityGroup],
    chairs: list[GroupMember],
    book: Book,
    by: User,
) -> list[Loan]:
    """The loans of rows that owe, with their plans, running."""
    if not rows:
        return []
    loans = _loans(rows, groups, book, by)
    plans = [plan_of_row(row, book.opened_on) for row in rows]
    _lay(loans, chairs, plans)
    _set_running(loans, plans)
    return loans


def _tell(rows: list[OpeningLoan], book: Book, by: User) -> None:
    events: list[AuditEvent] = []
    for row in rows:
        if row.loan:
            says = f"membawa {row.loan} dari buku lama"
            action, about = "loans.opened_from_old_book", row.loan
        else:
            saved = format_rupiah(row.savings)
            says = f"membawa tabungan {row.group} {saved} dari buku lama"
            action, about = "loans.savings_from_old_book", row
        record(action, about, by=by, says=says, later=events, book=book.pk)
    record_all(events)


def _known_since(row: OpeningLoan, book: Book) -> datetime.date:
    """The first day that the old book tells of a group."""
    return row.disbursed_on or book.opened_on


_AT_ONCE = 1_000


def _groups(rows: list[OpeningLoan], book: Book) -> list[CommunityGroup]:
    """The group of each row, whatever its capitals; one not known is recorded."""
    board = rows[0].board
    open_ones = CommunityGroup.objects.filter(board=board, closed_on=None)
    known = {name_key(group.name): group for group in open_ones.order_by("-pk")}
    new = [
        CommunityGroup(
            board=board,
            region_code=board.region_code,
            name=row.group_name,
            formed_on=_known_since(row, book),
        )
        for row in rows
        if name_key(row.group_name) not in known
    ]
    CommunityGroup.objects.bulk_create(new, batch_size=_AT_ONCE)
    known |= {name_key(group.name): group for group in new}
    return [known[name_key(row.group_name)] for row in rows]


def _chairs(
    rows: list[OpeningLoan], groups: list[CommunityGroup], book: Book
) -> list[GroupMember]:
    """Who answers for each group: its chair here, else the one the sheet names."""
    board = rows[0].board
    chairs = GroupMember.objects.filter(
        board=board, role=GroupMember.Role.CHAIR, left_on=None
    )
    known = {chair.group_id: chair for chair in chairs.select_related("person")}
    without = [
        (row, group)
        for row, group in zip(rows, groups, strict=True)
        if group.pk not in known
    ]
    people = _people(board, [row for row, _ in without])
    new = [
        GroupMember(
            board=board,
            region_code=board.region_code,
            group=group,
            person=person,
            role=GroupMember.Role.CHAIR,
            joined_on=_known_since(row, book),
        )
        for (row, group), person in zip(without, people, strict=True)
    ]
    GroupMember.objects.bulk_create(new, batch_size=_AT_ONCE)
    known |= {chair.group_id: chair for chair in new}
    return [known[group.pk] for group in groups]


def _people(board: Board, rows: list[OpeningLoan]) -> list[Person]:
    """The resident of each chair's name who is in no group, else a new one."""
    free: dict[str, list[Person]] = defaultdict(list)
    known = Person.objects.filter(board=board).exclude(group_places__left_on=None)
    for person in known.order_by("-pk"):
        free[person.name.casefold()].append(person)
    named = [free[row.chair_name.casefold()] for row in rows]
    found = [same.pop() if same else None for same in named]
    people = [
        person
        or Person(
            board=board,
            region_code=board.region_code,
            name=row.chair_name,
            sex=row.chair_sex,
        )
        for row, person in zip(rows, found, strict=True)
    ]
    new = [person for person in people if not person.pk]
    Person.objects.bulk_create(new, batch_size=_AT_ONCE)
    return people


def _terms(
    rows: list[OpeningLoan], book: Book, by: User
) -> dict[Decimal, ProductTerms]:
    """The terms of old loans at each rate; products that are offered to nobody."""
    found = {}
    for rate in sorted({row.rate for row in rows}):
        name = f"Pinjaman lama {format_decimal(rate.normalize())} %"
        product, _ = Product.objects.get_or_create(
            board=book.board, name=name, defaults={"closed_on": book.opened_on}
        )
        found[rate], _ = ProductTerms.objects.get_or_create(
            board=book.board,
            product=product,
            starts_on=book.opened_on,
            defaults={
                "article": "Buku lama",
                "rate": rate,
                "rounding_step": 1,
                "savings_percent": 0,
                "created_by": by,
            },
        )
    return found


def _loans(
    rows: list[OpeningLoan], groups: list[CommunityGroup], book: Book, by: User
) -> list[Loan]:
    """The loans as approved; their rows come before they run."""
    board, terms = book.board, _terms(rows, book, by)
    first = take_from_sequence(board, "REK", year=0, count=len(rows))
    loans = [
        Loan(
            board=board,
            region_code=board.region_code,
            group=group,
            terms=terms[row.rate],
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
        for seq, (row, group) in enumerate(zip(rows, groups, strict=True), first)
    ]
    for loan in loans:
        loan.clean_fields(exclude=("board", "group", "terms", "created_by"))
    return loans


def _shares(loans: list[Loan], chairs: list[GroupMember]) -> list[LoanShare]:
    """The whole loan is its chair's: the old book knows no members."""
    shares = [
        LoanShare(
            board=loan.board,
            region_code=loan.region_code,
            loan=loan,
            member=chair,
            position=1,
            name=chair.person.full_name,
            requested=loan.principal,
            approved=loan.principal,
        )
        for loan, chair in zip(loans, chairs, strict=True)
    ]
    return LoanShare.objects.bulk_create(shares, batch_size=_AT_ONCE)


def _lay(loans: list[Loan], chairs: list[GroupMember], plans: list[list[Line]]) -> None:
    """The rows keep the numbers they had in the old book."""
    for loan, lines in zip(loans, plans, strict=True):
        loan.service_charge = sum(line.service_charge for line in lines)
    Loan.objects.bulk_create(loans, batch_size=_AT_ONCE)
    shares = _shares(loans, chairs)
    laid = [
        (share, line)
        for share, lines in zip(shares, plans, strict=True)
        for line in lines
    ]
    rows = Installment.objects.bulk_create(
        [
            Installment(
                loan_id=share.loan_id,
                no=line.no,
                due_on=line.due_on,
                principal=line.principal,
                service_charge=line.service_charge,
            )
            for share, line in laid
        ],
        batch_size=_AT_ONCE,
    )
    ShareInstallment.objects.bulk_create(
        [
            ShareInstallment(
                installment=row,
                share=share,
                principal=line.principal,
                service_charge=line.service_charge,
            )
            for row, (share, line) in zip(rows, laid, strict=True)
        ],
        batch_size=_AT_ONCE,
    )


def _set_running(loans: list[Loan], plans: list[list[Line]]) -> None:
    """Paid out on the day of the old book, with where they stand today."""
    for loan in loans:
        loan.state, loan.disbursed_on = Loan.State.ACTIVE, loan.applied_on
    for start in range(0, len(loans), _AT_ONCE):
        some = [loan.pk for loan in loans[start : start + _AT_ONCE]]
        Loan.objects.filter(pk__in=some).update(
            state=Loan.State.ACTIVE, disbursed_on=F("applied_on")
        )
    LoanStanding.objects.bulk_create(
        first_standings(loans, [open_lines(lines) for lines in plans]),
        batch_size=_AT_ONCE,
    )


def _bring_savings(
    rows: list[OpeningLoan], groups: list[CommunityGroup], book: Book
) -> None:
    voucher = opening_voucher(book)
    moves = [
        SavingsMove(
            board=row.board,
            region_code=row.region_code,
            group=group,
            voucher=voucher,
            on=book.opened_on,
            kind=SavingsMove.Kind.OPENING,
            amount=row.savings,
        )
        for row, group in zip(rows, groups, strict=True)
        if row.savings
    ]
    SavingsMove.objects.bulk_create(moves, batch_size=_AT_ONCE)
