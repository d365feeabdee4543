"""Papers of a voucher, of loans and of a month of the fund, for `make pdf-samples`."""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from boards.models import Board
from boards.roles import Role
from common.periods import Period
from ledger.models import Voucher
from loans.collection import expected_until
from loans.models import Loan, ProfitAllocation
from loans.services import allocate_profit, count_cash
from reports.builders import collection_round
from reports.catalogue import KINDS
from reports.fund_kinds import LOAN
from reports.fund_papers import OF_ACCOUNT, statement_kinds, statement_of
from reports.services import preview_report, print_sheet
from tests.make import boards as make
from tests.make import ledger, members, problems
from tests.make import loans as lend

DAY, MONTH = date(2026, 4, 30), Period.parse("2026-04")
# The account that a book of one account is printed for.
ACCOUNTS = {"buku-bank": "11021", "buku-besar": "11030"}
Keep = Callable[[str, bytes], None]


def print_fund(size: str, *, save: Keep) -> None:
    """Every paper of the fund in one size, as drafts, over a small office."""
    fund = lend.fund(savings_percent=5)
    Board.objects.filter(pk=fund.board.pk).update(code="LKM-SR", paper_size=size)
    fund.board.refresh_from_db()
    supervisor = make.user(Role.SUPERVISOR, board=fund.board)
    members.mandate(members.term(fund.board), position="COORDINATOR")
    behind, ended = _loans(fund)
    _waiting(fund)
    _costs(fund)
    receipt = behind.receipts.order_by("on").first().voucher
    for name, voucher in (("masuk", receipt), ("keluar", behind.voucher)):
        for code in ("bukti", "kuitansi"):
            _draft(f"{code}-{name}", code, voucher, size=size, save=save)
    for kind in KINDS.values():
        if kind.subject == LOAN:
            loan = ended if kind.code == "surat-lunas" else behind
            _draft(kind.code, kind.code, loan, size=size, save=save)
    for kind in statement_kinds(fund.book):
        account = None
        if kind.code in OF_ACCOUNT:
            account = fund.book.accounts.get(code=ACCOUNTS[kind.code])
        statement = statement_of(fund.book, MONTH, account)
        _draft(kind.code, kind.code, statement, size=size, save=save)
    _round(fund.board, size, save)
    count = count_cash(
        fund.book,
        pieces={100_000: 40, 50_000: 12, 20_000: 3, 2_000: 7, 500: 5},
        cashier_name="Retno Wulandari",
        explanation="Nota parkir belum dibukukan.",
        by=supervisor,
    )
    _draft("pemeriksaan-kas", "pemeriksaan-kas", count, size=size, save=save)
    _draft("pembagian-laba", "pembagian-laba", _shared(size), size=size, save=save)


def _round(board: Board, size: str, save: Keep) -> None:
    """The sheet of a week's round."""
    until = DAY + timedelta(days=6)
    rows = expected_until(board, until, today=DAY)
    paper = collection_round.build(board, rows, until=until, on=DAY)
    save(f"dana-lembar-setoran-{size}", print_sheet(paper, board).bytes)


def _shared(size: str) -> ProfitAllocation:
    """The profit of Karangtengah 2015 (R21), shared by an RWT."""
    close, clerk, decisions = problems.closed_year()
    Board.objects.filter(pk=close.board_id).update(paper_size=size)
    problems.profit_rule(close.board, "50", "15", "0", "35", "0")
    facts = {"on": problems.RWT_ON, "decision": decisions[0], "by": clerk}
    made = allocate_profit(close, **facts)
    return ProfitAllocation.objects.get(pk=made.pk)


def _loans(fund: lend.Fund) -> tuple[Loan, Loan]:
    """One that is behind, and one that was paid off."""
    behind = lend.lent(fund, on=date(2026, 1, 5), amounts=(1_000_000,) * 5)
    lend.paid(fund, behind, 575_000, on=date(2026, 2, 5))
    lend.paid(fund, behind, 600_000, on=date(2026, 4, 5))
    ended = lend.lent(fund, on=date(2026, 1, 20), amounts=(600_000,) * 2, instalments=3)
    for month in (2, 3, 4):
        lend.paid(fund, ended, 418_000, on=date(2026, month, 20))
    return tuple(Loan.objects.get(pk=loan.pk) for loan in (behind, ended))


def _waiting(fund: lend.Fund) -> None:
    """Two groups that asked: one was visited, one just came."""
    facts = {"amounts": (1_000_000, 800_000, 750_000)}
    first = lend.application(fund, on=date(2026, 4, 6), **facts)
    lend.checked(fund, first, on=date(2026, 4, 8))
    lend.application(fund, on=date(2026, 4, 27), **facts)


def _costs(fund: lend.Fund) -> None:
    """What an office pays in a month, and cash taken to the bank."""
    facts = {"kind": Voucher.Kind.PAYMENT, "dated": date(2026, 4, 28)}
    cost = (("51010", 150_000), ("51030", 26_000), ("11010", -176_000))
    ledger.voucher(
        fund.book,
        fund.cashier,
        *cost,
        form="cost",
        description="Biaya kantor April",
        party="Retno",
        **facts,
    )
    banked = (("11021", 5_000_000), ("11010", -5_000_000))
    words = {"form": "bank_in", "description": "Setor ke bank"}
    ledger.voucher(fund.book, fund.cashier, *banked, **words, **facts)


def _draft(name: str, code: str, subject, *, size: str, save: Keep) -> None:
    drawn = preview_report(KINDS[code], subject, now=timezone.now(), on=DAY)
    save(f"dana-{name}-{size}", drawn.bytes)
