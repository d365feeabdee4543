"""The papers of a voucher, a loan or a month of a book as lists: which exist, which may
be made now, and by whom.
"""

import datetime
from dataclasses import dataclass

from boards.roles import Permission
from common.periods import Period
from common.words import format_date
from ledger.chart import MONEY_USES, Use
from ledger.models import Account, Book, Voucher
from loans.models import CashCount, Loan, ProfitAllocation
from reports.builders.loan_ready import why_not_yet
from reports.catalogue import KINDS, Kind
from reports.fund_kinds import LOAN, STATEMENT, VOUCHER
from reports.models import FundStatement, IssuedReport
from reports.paper_rows import PaperRow

# Statements that tell of one account, and which accounts may be asked for.
OF_ACCOUNT = {"buku-bank": MONEY_USES - {Use.CASH}, "buku-besar": None}


def _kinds(subject: str) -> list[Kind]:
    return [kind for kind in KINDS.values() if kind.subject == subject]


def _issued(subject) -> dict[str, IssuedReport]:
    rows = IssuedReport.objects.about(subject).in_force()
    return {report.kind: report for report in rows}


def _row(kind: Kind, report: IssuedReport | None, waits: str) -> PaperRow:
    """One paper; `waits` says what it still wants, "" when it can be made."""
    if report:
        edition = f", edisi {report.edition}" if report.edition > 1 else ""
        number = report.number_text or "Tanpa nomor"
        note = f"{number}{edition}, {format_date(report.dated_on)}"
    else:
        note = waits or "Belum diterbitkan."
    return PaperRow(
        kind=kind,
        report=report,
        note=note,
        can_issue=not waits and report is None,
        can_renew=not waits and report is not None,
        has_draft=not waits and report is None,
    )


def voucher_rows(voucher: Voucher) -> list[PaperRow]:
    """Bukti and kuitansi; a transfer has no kuitansi. One query."""
    issued = _issued(voucher)
    waits = "" if voucher.posted_at else "Terbit sesudah bukti dibukukan."
    kinds = _kinds(VOUCHER)
    if voucher.kind == Voucher.Kind.TRANSFER:
        kinds = [kind for kind in kinds if kind.code != "kuitansi"]
    return [_row(kind, issued.get(kind.code), waits) for kind in kinds]


def loan_rows(loan: Loan, *, on: datetime.date) -> list[PaperRow]:
    """Every paper of a loan, in the order in which they are made."""
    issued = _issued(loan)
    return [
        _row(kind, issued.get(kind.code), why_not_yet(kind.code, loan, on))
        for kind in _kinds(LOAN)
    ]


def plain_rows(subject: CashCount | ProfitAllocation) -> list[PaperRow]:
    """The papers of a record that can be printed as soon as it stands. One query."""
    issued = _issued(subject)
    return [
        _row(kind, issued.get(kind.code), "") for kind in _kinds(subject._meta.label)
    ]


@dataclass(frozen=True)
class StatementRow:
    """A statement of a month: its papers in force, and the accounts to choose from."""

    kind: Kind
    reports: list[IssuedReport]
    accounts: list[Account]

    @property
    def code(self) -> str:
        """As addresses name it."""
        return self.kind.code


def statement_rows(book: Book, month: Period) -> list[StatementRow]:
    """Every statement of a month of a book. Three queries."""
    handles = FundStatement.objects.filter(book=book, first_day=month.start)
    keys = [str(pk) for pk in handles.values_list("pk", flat=True)]
    label = FundStatement._meta.label_lower
    rows = IssuedReport.objects.filter(subject_label=label, subject_pk__in=keys)
    issued: dict[str, list[IssuedReport]] = {}
    for report in rows.in_force():
        issued.setdefault(report.kind, []).append(report)
    accounts = list(book.accounts.all())
    return [
        StatementRow(kind, issued.get(kind.code, []), _accounts(kind, accounts))
        for kind in statement_kinds(book)
    ]


def statement_kinds(book: Book) -> list[Kind]:
    """The statements of a book; those over loans belong to the fund alone."""
    kinds = _kinds(STATEMENT)
    if book.kind == Book.Kind.FUND:
        return kinds
    return [kind for kind in kinds if kind.view == Permission.VIEW_BOOKS]


def _accounts(kind: Kind, accounts: list[Account]) -> list[Account]:
    if kind.code not in OF_ACCOUNT:
        return []
    uses = OF_ACCOUNT[kind.code]
    return [each for each in accounts if uses is None or each.use in uses]


def account_wanted(kind: Kind, book: Book, pk: int | None) -> Account | None:
    """The account a statement is asked for; DoesNotExist for one it cannot tell of."""
    if kind.code not in OF_ACCOUNT:
        return None
    accounts = book.accounts.all()
    if (uses := OF_ACCOUNT[kind.code]) is not None:
        accounts = accounts.filter(use__in=[use.value for use in uses])
    return accounts.get(pk=pk)


def statement_of(book: Book, month: Period, account: Account | None) -> FundStatement:
    """The month of a book that a statement tells of, not yet written."""
    return FundStatement(
        board=book.board,
        book=book,
        account=account,
        first_day=month.start,
        last_day=month.end,
    )
