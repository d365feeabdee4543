"""Day books of a month: kas, bank, buku besar, CUM and CUK.

Source: revolving-loans sheet, section 6.1: CUM and CUK are columnar, signed by the
pembuku.
"""

import datetime

from common.errors import RuleViolation
from common.words import format_date, format_date_short, no_break
from ledger.chart import MONEY_USES, Use
from ledger.models import Account, Book
from ledger.statements import AccountBook, DayJournal, account_book, day_journal
from reports.builders.fund_people import (
    bookkeeper_signs,
    coordinator_knows,
    head_of,
    manager_signs,
    secretary_signs,
)
from reports.builders.register import Column
from reports.builders.sheets import NO, NONE, Grid, Row, Sheet, money, pair
from reports.frame import Signer
from reports.models import FundStatement

_OF_ACCOUNT = (
    NO,
    Column("Tanggal", "w18", "c"),
    Column("Nomor bukti", "w40"),
    Column("Uraian"),
    Column("Akun lawan", "w40"),
    Column("Debet (Rp)", "w24", "n"),
    Column("Kredit (Rp)", "w24", "n"),
    Column("Saldo (Rp)", "w24", "n"),
)
# Accounts beside one another in a journal: more become a table of their own.
COLUMNS_ACROSS = 6


def people_of(book: Book, on: datetime.date) -> tuple[Signer, ...]:
    """Who signs the books of a board: of the UPK its pembuku, of the works' others."""
    board = book.board
    if book.kind == Book.Kind.FUND:
        return manager_signs(board, on), bookkeeper_signs(board, on)
    return coordinator_knows(board, on), secretary_signs(board, on)


def statement_head(
    statement: FundStatement, *, name: str, number: str, on: datetime.date
) -> dict:
    """What all statements of a month have."""
    book, label = statement.book, statement.month.label
    of = f" {statement.account}" if statement.account_id else ""
    return {
        **head_of(
            statement.board,
            title=f"{name}{of}, {label}",
            public=f"{name}, {label}",
            number=number,
            on=on,
        ),
        "name": name,
        "under": f"{book}, {label}, dalam rupiah",
    }


def build_cash(statement: FundStatement, *, number: str, on: datetime.date) -> Sheet:
    """Buku Harian Kas of a month."""
    cash = statement.book.accounts.of_use(Use.CASH)
    return _of_account(statement, cash, "Buku harian kas", number, on)


def build_bank(statement: FundStatement, *, number: str, on: datetime.date) -> Sheet:
    """Buku Bank of one account. Raises RuleViolation `paper.not_bank`."""
    account = statement.account
    if account is None or account.use not in MONEY_USES - {Use.CASH}:
        raise RuleViolation("Pilih akun bank.", code="paper.not_bank")
    return _of_account(statement, account, "Buku bank", number, on)


def build_account(statement: FundStatement, *, number: str, on: datetime.date) -> Sheet:
    """Buku Besar of one account. Raises RuleViolation `paper.no_account`."""
    if statement.account is None:
        raise RuleViolation("Pilih akunnya.", code="paper.no_account")
    return _of_account(statement, statement.account, "Buku besar", number, on)


def _of_account(
    statement: FundStatement,
    account: Account,
    name: str,
    number: str,
    on: datetime.date,
) -> Sheet:
    facts = account_book(account, statement.month)
    return Sheet(
        **statement_head(statement, name=name, number=number, on=on),
        facts=(("Akun", str(account)),),
        grids=(Grid(_OF_ACCOUNT, _rows(facts), dense=True),),
        closing=(_standing(facts),),
        people=people_of(statement.book, on),
        shape="landscape",
    )


def _rows(facts: AccountBook) -> tuple[Row, ...]:
    rows = [
        Row(
            (
                str(at),
                format_date_short(row.dated),
                row.number,
                no_break(f"{row.description}{_party(row.party)}"),
                ", ".join(row.against) or NONE,
                money(row.debit),
                money(row.credit),
                money(row.balance),
            )
        )
        for at, row in enumerate(facts.rows, start=1)
    ]
    before = Row(
        (f"Saldo sebelum {facts.span.label}", "", "", money(facts.opening)), span=5
    )
    sums = (money(facts.debit), money(facts.credit), money(facts.closing))
    words = "Jumlah" if rows else "Jumlah; tidak ada mutasi bulan ini"
    return (before, *rows, Row((words, *sums), "sum", 5))


def _party(party: str) -> str:
    return f" ({party})" if party else ""


def _standing(facts: AccountBook) -> str:
    day = format_date(facts.span.end, unbroken=True)
    if facts.account.use in MONEY_USES:
        return (
            f"Saldo {facts.account.name} pada {day} Rp{money(facts.closing)}."
            if facts.closing
            else f"Saldo {facts.account.name} pada {day} nihil."
        )
    return f"Saldo pada {day}: {money(facts.closing)}."


def build_money_in(
    statement: FundStatement, *, number: str, on: datetime.date
) -> Sheet:
    """Catatan Uang Masuk of a month."""
    return _journal(statement, "BKM", "Catatan uang masuk (CUM)", number, on)


def build_money_out(
    statement: FundStatement, *, number: str, on: datetime.date
) -> Sheet:
    """Catatan Uang Keluar of a month."""
    return _journal(statement, "BKK", "Catatan uang keluar (CUK)", number, on)


def _journal(
    statement: FundStatement, kind: str, name: str, number: str, on: datetime.date
) -> Sheet:
    facts = day_journal(statement.book, kind, statement.month)
    count = len(facts.rows)
    return Sheet(
        **statement_head(statement, name=name, number=number, on=on),
        lead=(
            "Setiap akun punya satu kolom: debet di baris atas, kredit di baris bawah.",
        ),
        grids=_journal_grids(facts),
        closing=(
            f"{count} bukti, jumlah debet sama dengan jumlah kredit:"
            f" Rp{money(facts.total)}."
            if count
            else "Tidak ada bukti pada bulan ini.",
        ),
        people=people_of(statement.book, on),
        shape="landscape",
    )


def _journal_grids(facts: DayJournal) -> tuple[Grid, ...]:
    """One table for as many accounts as fit beside one another; the rest below."""
    starts = range(0, max(len(facts.columns), 1), COLUMNS_ACROSS)
    return tuple(
        _journal_grid(facts, slice(start, start + COLUMNS_ACROSS), more=len(starts) > 1)
        for start in starts
    )


def _journal_grid(facts: DayJournal, part: slice, *, more: bool) -> Grid:
    accounts = facts.columns[part]
    columns = (
        NO,
        Column("Tanggal", "w18", "c"),
        Column("Nomor bukti", "w40"),
        Column("Uraian"),
        *(Column(f"{each.code} {each.name}", "w24", "n") for each in accounts),
    )
    rows = [
        Row(
            (
                str(at),
                format_date_short(row.dated),
                row.number,
                no_break(f"{row.description}{_party(row.party)}"),
                *(pair(*amounts) for amounts in row.amounts[part]),
            )
        )
        for at, row in enumerate(facts.rows, start=1)
    ]
    totals = tuple(pair(*amounts) for amounts in facts.totals[part])
    if rows:
        rows.append(Row(("Jumlah", *totals), "sum", 4))
    caption = f"Akun {accounts[0].code} sampai {accounts[-1].code}" if more else ""
    return Grid(columns, tuple(rows), caption=caption, dense=True)
