"""The plain forms, turned into vouchers."""

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from boards.models import User
from common.errors import RuleViolation
from common.money import format_rupiah
from ledger.balances import balances
from ledger.chart import Use
from ledger.models import Account, Book, Voucher
from ledger.plain import BY_CODE, PICKS, Pick
from ledger.services.vouchers import (
    Draft,
    Line,
    check_draft,
    lock_book,
    write_voucher,
)


def accounts_for(book: Book, pick: Pick) -> QuerySet[Account]:
    """The accounts from which a person picks."""
    groups, uses, without = PICKS[pick]
    wanted = Q(group__in=sorted(groups)) | Q(use__in=sorted(uses))
    rows = Account.objects.filter(wanted, book=book).in_use()
    return rows.exclude(use__in=sorted(without))


def _account(book: Book, side: Use | Pick, picked: Mapping[Pick, Account]) -> Account:
    """The account of one side. Raises RuleViolation `ledger.account`."""
    if isinstance(side, Use):
        return book.accounts.of_use(side)
    account = picked[side]
    if not accounts_for(book, side).filter(pk=account.pk).exists():
        raise RuleViolation("Pilih akun dari daftar.", code="ledger.account")
    return account


def plain_draft(
    book: Book,
    code: str,
    *,
    dated: datetime.date,
    amount: int,
    description: str,
    picked: Mapping[Pick, Account],
    party: str = "",
) -> Draft:
    """What a plain form will say; `picked` holds an account for each pick of it.

    Raises KeyError for an unknown form, RuleViolation `ledger.account`,
    `ledger.too_little_money`, or what `check_draft` raises.
    """
    form = BY_CODE[code]
    debit = _account(book, form.debit, picked)
    credit = _account(book, form.credit, picked)
    check_money(book, credit, amount)
    draft = Draft(
        kind=form.kind,
        form=form.code,
        dated=dated,
        description=description,
        party=party,
        lines=[Line(debit, debit=amount), Line(credit, credit=amount)],
    )
    check_draft(book, draft)
    return draft


@transaction.atomic
def write_plain(book: Book, code: str, *, by: User, **facts) -> Voucher:
    """Book one plain form; `facts` and what it raises as for `plain_draft`.

    Where the form asks for a second person the voucher waits for one.
    """
    book = lock_book(book)
    draft = plain_draft(book, code, **facts)
    return write_voucher(book, draft, by=by, second=BY_CODE[code].second)


def journal_draft(
    book: Book,
    *,
    kind: str,
    dated: datetime.date,
    description: str,
    lines: Sequence[Line],
    party: str = "",
) -> Draft:
    """What the pembuku writes account by account.

    Raises RuleViolation `ledger.kept_account` for the account that only the end of a
    year books on, `ledger.too_little_money`, or what `check_draft` raises.
    """
    for line in lines:
        if line.account.use == Use.CURRENT_PROFIT:
            raise RuleViolation(
                f"{line.account.name} diisi sendiri saat tutup tahun. Pilih akun lain.",
                code="ledger.kept_account",
            )
    draft = Draft(kind, "manual", dated, description, lines, party)
    check_draft(book, draft)
    for account in {line.account.pk: line.account for line in lines}.values():
        own = [line for line in lines if line.account.pk == account.pk]
        taken = sum(line.credit - line.debit for line in own)
        if taken > 0:
            check_money(book, account, taken)
    return draft


@transaction.atomic
def write_journal(book: Book, *, by: User, **facts) -> Voucher:
    """Write a voucher account by account; `facts` as for `journal_draft`.

    It always waits for a second person.
    """
    book = lock_book(book)
    draft = journal_draft(book, **facts)
    return write_voucher(book, draft, by=by, second=True)


def check_money(book: Book, account: Account, amount: int) -> None:
    """Cash and bank never pay more than they hold.

    Raises RuleViolation `ledger.too_little_money`.
    """
    if account.use not in (Use.CASH, Use.BANK, Use.SAVINGS_BANK):
        return
    state = balances(book, until=book.board.today())
    held = sum(row.amount for row in state.rows if row.account.pk == account.pk)
    if amount > held:
        raise RuleViolation(
            f"Saldo {account.name} {format_rupiah(held)}, tidak cukup untuk"
            f" {format_rupiah(amount)}.",
            code="ledger.too_little_money",
        )


def opening_voucher(book: Book) -> Voucher | None:
    """The opening balances as they stand or wait, None when there are none."""
    rows = book.vouchers.filter(form="opening", dropped_at=None)
    return rows.with_state().filter(is_reversed=False).first()


@transaction.atomic
def write_opening(book: Book, *, amounts: Mapping[Account, int], by: User) -> Voucher:
    """Book the opening balances, dated on the day the book was opened.

    `amounts` are rupiah on each account's own side, below zero for a loss carried.
    Raises RuleViolation `ledger.opening_exists`, `ledger.unbalanced`, `ledger.lines`.
    """
    book = lock_book(book)
    if opening_voucher(book):
        raise RuleViolation(
            "Saldo awal sudah dicatat. Batalkan bukti itu dulu.",
            code="ledger.opening_exists",
        )
    lines = [
        _on_own_side(account, amount) for account, amount in amounts.items() if amount
    ]
    draft = Draft(
        kind=Voucher.Kind.TRANSFER,
        form="opening",
        dated=book.opened_on,
        description="Saldo awal",
        lines=lines,
    )
    return write_voucher(book, draft, by=by, second=True)


def _on_own_side(account: Account, amount: int) -> Line:
    signed = account.side * amount
    return Line(account, debit=signed) if signed > 0 else Line(account, credit=-signed)
