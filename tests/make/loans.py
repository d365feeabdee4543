"""Groups, products and loans for tests, made through the services."""

import itertools
from dataclasses import dataclass, field
from datetime import date

from boards.models import Board, User
from boards.roles import Post, Role
from common.periods import add_months
from ledger.models import Book
from ledger.services import approve_voucher, reverse_voucher
from loans import services
from loans.models import Loan, Product, ProductTerms
from members.models import CommunityGroup, GroupMember, GroupSaving, GroupTraining
from tests.make import boards as make
from tests.make import ledger
from tests.make import members as people

_count = itertools.count(1)
APPLIED = date(2026, 1, 5)
FORMED = date(2024, 6, 1)
CEILINGS = {1: 1_000_000, 2: 2_000_000, 3: 3_000_000, 4: 3_000_000}


@dataclass(frozen=True)
class Fund:
    """A board that lends: its people, its book with money, its product."""

    board: Board
    officer: User
    manager: User
    cashier: User
    coordinator: User
    book: Book
    product: Product
    terms: ProductTerms
    extra: dict = field(default_factory=dict)


def fund(
    *,
    cash: int = 50_000_000,
    opened_on=date(2025, 1, 1),
    board: Board | None = None,
    book: Book | None = None,
    **terms,
) -> Fund:
    """A board with its four people, cash in the box, and one product.

    `book`: one that `board` has already; it gets its money on `opened_on`.
    """
    board = board or make.board()
    officer, manager, cashier = (
        make.user(Role.LOAN_UNIT, board=board, post=post)
        for post in (Post.OFFICER, Post.MANAGER, Post.CASHIER)
    )
    coordinator = make.user(Role.MEMBER, board=board, post=Post.COORDINATOR)
    book = book or ledger.book(board, cashier, opened_on=opened_on)
    ledger.voucher(book, cashier, ("11010", cash), ("31010", -cash), dated=opened_on)
    made = product(board, manager, **terms)
    return Fund(
        board=board,
        officer=officer,
        manager=manager,
        cashier=cashier,
        coordinator=coordinator,
        book=book,
        product=made,
        terms=made.terms.get(),
    )


def product(board: Board, by: User, *, ceilings=None, **facts) -> Product:
    """A product with the terms of the sheet, but no savings and 10 instalments."""
    values = {
        "starts_on": date(2025, 1, 1),
        "article": "AD pasal 12",
        "savings_percent": 0,
        "rounding_step": 1,
        "most": 24,
    }
    return services.open_product(
        board,
        name=f"Pinjaman {next(_count)}",
        terms=ProductTerms(board=board, **{**values, **facts}),
        ceilings=ceilings or CEILINGS,
        by=by,
    )


def group(board: Board, *, size: int = 5, women: int = 4, ready=True) -> CommunityGroup:
    """A KSM with officers, savings and trainings: nothing is missing."""
    made = CommunityGroup.objects.create(
        board=board,
        name=f"Melati {next(_count)}",
        formed_on=FORMED,
        house_rules="Bertemu tiap Senin." if ready else "",
        rules_agreed_on=FORMED if ready else None,
        has_books=ready,
    )
    roles = [*GroupMember.OFFICERS, *["MEMBER"] * size][:size]
    members = [
        GroupMember.objects.create(
            board=board,
            group=made,
            person=people.person(board, sex="P" if at < women else "L"),
            role=role,
            joined_on=FORMED,
            listed_poor=ready,
            business="Warung",
            family_consents=ready,
        )
        for at, role in enumerate(roles)
    ]
    if ready:
        GroupSaving.objects.bulk_create(
            GroupSaving(
                board=board,
                region_code=board.region_code,
                group=made,
                month=add_months(FORMED, at),
                amount=50_000,
            )
            for at in range(24)
        )
        for topic in GroupTraining.Topic:
            training = GroupTraining.objects.create(
                board=board, group=made, topic=topic, held_on=date(2024, 7, 1)
            )
            training.members.set(members)
    return made


def application(
    fund: Fund,
    *,
    group_: CommunityGroup | None = None,
    amounts=(1_000_000,),
    instalments: int = 10,
    on=APPLIED,
    terms: ProductTerms | None = None,
) -> Loan:
    """An application of the first members of a group, one amount for each."""
    borrower = group_ or group(fund.board)
    members = list(borrower.members.order_by("pk"))
    asked = services.Application(
        terms=terms or fund.terms,
        applied_on=on,
        instalments=instalments,
        purpose="Tambahan modal usaha",
        requests=[
            services.Request(member, amount)
            for member, amount in zip(members, amounts, strict=False)
        ],
    )
    return services.apply_for_loan(borrower, application=asked, by=fund.officer)


def checked(fund: Fund, loan: Loan, *, on=APPLIED, fit: bool = True, **facts) -> Loan:
    """Everybody was visited, can pay, and signed."""
    values = {"income": 3_000_000, "cost": 1_000_000, "signed_joint": True}
    return services.check_loan(
        loan,
        on=on,
        findings=[
            services.Finding(
                share=share,
                visited_on=on,
                proposed=share.requested,
                has_id_copy=True,
                **{**values, **facts},
            )
            for share in loan.shares.all()
        ],
        fit=fit,
        note="",
        by=fund.officer,
    )


def approved(fund: Fund, loan: Loan, *, on=APPLIED) -> Loan:
    """Decided by the manager as proposed, signed by the koordinator."""
    amounts = {share.pk: share.proposed for share in loan.shares.all()}
    services.decide_loan(loan, on=on, amounts=amounts, by=fund.manager)
    return services.cosign_loan(loan, by=fund.coordinator)


def lent(fund: Fund, *, on=APPLIED, source: str = "cash", **facts) -> Loan:
    """A loan paid out on a day by way of all its stages."""
    loan = application(fund, on=on, **facts)
    checked(fund, loan, on=on)
    approved(fund, loan, on=on)
    return services.disburse_loan(
        loan, on=on, source=source, received_by="Ketua KSM", by=fund.cashier
    )


def paid(fund: Fund, loan: Loan, amount: int, *, on: date, source="cash", **facts):
    """One payment of the group, as the cashier takes it."""
    money = services.Money(
        on=on, amount=amount, source=source, payer="Bendahara", **facts
    )
    return services.receive_payment(loan, money=money, by=fund.cashier)


def take_back(fund: Fund, receipt, *, on: date):
    """A receipt taken back by the cashier, let through by the manager."""
    waiting = reverse_voucher(
        receipt.voucher, dated=on, reason="salah catat", by=fund.cashier
    )
    return approve_voucher(waiting, by=fund.manager)
