"""What the books say about a day or a month: facts for screens and papers alike."""

from ledger.statements.daybooks import (
    AccountBook,
    BookRow,
    DayJournal,
    JournalRow,
    account_book,
    day_journal,
)
from ledger.statements.results import (
    BalanceSheet,
    EquityChange,
    EquityLine,
    Income,
    IncomeLine,
    Section,
    SheetLine,
    balance_sheet,
    equity_change,
    income,
)

__all__ = [
    "AccountBook",
    "BalanceSheet",
    "BookRow",
    "DayJournal",
    "EquityChange",
    "EquityLine",
    "Income",
    "IncomeLine",
    "JournalRow",
    "Section",
    "SheetLine",
    "account_book",
    "balance_sheet",
    "day_journal",
    "equity_change",
    "income",
]
