"""After the RWT: the profit of a closed year goes to capital and to the funds.

Source: revolving-loans sheet §1.5 and §6.3.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from boards.audit import record
from boards.models import Board, User
from boards.parameters import setting_of
from boards.rulebook import PARAMETERS
from common.errors import RuleViolation
from common.money import format_rupiah
from common.words import format_date
from deliberations.models import Decision, Meeting
from ledger.balances import balances
from ledger.chart import Use
from ledger.models import Account, Voucher, YearClose
from ledger.services import Draft, write_voucher
from ledger.services import Line as Side
from ledger.services.vouchers import lock_book
from loans.models import ProfitAllocation, ProfitShare
from loans.profit import available_profit, share_profit

# The account of each place of the rule `profit_shares`, by the chart of the portal.
CODES = ("31040", "21030", "21040", "21050", "21060")
CAPITAL_AT = 0


@dataclass(frozen=True)
class Part:
    """One purse before it is booked."""

    name: str
    account: Account
    percent: Decimal
    amount: int


@dataclass(frozen=True)
class Sharing:
    """What there is to share in a year, and how the board's rule shares it."""

    profit: int
    past: int
    available: int
    amount: int
    step: int
    source: str
    assumed: bool
    parts: Sequence[Part]


def rwt_decisions(close: YearClose) -> QuerySet[Decision]:
    """Ratified decisions in force of an RWT held after the year ended."""
    rows = Decision.objects.filter(
        board=close.board,
        meeting__kind=Meeting.Kind.RWT,
        held_on__gt=close.last_day,
    )
    return rows.in_force().order_by("-held_on", "-pk")


def sharing_of(
    close: YearClose, *, on: datetime.date, amount: int | None = None
) -> Sharing:
    """How `amount` (all there is, when None) would be shared on a day.

    Raises RuleViolation `profit.nothing`, `profit.too_much`, `profit.amount` or
    `profit.account`.
    """
    past = balances(close.book, until=close.last_day).of_use(Use.PAST_PROFIT)
    available = available_profit(close.profit, past=past)
    if not available:
        raise RuleViolation(
            f"Tahun {close.year} tidak menyisakan laba untuk dibagi.",
            code="profit.nothing",
        )
    shared = available if amount is None else amount
    if shared <= 0:
        raise RuleViolation("Isi jumlah lebih dari nol.", code="profit.amount")
    if shared > available:
        raise RuleViolation(
            f"Laba yang dapat dibagi {format_rupiah(available)}.",
            code="profit.too_much",
        )
    rule = setting_of(close.board, "profit_shares", on=on)
    step = setting_of(close.board, "profit_step", on=on).value
    parts = _parts(close, shared, [Decimal(value) for value in rule.value], step)
    return Sharing(
        profit=close.profit,
        past=past,
        available=available,
        amount=shared,
        step=step,
        source=rule.source,
        assumed=rule.is_default,
        parts=parts,
    )


def _parts(
    close: YearClose, amount: int, percents: list[Decimal], step: int
) -> list[Part]:
    by_code = {row.code: row for row in close.book.accounts.filter(code__in=CODES)}
    missing = [code for code in CODES if code not in by_code]
    if missing:
        raise RuleViolation(
            f"Akun {', '.join(missing)} tidak ada. Tambahkan dulu di daftar akun.",
            code="profit.account",
        )
    try:
        amounts = share_profit(amount, percents, step=step, capital_at=CAPITAL_AT)
    except ValueError as bad:
        raise RuleViolation(
            "Persen pembagian laba harus berjumlah 100.", code="profit.percents"
        ) from bad
    names = PARAMETERS["profit_shares"].places
    return [
        Part(name, by_code[code], percent, part)
        for name, code, percent, part in zip(
            names, CODES, percents, amounts, strict=True
        )
    ]


@transaction.atomic
def allocate_profit(
    close: YearClose,
    *,
    on: datetime.date,
    decision: Decision,
    amount: int | None = None,
    by: User,
) -> ProfitAllocation:
    """Book how the RWT shared the profit of a closed year; once a year.

    Audits `loans.profit_shared`. Raises RuleViolation `profit.shared`,
    `profit.decision`, `profit.day`, `profit.rule_not_set`, what `sharing_of` raises,
    or what `write_voucher` raises.
    """
    book = lock_book(close.book)
    close = YearClose.objects.select_related("board").get(pk=close.pk)
    close.book = book
    _check(close, decision, on)
    sharing = sharing_of(close, on=decision.held_on, amount=amount)
    _check_rule(sharing)
    made = ProfitAllocation.objects.create(
        board=close.board,
        close=close,
        decision=decision,
        on=on,
        available=sharing.available,
        amount=sharing.amount,
        step=sharing.step,
        voucher=_book(close, sharing, decision, on, by),
        made_by=by,
    )
    ProfitShare.objects.bulk_create(
        ProfitShare(allocation=made, position=position, **vars(part))
        for position, part in enumerate(sharing.parts, 1)
    )
    says = f"membagi laba {close.year} sebesar {format_rupiah(made.amount)}"
    record("loans.profit_shared", made, by=by, says=says, amount=made.amount)
    return made


def _check_rule(sharing: Sharing) -> None:
    if sharing.assumed:
        raise RuleViolation(
            "Persen pembagian laba masih anggapan portal. Tetapkan dulu di Aturan LKM"
            " sesuai keputusan RWT.",
            code="profit.rule_not_set",
        )


def _check(close: YearClose, decision: Decision, on: datetime.date) -> None:
    if ProfitAllocation.objects.filter(close=close).exists():
        raise RuleViolation(f"Laba {close.year} sudah dibagi.", code="profit.shared")
    if not rwt_decisions(close).filter(pk=decision.pk).exists():
        raise RuleViolation(
            f"Pilih keputusan RWT yang disahkan sesudah tahun {close.year}.",
            code="profit.decision",
        )
    if on < decision.held_on:
        raise RuleViolation(
            f"Isi tanggal RWT ({format_date(decision.held_on)}) atau sesudahnya.",
            code="profit.day",
        )


def _book(
    close: YearClose, sharing: Sharing, decision: Decision, on: datetime.date, by: User
) -> Voucher:
    past = close.book.accounts.of_use(Use.PAST_PROFIT)
    lines = [Side(past, debit=sharing.amount)]
    lines += [
        Side(part.account, credit=part.amount) for part in sharing.parts if part.amount
    ]
    draft = Draft(
        kind=Voucher.Kind.TRANSFER,
        form="profit",
        dated=on,
        description=f"Pembagian laba {close.year}, {decision.number_text}"[:200],
        lines=lines,
    )
    return write_voucher(close.book, draft, by=by)


def unshared_years(board: Board) -> QuerySet[YearClose]:
    """Closed years of the fund with a profit that nobody shared yet."""
    rows = YearClose.objects.filter(board=board, book__kind="fund", profit__gt=0)
    return rows.filter(profit_allocation=None).order_by("-year")
